#!/usr/bin/env python3
"""Prints what dev/bench measured as a Markdown table, beside the targets, and the machine that it was measured on."""
import argparse, json, os, platform, statistics, subprocess

parser = argparse.ArgumentParser()
parser.add_argument("--java", required=True)
parser.add_argument("--flags", required=True)
parser.add_argument("--aot", default="")
parser.add_argument("--load", required=True, help="the load average before the benchmark began")
parser.add_argument("--start", required=True)
parser.add_argument("runs", nargs="+")
arguments = parser.parse_args()


def read(path):
    with open(path) as file:
        return file.read()


def first(text, key):
    return next((line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith(key)), "?")


def seconds(value):
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s"


class Row:
    """What a run says about one thing, and its target: for every count of resources, or by count."""

    def __init__(self, name, value, show, target=None):
        self.name, self.value, self.show = name, value, show
        self.target = target if isinstance(target, dict) else {"any": target}

    def limit(self, count):
        return self.target.get(count, self.target.get("any"))

    def cell(self, run):
        try:
            value = self.value(run)
        except KeyError:
            return "-"
        limit = self.limit(run["n"])
        return self.show(value) + ("" if limit is None or value <= limit else " (missed)")


def per_resource(run, number):
    return number / (2 * run["n"])


milliseconds = "{:.0f} ms".format
number = "{:.2f}".format
percent = "{:.1f}%".format
mebibytes = "{:.0f} MiB".format

ROWS = [
    Row("all Ready", lambda r: r["all_ready_s"], seconds, {200: 6, 1000: 20}),
    Row("of which the calls that create them", lambda r: r["create_calls_s"], seconds),
    Row("create to Ready under that load, p50", lambda r: r["create_latency_ms"]["p50"], milliseconds),
    Row("a single create, p50", lambda r: r["single_create_ms"]["p50"], milliseconds, 25),
    Row("drift repaired, p50", lambda r: r["drift_repair_s"]["p50"], seconds, 0.5),
    Row("drift repaired, slowest", lambda r: r["drift_repair_s"]["max"], seconds, 2),
    Row("all Streams updated", lambda r: r["update_all_s"], seconds, {200: 2}),
    Row("all deleted", lambda r: r["delete_all_s"], seconds, {200: 4}),
    Row("JetStream requests per created resource", lambda r: per_resource(r, r["js_api_calls_create"]), number, 2),
    Row("API-server writes per created resource",
        lambda r: per_resource(r, sum(r["api_writes_create"].values())), number, 3),
    Row("idle, of one core", lambda r: 100 * r["idle"]["cpu_s"] / r["idle"]["seconds"], percent, {1000: 3}),
    Row("CPU for the run, start included", lambda r: r["cpu_s_total"], seconds, {200: 12}),
    Row("peak RSS", lambda r: r["peak_rss_mib"], mebibytes, {200: 160}),
]


def table(runs, starts):
    header = ["", "target"] + [f"{r['n']:,} + {r['n']:,}" for r in runs]
    print("| " + " | ".join(header) + " |\n|" + " --- |" * len(header))
    median = statistics.median(starts) / 1000
    missed = "" if median <= 1.5 else " (missed)"
    print(f"| process start to the first Ready | 1.50 s | {seconds(median)}{missed} |" + " |" * (len(runs) - 1))
    for row in ROWS:
        limits = dict.fromkeys(row.show(row.limit(r["n"])) if row.limit(r["n"]) is not None else "" for r in runs)
        print(f"| {row.name} | {' / '.join(filter(None, limits))} | " + " | ".join(row.cell(r) for r in runs) + " |")


def busy():
    load = float(arguments.load)
    return f"; before that, others kept them busy (load {load:.1f}), so an idle machine is faster" if load >= 0.5 else ""


def machine():
    cpu = first(read("/proc/cpuinfo").replace("\t", ""), "model name") if os.path.exists("/proc/cpuinfo") else "?"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    java = subprocess.run([arguments.java + "/bin/java", "--version"], capture_output=True, text=True).stdout
    flags = " ".join(line for line in read(arguments.flags).splitlines() if line.startswith("-"))
    print(f"\nMachine: {len(os.sched_getaffinity(0))} cores ({cpu}), {memory:.0f} GiB, {platform.system()} "
          f"{platform.release()}; {java.splitlines()[0]}.")
    print("On the same cores run kube-apiserver, etcd, NATS and the load itself" + busy() + ".")
    print(f"JVM: {flags}{' and an ahead-of-time cache' if arguments.aot else ''}.")


measured = sorted((json.loads(read(path)) for path in arguments.runs), key=lambda run: run["n"])
for run in measured:
    if not (run.get("all_ready") and run.get("update_all_ok") and run.get("streams_left") == 0):
        print(f"INCOMPLETE, {run['n']} + {run['n']}: ready {run.get('ready')}, updated: {run.get('update_all_ok')}, "
              f"streams left in JetStream: {run.get('streams_left')}\n")
table(measured, [float(line) for line in read(arguments.start).split()])
machine()
