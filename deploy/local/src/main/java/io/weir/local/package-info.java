/// A Kafka broker and a schema registry inside this JVM, on the loopback interface only: for the
/// demo and for tests. No production artifact depends on this package.
package io.weir.local;
