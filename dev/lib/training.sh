# shellcheck shell=bash
# A training run, at whose end the JVM writes an ahead-of-time cache (JEP 483, 515): the operator makes and deletes a resource of each
# kind, against an API server and NATS of its own. Sourced by scripts of their own, which it ends when it fails.
# The caller sets root, and defines start_for_training FLAG, which starts the part named operator with this flag of the JVM; NATS_URL and
# HTTP_PORT are set then.

# shellcheck source=dev/lib/ports.sh
. "$root/dev/lib/ports.sh"
# shellcheck source=dev/lib/parts.sh
. "$root/dev/lib/parts.sh"

check() { check_parts control-plane nats-server operator; }

release() {
  local status=$?
  trap '' INT TERM HUP
  stop "$state/operator.pid" 10
  stop "$state/nats-server.pid" 5
  stop_control_plane
  rm -f "$file.config"
  if [ "$status" -eq 0 ]; then rm -rf "$state"; else rm -f "$file"; fi
}

trained_operator_ready() { curl -sf -o /dev/null "http://127.0.0.1:$HTTP_PORT/readyz"; }

# train FILE
train() {
  local nats_port nats_server kubectl
  file=$1
  nats_port=$(free_port)
  mkdir -p "$cache"
  state=$(mktemp -d "$cache/training.XXXXXX")
  trap release EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  require curl curl
  { read -r nats_server && read -r kubectl; } <<<"$("$root/dev/tools/provide" nats-server kubectl)"
  export PATH=${kubectl%/*}:$PATH KUBECONFIG=$state/control-plane/kubeconfig
  export NATS_URL=nats://127.0.0.1:$nats_port
  HTTP_PORT=$(free_port)
  export HTTP_PORT
  start_control_plane --address 127.0.0.1
  start_nats "$nats_server" 127.0.0.1 "$nats_port" --jetstream
  wait_until 130 "the control plane is not ready" control_plane_ready
  install_definitions
  start_for_training "-XX:AOTCacheOutput=$file"
  wait_until 60 "the operator is not ready" trained_operator_ready
  sed "s/\${NATS_PORT}/$nats_port/" "$root/dev/image.d/resources.yaml" >"$state/resources.yaml"
  kubectl apply --server-side -f "$state/resources.yaml" >"$state/answer"
  wait_until 60 "the resources are not Ready" kubectl wait --for=condition=Ready jetstream --all --timeout=5s
  kubectl delete -f "$state/resources.yaml" >"$state/answer"
  stop "$state/operator.pid" 120
  [ -s "$file" ] || {
    tail -n 20 "$state/operator.log" >&2
    die "the JVM wrote no ahead-of-time cache; above is what it said last, all of it is in $state/operator.log"
  }
}
