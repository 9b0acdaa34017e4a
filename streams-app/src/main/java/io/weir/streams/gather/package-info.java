/// The last events of each key: windows for models that look at several events.
package io.weir.streams.gather;
