/// Not every anomalous event is news: ignore rules, cool-downs, and incidents of consecutive
/// anomalies of a key. Decides by the events alone, never by the time of day.
package io.weir.streams.mute;
