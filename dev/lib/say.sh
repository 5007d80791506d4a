# shellcheck shell=bash
# Words for the person, and the folder that all scripts keep their things in. Sourced.

cache=${JETWRIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/jetwright}
topic=${topic:-dev}

say() { printf '%s: %s\n' "$topic" "$*" >&2; }

# With the seconds since the script began.
step() { say "$(printf '%3d s  ' $SECONDS)$*"; }

die() {
  say "$*"
  exit 1
}

# require PROGRAM PACKAGE: the package is what Debian calls it.
require() {
  command -v "$1" >/dev/null || die "the program '$1' is missing; on Debian: apt-get install $2"
}

# A name that is this checkout's own on this machine. The caller sets root.
checkout_name() { printf '%s-%04x\n' "${root##*/}" $(($(printf %s "$root" | cksum | cut -d ' ' -f 1) % 65536)); }
