/// Alerts on their way to people and programs: read back from the alerts topic, filtered, written
/// as lines of text or JSON.
package io.weir.streams.tell;
