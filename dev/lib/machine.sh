# shellcheck shell=bash
# This machine: its architecture, its packages, and one process at a time. Sourced.

# As container images and releases name it.
architecture() {
  case "$(uname -m)" in aarch64 | arm64) echo arm64 ;; *) echo amd64 ;; esac
}

# apt_install PACKAGE...: fails, and says in $apt_error why, if they cannot be installed.
apt_install() {
  local log
  log=$(mktemp)
  apt_error=''
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"; } \
    >"$log" 2>&1 </dev/null; then
    apt_error=$(grep -m 1 '^E: ' "$log" || true)
    apt_error=${apt_error:-$(tail -n 1 "$log")}
  fi
  rm -f "$log"
  [ -z "$apt_error" ]
}

# lock FILE WHO: until unlock, one process at a time; WHO names the other one to those that wait. Children that outlive
# us are started with 8>&-.
lock() {
  command -v flock >/dev/null || return 0
  exec 8>"$1"
  flock -n 8 || {
    say "$2, waiting"
    flock 8
  }
}

unlock() { exec 8>&-; }
