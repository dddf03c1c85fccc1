#!/usr/bin/env python3
"""The wall clock jumps by a day, ahead and back, while the server runs: nothing is lost or put into another order, and
no session that was over holds again (security.md 9.4)."""
import os
import sqlite3
import struct
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
DAY = 86400
HERE = os.path.dirname(os.path.abspath(__file__))


class Moved:
    """A server whose wall clock can be set."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "moved")
        library = os.path.join(folder, "set_clock.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "set_clock.c")], check=True)
        self.env = {"LD_PRELOAD": library, "CLOCK_MOVED": self.path}
        self.by(0)

    def by(self, seconds):
        with open(self.path, "r+b" if os.path.exists(self.path) else "wb") as f:
            f.write(struct.pack("q", seconds))


def rows(s, sql):
    db = sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def people(s):
    s.cli("space", "add", "desk", "--name", "Desk")
    s.cli("group", "add", "clerks")
    s.cli("grant", "desk", "clerks", "write")
    for login in ("anna", "otto"):
        s.cli("person", "add", login, "--password-stdin", stdin=harness.PASSWORD + "\n")
        s.cli("group", "member", "clerks", login)


def order(s, clock):
    """Revisions stand in the order of their numbers, whatever their times say; the newest is found."""
    token = s.token("anna")
    id = s.api("POST", "articles", token, {"space": "desk", "title": "Note", "body": "wordone"}).json["id"]
    for number, (moved, word) in enumerate(((-DAY, "wordtwo"), (DAY, "wordthree"), (0, "wordfour")), 2):
        clock.by(moved)
        saved = s.api("PUT", "articles/" + id, token, {"base": number - 1, "body": word, "comment": word})
        check(saved.status == 200 and saved.json["revision"]["number"] == number, f"saved: {saved.text[:200]}")
        total = lambda word: s.api("GET", "search?q=" + word, token).json["total"]
        check(harness.until(lambda: total(word) == 1), f"{word} is found")
        found = s.api("GET", f"articles/{id}/revisions", token).json["items"]
        check([r["number"] for r in found] == list(range(number, 0, -1)), f"in order: {found}")
        check(s.api("GET", "changes", token).json["items"][0]["revision"]["comment"] == word, "the latest change is the first")
    times = [r[0] for r in rows(s, "SELECT at FROM revision ORDER BY id DESC LIMIT 4")]
    check(times != sorted(times, reverse=True), "their times are in another order")
    check(s.cli("audit", "verify").returncode == 0, "the journal is whole")


def sessions(s, clock):
    """Set back, people stay signed in; ahead, their sessions are over, and stay over when the clock is right again."""
    b = harness.Browser(s)
    b.sign_in("anna")
    check(b.get("/settings").status == 200, "signed in")
    clock.by(-DAY)
    check(b.get("/settings").status == 200, "the clock was set back")
    asked = b.post("/settings/tokens", name="Reader", scope="read", days="7")
    check(str(asked.header("location")).startswith("/prove?"), "the password of another day is no proof")
    clock.by(DAY)
    check(b.get("/settings").status == 303, "the session is over")
    s.stop()
    s.start()  # what every minute is done is done at the beginning as well
    check(harness.until(lambda: rows(s, "SELECT count(*) FROM session WHERE seen_at > 0") == [(0,)]), "and ended")
    clock.by(0)
    check(b.get("/settings").status == 303, "no session is revived")
    b.sign_in("anna")
    check(b.get("/settings").status == 200, "but one may sign in")


def pauses(s, clock):
    """A pause is as long as it was meant to be, also where it was begun a day ahead."""
    clock.by(DAY)
    b = harness.Browser(s)
    for _ in range(5):
        b.log_in("otto", "not the password")
    check(b.log_in("otto").status == 422, "paused")
    clock.by(0)
    check(b.log_in("otto").status == 303, "no day long")


def main():
    with open(harness.DEVON, "rb") as f:
        if b"__asan_init" in f.read():
            check.skip("the sanitizers must be loaded first")
            return check.end()
    with harness.Server(init=False, serve=False) as s:
        clock = Moved(s.folder)
        s.env.update(clock.env)
        s.cli("init", "--admin", "root.admin", "--password-stdin", stdin=harness.PASSWORD + "\n")
        people(s)
        s.start()
        for part in (order, sessions, pauses):
            part(s, clock)
            clock.by(0)
        check(s.stop() == 0, "it ends well")
    return check.end()


sys.exit(main())
