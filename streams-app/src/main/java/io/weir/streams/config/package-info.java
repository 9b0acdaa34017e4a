/// Settings from file, environment and command line become one checked, typed [Settings];
/// everything that is not Weir's own goes on to Kafka Streams. Times that people write are read
/// here, too.
package io.weir.streams.config;
