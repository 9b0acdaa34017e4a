/// The command line of the stream processor.
package io.weir.streams.command;
