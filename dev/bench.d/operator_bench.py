#!/usr/bin/env python3
"""Load a JetStream operator through a real API server and time it.

Creates N Stream and N Consumer resources, waits until each is Ready=True at its own generation, then
measures: time to all ready, per-resource latency (create call to first Ready=True seen on a watch), the
repair of D streams deleted behind the operator's back, one-field updates, delete of everything; and the
operator's peak RSS, CPU seconds, JetStream API calls and API-server writes (by the API server's metrics).
Nothing but the standard library; the NATS side is spoken in its text protocol. Prints JSON; dev/bench makes it a table.
"""
import argparse, http.client, json, os, queue, re, signal, socket, ssl, sys, threading, time

signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word; dev/bench cleans up
ap = argparse.ArgumentParser()
ap.add_argument("--api", default="127.0.0.1:16443"); ap.add_argument("--token", default="admintoken")
ap.add_argument("--group", required=True); ap.add_argument("--version", required=True)
ap.add_argument("--nats", default="127.0.0.1:14222"); ap.add_argument("--pid", type=int, required=True)
ap.add_argument("-n", type=int, default=200); ap.add_argument("-d", type=int, default=20)
ap.add_argument("--namespace", default="default"); ap.add_argument("--timeout", type=float, default=240)
ap.add_argument("--drift-timeout", type=float, default=150)
ap.add_argument("--idle", type=float, default=20)
a = ap.parse_args()
ctx = ssl._create_unverified_context()
H = {"Authorization": "Bearer " + a.token, "Content-Type": "application/json"}
tl = threading.local()

def call(method, path, body=None, ctype=None):
    for attempt in (0, 1):
        c = getattr(tl, "c", None)
        if c is None:
            c = tl.c = http.client.HTTPSConnection(a.api, context=ctx, timeout=60)
        h = dict(H)
        if ctype: h["Content-Type"] = ctype
        try:
            c.request(method, path, json.dumps(body) if body is not None else None, h)
            r = c.getresponse(); data = r.read()
            return r.status, (json.loads(data) if data[:1] in (b"{", b"[") else data)
        except (http.client.HTTPException, OSError):
            tl.c = None
            if attempt: raise

base = f"/apis/{a.group}/{a.version}/namespaces/{a.namespace}"

class Nats:
    """A JetStream API caller over the text protocol: request, one reply."""
    def __init__(self, addr):
        host, port = addr.split(":"); self.s = socket.create_connection((host, int(port))); self.f = self.s.makefile("rb")
        self.f.readline(); self.s.sendall(b'CONNECT {"verbose":false,"pedantic":false,"headers":true}\r\nSUB _B.> 1\r\n'); self.k = 0
    def req(self, subject, payload=b""):
        self.k += 1
        self.s.sendall(b"PUB %s _B.%d %d\r\n%s\r\n" % (subject.encode(), self.k, len(payload), payload))
        while True:
            line = self.f.readline()
            if line.startswith(b"PING"): self.s.sendall(b"PONG\r\n"); continue
            if line.startswith(b"MSG") or line.startswith(b"HMSG"):
                n = int(line.split()[-1]); data = self.f.read(n + 2)[:-2]
                return json.loads(data[data.find(b"{"):])

def js_calls():
    return Nats(a.nats).req("$JS.API.INFO")["api"]["total"]

def writes():
    """Successful writes so far, by resource: those of the group and Events, whoever made them."""
    count = {}
    for line in call("GET", "/metrics")[1].decode().splitlines():
        if not line.startswith("apiserver_request_total{"): continue
        l = dict(re.findall(r'(\w+)="([^"]*)"', line))
        if l["verb"] not in ("POST", "PUT", "PATCH", "APPLY", "DELETE") or not l["code"].startswith("2"): continue
        if l["group"] != a.group and l["resource"] != "events": continue
        k = l["resource"] + ("/" + l["subresource"] if l["subresource"] else "")
        count[k] = count.get(k, 0) + int(float(line.rsplit(" ", 1)[1]))
    return count

def say(what): print(f"bench: {time.perf_counter() - began:5.0f} s  {a.n} + {a.n}: {what}", file=sys.stderr, flush=True)

def proc():
    with open(f"/proc/{a.pid}/status") as f: t = f.read()
    with open(f"/proc/{a.pid}/stat") as f: st = f.read().rsplit(")", 1)[1].split()
    g = lambda k: int(next(l for l in t.splitlines() if l.startswith(k)).split()[1]) / 1024
    return g("VmRSS"), g("VmHWM"), (int(st[11]) + int(st[12])) / os.sysconf("SC_CLK_TCK")

def par(fn, items, k=8):
    q = queue.Queue(); [q.put(i) for i in items]; errs = []
    def w():
        while True:
            try: i = q.get_nowait()
            except queue.Empty: return
            try: fn(i)
            except Exception as e: errs.append(e)
    ts = [threading.Thread(target=w) for _ in range(k)]; [t.start() for t in ts]; [t.join() for t in ts]
    if errs: raise errs[0]

ready = {}; stop = False; began = time.perf_counter()
def see(plural, o, now):
    st = o.get("status") or {}
    ok = any(x.get("type") == "Ready" and x.get("status") == "True" for x in st.get("conditions") or [])
    if ok and st.get("observedGeneration") == o["metadata"]["generation"]:
        ready.setdefault((plural, o["metadata"]["name"], o["metadata"]["generation"]), now)

def watch(plural, rv):
    """Watches for ever; where the API server ends a watch (as it does with a slow reader), from the last event on."""
    while not stop:
        c = http.client.HTTPSConnection(a.api, context=ctx, timeout=600)
        c.request("GET", f"{base}/{plural}?watch=1&allowWatchBookmarks=true&resourceVersion={rv}", headers=H); r = c.getresponse()
        while not stop:
            line = r.readline()
            if not line: break
            now = time.perf_counter(); e = json.loads(line); o = e["object"]
            if e["type"] == "ERROR":
                o = call("GET", f"{base}/{plural}")[1]
                for i in o["items"]: see(plural, i, now)
                rv = o["metadata"]["resourceVersion"]; break
            rv = o["metadata"]["resourceVersion"]
            if e["type"] != "BOOKMARK": see(plural, o, now)
        c.close()

def pct(xs, p): xs = sorted(xs); return xs[min(len(xs) - 1, int(len(xs) * p))]
def wait(keys, timeout):
    end = time.time() + timeout
    while time.time() < end:
        if all(k in ready for k in keys): return True
        time.sleep(0.05)
    return False

out = {"n": a.n}
for pl in ("streams", "consumers"):
    s, o = call("GET", f"{base}/{pl}"); assert s == 200, (s, o)
    threading.Thread(target=watch, args=(pl, o["metadata"]["resourceVersion"]), daemon=True).start()
time.sleep(0.5)
created = {}
def stream(i): return {"apiVersion": f"{a.group}/{a.version}", "kind": "Stream", "metadata": {"name": f"bench-{i}"},
    "spec": {"name": f"BENCH_{i}", "subjects": [f"bench.{i}.>"], "storage": "memory", "maxAge": "24h"}}
def consumer(i): return {"apiVersion": f"{a.group}/{a.version}", "kind": "Consumer", "metadata": {"name": f"bench-{i}"},
    "spec": {"streamName": f"BENCH_{i}", "durableName": f"worker-{i}", "ackPolicy": "explicit", "deliverPolicy": "all", "maxDeliver": 3, "ackWait": "30s"}}
def mk(x):
    pl, o = x; created[(pl, o["metadata"]["name"], 1)] = time.perf_counter()
    s, r = call("POST", f"{base}/{pl}", o); assert s == 201, (s, r)
say("creating")
w0 = writes(); j0 = js_calls(); _, _, c0 = proc(); t0 = time.perf_counter()
par(mk, [x for i in range(a.n) for x in (("streams", stream(i)), ("consumers", consumer(i)))])
out["create_calls_s"] = round(time.perf_counter() - t0, 2)
ok = wait(list(created), a.timeout); done = [ready[k] for k in created if k in ready]
out["all_ready"] = ok; out["ready"] = f"{len(done)}/{len(created)}"
if done: out["all_ready_s"] = round(max(done) - t0, 2)
lat = [ready[k] - created[k] for k in created if k in ready]
if lat: out["create_latency_ms"] = {"p50": round(pct(lat, .5) * 1e3), "p99": round(pct(lat, .99) * 1e3)}
out["js_api_calls_create"] = js_calls() - j0 - 1; time.sleep(1); _, hwm, c1 = proc()
w1 = writes(); out["api_writes_create"] = {k: w1[k] - w0.get(k, 0) - (a.n if k in ("streams", "consumers") else 0) for k in w1}
out["cpu_s_create"] = round(c1 - c0, 2)

say("creating, one at a time")
# one at a time: latency of a single create when nothing else goes on
single = []
for i in range(a.n, a.n + 20):
    mk(("streams", stream(i))); k = ("streams", f"bench-{i}", 1)
    if wait([k], 30): single.append(ready[k] - created[k])
if single: out["single_create_ms"] = {"p50": round(pct(single, .5) * 1e3), "max": round(max(single) * 1e3)}

say("settling")
# idle cost, once the API server has been left alone for five seconds: until then Events may still be on their way
still = time.time() + 180; quiet = time.time(); before = sum(writes().values())
while time.time() < still and time.time() - quiet < 5:
    time.sleep(1); now = sum(writes().values())
    if now != before: before, quiet = now, time.time()
out["settle_s"] = round(time.time() - still + 180, 1)
say("idle")
j0 = js_calls(); w0 = writes(); _, _, c0 = proc(); time.sleep(a.idle); _, _, c1 = proc(); w1 = writes()
out["idle"] = {"seconds": a.idle, "cpu_s": round(c1 - c0, 2), "js_api_calls": js_calls() - j0 - 1,
    "api_writes": {k: w1[k] - w0.get(k, 0) for k in w1 if w1[k] != w0.get(k, 0)}}

say("drift")
# drift: delete D streams behind the operator's back
n = Nats(a.nats); names = [f"BENCH_{i}" for i in range(a.d)]; t0 = time.perf_counter(); back = {}
for s in names: n.req(f"$JS.API.STREAM.DELETE.{s}")
while len(back) < len(names) and time.perf_counter() - t0 < a.drift_timeout:
    for s in names:
        if s not in back and "error" not in n.req(f"$JS.API.STREAM.INFO.{s}"): back[s] = time.perf_counter() - t0
    time.sleep(0.02)
out["drift_repair"] = f"{len(back)}/{len(names)}"
if back: out["drift_repair_s"] = {"p50": round(pct(list(back.values()), .5), 2), "max": round(max(back.values()), 2)}

say("updates")
# updates
upd = {}
def up(i):
    s, r = call("PATCH", f"{base}/streams/bench-{i}", {"spec": {"maxAge": "48h"}}, "application/merge-patch+json"); assert s == 200, (s, r)
    upd[("streams", f"bench-{i}", r["metadata"]["generation"])] = time.perf_counter()
t0 = time.perf_counter(); par(up, range(a.n)); out["update_all_ok"] = wait(list(upd), a.timeout)
lat = [ready[k] - upd[k] for k in upd if k in ready]
if lat: out["update_all_s"] = round(max(ready[k] for k in upd if k in ready) - t0, 2); out["update_latency_ms"] = {"p50": round(pct(lat, .5) * 1e3), "p99": round(pct(lat, .99) * 1e3)}

say("deleting all")
# delete all
t0 = time.perf_counter()
for pl in ("consumers", "streams"): call("DELETE", f"{base}/{pl}")
end = time.time() + a.timeout
while time.time() < end:
    if not any(call("GET", f"{base}/{pl}")[1]["items"] for pl in ("consumers", "streams")): break
    time.sleep(0.2)
out["delete_all_s"] = round(time.perf_counter() - t0, 2); out["streams_left"] = Nats(a.nats).req("$JS.API.INFO")["streams"]
rss, hwm, cpu = proc(); out["rss_mib"] = round(rss); out["peak_rss_mib"] = round(hwm); out["cpu_s_total"] = round(cpu, 1)
stop = True; print(json.dumps(out, indent=1)); os._exit(0)
