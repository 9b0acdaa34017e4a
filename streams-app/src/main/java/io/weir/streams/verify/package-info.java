/// Receipts: the score of an alert computed again from its event and its model.
package io.weir.streams.verify;
