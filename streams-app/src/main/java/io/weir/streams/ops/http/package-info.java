/// What a running processor tells over HTTP: the one door to Javalin and Jetty, and the answers of
/// its health checks.
package io.weir.streams.ops.http;
