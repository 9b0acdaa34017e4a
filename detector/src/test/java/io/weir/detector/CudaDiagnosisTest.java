package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The messages of ONNX Runtime 1.28 and what they mean for its user.
class CudaDiagnosisTest {
  private static final String PLACE =
      "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/"
          + "provider_bridge_ort.cc:1988 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get()"
          + " [ONNXRuntimeError] : 1 : FAIL : ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "libcublasLt.so.12 | CUDA 12 is not there (libcublasLt.so.12 is not found | CUDA 12",
        "libcudart.so.12   | CUDA 12 is not there (libcudart.so.12 is not found   | CUDA 12",
        "libcudnn.so.9     | cuDNN 9 is not there (libcudnn.so.9 is not found)    | cuDNN 9",
        "libcuda.so.1      | no NVIDIA driver (libcuda.so.1 is not found)         | --gpus all"
      })
  void aMissingLibraryIsWhatItBelongsTo(String library, String problem, String cure) {
    CudaDiagnosis diagnosis =
        of(
            PLACE
                + "Failed to load library /tmp/onnxruntime-java44/libonnxruntime_providers_cuda.so"
                + " with error: "
                + library
                + ": cannot open shared object file: No such file or directory\n");
    assertThat(diagnosis.problem()).contains(problem);
    assertThat(diagnosis.cure()).contains(cure).contains("weir.onnx.provider=cpu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2   | the memory of device 3 does not suffice | weir.onnx.cuda.memory.limit.bytes",
        "35  | driver is too old for CUDA 12           | 525",
        "100 | the NVIDIA driver sees no GPU           | CUDA_VISIBLE_DEVICES",
        "101 | there is no CUDA device 3               | weir.onnx.cuda.device.id",
        "46  | CUDA failure 46                         | CUDA error 46"
      })
  void anErrorOfTheCudaRuntimeIsSaidInWords(int code, String problem, String cure) {
    CudaDiagnosis diagnosis =
        of(
            "Error code - ORT_FAIL - message: CUDA failure "
                + code
                + ": so it says ; GPU=-1 ; hostname=host ; file=cuda_execution_provider.cc ;"
                + " line=287 ; expr=cudaSetDevice(info_.device_id);\nmore");
    assertThat(diagnosis.problem()).contains(problem).doesNotContain("more");
    assertThat(diagnosis.cure()).contains(cure);
  }

  @Test
  void aLimitThatIsTooLowIsNamed() {
    CudaDiagnosis diagnosis =
        CudaDiagnosis.of(
            "Available memory of 0 is smaller than requested bytes of 4096: Failed to allocate"
                + " memory for requested buffer",
            new ExecutionProvider.Cuda(0, OptionalLong.of(1024)));
    assertThat(diagnosis.problem()).contains("weir.onnx.cuda.memory.limit.bytes = 1024");
  }

  private static CudaDiagnosis of(String message) {
    return CudaDiagnosis.of(message, new ExecutionProvider.Cuda(3, OptionalLong.empty()));
  }
}
