#!/usr/bin/env python3
"""What happens to the installation stands in the journal, refused acts do so within bounds, and readers see none of it
(security.md 7.1)."""
import glob
import os
import re
import signal
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()


def rows(s, action):
    """Detail, outcome and object of the rows of one action, oldest first."""
    db = sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True)
    found = db.execute("SELECT j.detail, j.outcome, j.object_type, coalesce(p.login, ''), j.on_behalf FROM journal j"
                       " LEFT JOIN person p ON p.id = j.actor_id WHERE j.action = ? ORDER BY j.seq", (action,)).fetchall()
    db.close()
    return found


def ground(s):
    s.cli("space", "add", "desk")
    for login, level in (("anna", "write"), ("rita", "read")):
        s.cli("person", "add", login, "--password-stdin", stdin=harness.PASSWORD + "\n")
        s.cli("group", "add", "of-" + login)
        s.cli("group", "member", "of-" + login, login)
        s.cli("grant", "desk", "of-" + login, level)


def life(s):
    s.start()
    check(len(rows(s, "server.start")) == 1 and "version" in rows(s, "server.start")[0][0], "a start")
    check(s.stop() == 0 and len(rows(s, "server.stop")) == 1, "a stop")
    s.start()
    s.stop(signal.SIGKILL)
    s.start()
    check((len(rows(s, "server.start")), len(rows(s, "server.stop"))) == (3, 1), "a kill leaves no stop, and shows by it")


def copies(s):
    for served in (True, False):
        if not served:
            s.stop()
        for words, action, about in ((f"backup {s.folder}/copy-{served}", "record.backup", "seq"),
                                     (f"export --space desk {s.folder}/out-{served}", "record.export", "desk")):
            before = len(rows(s, action))
            r = s.cli(*words.split())
            check("could not" not in r.stderr, r.stderr)
            found = rows(s, action)
            check(len(found) == before + 1 and about in found[-1][0] and found[-1][4] == "command line", f"{action}: {found}")
    with harness.Server(init=False, serve=False) as other:
        other.cli("restore", f"{s.folder}/copy-True")
        check(len(rows(other, "record.restore")) == 1, "a restore")
        check(other.cli("audit", "verify").returncode == 0, "and the chain holds")
    s.start()
    s.cli("index", "--rebuild")
    check([r[1] for r in rows(s, "index.rebuild")] == ["ok"], "a rebuild of the index")


def take_back(db, sql):
    """Undo a migration that adds or drops columns, adds tables or indexes. What it makes anew it can make anew again."""
    if " RENAME TO " in sql:
        return
    for table, column in re.findall(r"^ALTER TABLE (\w+) DROP COLUMN (\w+)", sql, re.M):
        db.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    for made in reversed(re.findall(r"^CREATE (?:UNIQUE )?INDEX \w+|^CREATE TABLE \w+|^ALTER TABLE \w+ ADD COLUMN \w+", sql, re.M)):
        words = made.split()
        if words[0] == "ALTER":
            db.execute(f"ALTER TABLE {words[2]} DROP COLUMN {words[5]}")
        else:
            db.execute(f"DROP {words[-2]} {words[-1]}")


def migration(s):
    s.stop()
    db = sqlite3.connect(os.path.join(s.data, "devon.db"))
    newest = db.execute("SELECT max(name) FROM migration").fetchone()[0]
    folder = os.path.join(os.path.dirname(__file__), "../../schema/migrations")
    with open(glob.glob(os.path.join(folder, f"*{newest.removesuffix('.sql')}.sql"))[0]) as f:
        take_back(db, f.read())
    db.execute("DELETE FROM migration WHERE name = ?", (newest,))
    db.commit()
    titles = lambda: sorted(db.execute("SELECT audience_id, key, article_id FROM completion"))
    before = titles()
    s.cli("person", "list")
    check(len(rows(s, "record.migrate")) == 1, "a migration")
    check(before and titles() == before, f"it loses no title: {before} {titles()}")
    s.cli("person", "list")
    check(len(rows(s, "record.migrate")) == 1, "once")
    db.close()
    s.start()


def lost_child(s, token):
    stopped = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/status") as f, open(f"/proc/{name}/cmdline") as g:
                    if f"PPid:\t{s.process.pid}\n" in f.read() and "\0convert\0" in g.read():
                        os.kill(int(name), signal.SIGKILL)
                        stopped.append(name)
            except OSError:
                pass
    check(stopped, "a child to kill")
    for _ in range(3):
        s.api("POST", "articles", token, {"space": "desk", "title": "After", "body": "Text."})
    check(harness.until(lambda: rows(s, "child.lost")), "a lost child")
    check("convert" in rows(s, "child.lost")[0][0], f"of which role: {rows(s, 'child.lost')}")


def denied(s, anna, rita):
    article = s.api("POST", "articles", anna, {"space": "desk", "title": "Open", "body": "B"}).json["id"]
    check(s.api("PUT", "articles/" + article, rita, {"base": 1, "body": "x"}).status == 403, "refused")
    found = rows(s, "request.denied")
    check(len(found) == 1 and article in found[0][0] and "article_save" in found[0][0] and found[0][1:4] == ("denied", "request", "rita"),
          f"who, what, on which: {found}")
    check(s.api("POST", "articles", rita, {"space": "desk", "title": "T", "body": "B"}).status == 403, "by the page itself")
    check(len(rows(s, "request.denied")) == 2, "stands there as well")
    answers = [s.api("PUT", "articles/" + article, rita, {"base": 1, "body": "x"}).status for _ in range(200)]
    check(answers == [403] * 200, "refused each time")
    check(2 < len(rows(s, "request.denied")) <= 60, f"but so many rows a minute only: {len(rows(s, 'request.denied'))}")
    before = len(rows(s, "request.denied"))
    check(s.api("PUT", "articles/0123456789abc", rita, {"base": 1}).status == 404 and len(rows(s, "request.denied")) == before,
          "what may not be read is not denied")


def readers(s, rita):
    """Lists of changes and feeds are of articles only."""
    for path in ("changes", "spaces/desk", "me"):
        text = s.api("GET", path, rita).text
        for word in ("server.", "record.", "request.denied", "index.rebuild", "child.lost"):
            check(word not in text, f"{path} tells nothing of {word}")
    items = s.api("GET", "changes", rita).json["items"]
    check(items and all(i["title"] for i in items), "changes of articles")
    check(s.api("GET", "audit", rita).status == 404, "the journal is for duties")


def actions_have_words():
    """Every action that the code writes has words on the audit page, and no other has."""
    written = set()
    for path in glob.glob("schema/*.c") + glob.glob("server/**/*.c", recursive=True) + glob.glob("tools/**/*.c", recursive=True):
        with open(path, encoding="utf-8") as f:
            for statement in re.split(r"[;{}]\s*\n", f.read()):
                if re.search("journal|action|note", statement):
                    written.update(re.findall(r'"([a-z]+\.[a-z]+)"', statement))
    with open("server/action_words.c", encoding="utf-8") as f:
        named = re.findall(r'\{"([a-z]+\.[a-z]+)", N_', f.read())
    check(len(named) > 50 and sorted(written) == named, f"words and actions differ: {written ^ set(named)}")


def main():
    actions_have_words()
    with harness.Server("rate_token = 1000000\nrate_save = 1000000\n", serve=False) as s:
        ground(s)
        life(s)
        copies(s)
        anna, rita = s.token("anna"), s.token("rita")
        lost_child(s, anna)
        migration(s)
        denied(s, anna, rita)
        readers(s, rita)
        s.cli("index", "--wait")
        for words in ("index --check", "audit verify", "check"):
            r = s.cli(*words.split(), check=False)
            check(r.returncode == 0, f"{words}: {r.stderr}")
    return check.end()


sys.exit(main())
