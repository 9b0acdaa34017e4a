/// The result of a replay as one HTML file.
package io.weir.streams.report;
