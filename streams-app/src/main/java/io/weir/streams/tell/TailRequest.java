package io.weir.streams.tell;

/// What `./weir alerts` is asked for.
///
/// @param range the part of the topic
/// @param filter the alerts of it
/// @param json JSON lines instead of a table
public record TailRequest(TailRange range, AlertFilter filter, boolean json) {}
