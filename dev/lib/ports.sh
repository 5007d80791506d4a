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

# The process that listens on this port, as far as the system tells.
listener() {
  if command -v ss >/dev/null; then
    ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ by \1 (process \2)/p' | head -n 1
  elif command -v lsof >/dev/null; then
    lsof -nP -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | awk 'NR == 2 { print " by " $1 " (process " $2 ")" }'
  fi
}

# need_port PORT VARIABLE: the variable is what changes it.
need_port() {
  ! taken "$1" || die "port $1 is taken$(listener "$1"); end that, or choose another port with $2, such as: $2=$(free_port)"
}
