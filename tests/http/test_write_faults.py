#!/usr/bin/env python3
"""What happens when the disk takes no more in the middle of a write (security.md 9.4): nothing half done, reading goes on, and
it recovers by itself. The limit of the size of files, set on the running server, is the disk that is full."""
import os
import resource
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
LOREM = "The embassy answers within a week. " * 200


def launcher(folder):
    """Devon with the signal of that limit ignored, so that the write fails as on a full disk."""
    path = os.path.join(folder, "devon-on-a-small-disk")
    with open(path, "w") as f:
        f.write(f"#!/bin/sh\ntrap '' XFSZ\nexec {harness.DEVON} \"$@\"\n")
    os.chmod(path, 0o700)
    return path


def ground(s):
    s.cli("space", "add", "desk")
    for words in ("group add writers", "group member writers root.admin", "grant desk writers write"):
        s.cli(*words.split())


def limit(s, size):
    resource.prlimit(s.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def counts(s):
    record = sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True)
    try:
        return [record.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("article", "revision", "revision_text", "journal")]
    finally:
        record.close()


def full(s, token, id, room):
    """Saves until one fails; then nothing of it is there, and the rest stays as it was."""
    wal = os.path.getsize(os.path.join(s.data, "devon.db-wal"))
    limit(s, max(wal, 0) + room)
    base, failed = s.api("GET", "articles/" + id, token).json["revision"]["number"], None
    for n in range(60):
        before = counts(s)
        a = s.api("PUT", "articles/" + id, token, {"base": base, "body": f"{room} {n} " + LOREM})
        if a.status == 200:
            base = a.json["revision"]["number"]
            continue
        failed = a
        break
    if not check(failed is not None, f"room for {room}: no write failed"):
        limit(s, resource.RLIM_INFINITY)
        return
    check(failed.status == 503 and failed.header("retry-after"), f"room for {room}: {failed.status} {failed.body[:200]}")
    check("devon.db" not in failed.text and "SQL" not in failed.text, "the answer tells nothing of the inside")
    check(counts(s) == before, f"room for {room}: {counts(s)} after {before}")
    now = s.api("GET", "articles/" + id, token)
    check(now.status == 200 and now.json["revision"]["number"] == base, "reading goes on, of what was acknowledged")
    limit(s, resource.RLIM_INFINITY)
    a = s.api("PUT", "articles/" + id, token, {"base": base, "body": f"{room} again"})
    check(a.status == 200, f"room again: it goes on by itself: {a.status} {a.body[:200]}")


def main():
    with harness.Server("rate_token = 1000000\n", serve=False) as s:
        ground(s)
        token = s.token("root.admin")
        harness.DEVON = launcher(s.folder)
        s.start()
        try:
            limit(s, resource.RLIM_INFINITY)
        except PermissionError:
            check.skip("the limits of another process may not be set here")
            return check.end()
        made = s.api("POST", "articles", token, {"space": "desk", "title": "Full", "body": "B"})
        for room in (0, 1, 4096, 5000, 20000, 100000):
            full(s, token, made.json["id"], room)
        check(s.process.poll() is None, "the server stands")
        for words in ("index --wait", "index --check", "audit verify", "check"):
            r = s.cli(*words.split(), check=False)
            check(r.returncode == 0, f"{words}: {r.stderr}")
        check("I/O" in s.log_text() or "disk" in s.log_text(), "the log says what failed")
    return check.end()


sys.exit(main())
