# shellcheck shell=bash
# The cluster as an API server alone, without nodes: resources and Jetwright's work on JetStream, but no pods.
# Sourced by dev/cluster.

control_plane_start() {
  local tools nats_server tenths=1300 port
  [ "$nats" = outside ] || die "--nats pod: there are no pods with $kind ($why)"
  tools=$("$root/dev/tools/provide" etcd kube-apiserver kubectl nats-server)
  nats_server=${tools##*$'\n'}
  step "API server, etcd and NATS start"
  start "$state/control-plane.pid" "$state/control-plane.log" \
    "$root/dev/control-plane" run --dir "$state/control-plane" --until-signal 8>&-
  port=$(free_port)
  start "$state/nats-server.pid" "$state/nats-server.log" "$nats_server" --addr 127.0.0.1 --port "$port" --name nats \
    --config "$root/dev/cluster.d/nats.conf" --store_dir "$state/nats" 8>&-
  printf 'nats://127.0.0.1:%s\n' "$port" >"$state/nats-url"
  ln -s control-plane/kubeconfig "$state/kubeconfig"
  until grep -q '^ready ' "$state/control-plane.log"; do
    control_plane_is_running || early_end "the control plane" "$state/control-plane.log"
    [ $((tenths -= 1)) -gt 0 ] || die "the control plane is not ready after 130 s"
    sleep 0.1
  done
}

control_plane_is_running() {
  running "$state/control-plane.pid" >/dev/null && running "$state/nats-server.pid" >/dev/null
}

control_plane_status() {
  printf 'cluster %s: an API server without nodes, process %s, state in %s\n' "$name" \
    "$(running "$state/control-plane.pid")" "$state"
  printf '  NATS at %s\n' "$(cat "$state/nats-url")"
}

control_plane_load() { die "the cluster $name has no nodes, and so no use for images"; }

# A stopping API server waits for etcd: etcd goes last.
control_plane_remove() {
  stop "$state/nats-server.pid" 5
  stop "$state/control-plane.pid" 15
  stop "$state/control-plane/kube-apiserver.pid" 4
  stop "$state/control-plane/etcd.pid" 4
}
