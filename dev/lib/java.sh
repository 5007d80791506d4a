# shellcheck shell=bash
# Finds a Java that can run Jetwright. Sourced.

oldest_java=21

# The version of the Java in a folder, as 25; 0 if there is none.
java_version() {
  local version=''
  if [ -x "$1/bin/java" ] && [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  printf '%s\n' "${version:-0}"
}

java_on_path() {
  local program
  program=$(command -v java) && program=$(readlink -f "$program") || return 0
  printf '%s\n' "${program%/bin/java}"
}

# Prints the folder of JAVA_HOME's Java if it is new enough, else that of the newest one installed.
find_java_home() {
  local folder version best='' best_version=$((oldest_java - 1))
  if [ -n "${JAVA_HOME:-}" ] && [ "$(java_version "$JAVA_HOME")" -ge "$oldest_java" ]; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  for folder in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$(java_on_path)"; do
    version=$(java_version "$folder")
    if [ "$version" -gt "$best_version" ]; then
      best=$folder best_version=$version
    fi
  done
  [ -n "$best" ] || die "no Java $oldest_java or newer was found (JAVA_HOME, /usr/lib/jvm, ~/.sdkman, ~/.jdks, the PATH).
Install one, such as Temurin 25 (https://adoptium.net), or set JAVA_HOME to it."
  printf '%s\n' "$best"
}
