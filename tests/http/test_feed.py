#!/usr/bin/env python3
"""The index follows the record through everything: children that die, damage, rebuilding, rights that change while the
indexer stands still. Search never shows what is not to be read, and nothing acknowledged is lost."""
import json
import os
import random
import shutil
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()


def kill(s, role):
    for pid in s.children(role):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it was just being replaced


class Desk:
    def __init__(self, s):
        self.s = s
        s.cli("space", "add", "desk", "--name", "Desk")
        for login in ("anna", "otto"):
            s.cli("person", "add", login, "--password-stdin", stdin="Long-enough-passphrase-17\n")
            s.cli("group", "add", login + "s")
            s.cli("group", "member", login + "s", login)
            s.cli("grant", "desk", login + "s", "write")
        self.anna, self.otto = s.token("anna"), s.token("otto")

    def write(self, word, title="Note"):
        a = self.s.api("POST", "articles", self.anna, {"space": "desk", "title": title, "body": f"The word is {word}.", "comment": "c"})
        assert a.status in (200, 201), (a.status, a.text)
        return a.json["id"]

    def total(self, word, token=None):
        a = self.s.api("GET", "search?q=" + word, token or self.anna)
        return a.json["total"] if a.status == 200 else a.status

    def found(self, word, token=None):
        return harness.until(lambda: self.total(word, token) == 1)


def deaths(s, desk):
    desk.write("firstword")
    check(desk.found("firstword"), "what was saved is found")
    for role in ("search", "convert", "write"):
        before = s.children(role)
        check(len(before) >= 1, f"there is a {role} child")
        kill(s, role)
        word = "after" + role
        desk.write(word)
        check(desk.found(word), f"saved and found behind the death of {role}")
        check(harness.until(lambda: s.children(role) and not set(s.children(role)) & set(before)), f"{role} is there again")
    for turn in range(12):
        kill(s, ("search", "write")[turn % 2])
        desk.write(f"turn{turn}x")
    for turn in range(12):
        check(desk.found(f"turn{turn}x"), f"found behind many deaths: {turn}")
    check(s.cli("index", "--check", check=False).returncode == 0, "index and record are equal")


def counts(s, desk):
    """What the index holds is counted when it is asked for, not only at the start."""
    def documents():
        return json.loads(s.cli("status", "--json").stdout)["index_documents"]
    before = documents()
    for n in range(3):
        desk.write(f"counted{n}x")
    s.cli("index", "--wait")
    check(documents() == before + 3, before, documents())


def stopped_indexer(s, desk):
    """Rights go at once, with the write child standing still."""
    article = desk.write("secretword")
    check(desk.found("secretword"), "found before")
    check(desk.found("secretword", desk.otto), "found by the other one before")
    for pid in s.children("write"):
        os.kill(pid, signal.SIGSTOP)
    s.cli("grant", "desk", "ottos", "none")
    check(desk.total("secretword", desk.otto) == 0, "a right taken counts on the next request")
    check(s.api("GET", "articles/" + article, desk.otto).status == 404, "and for reading")
    for pid in s.children("write"):
        os.kill(pid, signal.SIGCONT)
    s.cli("grant", "desk", "ottos", "write")


def put_aside(s, desk):
    """A document over which the write child dies three times goes in by its title only; all others go in whole."""
    aside = lambda: json.loads(s.cli("status", "--json").stdout)["index_quarantined"]
    s.stop()
    s.start()
    check(desk.found("newestword") and aside() == 0, "nothing is put aside")
    r = random.Random(3)
    words = " ".join("".join(r.choices("abcdefghijklmnop", k=8)) for _ in range(100000))
    id = desk.write(words + " poisonword", "Poisoned")

    def is_aside():
        for pid in s.children("write"):
            if harness.worked(pid) > 0.15:  # it has begun on a document that takes longer than its start
                os.kill(pid, signal.SIGKILL)
        return f"article {id} ended the write child 3 times; it is indexed by its title only" in s.log_text()

    check(harness.until(is_aside), "it was tried three times")
    check(desk.found("poisoned"), "found by its title")
    check(desk.total("poisonword") == 0, "not by its words")
    check(aside() == 1, "people are told that one is put aside")
    desk.write("wholeword")
    check(desk.found("wholeword"), "what comes after it is found by its words")
    s.stop()
    s.start()
    saved = s.api("PUT", "articles/" + id, desk.anna, {"base": 1, "body": "Now healedword.", "comment": "c"})
    check(saved.status == 200 and desk.found("healedword"), "another server tries it again")
    check(aside() == 0, "with nothing put aside")


def restarts(s, desk):
    for turn in range(3):
        desk.write(f"killed{turn}x")
        s.stop(signal.SIGKILL)
        s.start()
        check(desk.found(f"killed{turn}x"), f"found behind kill -9: {turn}")
    check(s.stop() == 0, "stopped in good order")
    desk_index = os.path.join(s.data, "index")
    shutil.rmtree(desk_index)
    s.start()
    check(desk.found("firstword"), "a lost index is built again")
    s.stop()
    for folder, _, files in os.walk(desk_index):
        for name in files:
            if name != "cursor":
                with open(os.path.join(folder, name), "r+b") as f:
                    f.write(b"\0" * 64)
            else:
                with open(os.path.join(folder, name), "wb") as f:
                    f.write(b"nonsense")
    s.start()
    check(s.get("/health").status == 200, "a damaged index does not keep the server from starting")
    check(desk.found("firstword"), "and is built again")
    check(s.cli("index", "--check", check=False).returncode == 0, "index and record are equal")


def rebuilding(s, desk):
    before = sorted(os.listdir(os.path.join(s.data, "index")))
    check(s.cli("index", "--rebuild").returncode == 0, "rebuilt on demand")
    after = sorted(os.listdir(os.path.join(s.data, "index")))
    check(before != after and len(after) == 2, f"a new folder, and the old one is gone: {after}")
    check(desk.found("firstword"), "found in the new index")
    desk.write("newestword")
    check(desk.found("newestword"), "and the new index is followed up")
    check(s.cli("index", "--check", check=False).returncode == 0, "index and record are equal")
    status = json.loads(s.cli("status", "--json").stdout)
    check(isinstance(status, dict), "status tells")


def locks(s):
    second = s.cli("serve", "--listen", "127.0.0.1:0", check=False)
    check(second.returncode == 1 and "another" in second.stderr, "a second server is refused: " + second.stderr)


def main():
    with harness.Server("rate_save = 100000\nrate_token = 100000\nrate_search = 100000\n") as s:
        desk = Desk(s)
        for part in (counts, deaths, stopped_indexer, rebuilding, put_aside, restarts):
            part(s, desk)
        locks(s)
    return check.end()


sys.exit(main())
