/// Avro container files as flat rows.
package io.weir.trainer.data.avro;
