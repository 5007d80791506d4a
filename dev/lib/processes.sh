# shellcheck shell=bash
# Processes that are started in the background, known by a record (a file), and ended by it. Sourced.
# A record holds the process id and the time it started at, so that a recycled id is never taken for ours.

# at_exit COMMAND: what cleans up, however the script ends.
at_exit() {
  # shellcheck disable=SC2064
  trap "$1" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# When the process with this id started; empty when there is none.
started_at() {
  local stat fields
  if [ -r /proc/self/stat ]; then
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    read -ra fields <<<"${stat##*) }"
    [ "${fields[0]}" = Z ] || printf '%s\n' "${fields[19]}"
  else
    ps -o lstart= -p "$1" 2>/dev/null || true
  fi
}

# record PROCESS_ID RECORD
record() {
  printf '%s\n%s\n' "$1" "$(started_at "$1")" >"$2.part"
  mv "$2.part" "$2"
}

# start RECORD LOG COMMAND...: in a process group of its own, so that a Ctrl-C reaches us alone.
start() {
  local file=$1 log=$2
  shift 2
  set -m
  "$@" </dev/null >"$log" 2>&1 &
  set +m
  record $! "$file"
}

# The id in a record, if that process still runs; else fails.
running() {
  local id began
  [ -f "$1" ] || return 1
  { read -r id && read -r began; } <"$1" || return 1
  [ -n "$began" ] && [ "$(started_at "$id")" = "$began" ] || return 1
  printf '%s\n' "$id"
}

# stop RECORD SECONDS: SIGTERM, after so many seconds SIGKILL; returns when the process is gone.
stop() {
  local file=$1 tenths=$(($2 * 10)) id
  if id=$(running "$file"); then
    kill -TERM "$id" 2>/dev/null || true
    while running "$file" >/dev/null && [ "$tenths" -gt 0 ]; do
      sleep 0.1
      tenths=$((tenths - 1))
    done
    kill -KILL "$id" 2>/dev/null || true
    while running "$file" >/dev/null; do sleep 0.1; done
  fi
  rm -f "$file"
}

# early_end NAME LOG: what a process that should still run said last.
early_end() {
  tail -n 15 "$2" >&2
  die "$1 ended early; above are its last words, all of them are in $2"
}
