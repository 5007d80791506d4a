#!/usr/bin/env python3
"""Many Connections through a real API server: how fast Streams get Ready on those that are well, beside dead ones.

Creates K Connections to the NATS server, each with a user of its own (which a server without authentication takes for
whoever he says he is) and so with a connection of its own, and S Streams on them; beside them, D Connections that lead to
nothing or to something that takes connections and never answers, with four Streams each. Measures the time until all
Streams on the living are Ready, from a changed Secret to the new connection in the server's list, the operator's threads,
and its peak RSS. Nothing but the standard library. Prints JSON.
"""
import argparse, base64, http.client, json, os, signal, socket, ssl, sys, threading, time, urllib.request

signal.signal(signal.SIGINT, signal.SIG_DFL)
ap = argparse.ArgumentParser()
ap.add_argument("--api", required=True); ap.add_argument("--token", default="admintoken")
ap.add_argument("--nats", required=True); ap.add_argument("--monitoring", required=True)
ap.add_argument("--pid", type=int, required=True); ap.add_argument("--living", type=int, default=25)
ap.add_argument("--dead", type=int, default=25); ap.add_argument("--streams", type=int, default=500)
ap.add_argument("--changes", type=int, default=10); ap.add_argument("--timeout", type=float, default=240)
a = ap.parse_args()
ctx = ssl._create_unverified_context()
tl = threading.local()
BASE = "/apis/jetwright.io/v1beta1/namespaces/default"
SECRETS = "/api/v1/namespaces/default/secrets"

def call(method, path, body=None, ctype="application/json"):
    for attempt in (0, 1):
        c = getattr(tl, "c", None) or http.client.HTTPSConnection(a.api, context=ctx, timeout=60)
        tl.c = c
        try:
            c.request(method, path, json.dumps(body) if body is not None else None,
                      {"Authorization": "Bearer " + a.token, "Content-Type": ctype})
            r = c.getresponse(); data = r.read()
            return r.status, json.loads(data)
        except (http.client.HTTPException, OSError):
            tl.c = None
            if attempt: raise

def par(fn, items, k=8):
    items = list(items); lock = threading.Lock(); errors = []
    def work():
        while True:
            with lock:
                if not items: return
                item = items.pop(0)
            try: fn(item)
            except Exception as e: errors.append(e)
    threads = [threading.Thread(target=work) for _ in range(k)]; [t.start() for t in threads]; [t.join() for t in threads]
    if errors: raise errors[0]

def post(path, body):
    s, r = call("POST", path, body); assert s in (200, 201), (s, r)

def say(what): print(f"bench: {what}", file=sys.stderr, flush=True)

def status(key):
    with open(f"/proc/{a.pid}/status") as f: return int(next(l for l in f if l.startswith(key)).split()[1])

def secret(name, user):
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name},
            "stringData": {"username": user, "password": "bench"}}

def connection(name, server):
    return {"apiVersion": "jetwright.io/v1beta1", "kind": "Connection", "metadata": {"name": name},
            "spec": {"servers": [server], "user": {"secret": {"name": name}}}}

def stream(name, conn):
    return {"apiVersion": "jetwright.io/v1beta1", "kind": "Stream", "metadata": {"name": name},
            "spec": {"subjects": [f"{name}.>"], "storage": "memory", "connectionRef": {"name": conn}}}

silent = socket.create_server(("127.0.0.1", 0), backlog=512)  # the kernel takes the connections, and nobody answers
with socket.create_server(("127.0.0.1", 0)) as s: refused = s.getsockname()[1]  # closed again: nobody is there

ready, told = {}, {}; stop = False  # when they were first Ready, and first said to be not
def watch(plural, rv):
    while not stop:
        c = http.client.HTTPSConnection(a.api, context=ctx, timeout=600)
        c.request("GET", f"{BASE}/{plural}?watch=1&allowWatchBookmarks=true&resourceVersion={rv}",
                  headers={"Authorization": "Bearer " + a.token})
        r = c.getresponse()
        while not stop:
            line = r.readline()
            if not line: break
            e = json.loads(line); o = e["object"]
            if e["type"] == "ERROR": rv = call("GET", f"{BASE}/{plural}")[1]["metadata"]["resourceVersion"]; break
            rv = o["metadata"]["resourceVersion"]
            for x in (o.get("status") or {}).get("conditions") or []:
                if x["type"] == "Ready":
                    (ready if x["status"] == "True" else told).setdefault((plural, o["metadata"]["name"]), time.perf_counter())

def wait(keys, timeout, among=ready):
    end = time.time() + timeout
    while time.time() < end:
        if all(k in among for k in keys): return True
        time.sleep(0.02)
    return False

out = {"living": a.living, "dead": a.dead, "streams": a.streams}
for plural in ("streams", "connections"):
    rv = call("GET", f"{BASE}/{plural}")[1]["metadata"]["resourceVersion"]
    threading.Thread(target=watch, args=(plural, rv), daemon=True).start()
time.sleep(0.5)
say(f"{a.living} connections and {a.streams} streams beside {a.dead} dead connections")
living = [f"living-{i}" for i in range(a.living)]; dead = [f"dead-{i}" for i in range(a.dead)]
par(lambda n: post(SECRETS, secret(n, n)), living + dead)
t0 = time.perf_counter()
par(lambda n: post(f"{BASE}/connections", connection(n, f"nats://127.0.0.1:{refused if int(n[5:]) % 2 else silent.getsockname()[1]}")), dead)
par(lambda i: post(f"{BASE}/streams", stream(f"lost-{i}", dead[i % a.dead])), range(4 * a.dead))
par(lambda n: post(f"{BASE}/connections", connection(n, "nats://" + a.nats)), living)
# what is dead has been told, and goes on being tried
lost = [("streams", f"lost-{i}") for i in range(4 * a.dead)] + [("connections", n) for n in dead]
out["dead_told"] = wait(lost, 60, told)
if dead and out["dead_told"]: out["dead_told_s"] = round(max(told[k] for k in lost) - t0, 2)
wait([("connections", n) for n in living], 60)
t1 = time.perf_counter()
par(lambda i: post(f"{BASE}/streams", stream(f"kept-{i}", living[i % a.living])), range(a.streams))
keys = [("streams", f"kept-{i}") for i in range(a.streams)]
out["all_ready"] = wait(keys, a.timeout)
if out["all_ready"]: out["all_ready_s"] = round(max(ready[k] for k in keys) - t1, 2)
out["threads"] = status("Threads")

def users():
    with urllib.request.urlopen(f"http://{a.monitoring}/connz?auth=1&limit=1024", timeout=5) as r:
        return {c.get("authorized_user") for c in json.load(r)["connections"]}

say("changing Secrets")
seen = []
for i in range(min(a.changes, a.living)):
    user = f"changed-{i}"
    body = {"data": {"username": base64.b64encode(user.encode()).decode()}}
    t = time.perf_counter()
    s, r = call("PATCH", f"{SECRETS}/living-{i}", body, "application/merge-patch+json"); assert s == 200, (s, r)
    while user not in users() and time.perf_counter() - t < 30: time.sleep(0.01)
    seen.append(time.perf_counter() - t)
seen.sort()
out["secret_to_reconnect_s"] = {"p50": round(seen[len(seen) // 2], 2), "max": round(seen[-1], 2)}
say("deleting all"); t = time.perf_counter()
call("DELETE", f"{BASE}/streams"); call("DELETE", f"{BASE}/connections")
while time.perf_counter() - t < a.timeout and any(call("GET", f"{BASE}/{p}")[1]["items"] for p in ("streams", "connections")): time.sleep(0.2)
out["delete_all_s"] = round(time.perf_counter() - t, 2)
par(lambda n: call("DELETE", f"{SECRETS}/{n}"), living + dead)
out["rss_mib"] = round(status("VmRSS") / 1024); out["peak_rss_mib"] = round(status("VmHWM") / 1024)
stop = True; print(json.dumps(out, indent=1)); sys.stdout.flush(); os._exit(0)
