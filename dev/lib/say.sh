# shellcheck shell=bash
# Words for the person, and the folder that all scripts keep their things in. Sourced.

cache=${JETWRIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/jetwright}
topic=${topic:-dev}

say() { printf '%s: %s\n' "$topic" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# require PROGRAM PACKAGE: the package is what Debian calls it.
require() {
  command -v "$1" >/dev/null || die "the program '$1' is missing; on Debian: apt-get install $2"
}
