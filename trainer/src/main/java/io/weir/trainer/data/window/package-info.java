/// Events become windows: the last events of an entity, as one row.
package io.weir.trainer.data.window;
