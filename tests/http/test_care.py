#!/usr/bin/env python3
"""Keeping it whole: backup while people write, restore, tampering that is seen, an index that is lost and comes back, a
record of tomorrow's Devon."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
PASSWORD = "Long-enough-passphrase-17"
# The disk of a test machine may be nearly full.
SETTINGS = "rate_save = 1000000\nrate_token = 1000000\n"


def ground(s):
    """A space that editor.one writes and reader.one reads, with 30 articles; the tokens of both."""
    for login, group, level in (("editor.one", "editors", "write"), ("reader.one", "readers", "read")):
        s.cli("person", "add", login, "--password-stdin", stdin=PASSWORD)
        s.cli("group", "add", group)
        s.cli("group", "member", group, login)
        if level == "write":
            s.cli("space", "add", "open")
        s.cli("grant", "open", group, level)
    path = os.path.join(s.folder, "ground.jsonl")
    with open(path, "w") as f:
        for i in range(30):
            f.write(json.dumps({"key": f"g{i}", "title": f"Ground {i}", "text": f"qwertground number{i}"}) + "\n")
    s.cli("import", "--space", "open", path)
    return s.token("editor.one"), s.token("reader.one", "read")


def total(s, query):
    return int(s.cli("search", query).stdout.split("\n")[0])


def sql(path, script):
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()


def backup_and_restore():
    with harness.Server(SETTINGS) as s:
        editor, reader = ground(s)
        browser = harness.Browser(s)
        check(browser.log_in("reader.one", PASSWORD).status == 303 and browser.get("/").status == 200, "signed in")
        saved, stop = [], threading.Event()

        def write():
            while not stop.is_set():
                a = s.api("POST", "articles", editor, {"space": "open", "title": f"N{len(saved)}", "body": "qwertwhile"})
                if a.status == 201:
                    saved.append(a.json["id"])

        writer = threading.Thread(target=write)
        writer.start()
        file = os.path.join(s.folder, "backup")
        while len(saved) < 20:
            stop.wait(0.01)
        before = len(saved)
        r = s.cli("backup", file)
        after = len(saved)
        while len(saved) < after + 5:
            stop.wait(0.01)
        stop.set()
        writer.join()
        check(r.stdout == "" and "articles" in r.stderr, f"backup: {r.stderr}")
        check(os.stat(file).st_mode & 0o777 == 0o600, "a backup is its owner's alone")
        r = s.cli("backup", file, check=False)
        check(r.returncode == 1 and "exists already" in r.stderr, "nothing is written over")
        check(s.cli("restore", "--force", file, check=False).returncode == 1, "no restore under a running server")
        for args in (("restore", file), ("migrate",)):
            check("stop the server" in s.cli(*args, check=False).stderr, f"{args[0]} says what to do")
        restored(s, file, saved, before, (editor, reader), browser)
        refused(s, file)


def restored(s, file, saved, before, tokens, browser):
    with harness.Server(SETTINGS, init=False, serve=False) as other:
        r = other.cli("restore", file)
        check(r.stdout == "" and "signs in again" in r.stderr, f"restore: {r.stderr}")
        check(os.stat(os.path.join(other.data, "devon.db")).st_mode & 0o777 == 0o600, "a record is its owner's alone")
        for words in ("check", "audit verify", "index --check"):
            check(other.cli(*words.split(), check=False).returncode == 0, f"{words} after a restore")
        check(total(other, "qwertground") == 30 and total(other, "qwertwhile") >= before, "search works")
        other.start()
        for token in tokens:
            check(other.api("GET", "me", token).status == 401, "no token survives")
        browser.server = other
        check(browser.get("/").status == 303, "no session survives")
        check(browser.log_in("reader.one", PASSWORD).status == 303, "the password is kept")
        editor = other.token("editor.one")
        there = [other.api("GET", "articles/" + id, editor).status == 200 for id in saved]
        check(all(there[:before]), "what was acknowledged before the backup is in it")
        check(there == sorted(there, reverse=True), "it is one moment: nothing between is missing")
        rows = other.cli("audit", "verify").stdout
        check("good" in rows, f"the journal goes on: {rows}")
        a = other.api("POST", "articles", editor, {"space": "open", "title": "New", "body": "qwertafter"})
        check(a.status == 201, "it can be written")
        other.cli("index", "--wait")
        check(total(other, "qwertafter") == 1, "and found")


def refused(s, file):
    with open(file, "rb") as f:
        whole = f.read()
    with harness.Server(serve=False) as other:
        record = os.path.join(other.data, "devon.db")
        before = other.cli("person", "list").stdout
        bad = os.path.join(other.folder, "bad")

        def tried(what, content=None, script=None):
            with open(bad, "wb") as f:
                f.write(whole if content is None else content)
            if script:
                sql(bad, script)
            r = other.cli("restore", "--force", bad, check=False)
            check(r.returncode == 1 and r.stdout == "" and r.stderr, f"{what} is refused: {r.returncode} {r.stderr}")
            check(other.cli("person", "list").stdout == before, f"{what} leaves the record alone")

        tried("an empty file", b"")
        tried("a text", b"hello\n" * 1000)
        for size in (100, 4096, len(whole) // 2, len(whole) - 4096):
            tried(f"a file cut at {size}", whole[:size])
        middle = len(whole) // 8192 * 4096
        tried("pages of zeroes", whole[:middle] + bytes(65536) + whole[middle + 65536:])
        tried("no manifest", None, "DROP TABLE backup_manifest")
        tried("a changed journal", None, "DROP TRIGGER journal_no_update; UPDATE journal SET actor_id = 1 WHERE seq = 5")
        tried("a cut journal", None, "DROP TRIGGER journal_no_delete;"
              "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
        tried("fewer revisions", None, "PRAGMA foreign_keys = OFF;"
              "DELETE FROM revision WHERE id = (SELECT max(id) FROM revision)")
        tried("a newer form", None, "INSERT INTO migration VALUES (9999, 'later', 1)")
        check(other.cli("restore", bad + "-none", check=False).returncode == 1, "no file")
        r = other.cli("restore", file, check=False)
        check(r.returncode == 1 and "--force" in r.stderr, "a record is not written over")
        r = other.cli("restore", "--force", file)
        check("kept as" in r.stderr, "--force keeps the former record")
        aside = [n for n in os.listdir(other.data) if "before-restore" in n and n[-4:] not in ("-wal", "-shm")]
        check(len(aside) == 1, f"the former record is there: {os.listdir(other.data)}")
        check(total(other, "qwertground") == 30 and other.cli("check", check=False).returncode == 0, "restored by force")
        former = sqlite3.connect(os.path.join(other.data, aside[0]))
        check(former.execute("SELECT count(*) FROM person").fetchone()[0] == 1, "and readable")
        former.close()


def tampering():
    with harness.Server(serve=False) as s:
        ground(s)
        record = os.path.join(s.data, "devon.db")
        check(s.cli("audit", "verify").returncode == 0, "untouched")
        kept = record + ".kept"
        shutil.copy(record, kept)
        for what, script, first in (
            ("another actor", "DROP TRIGGER journal_no_update; UPDATE journal SET actor_id = 1, detail = '{}' WHERE seq = 7", 7),
            ("an earlier time", "DROP TRIGGER journal_no_update; UPDATE journal SET at = 1 WHERE seq = 9", 9),
            ("a missing row", "DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE seq = 11", 12),
            ("another hash", "DROP TRIGGER journal_no_update; UPDATE journal SET hash = zeroblob(32) WHERE seq = 13", 13),
        ):
            sql(record, script)
            r = s.cli("audit", "verify", check=False)
            check(r.returncode == 1 and r.stdout == f"{first}\n", f"{what}: {r.returncode} {r.stdout!r} {r.stderr!r}")
            check(s.cli("check", check=False).returncode == 1, f"{what}: check sees it too")
            shutil.copy(kept, record)
        check(s.cli("audit", "verify").returncode == 0, "the copy is good again")
        with open(record, "r+b") as f:
            f.truncate(os.path.getsize(record) - 3 * 4096)
        for words in ("check", "audit verify", "status"):
            code = s.cli(*words.split(), check=False).returncode
            check(code in (1, 4), f"{words} of a damaged file: {code}")
        with open(record, "wb") as f:
            f.write(b"no database at all" * 500)
        for words in ("check", "audit verify", "status"):
            code = s.cli(*words.split(), check=False).returncode
            check(code in (1, 4), f"{words} of another file: {code}")


def shards(s):
    """The folders of the shards, the largest first."""
    index = os.path.join(s.data, "index")
    size = lambda path: sum(os.path.getsize(os.path.join(path, f)) for f in os.listdir(path))
    found = [os.path.join(r, d) for r, dirs, _ in os.walk(index) for d in dirs if d.startswith("shard-")]
    return sorted(found, key=size, reverse=True)


def index_damage():
    with harness.Server() as s:
        ground(s)
        s.cli("index", "--wait")
        s.stop()

        def comes_back(what):
            """Whether or not the damage is noticed by itself, a check says so and a rebuild mends it."""
            r = s.cli("index", "--check", check=False)
            check(r.returncode in (0, 1), f"{what}: check ends with {r.returncode}: {r.stderr}")
            if r.returncode == 1:
                check(s.cli("index", "--rebuild", check=False).returncode == 0, f"{what}: a rebuild mends it")
            check(total(s, "qwertground") == 30, f"{what}: all is found again")
            check(s.cli("index", "--check", check=False).returncode == 0, f"{what}: and equal")
            return r

        def harm(change):
            change(shards(s)[0])

        def cut(shard):
            path = os.path.join(shard, "postlist.glass")
            os.truncate(path, os.path.getsize(path) // 2)

        def noise(shard):
            for name in ("postlist.glass", "termlist.glass", "position.glass"):
                path = os.path.join(shard, name)
                if os.path.exists(path):
                    with open(path, "r+b") as f:
                        f.write(os.urandom(os.path.getsize(path)))

        for what, change in (
            ("a file of a shard is gone", lambda shard: os.remove(os.path.join(shard, "postlist.glass"))),
            ("a shard is gone", shutil.rmtree),
            ("a file is cut", cut),
            ("a shard is noise", noise),
            ("the cursor is gone", lambda shard: os.remove(os.path.join(os.path.dirname(shard), "cursor"))),
            ("the cursor is noise", lambda shard: open(os.path.join(os.path.dirname(shard), "cursor"), "w").write("cursor 1")),
            ("the folder is gone", lambda shard: shutil.rmtree(os.path.join(s.data, "index"))),
        ):
            harm(change)
            r = comes_back(what)
            if what == "a shard is gone" and r.returncode == 1:
                check("missing in the index" in r.stderr, f"{what}: each document is named: {r.stderr}")
        record = os.path.join(s.data, "devon.db")
        sql(record, "PRAGMA foreign_keys = OFF; UPDATE article SET deleted_at = 1 WHERE key = 'g3'")
        r = s.cli("index", "--check", check=False)
        check(r.returncode == 1 and "not in the record" in r.stderr, f"a document too many: {r.returncode} {r.stderr}")
        sql(record, "UPDATE article SET deleted_at = NULL WHERE key = 'g3'")
        shutil.rmtree(os.path.join(s.data, "index"))
        s.start()
        check(s.get("/health").status == 200, "it serves without an index")
        s.cli("index", "--wait")
        check(total(s, "qwertground") == 30, "a deleted index is built again at the next start")
        harm(shutil.rmtree)
        r = s.cli("index", "--check", check=False)
        check(r.returncode in (0, 1), f"a shard taken from a running server: {r.returncode}")
        s.cli("index", "--rebuild")
        check(total(s, "qwertground") == 30 and s.cli("index", "--check", check=False).returncode == 0, "and rebuilt under it")


def versions():
    with harness.Server(serve=False) as s:
        r = s.cli("migrate", "--dry-run")
        check(r.stdout == "0 migrations are waiting\n" and s.cli("migrate").stdout == "0 migrations were applied\n", "migrate")
        sql(os.path.join(s.data, "devon.db"), "INSERT INTO migration VALUES (9999, 'later', 1)")
        for words in ("status", "check", "person list", "migrate", "audit verify", "backup later", "serve --listen 127.0.0.1:0", "export x"):
            r = s.cli(*words.split(), check=False, timeout=20)
            check(r.returncode == 3 and r.stdout == "", f"{words} of a newer record: {r.returncode} {r.stdout!r} {r.stderr!r}")


def one_server():
    with harness.Server() as s:
        r = s.cli("serve", "--listen", "127.0.0.1:0", check=False, timeout=20)
        check(r.returncode == 1 and r.stdout == "" and "another Devon" in r.stderr, f"a second server: {r.stderr}")
        check(s.get("/health").status == 200, "the first goes on")
        socket = os.path.join(s.data, "control.sock")
        check(os.stat(socket).st_mode & 0o777 == 0o600, "the control socket is its owner's alone")
        piped = subprocess.run(f"'{harness.DEVON}' --data '{s.data}' person list | head -c 1", shell=True, capture_output=True)
        check(piped.stdout and s.get("/health").status == 200, "a reader that leaves early harms nobody")


def main():
    for part in (backup_and_restore, tampering, index_damage, versions, one_server):
        part()
    return check.end()


sys.exit(main())
