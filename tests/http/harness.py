"""
Starts the real server over a temporary data folder, talks to it, and ends what it started. For the tests of this
folder and whoever else needs a server:

    with harness.Server() as s:
        s.cli("person", "add", "alice", "--password-stdin", stdin="Long-enough-passphrase-17\\n")
        answer = s.get("/health")

The programs are those of $DEVON_BUILD (default: build). $DEVON_TEST_DATA names the folder with test data.
"""
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

from clients import PASSWORD, Answer, Api, Browser, Client  # for the tests, which take all they need from here

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("DEVON_BUILD", os.path.join(ROOT, "build")))
DATA = os.environ.get("DEVON_TEST_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))
DEVON = os.path.join(BUILD, "devon")


class Server:
    """One installation in a temporary folder; serving between start() and stop()."""

    def __init__(self, settings="", init=True, serve=True, env=None):
        self.holder = tempfile.TemporaryDirectory(prefix="devon-test-", ignore_cleanup_errors=True)  # gone also where a start fails
        self.folder = self.holder.name
        self.data = os.path.join(self.folder, "var")
        self.config = os.path.join(self.folder, "devon.conf")
        with open(self.config, "w") as f:
            f.write(settings)
        self.env = dict(os.environ, **(env or {}))
        self.process = None
        self.port = 0
        if init:
            self.cli("init", "--admin", "root.admin", "--password-stdin", stdin=PASSWORD + "\n")
        if serve:
            self.start()

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.close()

    def close(self):
        if self.process:
            self.stop()
        self.holder.cleanup()

    # ---- the programs

    def run(self, *args, stdin=None, timeout=120):
        return subprocess.run([DEVON, "--config", self.config, "--data", self.data, *args], input=stdin, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, env=self.env)

    def cli(self, *args, stdin=None, check=True, timeout=120):
        r = self.run(*args, stdin=stdin, timeout=timeout)
        if check and r.returncode:
            raise RuntimeError(f"devon {' '.join(args)}: {r.returncode}: {r.stderr[-500:]}")
        return r

    def start(self, listen="127.0.0.1:0", timeout=20):
        """Serve; it is ready when this returns."""
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [DEVON, "--config", self.config, "--data", self.data, "serve", "--listen", listen],
            stdout=subprocess.PIPE, stderr=self.log, env=self.env)
        line = self.process.stdout.readline().decode()
        found = re.match(r"listening on http://(.*):(\d+)$", line.strip())
        if not found:
            self.process.wait(timeout)
            raise RuntimeError("the server does not start: " + self.log_text()[-500:])
        self.port = int(found.group(2))

    def stop(self, sig=signal.SIGTERM, timeout=30):
        """End the server; returns its exit code."""
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(sig)
        code = process.wait(timeout)
        process.stdout.close()
        self.log.close()
        return code

    def children(self, role=None):
        """Process numbers of the indexer's children, all or of one role."""
        found = []
        for name in os.listdir("/proc"):
            try:
                with open(f"/proc/{name}/stat") as f:
                    parent = int(f.read().rpartition(")")[2].split()[1])
                with open(f"/proc/{name}/cmdline", "rb") as f:
                    words = f.read().split(b"\0")
            except (OSError, ValueError, IndexError):
                continue
            if parent == self.process.pid and (role is None or role.encode() in words):
                found.append(int(name))
        return found

    def log_text(self):
        with open(os.path.join(self.folder, "log"), errors="replace") as f:
            return f.read()

    # ---- HTTP

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self):
        return "http://" + self.host

    def connect(self, timeout=60):
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def request(self, method, path, body=None, headers=None):
        return Client(self).send(method, path, body, headers)

    def get(self, path, **kw):
        return self.request("GET", path, **kw)

    def api(self, method, path, token=None, body=None):
        return Api(self, token).ask(method, path, body)

    def token(self, login, scope="write"):
        return self.cli("token", "create", login, "--scope", scope).stdout.split()[-1]

    def begin(self, head):
        """Send the head of a request that has a body, and leave it there; the server reads it, and waits for the body."""
        c = self.connect(60)
        head = head.replace("{host}", self.host)
        c.sendall(head.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n").encode())
        asked = b""
        while not asked.endswith(b"\r\n\r\n"):
            asked += c.recv(1) or b"\r\n\r\n"
        assert asked.startswith(b"HTTP/1.1 100 "), asked
        return c

    def is_listening(self):
        try:
            self.connect().close()
            return True
        except OSError:  # refused; or reset, while it closes
            return False

    def raw(self, data, timeout=60, half_close=False):
        """Send bytes as they are, read until the server closes. None where it does not close in time."""
        with self.connect(timeout) as s:
            try:
                s.sendall(data)
                if half_close:
                    s.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return read_all(s)


def read_all(s):
    """Everything until the other side closes; None where it does not in time."""
    got = b""
    while True:
        try:
            piece = s.recv(65536)
        except ConnectionResetError:
            return got
        except TimeoutError:
            return None
        if not piece:
            return got
        got += piece


def parse(raw):
    """The answers in a run of bytes that ends with the connection: a list, or None where it is malformed."""
    answers = []
    while raw:
        head, sep, rest = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        found = re.match(r"HTTP/1\.[01] (\d{3}) ", lines[0])
        if not sep or not found:
            return None
        headers = [(k.lower(), v.strip()) for k, _, v in (line.partition(":") for line in lines[1:])]
        status = int(found.group(1))
        length = int(dict(headers).get("content-length", 0))
        if status == 100:
            raw = rest
            continue
        answers.append(Answer(status, headers, rest[:length]))
        raw = rest[length:]
    return answers


def until(holds, seconds=60):
    """Wait for something to hold, however slow the machine is. What it was at the end: false means that it never came."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.02)
    return held


def worked(pid):
    """Seconds of processor time that a process has had, on however busy a machine; 0 of one that has ended."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            return sum(map(int, f.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0


class Checks:
    """Counts what holds, prints what does not; end() ends the test program, and its last line is what the runner counts."""

    def __init__(self):
        self.good, self.bad, self.skipped = 0, 0, 0
        self.began = time.monotonic()

    def __call__(self, holds, *about):
        if holds:
            self.good += 1
        else:
            self.bad += 1
            print(f"FAILED line {sys._getframe(1).f_lineno}:", *about)
        return holds

    check = __call__

    def equal(self, got, expected, *about):
        if got == expected:
            self.good += 1
        else:
            self.bad += 1
            got, expected = (repr(x) if len(repr(x)) < 600 else repr(x)[:600] + "..." for x in (got, expected))
            print(f"FAILED line {sys._getframe(1).f_lineno}: got {got}, expected {expected}", *about)
        return got == expected

    def skip(self, what):
        """Say aloud what cannot be tested here."""
        self.skipped += 1
        print("skipped:", what)

    def end(self):
        print(f"{time.monotonic() - self.began:.1f} s")
        print(f"{self.good} passed, {self.bad} failed, {self.skipped} skipped")
        sys.exit(1 if self.bad else 0)
