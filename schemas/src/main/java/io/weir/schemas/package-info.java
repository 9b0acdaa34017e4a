/// The contract between the two paths and the world.
package io.weir.schemas;
