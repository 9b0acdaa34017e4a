#!/usr/bin/env bash
# Builds Weir's image out of what Maven has packaged. ./weir image packages first, and is what people call.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
app=$root/streams-app/target
demo=$root/deploy/demo/target
context=$root/target/image
cuda=
base=
tag=

usage() {
  cat <<'TEXT'
Usage: ./weir image [--cuda] [--base=IMAGE] [--tag=NAME]

Builds the container image of the stream processor, weir/weir:<version>.

  --cuda         with ONNX Runtime for CUDA, weir/weir:<version>-cuda: 4 GB and more
  --base=IMAGE   a JRE 25 on glibc, with bash (default: eclipse-temurin:25-jre)
  --tag=NAME     another name for the image
TEXT
}

fail() {
  printf 'weir: %s\n' "$1" >&2
  exit "${2:-1}"
}

for argument; do
  case $argument in
    --cuda) cuda=1 ;;
    --base=?*) base=${argument#*=} ;;
    --tag=?*) tag=${argument#*=} ;;
    --help | -h)
      usage
      exit
      ;;
    *) fail "image: unknown option $argument; see ./weir image --help" 2 ;;
  esac
done

if [ ! -r "$app/class-path.txt" ] || [ ! -r "$demo/class-path.txt" ]; then
  fail "the stream processor is not built: call ./weir image, which does that first"
fi
command -v docker >/dev/null || fail "docker was not found: install Docker, or another engine with its command line"
jar=${JAVA_HOME:?must name a JDK 25; ./weir image finds one}/bin/jar
version=$(sed -n 's/^version=//p' "$root/schemas/target/classes/io/weir/schemas/build.properties")
commit=$(sed -n 's/^commit=//p' "$root/schemas/target/classes/io/weir/schemas/build.properties")
release=${version%-SNAPSHOT}${cuda:+-cuda}
tag=${tag:-weir/weir:$release}

case $(uname -m) in
  x86_64) onnx=linux-x64 rocks=linux64 zstd=amd64 snappy=x86_64 lz4=amd64 ;;
  aarch64 | arm64)
    [ -z "$cuda" ] || fail "ONNX Runtime for CUDA is there for x86-64 only"
    onnx=linux-aarch64 rocks=linux-aarch64 zstd=aarch64 snappy=aarch64 lz4=aarch64
    ;;
  *) fail "there is no ONNX Runtime for $(uname -m): build on x86-64 or ARM64" ;;
esac

# Copies a jar into a folder; out of those with native libraries, takes this processor's into native/ and leaves all others behind.
add() {
  local file=$1 folder=$2 work=$context/work
  case ${file##*/} in
    onnxruntime* | rocksdbjni-* | zstd-jni-* | snappy-java-* | lz4-java-*) ;;
    *)
      cp "$file" "$folder/"
      return
      ;;
  esac
  mkdir "$work"
  (cd "$work" && "$jar" xf "$file")
  case ${file##*/} in
    onnxruntime*) mv "$work/ai/onnxruntime/native/$onnx"/*.so "$context/native/" ;;
    rocksdbjni-*) mv "$work/librocksdbjni-$rocks.so" "$context/native/" ;;
    zstd-jni-*) mv "$work/linux/$zstd"/libzstd-jni*.so "$context/native/libzstd-jni.so" ;;
    snappy-java-*) mv "$work/org/xerial/snappy/native/Linux/$snappy/libsnappyjava.so" "$context/native/" ;;
    lz4-java-*) mv "$work/net/jpountz/util/linux/$lz4/liblz4-java.so" "$context/native/" ;;
  esac
  find "$work" -type f '(' -name '*.so' -o -name '*.dll' -o -name '*.dylib' -o -name '*.jnilib' -o -name '*.a' ')' -delete
  find "$work" -type d -name '*.dSYM' -prune -exec rm -rf {} +
  "$jar" --create --manifest "$work/META-INF/MANIFEST.MF" --date 2026-01-01T00:00:00Z --file "$folder/${file##*/}" -C "$work" .
  rm -rf "$work"
}

# Where a jar lies in the image: Weir's own change with every version, all others rarely.
place() {
  case ${1##*/} in
    weir-confluent-client-*) echo lib ;;
    weir-*) echo app ;;
    *) echo lib ;;
  esac
}

# class_path JAR... : an option file that names them at their places in the image, in this order.
class_path() {
  local file path=
  for file; do
    path+=${path:+:}$file
  done
  printf -- '-cp\n%s\n' "$path"
}

rm -rf "$context"
mkdir -p "$context"/{lib,app,native,jvm,training/lib}
cp "$here"/{Dockerfile,weir,healthy,aot.options} "$context/"
cp "$root"/deploy/jvm/*.options "$here/image.options" "$here/training/aot.options" "$context/jvm/"
cp "$here/training/run" "$context/training/"

IFS=: read -ra jars <<<"$app/weir-streams-app-$version.jar:$(cat "$app/class-path.txt")"
paths=()
for file in "${jars[@]}"; do
  folder=$(place "$file")
  add "$file" "$context/$folder"
  paths+=("/opt/weir/$folder/${file##*/}")
done
class_path "${paths[@]}" >"$context/jvm/class-path.options"

IFS=: read -ra jars <<<"$demo/weir-demo-$version.jar:$(cat "$demo/class-path.txt")"
paths=()
for file in "${jars[@]}"; do
  folder=/opt/weir/$(place "$file")
  if [ ! -e "$context/${folder##*/}/${file##*/}" ]; then
    folder=/opt/training/lib
    cp "$file" "$context/training/lib/"
  fi
  paths+=("$folder/${file##*/}")
done
class_path "${paths[@]}" >"$context/training/class-path.options"

if [ -z "$cuda" ]; then
  ! compgen -G "$context/lib/onnxruntime_gpu-*.jar" >/dev/null ||
    fail "the last build was for CUDA: remove target/built and call ./weir image again, or build with --cuda"
else
  compgen -G "$context/lib/onnxruntime_gpu-*.jar" >/dev/null ||
    fail "this build has ONNX Runtime for the CPU: call ./weir image --cuda, which builds with the Maven profile cuda first"
  if [ -z "$base" ]; then
    base=weir/base-cuda:12
    docker build -t "$base" - <"$here/Dockerfile.cuda-base"
  fi
fi
docker build -t "$tag" ${base:+--build-arg "BASE=$base"} --build-arg "VERSION=$release" --build-arg "REVISION=$commit" "$context"
printf 'Built %s\n' "$tag"
