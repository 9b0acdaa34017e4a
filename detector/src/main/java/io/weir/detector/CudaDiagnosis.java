package io.weir.detector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is missing when CUDA does not work, read from ONNX Runtime's message: it names a shared
/// library or a number of the CUDA runtime (`cudaError_t`), and its users think in drivers,
/// versions and devices.
///
/// @param problem what does not work
/// @param cure what would mend it
record CudaDiagnosis(String problem, String cure) {
  private static final Pattern LIBRARY =
      Pattern.compile("(lib[\\w.+-]+\\.so[\\w.]*): cannot open shared object");
  private static final Pattern CUDA_ERROR = Pattern.compile("CUDA failure (\\d+)");
  private static final Path TOOLKITS = Path.of("/usr/local");
  private static final String OR_CPU = ", or set weir.onnx.provider=cpu";
  private static final String IMAGE = "the Weir image with the suffix -cuda has both";

  /// @param message of ONNX Runtime, when a session with CUDA was asked for
  static CudaDiagnosis of(String message, ExecutionProvider.Cuda asked) {
    Matcher library = LIBRARY.matcher(message);
    if (library.find()) {
      return missing(library.group(1));
    }
    Matcher error = CUDA_ERROR.matcher(message);
    if (error.find()) {
      return failed(Integer.parseInt(error.group(1)), message, asked);
    }
    if (message.contains("Failed to find CUDA shared provider")) {
      return new CudaDiagnosis(
          "this build carries ONNX Runtime for the CPU only",
          "Build with `mvn -P cuda`, or use the Weir image with the suffix -cuda" + OR_CPU);
    }
    if (message.toLowerCase(Locale.ROOT).contains("cudnn")) {
      return cudnn("cuDNN does not load (" + firstLine(message) + ")");
    }
    if (message.contains("Failed to allocate memory")) {
      return outOfMemory(asked);
    }
    return new CudaDiagnosis(firstLine(message), "Check the GPU with nvidia-smi" + OR_CPU);
  }

  private static CudaDiagnosis missing(String library) {
    if (library.startsWith("libcuda.so")) {
      return new CudaDiagnosis(
          "there is no NVIDIA driver (" + library + " is not found)",
          "Install the driver; in a container, start it with --gpus all (NVIDIA Container Toolkit)"
              + OR_CPU);
    }
    if (library.startsWith("libcudnn")) {
      return cudnn("cuDNN 9 is not there (" + library + " is not found)");
    }
    return new CudaDiagnosis(
        "CUDA 12 is not there (" + library + " is not found" + otherToolkits() + ")",
        "Install CUDA 12 and cuDNN 9 and put them on LD_LIBRARY_PATH; " + IMAGE + OR_CPU);
  }

  private static CudaDiagnosis cudnn(String problem) {
    return new CudaDiagnosis(
        problem, "Install cuDNN 9 for CUDA 12 and put it on LD_LIBRARY_PATH; " + IMAGE + OR_CPU);
  }

  private static CudaDiagnosis failed(int code, String message, ExecutionProvider.Cuda asked) {
    return switch (code) {
      case 2 -> outOfMemory(asked);
      case 34 ->
          new CudaDiagnosis(
              "the NVIDIA driver is only CUDA's stub library",
              "Take CUDA's stubs folder off LD_LIBRARY_PATH and install the driver" + OR_CPU);
      case 35, 803 ->
          new CudaDiagnosis(
              "the NVIDIA driver is too old for CUDA 12",
              "Install a driver of version 525 or newer" + OR_CPU);
      case 100 ->
          new CudaDiagnosis(
              "the NVIDIA driver sees no GPU",
              "Check nvidia-smi and CUDA_VISIBLE_DEVICES; a container needs --gpus" + OR_CPU);
      case 101 ->
          new CudaDiagnosis(
              "there is no CUDA device " + asked.device(),
              "Set weir.onnx.cuda.device.id to one that nvidia-smi lists, counted from 0" + OR_CPU);
      case 209 ->
          new CudaDiagnosis(
              "this ONNX Runtime has no code for a GPU as old or as new as device "
                  + asked.device(),
              "Use another GPU" + OR_CPU);
      default ->
          new CudaDiagnosis(
              firstLine(message), "Look up CUDA error " + code + " (cudaError_t)" + OR_CPU);
    };
  }

  private static CudaDiagnosis outOfMemory(ExecutionProvider.Cuda asked) {
    return new CudaDiagnosis(
        "the memory of device "
            + asked.device()
            + " does not suffice"
            + (asked.memoryLimit().isPresent()
                ? " within weir.onnx.cuda.memory.limit.bytes = " + asked.memoryLimit().getAsLong()
                : ""),
        "Raise weir.onnx.cuda.memory.limit.bytes, lower weir.batch.max, or see with nvidia-smi who"
            + " else uses it"
            + OR_CPU);
  }

  /// CUDA folders of another version, the usual reason for a missing library.
  private static String otherToolkits() {
    try (Stream<Path> files = Files.list(TOOLKITS)) {
      String found =
          files
              .filter(file -> file.getFileName().toString().startsWith("cuda-"))
              .map(Path::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      return found.isEmpty() ? "" : "; there is " + found;
    } catch (IOException e) {
      return "";
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("no reason given");
  }
}
