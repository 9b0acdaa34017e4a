package io.weir.trainer.publish;

import io.weir.detector.Deviation;

/// That a file says what the engine says.
///
/// @param rows how many rows were compared
/// @param worst the output that came closest to the limit
/// @param row the row it belongs to
public record Parity(int rows, Deviation worst, String row) {}
