# shellcheck shell=bash
# A container engine of this run's own, for machines that have none: engine_up and engine_down, to be sourced. It listens on a socket of
# its own and keeps its images below a directory of its own, so that an engine of the machine is not touched.

engine=
engine_pid=
engine_forward=

# Installs what is missing, starts the engine and points DOCKER_HOST at it.
engine_up() {
  if ! command -v dockerd >/dev/null || ! command -v iptables >/dev/null; then
    [ "$(id -u)" = 0 ] || engine_fail 'installing Docker needs root'
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables >/dev/null
  fi
  # The engine sets it to DROP, and leaves it so.
  engine_forward=$(iptables -S FORWARD 2>/dev/null | head -1) || true
  engine=$(mktemp -d /tmp/weir-engine.XXXXXX)
  local free
  free=$(df --output=avail -k "$engine" | tail -1)
  ((free > 6 * 1024 * 1024)) || engine_fail "images need 6 GB below /tmp, and $((free / 1024)) MB are free"
  export DOCKER_HOST=unix://$engine/docker.sock
  local driver
  for driver in overlay2 vfs; do
    dockerd --host "$DOCKER_HOST" --data-root "$engine/data" --exec-root "$engine/exec" --pidfile "$engine/pid" \
      --storage-driver "$driver" >"$engine/log" 2>&1 &
    engine_pid=$!
    for _ in $(seq 240); do
      if docker version >/dev/null 2>&1; then
        return
      fi
      kill -0 "$engine_pid" 2>/dev/null || break
      sleep 0.5
    done
    kill "$engine_pid" 2>/dev/null || true
    wait "$engine_pid" 2>/dev/null || true
  done
  engine_fail 'the engine does not start'
}

# Ends containers and engine, and deletes what it kept.
engine_down() {
  [ -n "$engine" ] || return 0
  if [ -n "$engine_pid" ] && kill -0 "$engine_pid" 2>/dev/null; then
    docker ps -q | xargs -r docker kill >/dev/null 2>&1 || true
    docker network ls -q --filter type=custom | xargs -r docker network rm >/dev/null 2>&1 || true
    kill "$engine_pid"
    wait "$engine_pid" 2>/dev/null || true
    if ! pgrep -x dockerd >/dev/null; then
      ip link delete docker0 2>/dev/null || true
      # shellcheck disable=SC2086 # such as -P FORWARD ACCEPT
      [ -z "$engine_forward" ] || iptables $engine_forward || true
    fi
  fi
  rm -rf --one-file-system "$engine"
  engine=
}

engine_fail() {
  printf 'engine: %s\n' "$1" >&2
  [ ! -e "$engine/log" ] || tail -n 20 "$engine/log" >&2
  exit 1
}
