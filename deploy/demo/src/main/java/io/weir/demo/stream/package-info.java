/// The demo as a user of Kafka: starts the stream processor, sends events, reads alerts.
package io.weir.demo.stream;
