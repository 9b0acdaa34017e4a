/// Dead letters back to where they came from, each once.
package io.weir.streams.redrive;
