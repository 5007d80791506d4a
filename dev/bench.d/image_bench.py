#!/usr/bin/env python3
"""Times the start of processes of an image that lies unpacked in a folder: until a port answers, with the image's
ahead-of-time cache and without. Kubernetes and NATS are those of the environment. Prints a table in Markdown."""
import argparse
import os
import signal
import statistics
import subprocess
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.005


def read(image, name):
    with open(os.path.join(image, "app", name), encoding="utf-8") as file:
        return file.read()


def command(image, process, mode):
    here = lambda text: text.replace("/app/", image + "/app/")
    options = here(read(image, "jvm.options")).split()
    return [image + "/opt/java/openjdk/bin/java", *options, "-XX:AOTMode=" + mode,
            "-cp", here(read(image, "jib-classpath-file")), "io.jetwright.Main", process]


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=1) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def seconds_to_answer(arguments, url, log):
    began = time.monotonic()
    running = subprocess.Popen(arguments, stdout=log, stderr=subprocess.STDOUT)
    try:
        while not answers(url):
            if running.poll() is not None or time.monotonic() - began > PATIENCE_SECONDS:
                raise SystemExit(f"it does not answer at {url}: {log.name} says why")
            time.sleep(POLL_SECONDS)
        return time.monotonic() - began
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", help="the folder")
    parser.add_argument("--port", required=True, help="that the processes are to open")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--log", required=True)
    arguments = parser.parse_args()
    os.environ["HTTP_PORT"] = arguments.port
    os.environ["MANAGEMENT_PORT"] = "0"
    kinds = [("operator", "/readyz"), ("event-logger", "/health")]
    times = {}
    with open(arguments.log, "ab") as log:
        for _ in range(arguments.runs):
            for process, path in kinds:
                for mode in ("on", "off"):
                    taken = seconds_to_answer(command(arguments.image, process, mode),
                                              f"http://127.0.0.1:{arguments.port}{path}", log)
                    times.setdefault((process, mode), []).append(taken)
    print(f"Seconds from the start of the process, of {arguments.runs} runs: median (least to most)\n")
    print("| | with the ahead-of-time cache | without |")
    print("| --- | --- | --- |")
    for process, path in kinds:
        cells = [f"{statistics.median(t):.2f} ({min(t):.2f} to {max(t):.2f})"
                 for t in (times[process, mode] for mode in ("on", "off"))]
        print(f"| {process}, until `{path}` | {' | '.join(cells)} |")


main()
