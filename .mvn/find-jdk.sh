# Sourced by mvnw and deploy/local/tunefleet: exports JAVA_HOME of a JDK that is new enough, or explains what to install.
# Order: JAVA_HOME, the java on PATH, the usual folders of Linux, macOS, Windows shells, SDKMAN, asdf, mise, jenv and IntelliJ.

tunefleet_jdk_release=25

tunefleet_jdk_version() { # prints the feature release of the JDK in folder $1, nothing when it is no JDK
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

tunefleet_jdk_fits() {
  tunefleet_found=$(tunefleet_jdk_version "$1")
  [ -n "$tunefleet_found" ] && [ "$tunefleet_found" -ge "$tunefleet_jdk_release" ]
}

tunefleet_find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && tunefleet_jdk_fits "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  tunefleet_java=$(command -v java 2>/dev/null) || tunefleet_java=
  if [ -n "$tunefleet_java" ]; then
    tunefleet_java=$(readlink -f "$tunefleet_java" 2>/dev/null || printf %s "$tunefleet_java")
    tunefleet_home=${tunefleet_java%/bin/java}
    if tunefleet_jdk_fits "$tunefleet_home"; then
      JAVA_HOME=$tunefleet_home
      export JAVA_HOME
      return 0
    fi
  fi
  set +f # mvnw runs with globbing off
  for tunefleet_home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.jenv/versions/* "${HOME-}"/.jdks/* \
    "/c/Program Files/Java"/* "/c/Program Files/Eclipse Adoptium"/*; do
    if tunefleet_jdk_fits "$tunefleet_home"; then
      JAVA_HOME=$tunefleet_home
      export JAVA_HOME
      return 0
    fi
  done
  echo "Tunefleet needs JDK $tunefleet_jdk_release or newer, and none was found in JAVA_HOME, on PATH or in the usual folders: install one (https://adoptium.net) or set JAVA_HOME to it." >&2
  return 1
}
