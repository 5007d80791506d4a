# shellcheck shell=bash
# Which kind of cluster this machine can run, and why. Sourced.

node_packages=(containerd runc containernetworking-plugins iptables conntrack busybox-static)

docker_answers() { command -v docker >/dev/null && bounded docker info >/dev/null 2>&1; }

# For ten seconds at most, where there is a timeout; macOS has none.
bounded() { if command -v timeout >/dev/null; then timeout 10 "$@"; else "$@"; fi; }

cni_folder() {
  local folder
  for folder in /usr/lib/cni /opt/cni/bin; do
    if [ -x "$folder/bridge" ] && [ -x "$folder/host-local" ]; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

static_busybox() {
  local program
  program=$(command -v busybox) && ! ldd "$program" >/dev/null 2>&1 && printf '%s\n' "$program"
}

# Prints what the own node needs and this machine lacks, in words.
missing_for_node() {
  local program missing=''
  for program in containerd ctr runc iptables conntrack; do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
  cni_folder >/dev/null || missing="$missing CNI-plugins"
  static_busybox >/dev/null || missing="$missing static-busybox"
  printf '%s\n' "${missing# }"
}

# Installs what is missing, by the system's package manager; else says in $obstacle why it cannot.
install_for_node() {
  local missing
  missing=$(missing_for_node)
  [ -n "$missing" ] || return 0
  step "installing, with apt-get: ${node_packages[*]}"
  apt_install "${node_packages[@]}" || {
    obstacle="it lacks $missing, and apt-get could not install them: $apt_error"
    return 1
  }
  missing=$(missing_for_node)
  if [ -n "$missing" ]; then
    obstacle="it lacks $missing, and apt-get says that its packages are installed"
    return 1
  fi
}

# Can this machine run containers without Docker? Else says in $obstacle why it cannot.
node_is_possible() {
  obstacle=''
  if [ "$(uname -s)" != Linux ]; then
    obstacle="it needs Linux"
  elif [ "$(id -u)" -ne 0 ]; then
    obstacle="it needs root, and you are $(id -un)"
  elif ! unshare --net --mount --pid --fork true 2>/dev/null; then
    obstacle="this machine does not allow new namespaces (unshare failed)"
  elif [ -n "$(missing_for_node)" ] && ! command -v apt-get >/dev/null; then
    obstacle="it lacks $(missing_for_node), and there is no apt-get to install them with"
  else
    return 0
  fi
  return 1
}

# Sets kind and why.
choose() {
  case "$with" in
    docker)
      docker_answers || die "--with docker: no Docker daemon answers (docker info)"
      kind=docker why="asked for"
      ;;
    node)
      { node_is_possible && { [ "$verb" = choose ] || install_for_node; }; } || die "--with node: an own node cannot run here: $obstacle"
      kind=node why="asked for"
      ;;
    control-plane) kind=control-plane why="asked for" ;;
    *)
      if docker_answers; then
        kind=docker why="a Docker daemon answers: K3s in a container"
      elif node_is_possible && { [ "$verb" = choose ] || install_for_node; }; then
        kind=node why="no Docker daemon answers, and you are root: a node of its own, with containerd and runc"
      else
        kind=control-plane why="no pods: no Docker daemon answers, and an own node cannot run here: $obstacle"
      fi
      ;;
  esac
}
