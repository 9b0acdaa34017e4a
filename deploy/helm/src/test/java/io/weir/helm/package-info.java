/// The Helm chart, rendered by Helm and read as a cluster would read it.
package io.weir.helm;
