# shellcheck shell=bash
# Prometheus beside a demo: it scrapes the operator, the relay of dead letters and the event logger. Sourced.
# The caller sets root, state and kind, and has dev/lib/parts.sh and dev/lib/ports.sh.

# write_scrape_config JOB=ADDRESS...
write_scrape_config() {
  local each
  printf 'global: {scrape_interval: 2s}\nscrape_configs:\n'
  for each in "$@"; do
    # The namespace in the metrics is that of the resources, as the chart's ServiceMonitor keeps it.
    printf '  - {job_name: %s, honor_labels: true, static_configs: [{targets: ["%s"]}]}\n' "${each%%=*}" "${each#*=}"
  done
}

# start_prometheus JOB=ADDRESS...: sets prometheus_url.
start_prometheus() {
  local port programs program
  programs=$("$root/dev/tools/provide" prometheus promtool)
  program=$(sed -n 1p <<<"$programs")
  promtool=$(sed -n 2p <<<"$programs")
  port=$(free_port)
  prometheus_url=http://127.0.0.1:$port
  write_scrape_config "$@" >"$state/prometheus.yml"
  start_part prometheus "$program" --config.file "$state/prometheus.yml" --storage.tsdb.path "$state/prometheus" \
    --web.listen-address "127.0.0.1:$port"
  wait_until 30 "Prometheus is not ready" curl -sf "$prometheus_url/-/ready"
}

# has_answer QUERY
has_answer() { "$promtool" query instant "$prometheus_url" "$1" | grep . ; }

# show_answer QUERY: waits for one, which takes a scrape or two.
show_answer() {
  wait_until 60 "Prometheus has no answer to: $1" has_answer "$1"
  printf '\n  %s\n' "$1"
  sed 's/^/    /' "$state/answer"
}
