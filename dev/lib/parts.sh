# shellcheck shell=bash
# Parts that run beside each other: each has its record and its log, NAME.pid and NAME.log, in one folder. Sourced.
# The caller sets root and state (the folder), and defines check, which ends the script when a part has ended early.

# shellcheck source=dev/lib/processes.sh
. "$root/dev/lib/processes.sh"
# shellcheck source=dev/lib/jar.sh
. "$root/dev/lib/jar.sh"

# start_part NAME COMMAND...
start_part() {
  local name=$1
  shift
  start "$state/$name.pid" "$state/$name.log" "$@"
}

# check_parts NAME...: those that were started must still run.
check_parts() {
  local name
  for name in "$@"; do
    [ ! -f "$state/$name.pid" ] || running "$state/$name.pid" >/dev/null || early_end "$name" "$state/$name.log"
  done
}

# wait_until SECONDS WHAT COMMAND...: repeats the command until it succeeds.
wait_until() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >"$state/answer" 2>&1; do
    check
    if [ $SECONDS -ge "$end" ]; then
      cat "$state/answer" >&2
      die "gave up waiting: $what;$([ ! -s "$state/answer" ] || printf ' above is the last answer,') the logs are in $state"
    fi
    sleep 0.1
  done
}

# start_control_plane OPTION...
start_control_plane() {
  start_part control-plane "$root/dev/control-plane" run --dir "$state/control-plane" --until-signal "$@"
}

control_plane_ready() { grep -q '^ready ' "$state/control-plane.log"; }

# Its own parts by themselves, too, should it have been killed. A stopping API server waits for etcd: etcd goes last.
stop_control_plane() {
  stop "$state/control-plane.pid" 15
  stop "$state/control-plane/kube-apiserver.pid" 4
  stop "$state/control-plane/etcd.pid" 4
}

# start_nats PROGRAM ADDRESS PORT OPTION...
start_nats() {
  local program=$1 address=$2 port=$3
  shift 3
  start_part nats-server "$program" --addr "$address" --port "$port" --name nats --store_dir "$state/nats" "$@"
}

# Into the cluster of KUBECONFIG.
install_definitions() {
  kubectl apply --server-side -f "$root/crds/" >"$state/answer"
  wait_until 30 "the resource definitions are not established" kubectl wait --for=condition=Established crd --all --timeout=5s
  kubectl api-resources --api-group jetwright.io >"$state/answer"
}

# Builds the jar in the background, unless it is current.
start_build() {
  jar_is_current && return
  step "building the jar (mvn package)"
  start_part build build_jar
}

# Waits for the part named build, if there is one.
finish_build() {
  local id
  [ -f "$state/build.pid" ] || return 0
  read -r id <"$state/build.pid"
  if ! wait "$id"; then
    sed -nE '/^\[(ERROR|WARNING)\] .*\.java/p' "$state/build.log" | sed -n 1,20p >&2
    tail -n 30 "$state/build.log" >&2
    die "the build failed; above are its warnings and errors and what it said last, all of it is in $state/build.log"
  fi
  rm -f "$state/build.pid"
}

# With all that it started.
stop_build() {
  local id
  if id=$(running "$state/build.pid"); then kill -TERM -- "-$id" 2>/dev/null || true; fi
  stop "$state/build.pid" 5
}

# start_operator JAVA_HOME JVM_FLAG...: its settings are in the environment.
start_operator() {
  local java=$1/bin/java
  shift
  start_part operator "$java" "@$root/dev/lib/operator.jvm" "$@" -jar "$jar" operator
}

# start_dead_letters JAVA_HOME JVM_FLAG...: the relay of dead letters; its settings are in the environment.
start_dead_letters() {
  local java=$1/bin/java
  shift
  start_part dead-letters "$java" "@$root/dev/lib/operator.jvm" "$@" -jar "$jar" dead-letters
}
