#!/bin/sh
# Prints the kafka-acls.sh commands that grant the stream processor what it needs, and nothing else. Runs none of them: read them,
# then pipe them into sh.
set -eu

usage() {
  cat <<'TEXT'
Usage: acls.sh --bootstrap-server HOST:PORT --principal User:NAME --application-id ID --input TOPIC[,TOPIC...] [options]

  --input-prefix PREFIX     in place of --input, for weir.input.pattern: all topics that start so
  --alerts TOPIC            weir.alerts.topic, weir-alerts unless given
  --dead-letters TOPIC      weir.dead.letter.topic, weir-dead-letters unless given
  --scores TOPIC            weir.scores.topic, if scores are written
  --exactly-once            processing.guarantee=exactly_once_v2
  --windows                 the model looks at several events: exactly once, and a changelog topic
  --mute                    incidents or cool-downs: exactly once, and a changelog topic
  --command-config FILE     how kafka-acls.sh logs in, a properties file
TEXT
}

fail() {
  printf 'acls.sh: %s\n\n' "$1" >&2
  usage >&2
  exit 2
}

servers= principal= application= inputs= prefix= scores= login=
alerts=weir-alerts dead=weir-dead-letters once=no windows=no mute=no
while [ $# -gt 0 ]; do
  option=$1
  case $option in
    --exactly-once) once=yes; shift; continue ;;
    --windows) windows=yes; once=yes; shift; continue ;;
    --mute) mute=yes; once=yes; shift; continue ;;
    --help | -h) usage; exit 0 ;;
    --bootstrap-server | --principal | --application-id | --input | --input-prefix | --alerts | --dead-letters | --scores | --command-config)
      [ $# -ge 2 ] || fail "$option needs a value" ;;
    *) fail "there is no option $option" ;;
  esac
  # The commands are meant for a shell: what could be more than a name is refused.
  case $option$2 in *[!A-Za-z0-9.,:=_/@\ -]*) fail "$option $2: a character that no such name has" ;; esac
  case $option in
    --bootstrap-server) servers=$2 ;;
    --principal) principal=$2 ;;
    --application-id) application=$2 ;;
    --input) inputs=$2 ;;
    --input-prefix) prefix=$2 ;;
    --alerts) alerts=$2 ;;
    --dead-letters) dead=$2 ;;
    --scores) scores=$2 ;;
    --command-config) login=$2 ;;
  esac
  shift 2
done
[ -n "$servers" ] || fail "--bootstrap-server is missing"
[ -n "$principal" ] || fail "--principal is missing"
[ -n "$application" ] || fail "--application-id is missing"
[ -n "$inputs$prefix" ] || fail "--input is missing"
case $principal in User:?*) ;; *) fail "--principal $principal does not start with User:" ;; esac

grant() {
  printf "kafka-acls.sh --bootstrap-server %s%s --add --allow-principal '%s' %s\n" \
    "$servers" "${login:+ --command-config $login}" "$principal" "$1"
}

for topic in $(printf '%s' "$inputs" | tr ',' ' '); do
  grant "--operation Read --topic $topic"
done
[ -z "$prefix" ] || grant "--operation Read --topic $prefix --resource-pattern-type prefixed"
grant "--operation Read --group $application"
grant "--operation Write --topic $alerts"
[ -z "$scores" ] || grant "--operation Write --topic $scores"
grant "--operation Write --topic $dead"
if [ "$once" = yes ]; then
  grant "--operation Write --transactional-id $application- --resource-pattern-type prefixed"
fi
changelog() {
  grant "--operation Create --topic $application-$1-changelog"
  grant "--operation Read --topic $application-$1-changelog"
  grant "--operation Write --topic $application-$1-changelog"
}
[ "$windows" = no ] || changelog windows
[ "$mute" = no ] || changelog mute
