package io.weir.trainer.publish;

import io.weir.schemas.card.ModelCard;
import java.nio.file.Path;

/// A model in its place.
///
/// @param file where it is
/// @param card what it promises
/// @param sha256 of the file, lower-case hex
/// @param bytes size of the file
/// @param parity how well file and engine agree
public record Published(Path file, ModelCard card, String sha256, long bytes, Parity parity) {}
