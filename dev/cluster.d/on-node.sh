# shellcheck shell=bash
# The cluster as a node of its own: namespaces in which dev/cluster.d/node is process 1. Sourced by dev/cluster.
# The host sees one network link, named jetwright-N, one route through it, and one control group in each hierarchy.

# Reserves 10.N.0.0/16 by the link to it: a number N that no route of this machine and no other cluster uses. Prints N.
reserve_network() {
  local n routes
  routes=$(ip -4 route show table all)
  for n in {201..250}; do
    if [[ ! $routes =~ (^|[^0-9.])10\.$n\. ]] &&
      ip link add "jetwright-$n" type veth peer name "jetwright-${n}p" 2>/dev/null; then
      printf '%s\n' "$n"
      return
    fi
  done
  return 1
}

node_settings() {
  local n=$1 tools pods
  tools=$("$root/dev/tools/provide" etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy coredns \
    nats-server kubectl)
  { read -r _ && read -r _ && read -r _ && read -r kube_scheduler && read -r kubelet &&
    read -r kube_proxy && read -r coredns && read -r nats_server && read -r kubectl; } <<<"$tools"
  images=("$(busybox_image)")
  [ "$nats" = outside ] || images+=("$(nats_image)")
  pods=10.$n.0
  network=$n link=jetwright-$n node_link=eth0 node_name=node control_group=jetwright-$name
  host_address=10.$n.255.1 node_address=10.$n.255.2 bridge_address=$pods.1 pod_range=$pods.0/24
  service_range=10.$n.128.0/20 cni_plugins=$(cni_folder) sandbox_image=jetwright.io/busybox:dev
  declare -p network link node_link node_name control_group host_address node_address bridge_address pod_range \
    service_range cni_plugins sandbox_image images nats kube_scheduler kubelet kube_proxy coredns \
    nats_server kubectl >"$state/settings"
}

# image_of NAME PROGRAM ARGUMENT...: makes the image of a static program once.
image_of() {
  local archive=$cache/images/$1.tar
  if [ ! -f "$archive" ] || [ "$2" -nt "$archive" ]; then
    mkdir -p "$cache/images"
    static_image "$archive" "jetwright.io/$1:dev" "${@:2}"
  fi
  printf '%s\n' "$archive"
}

# Also holds the namespaces of each pod open.
busybox_image() {
  local program
  program=$(static_busybox)
  ENTRY=Cmd COMMANDS=$("$program" --list | tr '\n' ' ') image_of busybox "$program" sleep infinity
}

nats_image() { image_of nats-server "$nats_server"; }

node_start() {
  # shellcheck source=dev/lib/static-image.sh
  . "$root/dev/lib/static-image.sh"
  local n
  n=$(reserve_network) || die "each of the networks 10.201.0.0/16 to 10.250.0.0/16 is used on this machine"
  printf 'jetwright-%s\n' "$n" >"$state/link"
  node_settings "$n"
  step "control plane, containerd, kubelet, kube-proxy, DNS and NATS start, at $node_address"
  make_control_groups
  start_part node unshare --net --mount --pid --fork --kill-child "$root/dev/cluster.d/node" "$state" 8>&-
  connect
  ln -s control-plane/kubeconfig "$state/kubeconfig"
  until [ -f "$state/ready" ]; do
    node_check
    sleep 0.1
  done
  step "the node is Ready"
  if [ "$nats" = pod ]; then
    start_nats_pod "$node_address"
  else
    printf 'nats://%s:4222\n' "$node_address" >"$state/nats-url"
  fi
}

start_nats_pod() {
  "$kubectl" --kubeconfig "$state/kubeconfig" apply --server-side -f "$root/dev/cluster.d/nats.yaml" >"$state/answer"
  "$kubectl" --kubeconfig "$state/kubeconfig" --namespace nats create configmap nats --from-file "$root/dev/cluster.d/nats.conf" \
    >"$state/answer"
  "$kubectl" --kubeconfig "$state/kubeconfig" --namespace nats rollout status deployment/nats --timeout 60s >"$state/answer" 2>&1 ||
    { cat "$state/answer" >&2 && die "the NATS pod does not become ready"; }
  printf 'nats://%s:4222\n' \
    "$("$kubectl" --kubeconfig "$state/kubeconfig" --namespace nats get service nats --output 'jsonpath={.spec.clusterIP}')" \
    >"$state/nats-url"
}

# The process 1 of the node's namespaces, as the host numbers it.
node_process() {
  local id
  id=$(running "$state/node.pid") || return 1
  cat "/proc/$id/task/$id/children" 2>/dev/null | tr -d ' '
}

connect() {
  local id='' tenths=100
  until id=$(node_process) && [ -n "$id" ] && [ "$(readlink "/proc/$id/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
    [ $((tenths -= 1)) -gt 0 ] || early_end "the node" "$state/node.log"
    sleep 0.1
  done
  ip link set "${link}p" netns "$id" name "$node_link"
  ip address add "$host_address/30" dev "$link"
  ip link set "$link" up
  ip route add "10.$network.0.0/16" via "$node_address"
}

node_check() { node_is_running || early_end "the node" "$state/node.log"; }

node_is_running() { [ -n "$(node_process)" ]; }

in_node() {
  local id
  id=$(node_process)
  nsenter --target "$id" --mount --net --pid "$@"
}

node_load() {
  in_node ctr --namespace k8s.io images import "$(realpath "$1")" >&2
}

node_status() {
  # shellcheck source=/dev/null
  . "$state/settings"
  printf 'cluster %s: a node of its own at %s, process %s, state in %s\n' "$name" "$node_address" "$(node_process)" "$state"
  local record
  for record in "$state"/*.pid; do
    record=${record##*/}
    [ "$record" = node.pid ] || printf '  %s\n' "${record%.pid}"
  done
  [ -f "$state/ready" ] || die "the cluster $name is starting or ending; see $state/node.log"
  "$kubectl" --kubeconfig "$state/kubeconfig" get nodes,pods --all-namespaces
}

control_group_hierarchies() {
  awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts
}

# On a busy machine all pods together would get as much of the processors as one thread outside gets: here as 16 do.
make_control_groups() {
  local hierarchy
  for hierarchy in $(control_group_hierarchies); do
    mkdir -p "$hierarchy/$control_group"
    [ ! -f "$hierarchy/$control_group/cpu.shares" ] || echo 16384 >"$hierarchy/$control_group/cpu.shares"
    [ ! -f "$hierarchy/$control_group/cpu.weight" ] || echo 1600 >"$hierarchy/$control_group/cpu.weight"
  done
}

remove_control_groups() {
  local hierarchy tenths=50
  for hierarchy in $(control_group_hierarchies); do
    while [ -d "$hierarchy/jetwright-$name" ]; do
      find "$hierarchy/jetwright-$name" -depth -type d -exec rmdir {} + 2>/dev/null || true
      [ -d "$hierarchy/jetwright-$name" ] || break
      [ $((tenths -= 1)) -gt 0 ] || die "the control group $hierarchy/jetwright-$name is still in use"
      sleep 0.1
    done
  done
}

remove_link() {
  local tenths=50
  [ -f "$state/link" ] || return 0
  read -r link <"$state/link"
  while ip link show "$link" >/dev/null 2>&1; do
    ip link delete "$link" 2>/dev/null || true
    [ $((tenths -= 1)) -gt 0 ] || die "the network link $link cannot be removed"
    sleep 0.1
  done
}

# With the first process of the namespaces all others end; mounts, links and firewall rules go with them.
node_remove() {
  local id tenths=250
  if id=$(node_process) && [ -n "$id" ]; then
    kill -TERM "$id" 2>/dev/null || true
    while node_is_running && [ $((tenths -= 1)) -gt 0 ]; do sleep 0.1; done
  fi
  stop "$state/node.pid" 0
  remove_link
  remove_control_groups
}
