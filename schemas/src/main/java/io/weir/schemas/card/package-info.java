/// The model card: what a published model promises, as records and as the JSON inside of its file.
package io.weir.schemas.card;
