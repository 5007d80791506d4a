# shellcheck shell=bash
# The jar that Maven builds. Sourced; the caller sets root.

jar=$root/target/jetwright.jar

jar_is_current() {
  [ -f "$jar" ] && [ -z "$(find "$root/src/main" "$root/pom.xml" -newer "$jar" | head -n 1)" ]
}
