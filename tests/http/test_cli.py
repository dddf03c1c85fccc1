#!/usr/bin/env python3
"""The command line as people meet it: every command, its exit codes and what it prints, with a server and without; and
import and export, which must take anything and give back what they were given."""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
PASSWORD = "Long-enough-passphrase-17"
COMMANDS = ("init import export index search person group office space grant token analyse backup restore check audit "
            "migrate status").split()

# (exit code, arguments, standard input, what standard output must hold, what standard error must hold)
SCENE = [
    (0, "person add alice --name Alice --password-stdin", PASSWORD + "\n", "", ""),
    (1, "person add alice --password-stdin", PASSWORD + "\n", "", "alice"),
    (1, "person add weak --password-stdin", "password\n", "", ""),
    (1, "person add Bad/Name --password-stdin", PASSWORD + "\n", "", ""),
    (0, "person add bobur", "", "SECRET\n", ""),
    (0, "person password bobur", "", "SECRET\n", ""),
    (0, "person password bobur --password-stdin", PASSWORD + "\n", "", ""),
    (1, "person password nobody", "", "", ""),
    (0, "person set alice --position Counsellor --languages uz,ru --duties audit", "", "", ""),
    (0, "person set alice --duties none", "", "", ""),
    (2, "person set alice --duties king", "", "", "king"),
    (1, "person set nobody --name X", "", "", ""),
    (0, "person disable bobur", "", "", ""),
    (0, "person list", "", "bobur\tbobur\t\tdisabled\n", ""),
    (0, "person enable bobur", "", "", ""),
    (0, "person list", "", "alice\tAlice\t\tactive\n", ""),
    (1, "person disable nobody", "", "", ""),
    (2, "person", "", "", "usage: devon person add"),
    (2, "person add", "", "", "login"),
    (2, "person fly alice", "", "", "fly"),
    (2, "person add carl --wings", "", "", "--wings"),
    (2, "person add carl --name", "", "", "--name needs a value"),
    (0, "office add tashkent --name Tashkent --kind department --country UZ", "", "", ""),
    (1, "office add tashkent", "", "", ""),
    (0, "office list", "", "tashkent\tTashkent\tdepartment\tUZ\n", ""),
    (2, "office", "", "", "usage: devon office"),
    (0, "group add readers --name Readers", "", "", ""),
    (1, "group add readers", "", "", ""),
    (0, "group member readers alice", "", "", ""),
    (1, "group member readers nobody", "", "", ""),
    (1, "group member nothing alice", "", "", ""),
    (0, "group list", "", "readers\tReaders\t1\n", ""),
    (0, "group member readers alice --remove", "", "", ""),
    (0, "group list", "", "readers\tReaders\t0\n", ""),
    (2, "group", "", "", "usage: devon group"),
    (0, "space add law --name Law --lang en", "", "", ""),
    (1, "space add law", "", "", ""),
    (2, "space add x --lang tlh", "", "", "uz-Latn"),
    (0, "space list", "", "law\tLaw\n", ""),
    (2, "space fly", "", "", "usage: devon space"),
    (0, "grant law readers read", "", "", ""),
    (2, "grant law readers own", "", "", "none, read"),
    (1, "grant nothing readers read", "", "", ""),
    (1, "grant law nothing read", "", "", ""),
    (2, "grant law readers", "", "", "usage: devon grant"),
    (0, "token create alice --scope write --days 3", "", "SECRET\n", ""),
    (1, "token create nobody", "", "", ""),
    (2, "token create alice --scope own", "", "", "read or write"),
    (2, "token create alice --days 0", "", "", "days"),
    (2, "token create alice --days many", "", "", "number"),
    (2, "token break alice", "", "", "create"),
    (2, "import", "", "", "argument is missing"),
    (2, "import --format word x", "", "", "word"),
    (1, "import no/such/folder", "", "", "no/such/folder"),
    (2, "export", "", "", "argument is missing"),
    (2, "export --format word x", "", "", "word"),
    (2, "search", "", "", "no query"),
    (2, "search --limit 0x x", "", "", "number"),
    (2, "search --limit 1001 x", "", "", "1000"),
    (1, "search --as nobody x", "", "", "nobody"),
    (0, "search nothingofthekind", "", "0\n", ""),
    (0, "index --wait", "", "", ""),
    (0, "index --check", "", "", ""),
    (2, "index", "", "", "name one of"),
    (2, "index --wait --check", "", "", "name one of"),
    (0, "analyse elchixonalarimizda", "", "elchixonalarimizda", ""),
    (2, "analyse", "", "", "no text"),
    (0, "check", "", "record: good\n", ""),
    (0, "audit verify", "", "rows, good\n", ""),
    (2, "audit", "", "", "usage: devon audit"),
    (2, "audit falsify", "", "", "verify"),
    (0, "status", "", "articles: 0\n", ""),
    (0, "status --json", "", '"articles":0', ""),
    (2, "status --xml", "", "", "--xml"),
    (2, "backup", "", "", "usage: devon backup"),
]


def masked(text):
    """What differs from run to run: secrets, times, numbers of the journal, the folder."""
    text = re.sub(r"(?m)^[A-Za-z0-9_-]{43}$", "SECRET", text)
    text = re.sub(r"\b\d+ rows", "N rows", text)  # a server notes its start
    return re.sub(r"/tmp/devon-test-\w+|\d{4}-\d\d-\d\dT[\d:.]+Z", "*", text)


def play(s):
    """The whole scene; what each command gave."""
    told = []
    for code, words, stdin, out, err in SCENE:
        r = s.cli(*words.split(), stdin=stdin, check=False)
        got = (words, r.returncode, masked(r.stdout), masked(r.stderr))
        told.append(got)
        check(r.returncode == code, f"devon {words}: exit {r.returncode}, not {code}: {r.stderr[-300:]}")
        check(out in got[2] if out else got[2] == "", f"devon {words}: prints {got[2]!r}")
        check(err in r.stderr, f"devon {words}: complains {r.stderr!r}")
        check((code != 0) == bool(re.search("(?m)^devon", r.stderr)), f"devon {words}: {r.stderr!r}")
    return told


def commands():
    with harness.Server(serve=False) as s:
        alone = play(s)
    with harness.Server() as s:
        served = play(s)
    for a, b in zip(alone, served):
        if not a[0].startswith("status"):
            check(a == b, f"the same with a server and without: {a} {b}")


def bare(*args, **kw):
    return subprocess.run([harness.DEVON, *args], text=True, capture_output=True, timeout=60, **kw)


def words_and_folders():
    for command in COMMANDS:
        r = bare(command, "--help")
        check(r.returncode == 0 and r.stdout.startswith(f"usage: devon {command}") and not r.stderr, f"{command} --help")
    r = bare("--help")
    check(r.returncode == 0 and all(f"devon {c}" in r.stdout for c in [*COMMANDS, "serve"]), "--help names all commands")
    check(bare("--version").stdout.startswith("devon "), "--version")
    r = bare("serve", "--help")
    check(r.returncode == 0 and r.stdout.startswith("usage: devon serve") and not r.stderr, "serve --help")
    for args in ((), ("fly",), ("--data",), ("serve", "--wings"), ("serve", "extra"), ("restore",),
                 ("--config", "/no/such/file", "status")):
        r = bare(*args)
        check(r.returncode == 2 and not r.stdout and r.stderr, f"devon {args}: {r.returncode} {r.stdout!r}")
    with harness.Server(init=False, serve=False) as s:
        for words in ("status", "check", "person list", "index --wait", "export x", "backup x", "serve --listen 127.0.0.1:0"):
            r = s.cli(*words.split(), check=False)
            check(r.returncode == 1 and "devon init" in r.stderr and not os.path.exists(s.data), f"{words} without a record")
        with open(s.config, "w") as f:
            f.write("no_such_setting = 1\n")
        check(s.cli("status", check=False).returncode == 2, "an unknown setting")


def init_twice():
    starter = os.path.join(harness.ROOT, "content")
    with harness.Server(init=False, serve=False) as s:
        r = s.cli("init", "--starter", starter)
        check(re.search(r"one-time code [A-Za-z0-9_-]{43}\b", r.stdout), f"init prints a code: {r.stdout!r}")
        before = s.cli("status").stdout
        check(int(re.search(r"articles: (\d+)", before).group(1)) >= 60, "the starter articles are there")
        r = s.cli("init", "--starter", starter)
        check(r.stdout == "" and "there already" in r.stderr and "0 created, 0 changed" in r.stderr, f"twice: {r.stderr}")
        counts = lambda text: re.findall(r"(articles|revisions|people|groups|spaces): (\d+)", text)
        check(counts(s.cli("status").stdout) == counts(before), "init makes nothing twice")
        check("help\t" in s.cli("space", "list").stdout and "staff\t" in s.cli("group", "list").stdout, "help and staff")
        s.cli("person", "add", "new.staff", "--password-stdin", stdin=PASSWORD)
        check(s.cli("search", "--as", "new.staff", "Devon").stdout.split("\n")[0] != "0", "the staff read the help")
        r = s.cli("init", "--admin", "x", "--password-stdin", stdin="short\n", check=False)
        check(r.returncode == 1, "a weak password is refused")


# ---- import and export

HOSTILE = {
    "deep.md": ">" * 60000,
    "images.md": "![[]()" * 40000,
    "wide.md": "|" + "x|" * 3000 + "\n|" + "-|" * 3000 + "\n|x|\n",
    "short-rows.md": "|" + "x|" * 1600 + "\n|" + "-|" * 1600 + "\n" + "|x|\n" * 1600,
    "references.md": "[x]: /" + "u" * 30000 + "\n\n" + "[x] " * 30000,
}


def put(folder, name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content if isinstance(content, bytes) else content.encode())
    return path


def found(s, query, key):
    """The public id and title of the article with this key."""
    hits = json.loads(s.cli("search", "--json", "--limit", "1000", query).stdout)["hits"]
    return next((h for h in hits if h["key"] == key), None)


def import_markdown(s):
    folder = os.path.join(s.folder, "md")
    s.cli("office", "add", "legal", "--name", "Legal")
    put(folder, "a/visa rules.md", "---\ntitle: 'Visa: rules'\ntags: [visa, \"a, b\"]\nlang: en\nstatus: published\nparent: a/top.md\n"
        "owner: legal\nreview: 2027-03-01\ntranslation: visa-set\ncountry: Japan\n  nested: x\n---\n\nBody with qwertwordone.\n")
    put(folder, "a/top.md", "# The top #\n\nText qwertwordone.\n")
    put(folder, "a/under.md", "Underlined\n==========\n\nqwertwordone\n")
    put(folder, "by-name.md", "qwertwordone without a heading")
    put(folder, "list.md", "---\ntitle: Listed\ntags:\n- first\n- second\npath: own key\n---\nqwertwordone")
    put(folder, "open.md", "---\ntitle: never closed\n\nqwertwordone\n")
    put(folder, "crlf.md", "---\r\ntitle: Lines\r\n---\r\nqwertwordone\r\nsecond\r\n")
    put(folder, ".hidden/secret.md", "qwertwordone")
    put(folder, "notes.txt", "qwertwordone")
    put(folder, "draft.md", "---\nstatus: draft\n---\nqwertwordone")
    r = s.cli("import", "--space", "md", folder)
    check("8 created, 0 changed, 0 unchanged, 0 refused" in r.stderr and r.stdout == "", f"import: {r.stderr}")
    check("1 lines of front matter" in r.stderr, f"a nested line is counted: {r.stderr}")
    titles = {"a/visa_rules.md": "Visa: rules", "a/top.md": "The top", "a/under.md": "Underlined", "by-name.md": "by-name",
              "own_key": "Listed", "crlf.md": "Lines"}
    for key, title in titles.items():
        hit = found(s, "qwertwordone", key)
        check(hit and hit["title"] == title, f"{key}: {hit}")
    check(found(s, "qwertwordone", "draft.md") is None, "a draft is not found")
    check(found(s, "qwertwordone", ".hidden/secret.md") is None and found(s, "qwertwordone", "notes.txt") is None, "left alone")
    out = os.path.join(s.folder, "md-out")
    s.cli("export", "--space", "md", out)
    with open(os.path.join(out, "md", "a", "visa_rules.md")) as f:
        text = f.read()
    for line in ('title: Visa: rules', 'tags: ["a, b", visa]', "lang: en", "path: a/visa_rules.md", "parent: a/top.md",
                 "owner: legal", "review: 2027-03-01", "translation: visa-set", "country: Japan"):
        check(line in text.split("\n"), f"{line}: {text}")
    revisions = lambda: int(re.search(r"revisions: (\d+)", s.cli("status").stdout).group(1))
    before = revisions()
    r = s.cli("import", "--space", "md", folder)
    check("0 created, 0 changed, 8 unchanged, 0 refused" in r.stderr and revisions() == before, f"unchanged: {r.stderr}")
    put(folder, "by-name.md", "qwertwordtwo instead")
    r = s.cli("import", "--space", "md", folder)
    check("0 created, 1 changed, 7 unchanged" in r.stderr and revisions() == before + 1, f"changed: {r.stderr}")
    check(found(s, "qwertwordtwo", "by-name.md") and not found(s, "qwertwordone", "by-name.md"), "the new text is found")
    r = s.cli("import", "--space", "md", "--author", "nobody", folder, check=False)
    check(r.returncode == 1 and "nobody" in r.stderr, "an unknown author")
    r = s.cli("import", "--space", "md", os.path.join(folder, "a/top.md"))
    check("1 created" in r.stderr, f"a file by itself has its name as key: {r.stderr}")


def import_lines(s):
    good = {"key": "j 1\t2", "title": "Lines", "text": "qwertjson", "lang": "uz-Latn", "tags": ["t1", "t2"], "path": "x"}
    path = put(s.folder, "some.jsonl", "\n".join([
        json.dumps(good), "{broken", json.dumps({"title": "no key", "text": "x"}), json.dumps({"key": "t", "text": 5}),
        json.dumps(["a list"]), '{"key":"u","text":"bad \xff"}', "", json.dumps({"key": "empty", "text": ""}),
        json.dumps({"key": "c0", "text": "a\u0000b\u0007c qwertjson"}), json.dumps({"key": "k", "text": "x", "tags": "no"}),
        json.dumps({"key": "big", "text": "x" * (1 << 20) + "y"}), json.dumps({"key": "s", "text": "x", "status": "gone"}),
        json.dumps({"key": "last", "text": "qwertjson last", "parent": "j 1\t2"})]).encode("latin-1") + b"\n")
    r = s.cli("import", "--space", "lines", "--format", "jsonl", path, check=False)
    check(r.returncode == 1 and r.stdout == "", f"a broken file: {r.returncode}")
    for line in (2, 3, 4, 5, 6, 10, 11, 12):
        check(f"some.jsonl:{line}: " in r.stderr, f"line {line} is named: {r.stderr}")
    check("4 created, 0 changed, 0 unchanged, 8 refused" in r.stderr, f"the rest is there: {r.stderr}")
    check("1 articles have no text" in r.stderr and "1 texts held" in r.stderr, f"both are reported: {r.stderr}")
    check(found(s, "qwertjson", "j_1_2")["title"] == "Lines", "white space leaves a key")
    check(found(s, "qwertjson", "c0") and found(s, "qwertjson", "last"), "control bytes and what comes last")
    listing = s.cli("search", "--batch", put(s.folder, "q.tsv", "q1\tqwertjson\nq2\tnothingatall\nq3\t\nq4\t?!\n"), "--tag", "run7")
    rows = [line.split(" ") for line in listing.stdout.splitlines()]
    check(sorted(r[2] for r in rows) == ["c0", "j_1_2", "last"] and all(
        len(r) == 6 and r[:2] == ["q1", "Q0"] and r[3] == str(i + 1) and float(r[4]) > 0 and r[5] == "run7"
        for i, r in enumerate(rows)), f"TREC lines: {rows}")
    check([float(r[4]) for r in rows] == sorted((float(r[4]) for r in rows), reverse=True), "scores fall")
    r = s.cli("search", "--batch", put(s.folder, "bad.tsv", "no tab here\n"), check=False)
    check(r.returncode == 1 and "no tab here" in r.stderr, "a line without a tab")
    check(s.cli("search", "--batch", "/no/such/file", check=False).returncode == 1, "no batch file")


def import_anything(s):
    folder = os.path.join(s.folder, "odd")
    for name, text in HOSTILE.items():
        put(folder, name, text)
    put(folder, "a-good.md", "# Good one\n\nqwertodd")
    put(folder, "z-good.md", "# Good two\n\nqwertodd")
    put(folder, "bytes.md", b"# Bytes\n\nqwertodd \xff\xfe and \x00\x07 control")
    put(folder, "empty.md", "")
    put(folder, "large.md", "x" * (1 << 20) + "y")
    put(folder, "several.md", ("y" * 79 + "\n") * 140000)  # comes in pieces
    put(folder, "bad-status.md", "---\nstatus: unheard\n---\nx")
    put(folder, "bad-date.md", "---\nreview: tomorrow\n---\nx")
    put(folder, "orphan.md", "---\nparent: nowhere\n---\nqwertodd")
    os.symlink("/etc/passwd", os.path.join(folder, "link.md"))
    os.symlink("/etc", os.path.join(folder, "links"))
    os.mkfifo(os.path.join(folder, "pipe.md"))
    r = s.cli("import", "--space", "odd", folder, check=False, timeout=120)
    check(r.returncode == 1, "something was refused")
    for name in [*HOSTILE, "large.md", "several.md", "bad-status.md", "bad-date.md", "orphan.md"]:
        check(len(re.findall(rf"(?m)^{name}: \S+ ", r.stderr)) == 1, f"{name} is named once: {r.stderr}")
    check("5 created" in r.stderr and f"{len(HOSTILE) + 5} refused" in r.stderr, f"the rest is there: {r.stderr}")
    check("root:" not in r.stderr and not re.search(r"link\.md|links|pipe\.md", r.stderr.replace("lists and links", "")), "links and pipes are left alone")
    for key in ("a-good.md", "z-good.md", "bytes.md", "orphan.md"):
        check(found(s, "qwertodd", key), f"{key} is found")
    for name in ("link.md", "pipe.md"):
        r = s.cli("import", "--space", "odd", os.path.join(folder, name), check=False)
        check(r.returncode == 1 and name in r.stderr and "0 created" in r.stderr, f"{name} named itself: {r.stderr}")
    several = [put(s.folder, "first.md", "qwertargs one"), "/no/such.md", put(s.folder, "last.md", "qwertargs two")]
    r = s.cli("import", "--space", "odd", *several, check=False)
    check(r.returncode == 1 and "2 created" in r.stderr and "/no/such.md" in r.stderr, f"a missing argument: {r.stderr}")


def unreadable(s):
    """Root may read any file; this one opens for everybody and fails at the first byte, as on a broken disk."""
    then = put(s.folder, "then.md", "qwert")
    r = s.cli("import", "--space", "odd", "/proc/self/mem", then, check=False)
    check(r.returncode == 1 and "mem cannot be read" in r.stderr and "1 created" in r.stderr, f"unreadable: {r.stderr}")
    deep = os.path.join(s.folder, "deep", *["d"] * 40)
    put(deep, "lost.md", "qwert")
    put(s.folder, "deep/there.md", "qwert")
    r = s.cli("import", "--space", "odd", os.path.join(s.folder, "deep"), check=False)
    check(r.returncode == 1 and "d/d cannot be read" in r.stderr and "1 created" in r.stderr, f"too deep: {r.stderr}")


ROUND = {
    "plain.md": "---\ntitle: Plain\n---\nBody.",
    "odd/title.md": "---\ntitle: '\"Quoted\", [it''s] #1 \\ back: slash'\ntags: ['a, b', \"c\\\"d\", -x, \"#y\"]\nlang: ru\n---\nТело.\n",
    "spaces.md": "---\ntitle: Spaces\n---\n    code first\n\ntrailing  \n\n\n",
    "rule.md": "---\ntitle: Rule\n---\n---\ntitle: not front matter\n---\nrest\n",
    "blank.md": "---\ntitle: Blank\n---\n\n\n\nthree lines above\n",
    "fields.md": "---\ntitle: Fields\nlang: uz-Cyrl\nstatus: archived\ntranslation: set-1\ncountry: \"- dash\"\nnote: 'a: b'\nстрана: Япония\n---\nx",
    "child.md": "---\ntitle: Child\nparent: odd/title.md\nstatus: draft\n---\ny\n",
    "empty.md": "---\ntitle: Empty\n---\n",
    "noext": None,
}
KEPT = ("title", "lang", "tags", "status", "parent", "translation", "fields", "text")


def all_articles(s):
    """Every article as the record has it, by key; read from the file, for the export is what is tested."""
    import sqlite3
    db = sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True)
    rows = db.execute("SELECT a.key, a.title, a.lang, a.status, p.key, a.translation, t.body, a.id FROM article a"
                      " LEFT JOIN article p ON p.id = a.parent_id JOIN revision r ON r.article_id = a.id"
                      " AND r.number = a.revision JOIN revision_text t ON t.revision_id = r.id").fetchall()
    out = {}
    for key, title, lang, status, parent, translation, body, id in rows:
        tags = [t for t, in db.execute("SELECT name FROM tag WHERE article_id = ? ORDER BY name", (id,))]
        fields = db.execute("SELECT name, value FROM field WHERE article_id = ? ORDER BY name", (id,)).fetchall()
        out[key] = dict(title=title, lang=lang, status=status, parent=parent, translation=translation, text=body, tags=tags,
                        fields=fields)
    db.close()
    return out


def round_trip():
    with harness.Server(serve=False) as s:
        source = os.path.join(s.folder, "in")
        for name, text in ROUND.items():
            if text is not None:
                put(source, name, text)
        line = {"key": "no ending", "title": "  From lines ", "text": "\n\nlines\u2028 \u201cquoted\u201d\n", "tags": ["x"]}
        s.cli("import", "--space", "r", source, put(s.folder, "r.jsonl", json.dumps(line) + "\n"))
        put(source, "plain.md", "---\ntitle: Plain\n---\nBody changed.")
        s.cli("import", "--space", "r", source)
        before = all_articles(s)
        check(len(before) == len(ROUND), f"{len(before)} articles")
        check(before["rule.md"]["text"] == "---\ntitle: not front matter\n---\nrest\n", "a body may begin with a rule")
        check(before["spaces.md"]["text"] == "    code first\n\ntrailing  \n\n\n", "white space of a body stays")
        for form in ("markdown", "jsonl"):
            out = os.path.join(s.folder, form)
            s.cli("export", "--format", form, *(["--history"] if form == "markdown" else []), out)
            with harness.Server(serve=False) as other:
                r = other.cli("import", "--space", "r", out if form == "jsonl" else os.path.join(out, "r"))
                check(f"{len(before)} created" in r.stderr, f"{form}: {r.stderr}")
                after = all_articles(other)
                check(set(after) == set(before), f"{form}: keys {set(after) ^ set(before)}")
                for key in set(after) & set(before):
                    for name in KEPT:
                        check(after[key][name] == before[key][name],
                              f"{form}: {name} of {key}: {after[key][name]!r}, not {before[key][name]!r}")
        history = os.path.join(s.folder, "markdown", "r", ".history", "plain.md")
        check(sorted(os.listdir(history)) == ["000001.md", "000002.md"], "both revisions are in the history")
        with open(os.path.join(history, "000001.md")) as f:
            check(f.read().endswith("\n\nBody."), "the first text is there")


def rights(s):
    for p in ("reader", "stranger"):
        s.cli("person", "add", p, "--password-stdin", stdin=PASSWORD)
    s.cli("group", "add", "few")
    s.cli("group", "member", "few", "reader")
    s.cli("import", "--space", "closed", put(s.folder, "closed.md", "# Closed\n\nqwertclosed word"))
    s.cli("grant", "closed", "few", "read")
    count = lambda *more: s.cli("search", *more, "qwertclosed").stdout.split("\n")[0]
    check(count() == "1" and count("--as", "reader") == "1" and count("--as", "stranger") == "0", "--as has that person's rights")
    s.cli("grant", "closed", "few", "none")
    check(count("--as", "reader") == "0", "a revoked right holds at once")
    s.cli("person", "disable", "reader")
    check(s.cli("search", "--as", "reader", "x", check=False).returncode == 1, "not as somebody disabled")
    answer = json.loads(s.cli("search", "--json", "qwertclosed").stdout)
    check(answer["total"] == 1 and "<mark>" in answer["hits"][0]["snippet"] and answer["exact"] is True, f"--json: {answer}")


def main():
    words_and_folders()
    commands()
    init_twice()
    round_trip()
    for serve in (False, True):
        with harness.Server(serve=serve) as s:
            for part in (import_markdown, import_lines, import_anything, unreadable, rights):
                part(s)
            check(s.cli("check").returncode == 0, "the record is whole")
    return check.end()


sys.exit(main())
