#!/usr/bin/env bash
# Proves on a machine with an NVIDIA GPU that CPU and GPU score a model alike, and prints rows per second by batch size for both.
# Without --image by this machine's Java (which needs CUDA 12 and cuDNN 9), with it in the CUDA image.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)

usage() {
  cat <<'TEXT'
Usage: deploy/docker/gpu-check/run.sh MODEL [--image NAME] [--device N] [--batches N,N,...] [--seconds S]
TEXT
}

case ${1:-} in
  '' | -*)
    usage >&2
    exit 2
    ;;
esac
model=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
if [ "${1:-}" = --image ]; then
  image=${2:?names the CUDA image, such as weir/weir:0.1.0-cuda}
  shift 2
  exec docker run --rm --gpus all --read-only --tmpfs /tmp -v "$model:/models/model.onnx:ro" "$image" \
    gpu-check --model /models/model.onnx "$@"
fi
command -v nvidia-smi >/dev/null || {
  echo 'gpu-check: there is no nvidia-smi here, so no NVIDIA driver: run this on a machine with an NVIDIA GPU' >&2
  exit 1
}
nvidia-smi --query-gpu=index,name,driver_version,memory.total --format=csv
exec "$root/weir" gpu-check --model "$model" "$@"
