/// Alerts over HTTP: posted at least once and in order, signed, with retries and dead letters.
package io.weir.streams.tell.webhook;
