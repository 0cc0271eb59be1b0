"""The contenders as processes: programs that run once, Python workers, and the server."""

import functools
import http.client
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent


class Launcher:
    """Runs programs to their end; see launcher.py."""

    def __init__(self):
        self._files = [tempfile.NamedTemporaryFile() for _ in range(2)]
        command = [sys.executable, "-S", HERE / "launcher.py", *(f.name for f in self._files)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, command):
        """(seconds, peak memory in MiB, standard output)"""
        words = [str(word) for word in command]
        print(json.dumps(words), file=self._process.stdin, flush=True)
        seconds, memory, status = json.loads(self._process.stdout.readline())
        out, err = (pathlib.Path(f.name).read_text() for f in self._files)
        if status != 0:
            sys.exit(f"{' '.join(words)}\nfailed with {status}:\n{err[-2000:]}")
        return seconds, memory, out


@functools.cache
def launcher():
    return Launcher()


def run_once(command):
    """Runs a program to its end: (seconds, peak memory in MiB, its standard output)."""
    return launcher().run(command)


def peak_memory(pid):
    """The most memory that a living process held so far, in MiB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


class Worker:
    """A Python contender; see rival_worker.py. Made when it is ready."""

    def __init__(self, kind, *arguments):
        command = [sys.executable, HERE / "rival_worker.py", kind, *arguments]
        self._process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def ask(self, do, **order):
        print(json.dumps({"do": do, **order}), file=self._process.stdin, flush=True)
        return self._answer()

    def memory(self):
        return peak_memory(self._process.pid)

    def close(self):
        self._process.stdin.close()
        self._process.wait()

    def _answer(self):
        line = self._process.stdout.readline()
        if not line:
            sys.exit("a rival stopped; its message is above")
        return json.loads(line)


class Server:
    """`spotisearch serve` on a free port of this machine, asked over one connection."""

    def __init__(self, program, library):
        self._process = subprocess.Popen(
            [program, "serve", "--library", library, "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self._process.stderr:
            if found := re.search(r"http://([\d.]+):(\d+)", line):
                self._connection = http.client.HTTPConnection(found[1], int(found[2]), timeout=60)
                return
        sys.exit("spotisearch serve did not start")

    def search(self, query, mode):
        """(seconds of the whole request, seconds that the engine says it took)."""
        path = "/api/v1/songs?" + urllib.parse.urlencode({"q": query, "k": 10, "mode": mode})
        start = time.perf_counter()
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        body = response.read()
        seconds = time.perf_counter() - start
        if response.status != 200:
            sys.exit(f"GET {path} answered {response.status}: {body[:300]!r}")
        return seconds, json.loads(body)["took_ms"] / 1000

    def memory(self):
        return peak_memory(self._process.pid)

    def close(self):
        self._connection.close()
        self._process.terminate()
        self._process.wait()
