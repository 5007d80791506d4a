# shellcheck shell=bash
# The cluster as an API server alone, without nodes: resources and Jetwright's work on JetStream, but no pods.
# Sourced by dev/cluster.

control_plane_start() {
  local tools nats_server port
  [ "$nats" = outside ] || die "--nats pod: there are no pods with $kind ($why)"
  tools=$("$root/dev/tools/provide" etcd kube-apiserver kubectl nats-server)
  nats_server=${tools##*$'\n'}
  step "API server, etcd and NATS start"
  start_control_plane 8>&-
  port=$(free_port)
  start_nats "$nats_server" 127.0.0.1 "$port" --config "$root/dev/cluster.d/nats.conf" 8>&-
  printf 'nats://127.0.0.1:%s\n' "$port" >"$state/nats-url"
  ln -s control-plane/kubeconfig "$state/kubeconfig"
  wait_until 130 "the control plane is not ready" control_plane_ready
}

control_plane_check() { check_parts control-plane nats-server; }

control_plane_is_running() {
  running "$state/control-plane.pid" >/dev/null && running "$state/nats-server.pid" >/dev/null
}

control_plane_status() {
  printf 'cluster %s: an API server without nodes, process %s, state in %s\n' "$name" \
    "$(running "$state/control-plane.pid")" "$state"
  printf '  NATS at %s\n' "$(cat "$state/nats-url")"
}

control_plane_load() { die "the cluster $name has no nodes, and so no use for images"; }

control_plane_remove() {
  stop "$state/nats-server.pid" 5
  stop_control_plane
}
