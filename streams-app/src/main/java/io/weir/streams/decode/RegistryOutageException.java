package io.weir.streams.decode;

/// The schema registry did not answer for so long that the processor gives up. The event in
/// question is not committed.
public final class RegistryOutageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryOutageException(int id, long waitedMs, Exception cause) {
    super(
        "The schema registry gave no schema "
            + id
            + " for "
            + waitedMs
            + " ms ("
            + cause.getMessage()
            + "). Nothing is lost: start again when the registry answers, or raise"
            + " weir.schema.registry.outage.max.ms",
        cause);
  }
}
