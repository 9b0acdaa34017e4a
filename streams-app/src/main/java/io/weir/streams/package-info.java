/// The stream processor: an event becomes an alert. The topology and the application put the stages
/// together.
package io.weir.streams;
