#!/usr/bin/env bash
# Installs what the consumers of docs/consumers need, where it is missing: Python with Kafka's and Avro's libraries, Node and npm.
set -euo pipefail

missing=()
/usr/bin/python3 -c 'import avro, confluent_kafka' 2>/dev/null || missing+=(python3-confluent-kafka python3-avro)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
((${#missing[@]} > 0)) || exit 0
[ "$(id -u)" = 0 ] || {
  printf 'consumers: installing %s needs root\n' "${missing[*]}" >&2
  exit 1
}
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
