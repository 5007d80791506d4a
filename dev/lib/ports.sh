# shellcheck shell=bash
# TCP ports of this machine. Sourced.

# taken PORT [ADDRESS]: does somebody listen on it, at 127.0.0.1 if nothing else is said?
taken() { (exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null; }

# A port on which nobody listens, below those that outgoing connections use.
free_port() {
  local port
  while port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)); do
    taken "$port" || break
  done
  printf '%s\n' "$port"
}
