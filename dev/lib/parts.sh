# shellcheck shell=bash
# The parts that the demo and the benchmark run: control plane, NATS and operator. Sourced.
# The caller sets root, state (a folder), api_port, nats_port, nats_monitoring_port and http_port.

# shellcheck source=dev/lib/jar.sh
. "$root/dev/lib/jar.sh"

find_tools() {
  local paths
  paths=$("$root/dev/tools/provide" etcd kube-apiserver nats-server kubectl)
  { read -r _ && read -r _ && read -r nats_server && read -r kubectl; } <<<"$paths"
}

kube() { "$kubectl" --kubeconfig "$state/control-plane/kubeconfig" "$@"; }

start_build() {
  require mvn maven
  (cd "$root" && start "$state/build.pid" "$state/build.log" mvn -B -q package -DskipTests)
}

# Maven leaves a jar alone whose content did not change: its time says when it was found to be current.
finish_build() {
  while running "$state/build.pid" >/dev/null; do sleep 0.2; done
  rm -f "$state/build.pid"
  if [ ! -f "$jar" ] || [ -s "$state/build.log" ] && grep -q 'BUILD FAILURE\|^\[ERROR\]' "$state/build.log"; then
    tail -n 30 "$state/build.log" >&2
    die "the jar could not be built; above is what Maven said last, all of it is in $state/build.log"
  fi
  touch "$jar"
}

start_control_plane() {
  start "$state/control-plane.pid" "$state/control-plane.log" \
    "$root/dev/control-plane" run --dir "$state/control-plane" --api-port "$api_port" --until-signal
}

start_nats() {
  start "$state/nats-server.pid" "$state/nats-server.log" "$nats_server" --addr 127.0.0.1 --port "$nats_port" \
    --http_port "$nats_monitoring_port" --name nats --jetstream --store_dir "$state/nats"
}

# start_operator JAVA_HOME JVM_FLAG...
start_operator() {
  local java=$1/bin/java
  shift
  start "$state/operator.pid" "$state/operator.log" env KUBECONFIG="$state/control-plane/kubeconfig" \
    NATS_URL="nats://127.0.0.1:$nats_port" HTTP_PORT="$http_port" LEADER_ELECTION=false \
    "$java" "@$root/dev/lib/operator.jvm" "$@" -jar "$jar" operator
}

# The operator first, so that it sees no failing servers; etcd last, as a stopping API server waits for it.
stop_parts() {
  local id
  if id=$(running "$state/build.pid"); then kill -TERM -- "-$id" 2>/dev/null || true; fi
  stop "$state/build.pid" 5
  stop "$state/operator.pid" 10
  stop "$state/nats-server.pid" 5
  stop "$state/control-plane.pid" 15
  stop "$state/control-plane/kube-apiserver.pid" 4
  stop "$state/control-plane/etcd.pid" 4
}

check_parts() {
  local part
  for part in control-plane nats-server operator; do
    [ ! -f "$state/$part.pid" ] || running "$state/$part.pid" >/dev/null || early_end "$part" "$state/$part.log"
  done
}

# Do some of the parts run, now or since an interrupted start?
parts_running() {
  local part
  for part in operator nats-server control-plane control-plane/kube-apiserver control-plane/etcd; do
    ! running "$state/$part.pid" >/dev/null || return 0
  done
  return 1
}

# wait_until SECONDS WHAT COMMAND...: repeats the command until it succeeds.
wait_until() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until ("$@") >"$state/answer" 2>&1; do
    check_parts
    if [ $SECONDS -ge "$end" ]; then
      cat "$state/answer" >&2
      die "gave up waiting: $what; above is the last answer, the logs are in $state"
    fi
    sleep 0.2
  done
}

control_plane_ready() { grep -q '^ready ' "$state/control-plane.log"; }
definitions_established() { kube wait --for=condition=Established crd --all --timeout=5s; }

install_definitions() {
  wait_until 130 "the control plane is not ready" control_plane_ready
  kube apply --server-side -f "$root/crds/" >"$state/answer"
  wait_until 30 "the resource definitions are not established" definitions_established
  kube api-resources --api-group jetwright.io >"$state/answer"
}
