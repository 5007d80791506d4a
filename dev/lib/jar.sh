# shellcheck shell=bash
# The jar that Maven builds. Sourced; the caller sets root.

jar=$root/target/jetwright.jar

jar_is_current() {
  [ -f "$jar" ] && [ -z "$(find "$root/src/main" "$root/pom.xml" -newer "$jar" | sed -n 1p)" ]
}

# Maven leaves a jar alone whose content did not change: its time says when it was found to be current.
build_jar() {
  require mvn maven
  mvn -B -f "$root/pom.xml" package -Dmaven.test.skip=true </dev/null && touch "$jar"
}
