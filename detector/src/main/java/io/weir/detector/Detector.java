package io.weir.detector;

import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.weir.schemas.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A published detector that this machine has proved: its card fits its graph and its golden
/// vectors reproduce here. Thread-safe; scoring goes through one [BatchScorer] per thread.
///
/// A detector in use may be replaced at any time: [#close()] only says that no new scorer is
/// wanted, and the memory is freed once the last scorer and explainer are closed.
public final class Detector implements AutoCloseable {
  /// The largest file that is read: far above any real detector, far below what could take the
  /// process down.
  public static final long MAX_BYTES = 512L << 20;

  private static final ExecutionProvider CPU = new ExecutionProvider.Cpu();

  private static final Logger LOG = LoggerFactory.getLogger(Detector.class);
  private static final String RUNTIME =
      "onnxruntime " + SharedSession.ENVIRONMENT.getVersion() + ", " + InstructionSet.current();

  private final SharedSession session;
  private final ModelCard card;
  private final String sha256;
  private final String origin;
  private final ExecutionProvider provider;
  private boolean closed;

  private Detector(
      SharedSession session,
      ModelCard card,
      String sha256,
      String origin,
      ExecutionProvider provider) {
    this.session = session;
    this.card = card;
    this.sha256 = sha256;
    this.origin = origin;
    this.provider = provider;
  }

  /// Opens a model file on the CPU.
  ///
  /// @throws DetectorRefusedException as in [#open(Path, ExecutionProvider)]
  public static Detector open(Path file) throws DetectorRefusedException {
    return open(file, CPU);
  }

  /// Opens a model file.
  ///
  /// @throws DetectorRefusedException when the file cannot be read, is larger than [#MAX_BYTES], or
  ///   is refused as in [#open(byte[], String, ExecutionProvider)]
  public static Detector open(Path file, ExecutionProvider provider)
      throws DetectorRefusedException {
    byte[] model;
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new DetectorRefusedException(
            file.toString(),
            "%,d bytes are more than the %,d of the largest model".formatted(size, MAX_BYTES),
            "Name a model file written by `weir train`");
      }
      model = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DetectorRefusedException(
          file.toString(),
          "it cannot be read (" + reason(e) + ")",
          "Check the path and its permissions",
          e);
    }
    return open(model, file.toString(), provider);
  }

  /// Opens a model from memory, on the CPU.
  ///
  /// @param origin where the bytes came from, for messages
  /// @throws DetectorRefusedException as in [#open(byte[], String, ExecutionProvider)]
  public static Detector open(byte[] model, String origin) throws DetectorRefusedException {
    return open(model, origin, CPU);
  }

  /// Opens a model from memory.
  ///
  /// @param origin where the bytes came from, for messages
  /// @throws DetectorRefusedException when the bytes are no ONNX model, carry no card or one of a
  ///   newer Weir, when the graph does not fit the card, when a golden vector does not reproduce,
  ///   or when CUDA is asked for and does not work
  public static Detector open(byte[] model, String origin, ExecutionProvider provider)
      throws DetectorRefusedException {
    return switch (provider) {
      case ExecutionProvider.Cpu cpu -> proved(model, origin, cpu);
      case ExecutionProvider.Cuda cuda -> proved(model, origin, cuda);
      case ExecutionProvider.Auto(ExecutionProvider.Cuda preferred) -> {
        try {
          yield proved(model, origin, preferred);
        } catch (DetectorRefusedException e) {
          // If it is the model's fault, the CPU will refuse it, too.
          Detector detector = proved(model, origin, CPU);
          LOG.warn("Scoring on the CPU, since {} cannot be used. {}", preferred, e.getMessage());
          yield detector;
        }
      }
    };
  }

  private static Detector proved(byte[] model, String origin, ExecutionProvider provider)
      throws DetectorRefusedException {
    Detector detector = draft(model, origin, provider);
    boolean proved = false;
    try {
      GoldenCheck.check(detector);
      proved = true;
    } finally {
      if (!proved) {
        detector.close();
      }
    }
    ModelCard card = detector.card;
    LOG.info(
        "Model {} {} opened on {}: {} features, {} golden vectors reproduced, sha256 {}, {}, from"
            + " {}",
        card.name(),
        card.version(),
        provider,
        card.features().size(),
        card.golden().size(),
        detector.sha256,
        RUNTIME,
        origin);
    return detector;
  }

  /// Opens a model that is on its way to being published: its golden vectors, if it has any, are
  /// not replayed. Only for those who are about to compute them.
  ///
  /// @throws DetectorRefusedException as in [#open(byte[], String)], but for the golden vectors
  public static Detector draft(byte[] model, String origin) throws DetectorRefusedException {
    return draft(model, origin, CPU);
  }

  private static Detector draft(byte[] model, String origin, ExecutionProvider provider)
      throws DetectorRefusedException {
    SharedSession session;
    ExecutionProvider.Cuda cudaOrNull = provider instanceof ExecutionProvider.Cuda c ? c : null;
    try {
      session = SharedSession.create(ScoringGraph.cut(model), model, cudaOrNull);
    } catch (OrtException | InvalidProtocolBufferException e) {
      if (cudaOrNull != null && e instanceof OrtException) {
        CudaDiagnosis diagnosis = CudaDiagnosis.of(String.valueOf(e.getMessage()), cudaOrNull);
        throw new DetectorRefusedException(
            origin, cudaOrNull + ": " + diagnosis.problem(), diagnosis.cure(), e);
      }
      throw new DetectorRefusedException(
          origin,
          "ONNX Runtime %s cannot open its %,d bytes (%s)"
              .formatted(SharedSession.ENVIRONMENT.getVersion(), model.length, firstLine(e)),
          "Name a model file written by `weir train`, complete and unchanged",
          e);
    }
    boolean fits = false;
    try {
      ModelCard card = CardReader.read(session.explaining(), origin);
      GraphCheck.check(session.explaining(), card, origin);
      fits = true;
      return new Detector(session, card, sha256(model), origin, provider);
    } finally {
      if (!fits) {
        session.release();
      }
    }
  }

  /// What the model promises.
  public ModelCard card() {
    return card;
  }

  /// SHA-256 of the file, lower-case hex.
  public String sha256() {
    return sha256;
  }

  /// Where it computes: the CPU or a GPU.
  public ExecutionProvider provider() {
    return provider;
  }

  /// Where the model came from.
  public String origin() {
    return origin;
  }

  /// The version of ONNX Runtime and the instruction set: the two things, besides the file, that
  /// the last bits of a score depend on. Such as `onnxruntime 1.28.0, amd64 avx512f`.
  public static String runtime() {
    return RUNTIME;
  }

  /// A scorer for one thread, which the caller closes.
  ///
  /// @param maxBatch the most rows of one call; the caller splits what is larger
  /// @throws IllegalStateException when the detector is closed
  public synchronized BatchScorer scorer(int maxBatch) {
    requireOpen();
    return new BatchScorer(session, origin, RowShape.of(card), maxBatch);
  }

  /// An explainer of single rows for one thread, which the caller closes.
  ///
  /// @throws IllegalStateException when the detector is closed
  public Explainer explainer() {
    return explainer(1);
  }

  /// An explainer for one thread, which the caller closes.
  ///
  /// @param maxBatch the most rows of one call; the caller splits what is larger
  /// @throws IllegalStateException when the detector is closed
  public synchronized Explainer explainer(int maxBatch) {
    requireOpen();
    return new Explainer(
        session, origin, RowShape.of(card), card.architecture().latent(), maxBatch);
  }

  /// Retires the detector: no new scorers. Those that are out go on working, and the last one to
  /// close frees the native memory. Further calls do nothing.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      session.release();
    }
  }

  /// Whether the native memory is freed: retired, and every scorer and explainer closed.
  public boolean isFreed() {
    return session.isFreed();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("Model " + origin + " is closed");
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
