# shellcheck shell=bash
# The cluster as K3s in a Docker container, with NATS in another one beside it. Sourced by dev/cluster.

# The tests' Testcontainers use the same one.
k3s_image=${JETWRIGHT_K3S_IMAGE:-$(cat "$root/dev/cluster.d/k3s-image")}
docker_nats_image=nats:2.15.2

docker_start() {
  local container=jetwright-$name
  step "K3s ($k3s_image) and NATS start in Docker"
  docker network create "$container" >/dev/null
  docker run --detach --name "$container" --network "$container" --privileged --tmpfs /run --tmpfs /var/run \
    --publish 127.0.0.1::6443 "$k3s_image" server --disable traefik --disable metrics-server --tls-san 127.0.0.1 >/dev/null
  docker run --detach --name "$container-nats" --network "$container" --publish 127.0.0.1::4222 \
    --volume "$root/dev/cluster.d/nats.conf:/etc/nats/nats.conf:ro" "$docker_nats_image" \
    --config /etc/nats/nats.conf --name nats --http_port 8222 >/dev/null
  wait_until 300 "K3s has no Ready node" docker_has_ready_node
  docker exec "$container" cat /etc/rancher/k3s/k3s.yaml |
    sed "s#https://127.0.0.1:6443#https://$(docker port "$container" 6443/tcp | sed -n 1p)#" >"$state/kubeconfig"
  printf 'nats://%s\n' "$(docker port "$container-nats" 4222/tcp | sed -n 1p)" >"$state/nats-url"
  printf 'nats://%s:4222\n' "$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$container-nats")" \
    >"$state/nats-url-in-pods"
}

docker_has_ready_node() {
  docker exec "jetwright-$name" kubectl get serviceaccount default &&
    [ -n "$(docker exec "jetwright-$name" kubectl get nodes --output name)" ] &&
    docker exec "jetwright-$name" kubectl wait --for=condition=Ready node --all --timeout=1s
}

docker_check() { docker_is_running || die "K3s ended early: $(docker logs --tail 15 "jetwright-$name" 2>&1)"; }

docker_is_running() {
  [ "$(docker inspect --format '{{.State.Running}}' "jetwright-$name" 2>/dev/null)" = true ]
}

docker_status() {
  printf 'cluster %s: K3s in the container jetwright-%s\n' "$name" "$name"
  docker exec "jetwright-$name" kubectl get nodes,pods --all-namespaces
}

docker_load() {
  docker exec --interactive "jetwright-$name" ctr --namespace k8s.io images import - <"$1" >&2
}

docker_remove() {
  docker rm --force --volumes "jetwright-$name" "jetwright-$name-nats" >/dev/null 2>&1 || true
  docker network rm "jetwright-$name" >/dev/null 2>&1 || true
}
