#!/usr/bin/env python3
"""What the numbers of many resources cost: a scrape of /metrics, and the statuses that are written while all streams are busy.

Creates N/2 Streams and N/2 Consumers through a real API server, and waits until the operator counts all of them as Ready. Then it
scrapes /metrics one after the other, as Prometheus asks for it and in the plain text format, and says how long each took, how much
processor time the operator spent, and how many bytes came. Then each stream gets a message every ten seconds, and the statuses that
the operator writes are counted by their cause. Nothing but the standard library. Prints JSON.
"""
import argparse, http.client, json, os, re, signal, socket, ssl, sys, threading, time, urllib.request

signal.signal(signal.SIGINT, signal.SIG_DFL)
ap = argparse.ArgumentParser()
ap.add_argument("--api", required=True); ap.add_argument("--token", default="admintoken")
ap.add_argument("--nats", required=True); ap.add_argument("--metrics", required=True); ap.add_argument("--pid", type=int, required=True)
ap.add_argument("-n", type=int, required=True); ap.add_argument("--scrapes", type=int, default=10)
ap.add_argument("--busy", type=int, default=600); ap.add_argument("--timeout", type=float, default=1200)
a = ap.parse_args()
ctx = ssl._create_unverified_context()
tl = threading.local()
BASE = "/apis/jetwright.io/v1beta1/namespaces/default"
FORMATS = {"openmetrics": "application/openmetrics-text;version=1.0.0", "text": "text/plain;version=0.0.4"}

def post(path, body):
    for attempt in (0, 1):
        c = tl.c = getattr(tl, "c", None) or http.client.HTTPSConnection(a.api, context=ctx, timeout=60)
        try:
            c.request("POST", path, json.dumps(body), {"Authorization": "Bearer " + a.token, "Content-Type": "application/json"})
            r = c.getresponse(); data = r.read()
            assert r.status == 201, (r.status, data)
            return
        except (http.client.HTTPException, OSError):
            tl.c = None
            if attempt: raise

def par(fn, count, k=8):
    errors = []
    def work(first):
        try:
            for i in range(first, count, k): fn(i)
        except Exception as e: errors.append(e)
    threads = [threading.Thread(target=work, args=(i,)) for i in range(k)]; [t.start() for t in threads]; [t.join() for t in threads]
    if errors: raise errors[0]

def say(what): print(f"bench: {what}", file=sys.stderr, flush=True)

def cpu():
    with open(f"/proc/{a.pid}/stat") as f: st = f.read().rsplit(")", 1)[1].split()
    return (int(st[11]) + int(st[12])) / os.sysconf("SC_CLK_TCK")

def rss(key="VmRSS:"):
    with open(f"/proc/{a.pid}/status") as f: return round(next(int(l.split()[1]) for l in f if l.startswith(key)) / 1024)

def scrape(accept=FORMATS["text"]):
    request = urllib.request.Request(f"http://{a.metrics}/metrics", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=120) as r: return r.read()

def samples(name, body=None):
    """Labels and value of each series of this name."""
    found = re.findall(rf"^{name}(?:{{([^}}]*)}})? ([0-9.eE+-]+)", (body or scrape()).decode(), re.M)
    return [(dict(re.findall(r'(\w+)="([^"]*)"', labels)), float(value)) for labels, value in found]

def stream(i): return {"apiVersion": "jetwright.io/v1beta1", "kind": "Stream", "metadata": {"name": f"bench-{i}"},
    "spec": {"name": f"BENCH_{i}", "subjects": [f"bench.{i}"], "storage": "memory", "maxMsgs": 1000}}
def consumer(i): return {"apiVersion": "jetwright.io/v1beta1", "kind": "Consumer", "metadata": {"name": f"bench-{i}"},
    "spec": {"streamName": f"BENCH_{i}", "durableName": "worker", "maxDeliver": 3}}

streams = a.n // 2
out = {"resources": 2 * streams}
say(f"creating {streams} Streams and {streams} Consumers")
began = time.perf_counter()
par(lambda i: (post(f"{BASE}/streams", stream(i)), post(f"{BASE}/consumers", consumer(i))), streams)
while sum(v for labels, v in samples("jetwright_resources") if labels["ready"] == "True") < 2 * streams:
    assert time.perf_counter() - began < a.timeout, "not all are Ready: " + str(samples("jetwright_resources"))
    time.sleep(2)
out["all_ready_s"] = round(time.perf_counter() - began, 1)
time.sleep(30)  # what is still to be written
out["rss_mib_before"] = rss()
for name, accept in FORMATS.items():
    say(f"scraping, as {name}")
    times, before = [], cpu()
    for _ in range(a.scrapes):
        t = time.perf_counter(); body = scrape(accept); times.append(time.perf_counter() - t)
    spent = cpu() - before; times.sort()
    out[name] = {"mib": round(len(body) / 2**20, 1), "series": sum(1 for line in body.splitlines() if line[:1] != b"#"),
                 "s_slowest": round(times[-1], 2), "s_median": round(times[len(times) // 2], 2), "cpu_s_each": round(spent / a.scrapes, 2)}
out["rss_mib_after"] = rss(); out["peak_rss_mib"] = rss("VmHWM:")

host, port = a.nats.split(":"); nats = socket.create_connection((host, int(port)))
nats.sendall(b'CONNECT {"verbose":false,"pedantic":false}\r\n')
threading.Thread(target=lambda: [nats.sendall(b"PONG\r\n") for line in nats.makefile("rb") if line.startswith(b"PING")], daemon=True).start()
def writes(): return {labels["cause"]: v for labels, v in samples("jetwright_status_writes_total") if labels["cause"] != "postponed"}
say(f"a message to each stream every ten seconds, for {a.busy} s")
minutes, before, spent, began = [], writes(), cpu(), time.perf_counter()
first = before
while time.perf_counter() - began < a.busy:
    end = time.perf_counter() + 10
    for i in range(streams): nats.sendall(b"PUB bench.%d 1\r\nx\r\n" % i)
    time.sleep(max(0, end - time.perf_counter()))
    if time.perf_counter() - began > 60 * (len(minutes) + 1) - 5:
        now = writes(); minutes.append(round(sum(now.values()) - sum(before.values()))); before = now
out["busy"] = {"s": a.busy, "status_writes_each_minute": minutes, "status_writes": {k: round(v - first.get(k, 0)) for k, v in writes().items()},
               "cpu_share_of_a_core": round((cpu() - spent) / (time.perf_counter() - began), 3)}
print(json.dumps(out, indent=1)); sys.stdout.flush(); os._exit(0)
