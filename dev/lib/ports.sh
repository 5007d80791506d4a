# TCP ports of this machine. Sourced.

# Does somebody listen on this port of 127.0.0.1?
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port on which nobody listens, below those that outgoing connections use.
free_port() {
  local port
  while port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)); do
    taken "$port" || break
  done
  printf '%s\n' "$port"
}
