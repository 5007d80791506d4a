# shellcheck shell=bash
# The ahead-of-time cache of the operator's classes, which a training run writes as it ends (JDK 25 and newer). Sourced.
# It belongs to one Java, one set of flags and one set of jars, times included; its name says which.

has_aot() { [ "$(java_version "$1")" -ge 25 ]; }

# aot_cache JAVA_HOME
aot_cache() {
  local key
  key=$({
    cat "$1/release" "$root/dev/lib/operator.jvm"
    cd "$root/target" && ls -l --time-style=full-iso jetwright.jar lib 2>/dev/null || ls -lT jetwright.jar lib
  } | cksum | tr ' ' -)
  printf '%s\n' "$cache/aot/operator-$key.aot"
}
