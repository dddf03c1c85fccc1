#!/usr/bin/env python3
"""kill -9 of any process at any moment, while people save, import, search and change rights: nothing that was
acknowledged is lost, and what is there is whole. 100 kills, or 1,000 with --long; the seed is printed and may be given as
SEED in the environment."""
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
KILLS = 1000 if "--long" in sys.argv else 100
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
PASSWORD = "Long-enough-passphrase-17"
SETTINGS = "rate_save = 1000000\nrate_token = 1000000\nrate_search = 1000000\n"
ROLES = ("convert", "write", "search")
ODD = {500}  # what no process may answer, whoever dies


class Load:
    """Threads that use the server, and the list of what it has said yes to."""

    def __init__(self, server, tokens):
        self.server, self.tokens = server, tokens
        self.stop = threading.Event()
        self.saved = {}      # id of an article -> the last word that was acknowledged
        self.unsure = {}     # id -> words that were sent without an answer
        self.imported = {}   # slot -> the last import into it, where that was acknowledged
        self.imports = 0
        self.granted = None  # the last right that was acknowledged; None while one is under way
        self.statuses = {}
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(part, i))
                        for i, part in enumerate((self.save, self.save, self.look, self.bring, self.grant))]

    def run(self, part, i):
        rng, n = random.Random(SEED + i), 0
        while not self.stop.is_set():
            try:
                part(rng, f"{i}x{n}")
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)  # the server is down for a moment
            n += 1

    def ask(self, method, path, body=None):
        a = self.server.api(method, path, self.tokens["editor.one"], body)
        with self.lock:
            self.statuses[a.status] = self.statuses.get(a.status, 0) + 1
        if a.status in ODD:
            check(False, f"{method} {path}: {a.status} {a.body[:200]}")
        return a

    def save(self, rng, n):
        word = f"crashword{n}"
        if rng.random() < 0.5 or not self.saved:
            a = self.ask("POST", "articles", {"space": "open", "title": f"Crash {n}", "body": word})
            if a.status == 201:
                with self.lock:
                    self.saved[a.json["id"]] = word
            return
        with self.lock:
            id = rng.choice([i for i in self.saved if hash(i) % 2 == hash(n[0]) % 2] or list(self.saved))
        a = self.ask("GET", "articles/" + id)
        if a.status != 200:
            return
        with self.lock:
            self.unsure.setdefault(id, set()).add(word)
        a = self.ask("PUT", "articles/" + id, {"base": a.json["revision"]["number"], "body": word})
        if a.status == 200:
            with self.lock:
                self.saved[id] = word

    def look(self, rng, n):
        self.ask("GET", f"search?q=crashword{rng.randrange(3)}x{rng.randrange(200)}")
        self.ask("GET", "search?q=crash")

    def bring(self, rng, n):
        slot = rng.randrange(20)  # the same keys again and again, so that the record stays small
        path = os.path.join(self.server.folder, "in.jsonl")
        with open(path, "w") as f:
            for i in range(150):
                f.write(json.dumps({"key": f"k{slot}-{i}", "title": f"Brought {i}", "text": f"importword{n}"}) + "\n")
        self.imported.pop(slot, None)
        r = self.server.cli("import", "--space", "open", path, check=False)
        if r.returncode == 0:
            self.imported[slot] = n
            self.imports += 1
        elif re.search("[1-9][0-9]* (were )?refused", r.stderr):
            check(False, f"an article was refused because a child died: {r.stderr[:300]}")

    def grant(self, rng, n):
        level = rng.choice(("none", "read", "write"))
        self.granted = None
        if self.server.cli("grant", "open", "guests", level, check=False).returncode == 0:
            self.granted = level
        time.sleep(0.05)

    def begin(self):
        for t in self.threads:
            t.start()

    def end(self):
        self.stop.set()
        for t in self.threads:
            t.join(60)
            check(not t.is_alive(), "every request ends")


def start_again(s):
    """A command that found no server may be doing its work itself: then it has the folder for a moment."""
    until = time.monotonic() + 60
    while True:
        try:
            return s.start(listen=f"127.0.0.1:{s.port}")
        except RuntimeError as refused:
            if "another Devon" not in str(refused) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def kill_one(s, rng):
    """End a process of ours at random; the server is started again at once."""
    role = rng.choice(("server", "server", *ROLES))
    if role == "server":
        s.stop(signal.SIGKILL)
        time.sleep(rng.random() * 0.05)
        start_again(s)
        return role
    found = s.children(role)
    if found:
        try:
            os.kill(rng.choice(found), signal.SIGKILL)
        except ProcessLookupError:
            pass
    return role


def kept(s, load, token):
    """Every save that was acknowledged is there: as its last word, or as one that was sent after it."""
    lost = 0
    for id, word in load.saved.items():
        a = s.api("GET", "articles/" + id, token)
        body = a.json.get("body", "") if a.status == 200 else ""
        lost += body != word and body not in load.unsure.get(id, ())
    check(lost == 0, f"{lost} of {len(load.saved)} acknowledged saves are lost")
    for n in load.imported.values():
        a = s.api("GET", f"search?limit=1&q=importword{n}", token).json
        check(a["total"] == 150, f"{a['total']} of 150 articles of a finished import are found")


def main():
    print("seed", SEED)
    rng = random.Random(SEED)
    began = time.monotonic()
    with harness.Server(SETTINGS) as s:
        for login, group in (("editor.one", "editors"), ("guest.one", "guests")):
            s.cli("person", "add", login, "--password-stdin", stdin=PASSWORD)
            s.cli("group", "add", group)
            s.cli("group", "member", group, login)
        s.cli("space", "add", "open")
        s.cli("grant", "open", "editors", "write")
        tokens = {login: s.token(login) for login in ("editor.one", "guest.one")}
        load = Load(s, tokens)
        load.begin()
        killed = {}
        try:
            for _ in range(KILLS):
                time.sleep(rng.random() * 0.7)
                role = kill_one(s, rng)
                killed[role] = killed.get(role, 0) + 1
        finally:
            load.end()
        print(f"killed {killed}; {len(load.saved)} articles saved, {load.imports} imports, answers {load.statuses}")
        check(len(load.saved) > KILLS / 2, "there was something to lose")
        lag = time.monotonic()
        r = s.cli("index", "--wait", check=False, timeout=300)
        check(r.returncode == 0, f"the index catches up: {r.stderr}")
        print(f"the index caught up in {time.monotonic() - lag:.1f} s")
        kept(s, load, tokens["editor.one"])
        if load.granted:
            seen = s.api("GET", "search?q=crash", tokens["guest.one"]).json["total"]
            check((seen > 0) == (load.granted != "none"), f"the right is {load.granted}, {seen} found")
        for words in ("check", "audit verify", "index --check"):
            r = s.cli(*words.split(), check=False, timeout=300)
            check(r.returncode == 0, f"{words}: {r.stdout} {r.stderr}")
        s.stop(signal.SIGKILL)
        for words in ("check", "audit verify", "index --check"):
            r = s.cli(*words.split(), check=False, timeout=300)
            check(r.returncode == 0, f"{words} alone, after the last kill: {r.stdout} {r.stderr}")
        left = subprocess.run(["pgrep", "-f", s.data], capture_output=True, text=True).stdout.split()
        check(not left, f"no process is left behind: {left}")
    print(f"{time.monotonic() - began:.0f} s")
    return check.end()


sys.exit(main())
