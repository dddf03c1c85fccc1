#!/usr/bin/env python3
"""Hostile input through every field: Markdown that is meant to stall, markup that is meant to act, queries, paths and
redirects that are meant to lead elsewhere. With --long every payload goes through every field, else a sample; the seed
is printed and may be given as SEED."""
import json
import os
import random
import re
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness
from hostile_html import Reader

check = harness.Checks()
LONG = "--long" in sys.argv
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
PASSWORD = "Long-enough-passphrase-17"
SETTINGS = "".join(f"rate_{n} = 1000000\n" for n in "search suggest save read token sign_in".split())
SHARE = 1 if LONG else 12  # one payload of so many
OWN = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](java\tscript:alert(1))",
    "![x](data:text/html,<script>alert(1)</script>)", "<a href=\"javascript&colon;alert(1)\">x</a>", "[x](//evil.example/)",
    "[x](\\\\evil.example\\x)", "\"><svg/onload=alert(1)>", "' autofocus onfocus=alert(1) '", "</title><script>alert(1)</script>",
    "</textarea><iframe srcdoc=x>", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>", "<?php x ?>",
    "# <b id=q>x</b> {#q onclick=x}", "[[<script>alert(1)</script>]]", "[[x|<img src=x onerror=1>]]", "`</code><script>x</script>`",
    "|a|\n|-|\n|<td onclick=x>|", "[^1]\n\n[^1]: <script>x</script>", "<javascript:alert(1)>", "<vbscript:x>", "blob:x [y](blob:x)",
    "[x]: javascript:alert(1)\n\n[x]", "${{7*7}}{{7*7}}<%= 7*7 %>", "&lt;script&gt;&#60;script&#62;", "%3Cscript%3E", "\u202egnp.exe",
]

# Everything of limits.md 1: the quadratic families of the platform's reader, and the linear ones beside them.
FAMILIES = {
    "columns and short rows": lambda n: ("|" + "x|" * (n // 20) + "\n|" + "-|" * (n // 20) + "\n" + "|x|\n" * (n // 20))[:n],
    "one wide row": lambda n: "|" + "x|" * (n // 4) + "\n|" + "-|" * (n // 4),
    "few rows, many columns": lambda n: ("|" + "x|" * (n // 10) + "\n|" + "-|" * (n // 10) + "\n" + ("|" + "x|" * (n // 10) + "\n") * 3),
    "brackets behind a link": lambda n: "www.a.b" + ")" * n,
    "many such links": lambda n: "www.a.b))))) " * (n // 13),
    "one reference often": lambda n: "[x]: /" + "u" * (n // 2) + "\n\n" + "[x] " * (n // 8),
    "<?": lambda n: "<?" * (n // 2),
    "<!A": lambda n: "<!A " * (n // 4),
    "<![CDATA[": lambda n: "<![CDATA[" * (n // 9),
    "![[]()": lambda n: "![[]()" * (n // 6),
    "addresses": lambda n: "a@b.c " * (n // 6),
    "deep quotes": lambda n: ">" * n,
    "deep lists": lambda n: "- " * (n // 2),
    "indented lists": lambda n: "\n".join("  " * i + "- x" for i in range(int(n ** 0.5)))[:n],
    "[": lambda n: "[" * n,
    "[a": lambda n: "[a" * (n // 2),
    "]": lambda n: "]" * n,
    "<": lambda n: "<" * n,
    "<!--": lambda n: "<!--" * (n // 4),
    "_": lambda n: "_" * n,
    "*a_": lambda n: "*a_" * (n // 3),
    "*_*_": lambda n: "*_" * (n // 2),
    "~~": lambda n: "~~" * (n // 2) + "x",
    "back-ticks": lambda n: "".join("e" + "`" * i for i in range(int((2 * n) ** 0.5))),
    "footnotes": lambda n: "".join(f"[^{i}]" for i in range(n // 14)) + "\n\n" + "".join(f"[^{i}]: x\n" for i in range(n // 14)),
    "one footnote often": lambda n: "[^1]" * (n // 4) + "\n\n[^1]: x",
    "[a](": lambda n: "[a](" * (n // 4),
    "&": lambda n: "&" * n,
    "\\": lambda n: "\\" * n,
    "tasks": lambda n: "- [ ] x\n" * (n // 8),
    "http://": lambda n: "http://" * (n // 7),
    "headings": lambda n: "# x\n" * (n // 4),
    "wiki links": lambda n: "[[" * (n // 2),
    "wiki links closed": lambda n: "[[a|b]] " * (n // 8),
    "lines": lambda n: "\n" * n,
    "cells": lambda n: "|a|b|\n|-|-|\n" + "|x|y|\n" * (n // 6),
    "one emphasis": lambda n: "*" * (n // 2) + "a" + "*" * (n // 2),
}


def data(name):
    """A file of the test data, or None."""
    path = os.path.join(harness.DATA, "security", name)
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as f:
        return f.read().split("\n")[:-1]


def payloads():
    """Hostile texts; ours always, those of the data where they are."""
    found = list(OWN)
    for name, key in (("xss.jsonl", "payload"), ("naughty-strings.jsonl", "s")):
        lines = data(name)
        if lines is None:
            check.skip(f"{name}: no test data")
        found += [json.loads(line)[key] for line in lines or ()]
    return [p for p in found if p]


def good(what, answer, text=None):
    """No fault of the server, and nothing in the page that could act."""
    check(answer.status < 500, f"{what}: {answer.status} {answer.body[:200]}")
    check(not [v for n, v in answer.headers if n == "set-cookie" and v.lower().startswith("crlf")], f"{what}: a header was injected")
    if (answer.header("content-type") or "").startswith("text/html"):
        faults = Reader(answer.text).faults
        check(not faults, f"{what}: {faults[:3]}")
    if text is not None:
        faults = Reader(text, text=True).faults
        check(not faults, f"{what}: {faults[:3]} in {text[:300]!r}")
    return answer


class World:
    """A server, an editor with a token and a browser, and one article to spoil."""

    def __init__(self, s):
        self.s = s
        for login in ("editor.one",):
            s.cli("person", "add", login, "--password-stdin", stdin=PASSWORD)
        s.cli("group", "add", "editors")
        s.cli("group", "member", "editors", "editor.one")
        s.cli("space", "add", "open")
        s.cli("grant", "open", "editors", "manage")
        self.token = s.token("editor.one")
        self.browser = harness.Browser(s)
        check(self.browser.log_in("editor.one", PASSWORD).status == 303, "signed in")
        a = self.api("POST", "articles", {"space": "open", "title": "Target", "body": "x"}).json
        self.id, self.url = a["id"], a["url"]

    def api(self, method, path, body=None):
        return self.s.api(method, path, self.token, body)

    def save(self, **fields):
        base = self.api("GET", "articles/" + self.id).json["revision"]["number"]
        return self.api("PUT", "articles/" + self.id, {"base": base, **fields})


# ---- Markdown that stalls

def work(s):
    """What the server and each child that converts has worked."""
    return {pid: harness.worked(pid) for pid in [s.process.pid, *s.children("convert")]}


def stalling(w):
    dearest, waits, stop = (0, ""), [], threading.Event()
    probe = World.api(w, "POST", "articles", {"space": "open", "title": "Probe", "body": "probe"}).json["id"]

    def others():
        while not stop.is_set():
            began = time.monotonic()
            a = w.s.api("GET", "articles/" + probe, w.token)
            waits.append((time.monotonic() - began, a.status))
            stop.wait(0.02)

    watcher = threading.Thread(target=others)
    watcher.start()
    csrf = w.browser.csrf(f"/a/{w.id}/edit")
    for name, family in FAMILIES.items():
        for size in (1 << 14, 1 << 16, 1 << 18, 1 << 20):
            text = family(size)[:1 << 20]
            for route in ("PUT", "POST", "preview") if size == 1 << 16 or LONG else ("preview",) if size == 1 << 20 else ("PUT",):
                before = work(w.s)
                if route == "PUT":
                    a = w.save(body=text)
                elif route == "POST":
                    a = w.api("POST", "articles", {"space": "open", "title": name, "body": text})
                else:
                    fields = {"csrf": csrf, "base": 1, "title": "Target", "body": text, "do": "preview"}
                    h = dict(w.browser.headers(), Origin=w.s.origin, **{"Content-Type": "application/x-www-form-urlencoded"})
                    a = w.s.request("POST", f"/a/{w.id}/edit", urllib.parse.urlencode(fields), h)
                took = max(seconds - before.get(pid, 0) for pid, seconds in work(w.s).items())
                dearest = max(dearest, (took, f"{name} {size >> 10} KiB {route} {a.status}"))
                what = f"{name}, {size >> 10} KiB, {route}"
                check(a.status in (200, 201, 413, 422), f"{what}: {a.status} {a.body[:200]}")
                check(took < 3, f"{what}: {took:.1f} s of work")  # the limit is 2 s for the child and 0 for the server
                if a.status in (200, 201) and route != "preview":
                    good(what, a, a.json["html"])
    stop.set()
    watcher.join()
    check(waits and all(status == 200 for _, status in waits), f"others are answered meanwhile: {set(s for _, s in waits)}")
    print(f"dearest {dearest[0]:.2f} s: {dearest[1]}; others waited at most {max(t for t, _ in waits):.2f} s")
    check(w.save(body="as before").status == 200, "and then it saves as before")


# ---- markup that acts

def in_bodies(w, texts):
    """All payloads, many in one text, and then those of a text that is refused one by one."""
    for i in range(0, len(texts), 40):
        group = texts[i:i + 40]
        a = good(f"bodies {i}", w.save(body="\n\n".join(group)))
        if a.status == 200:
            good(f"bodies {i}", a, a.json["html"])
            good(f"page of bodies {i}", w.browser.get(w.url))
            continue
        check(a.status == 422, f"bodies {i}: {a.status}")
        for text in group:
            a = good(f"body {text!r}", w.save(body=text))
            check(a.status in (200, 422), f"body {text!r}: {a.status}")
            if a.status == 200:
                good(f"body {text!r}", a, a.json["html"])


def in_fields(w, texts):
    """Each in title, comment, tag and fields of an article of its own, then every page that shows them."""
    refused = 0
    for text in texts:
        line = " ".join(text.split())[:300]
        a = good(f"fields {text!r}", w.api("POST", "articles", {
            "space": "open", "title": line, "body": text, "comment": line[:150], "tags": [line[:60]], "fields": {"note": text}}))
        if a.status == 422:  # one of the fields will not have it: each by itself
            refused += 1
            for fields in ({"title": line}, {"comment": line[:150]}, {"tags": [line[:60]]}, {"fields": {"note": text}}):
                good(f"field {fields}", w.api("POST", "articles", {"space": "open", "title": "T", "body": "b", **fields}))
            continue
        check(a.status == 201, f"fields {text!r}: {a.status} {a.body[:200]}")
        if a.status != 201:
            continue
        got = a.json
        check(got["title"] == line.strip(), f"a title is kept as it is: {got['title']!r}, not {line!r}")
        for path in ("", "/history", "/edit", "/links", "/move", "/talk") if LONG else ("", "/edit"):
            good(f"page {path} of {text!r}", w.browser.get(f"/a/{got['id']}{path}"))
        threads = good(f"thread {text!r}", w.api("POST", f"articles/{got['id']}/threads", {"title": line, "body": text}))
        check(threads.status in (200, 201, 422), f"thread {text!r}: {threads.status}")
        good(f"talk of {text!r}", w.browser.get(f"/a/{got['id']}/talk"))
        for path in (f"/tag/{urllib.parse.quote(line[:60], safe='')}", f"/w/{urllib.parse.quote(line, safe='')}"):
            good(path, w.browser.get(path))
    print(f"{refused} of {len(texts)} were refused in some field")
    for path in ("/", "/s/open", "/s/open/tree", "/s/open/recent", "/changes", "/changes.atom", "/s/open/recent.atom", "/search?q=script",
                 "/search?q=alert&type=article", "/p/editor.one"):
        good(path, w.browser.get(path))


def in_threads(w, texts):
    for text in texts:
        a = good(f"post {text!r}", w.api("POST", f"articles/{w.id}/threads", {"title": " ".join(text.split())[:200], "body": text}))
        if a.status == 201:
            page = good(f"thread of {text!r}", w.browser.get(f"/a/{w.id}/talk"))
            found = re.search(rf'href="(/a/{w.id}[\w-]*/talk/[\w-]+)"', page.text)
            check(found is not None, "the thread is listed")
            if found:
                good(f"thread of {text!r}", w.browser.get(found.group(1)))


def in_names(w, texts):
    """Names of groups, people and spaces go through the command line, as far as an argument can hold them."""
    texts = [t for t in texts if "\0" not in t][:40 if not LONG else 400]
    for i, text in enumerate(texts):
        name = "--name=" + " ".join(text.split())[:150]
        for words in (("group", "add", f"hostile{i}"), ("person", "add", f"hostile{i}"), ("space", "add", f"hostile{i}"))[:3 if i < 30 else 2]:
            r = w.s.cli(*words, name, check=False)
            check(r.returncode in (0, 1), f"{words} {name!r}: {r.returncode} {r.stderr}")
        w.s.cli("grant", "open", f"hostile{i}", "read", check=False)
        w.s.cli("group", "member", "editors", f"hostile{i}", check=False)
    admin = harness.Browser(w.s)
    admin.sign_in("root.admin")
    for path in ("/people", "/people?q=script", "/p/hostile0", "/g/editors", "/g/hostile0", "/spaces", "/s/open", "/s/open/settings", "/admin",
                 "/s/open/audiences", "/admin/people", "/admin/groups", "/admin/spaces", "/admin/access", "/admin/audit",
                 "/admin/people/hostile0", "/admin/groups/hostile0"):
        for browser in (w.browser, admin):
            good(path, browser.get(path))


def in_queries(w, texts):
    for text in texts:
        try:
            q = urllib.parse.quote(text[:2000])
        except UnicodeEncodeError:
            continue
        for path in (f"/search?q={q}", f"/suggest?q={q}", f"/search?q=x&space={q}&tag={q}&author={q}&lang={q}&sort={q}&after={q}"):
            good(path[:80], w.browser.get(path))
        a = good(f"api search {text[:60]!r}", w.api("GET", f"search?q={q}"))
        if a.status == 200:
            for hit in a.json["hits"]:
                faults = Reader(hit["snippet"], text=True).faults
                check(not faults and not re.search("<(?!/?mark>)", hit["snippet"]), f"snippet {hit['snippet']!r}: {faults}")


# ---- queries, paths and redirects that lead elsewhere

def led_home(what, answer):
    """A redirect leads to our own pages or nowhere."""
    where = answer.header("location")
    ours = where is None or (re.match(r"/(?![/\\])[^\\\x00-\x20]*$", where) and not re.match(r"/+%(2f|5c)", where, re.I))
    check(ours, f"{what}: leads to {where!r}")


def raw_paths(w, lines):
    """As they stand, and in percent escapes: the gate sees what a browser would never send."""
    for line in lines:
        for target in {line if line.startswith("/") else "/" + line, "/static/" + line, "/w/" + urllib.parse.quote(line, safe=""),
                       "/a/" + urllib.parse.quote(line, safe="")}:
            request = f"GET {target} HTTP/1.1\r\nHost: {w.s.host}\r\nAuthorization: Bearer {w.token}\r\n\r\n".encode()
            raw = w.s.raw(request)
            answers = harness.parse(raw or b"")
            if check(answers and len(answers) == 1, f"{target!r}: {raw and raw[:200]!r}"):
                good(repr(target), answers[0])
                led_home(repr(target), answers[0])
                check(b"root:" not in answers[0].body and b"[extensions]" not in answers[0].body, f"{target!r} reads a file")


def redirects(w, lines):
    for i, line in enumerate(lines):
        headers = dict(w.browser.headers(), Origin=w.s.origin, **{"Content-Type": "application/x-www-form-urlencoded"})
        csrf = w.browser.csrf("/settings") if i == 0 else csrf
        for next in (line, line.lstrip("/"), "https:" + line, "\\" + line, "/\t" + line):
            body = urllib.parse.urlencode({"csrf": csrf, "lang": "en", "next": next})
            a = good(f"next {next!r}", w.s.request("POST", "/lang", body, headers))
            led_home(f"next {next!r}", a)
        query = urllib.parse.quote(line, safe="")
        led_home(f"login {line!r}", good(f"login {line!r}", w.browser.get("/login?next=" + query)))
        if i % (1 if LONG else 25) == 0:
            browser = harness.Browser(w.s)
            page = browser.get("/login?next=" + query)
            fields = {"login": "editor.one", "password": PASSWORD, "next": line}
            a = browser.post("/login", **fields) if page.status == 200 else page
            led_home(f"signing in with {line!r}", good(f"signing in with {line!r}", a))


def main():
    print("seed", SEED)
    rng = random.Random(SEED)
    texts = payloads()
    sample = OWN + rng.sample(texts, len(texts) // SHARE)
    with harness.Server(SETTINGS) as s:
        w = World(s)
        began = time.monotonic()

        def part(name, run, *args):
            nonlocal began
            run(w, *args)
            print(f"{name}: {time.monotonic() - began:.0f} s")
            began = time.monotonic()

        part("bodies", in_bodies, texts)
        part("fields", in_fields, sample)
        part("threads", in_threads, rng.sample(sample, len(sample) // (1 if LONG else 3)))
        part("names", in_names, sample)
        part("queries", in_queries, OWN + rng.sample(sample, len(sample) // (1 if LONG else 3)))
        own = {"sql-injection.txt": ["' OR '1'='1", "1; DROP TABLE article--", "%27%20OR%201=1"],
               "path-traversal.txt": ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "%c0%ae%c0%ae/"],
               "crlf-injection.txt": ["/%0d%0aSet-Cookie:crlf=injection", "/%0aSet-Cookie:crlf=injection"],
               "open-redirect.txt": ["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example", "///evil.example"]}
        for name in own:
            lines = data(name)
            if lines is None:
                check.skip(f"{name}: no test data")
            own[name] += lines or []
        share = lambda lines: lines[:5] + rng.sample(lines, len(lines) // (1 if LONG else 4))
        part("sql", in_queries, share(own["sql-injection.txt"]))
        part("paths", raw_paths, share(own["path-traversal.txt"]) + own["crlf-injection.txt"] + share(own["sql-injection.txt"]))
        part("redirects", redirects, share(own["open-redirect.txt"]) + own["crlf-injection.txt"])
        part("stalling", stalling)
        check(s.process.poll() is None and s.get("/health").status == 200, "the server still stands")
        for words in ("check", "audit verify"):
            check(s.cli(*words.split(), check=False).returncode == 0, words)
    return check.end()


sys.exit(main())
