#!/usr/bin/env python3
"""Who gets past the guard: sessions, tokens, where forms come from, entity tags, limits (security.md 3.1, 4.4-4.8, 5.3)."""
import html
import os
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ABSENT = "/a/0123456789abc"


def forms(s, b):
    """POST /lang changes nothing that matters, and answers 303 when it is let through."""
    fields = {"csrf": b.csrf("/"), "lang": "en", "next": "/"}

    def post(headers, fields=fields):
        return s.request("POST", "/lang", urllib.parse.urlencode(fields), {**b.headers(), **FORM, **headers}).status

    ours = {"Origin": s.origin}
    check(post(ours) == 303, "a form of our own")
    check(post({"Referer": s.origin + "/settings"}) == 303, "without Origin the Referer counts")
    check(post({**ours, "Sec-Fetch-Site": "same-origin"}) == 303, "same-origin")
    for name, headers in [
        ("neither Origin nor Referer", {}), ("Origin null", {"Origin": "null"}), ("another origin", {"Origin": "http://evil.example"}),
        ("https instead of http", {"Origin": s.origin.replace("http", "https")}), ("another port", {"Origin": "http://127.0.0.1:1"}),
        ("cross-site", {**ours, "Sec-Fetch-Site": "cross-site"}), ("same-site", {**ours, "Sec-Fetch-Site": "same-site"}),
        ("another referer", {"Referer": "http://evil.example/" + s.origin}), ("a longer referer", {"Referer": s.origin + ".evil.example/"}),
    ]:
        check(post(headers) == 403, f"{name} is refused")
    for name, token in [("no token", ""), ("a random token", "A" * 86), ("a token of another session", harness.Browser(s).csrf("/login"))]:
        check(post(ours, {**fields, "csrf": token}) == 403, f"{name} is refused")
    check(s.request("POST", "/lang", urllib.parse.urlencode(fields), {**FORM, **ours}).status == 403, "a token without its cookie")
    check(b.csrf("/") != b.csrf("/"), "tokens are masked afresh")
    head = {**b.headers(), **FORM, **ours}
    a = s.request("POST", ABSENT + "/edit", "csrf=wrong", head)
    check(a.status == 403, "CSRF is refused before anything is looked up")
    twice = urllib.parse.urlencode(list(fields.items()) + [("lang", "ru")])
    check(s.request("POST", "/lang", twice, head).status == 400, "a field that comes twice")


def tokens(s):
    read, write = s.token("anna", "read"), s.token("anna", "write")
    body = {"space": "desk", "title": "T", "body": "B", "comment": "c"}
    check(s.api("GET", "me", read).status == 200, "a token signs in")
    check(s.api("POST", "articles", read, body).status == 403, "a read token does not write")
    by_token = lambda token: {"Authorization": "Bearer " + token, "Accept-Language": "en", **FORM}
    page = lambda: s.request("GET", "/", headers=by_token(read)).text
    check(s.request("POST", "/lang", "lang=ru", by_token(read)).status == 403, "nor does it choose the person's language")
    check('<html lang="en">' in page(), "which stays as it was")
    check(s.request("POST", "/lang", "lang=ru", by_token(write)).status == 303, "a write token may")
    check('<html lang="ru">' in page(), "and has")
    check(s.request("POST", "/lang", "lang=en", by_token(write)).status == 303, "and back")
    a = s.api("POST", "articles", write, body)
    check(a.status == 201, "a write token does, without CSRF")
    article = a.json["id"]
    check(s.api("PUT", "articles/" + article, read, {"base": 1}).status == 403, "read scope: 403 on what may be read")
    check(s.api("PUT", "articles/0123456789abc", read, {"base": 1}).status == 404, "and 404 on what may not")
    for name, headers in [("a token with a cookie", {"Authorization": "Bearer " + read, "Cookie": "a=b"})]:
        check(s.request("GET", "/api/v1/me", headers=headers).status == 400, name)
    check(s.api("GET", "me", "x" * 43).status == 401, "an unknown token")
    check(s.api("GET", "me", read[:-1]).status == 401, "a token cut short")
    for extra, status in [({"unknown": 1}, 422), ({"title": 5}, 422)]:
        check(s.api("POST", "articles", write, {**body, **extra}).status == status, f"{extra} is refused")
    head = {"Authorization": "Bearer " + write, "Content-Type": "application/json"}
    for text in ("{", '{"a":1,"a":2}', "[" * 40 + "]" * 40, "{} x", '{"a":NaN}', "[]", ""):
        check(s.request("POST", "/api/v1/articles", text, head).status == 400, f"{text[:20]!r} is malformed")
    check(s.request("POST", "/api/v1/articles", "a=b", {**head, **FORM}).status == 415, "a form for a program")
    return article


def hidden_and_absent(s, b, article):
    """Otto reads nothing of the desk."""
    otto, fresh = s.token("otto"), "0123456789abc"
    for method, path, body in [("GET", "", None), ("PUT", "", {"base": 1}), ("PUT", "", {"nonsense": []}), ("DELETE", "", None), ("GET", "/revisions", None)]:
        hidden = s.api(method, "articles/" + article + path, otto, body)
        absent = s.api(method, "articles/" + fresh + path, otto, body)
        odd = s.api(method, "articles/odd" + path, otto, body)
        same = {"status": hidden.status, **{k: v for k, v in hidden.json["error"].items() if k != "id"}}
        for other in (absent, odd):
            told = {"status": other.status, **{k: v for k, v in other.json["error"].items() if k != "id"}}
            check(same == told, f"{method} {path}: hidden and absent are told apart")
        check([k for k, _ in hidden.headers] == [k for k, _ in absent.headers], "also by their headers")
        check(hidden.status == 404, f"{method} {path}: {hidden.status}")
    for path in ("/a/" + article, ABSENT, "/nothing", "/s/desk", "/s/none"):
        check(s.get(path).status == 303, f"anonymous: {path}")
        check(s.get("/api/v1" + path).status == 401, f"anonymous program: {path}")
        check(s.request("POST", path, "a=b", FORM).status in (401, 405), f"anonymous form: {path}")


def tags(s, b):
    a = b.get("/")
    tag = a.header("etag")
    check(a.header("cache-control") == "private, no-cache" and tag, "a page may be kept by its reader")
    check(b.get("/").header("etag") == tag, "its tag does not hang on the CSRF token")
    c = b.get("/", **{"If-None-Match": tag})
    check(c.status == 304 and not c.body, "unchanged is told so")
    check(c.header("content-security-policy") == a.header("content-security-policy"), "with every header")
    check(b.get("/", **{"If-None-Match": f'"x", {tag}'}).status == 304, "among others")
    check(b.get("/", **{"If-None-Match": '"x"'}).status == 200, "another tag")
    check(b.get("/", **{"Accept-Language": "ru", "If-None-Match": tag}).status in (200, 304), "another language")
    other = harness.Browser(s)
    other.sign_in("anna")
    check(other.get("/").header("etag") != tag, "another account has another tag")
    check(other.get("/", **{"If-None-Match": tag}).status == 200, "and gets its own page")
    check(other.get(ABSENT, **{"If-None-Match": "*"}).status == 404, "rights come before tags")
    check(other.get("/admin/people").status == 404, "pages of a duty are absent for others")


def sessions(s, b):
    check(b.cookies.get("devon") and s.get("/").status == 303, "a session is a cookie")
    forged = harness.Browser(s)
    forged.cookies = {"devon": "A" * 43}
    check(forged.get("/").status == 303, "an unknown session is nobody")
    check("devon" not in forged.cookies or forged.cookies["devon"] == "A" * 43, "and is not adopted")
    old = dict(b.cookies)
    a = b.post("/logout")
    check(a.status == 303 and a.header("clear-site-data") == '"cache", "storage"', "signing out clears the browser")
    b.cookies = old
    check(b.get("/").status == 303, "and ends the session on the server")


def limits():
    with harness.Server("rate_token = 5\nrate_sign_in = 4\n") as s:
        s.cli("space", "add", "desk")
        token = s.token("root.admin")
        got = [s.api("GET", "spaces", token) for _ in range(7)]
        check([a.status for a in got] == [200] * 5 + [429] * 2, "a token has its limit")
        check(int(got[-1].header("retry-after")) >= 1 and got[-1].json["error"]["code"] == "too_many", "and is told when to come again")
        check(s.get("/health").status == 200, "others are not touched")


def behind_a_proxy():
    """A proxy may write its own line below the client's: what stands nearest to us counts."""
    with harness.Server("proxies = 127.0.0.1, 10.0.0.1\n") as s:
        token = s.token("root.admin")
        for lines, expected in [
            (["10.1.2.3"], "10.1.2.3"), (["9.9.9.9, 10.1.2.3"], "10.1.2.3"), (["9.9.9.9", "10.1.2.3"], "10.1.2.3"),
            (["9.9.9.9, 10.1.2.3", "10.0.0.1"], "10.1.2.3"), (["10.1.2.3", "bad"], "127.0.0.1"), ([], "127.0.0.1"),
        ]:
            head = "".join(f"X-Forwarded-For: {line}\r\n" for line in lines)
            body = '{"key":"%s"}' % os.urandom(4).hex()
            s.raw((f"POST /api/v1/groups HTTP/1.1\r\nHost: {s.host}\r\nAuthorization: Bearer {token}\r\n{head}"
                   f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
            row = s.api("GET", "audit?action=group.add", token).json["items"][0]
            check(row["address"] == expected, f"{lines}: {row['address']}")


def fill_disk(s):
    with open(s.config, "w") as f:
        f.write("free_mib = 1000000000\n")


def commands(s):
    """Those of the host are held to it as well, served or not."""
    path = os.path.join(s.folder, "a.jsonl")
    with open(path, "w") as f:
        f.write('{"title": "T", "text": "B"}\n')
    for words in ("person add new.one", "person set root.admin --phone 1", "group add g", "group member g root.admin", "office add o",
                  "space add s", "grant desk staff read", "token create root.admin", f"import --space desk {path}", f"term import {path}"):
        r = s.cli(*words.split(), check=False)
        check(r.returncode == 1 and "nearly full" in r.stderr, f"{words}: {r.returncode} {r.stderr}")
    for words in ("person list", "group list", "office list", "space list", "term list", "status", "audit verify",
                  f"export {s.folder}/out-{s.port}", f"backup {s.folder}/copy-{s.port}", "person disable temp.one"):
        r = s.cli(*words.split(), check=False)
        check(r.returncode == 0, f"{words} goes on: {r.returncode} {r.stderr}")


def full_disk():
    """Security.md 9.4: no room for so much means that writes are refused and reading goes on."""
    with harness.Server(serve=False) as s:
        s.cli("space", "add", "desk")
        s.cli("person", "add", "temp.one")
        token = s.token("root.admin")
        fill_disk(s)
        commands(s)
        s.start()
        commands(s)
        b = harness.Browser(s)
        check(b.log_in("root.admin").status == 303 and b.get("/").status == 200, "signing in and reading go on")
        check(s.api("GET", "spaces", token).status == 200, "for programs too")
        a = s.api("POST", "articles", token, {"space": "desk", "title": "T", "body": "B"})
        check(a.status == 503 and a.header("retry-after"), "a full disk refuses a program's write")
        check(s.api("PUT", "articles/0123456789abc", token, {"base": 1}).status == 503, "whatever it names")
        a = b.post("/settings", lang="en")
        check(a.status == 503 and a.header("retry-after"), "and a form")
        check(b.post("/logout").status == 303, "one can sign out")


def texts_on_a_full_disk():
    """What was typed comes back with the answer, so that nothing is lost; what is hidden stays so."""
    with harness.Server() as s:
        s.cli("space", "add", "desk")
        s.cli("space", "add", "vault")
        for login, group, space in (("anna", "writers", "desk"), ("otto", "others", "vault")):
            s.cli("person", "add", login, "--password-stdin", stdin=harness.PASSWORD + "\n")
            s.cli("group", "add", group)
            s.cli("group", "member", group, login)
            s.cli("grant", space, group, "write")
        token, other = s.token("anna"), s.token("otto")
        article = s.api("POST", "articles", token, {"space": "desk", "title": "Open", "body": "B"}).json["id"]
        secret = s.api("POST", "articles", other, {"space": "vault", "title": "Closed", "body": "B"}).json["id"]
        thread = s.api("POST", f"articles/{article}/threads", token, {"title": "T", "body": "B"}).json["id"]
        b = harness.Browser(s)
        b.sign_in("anna")
        s.stop()
        fill_disk(s)
        s.start()
        talk = f"/a/{article}/talk"
        text = {"body": "First line & <second>\r\nthird qwerttyped", "title": "My \u201ctitle\u201d", "comment": "mine", "tags": "one, two"}
        for path, more in (
            (f"/a/{article}/edit", {"base": "1", "form_key": "k1"}), ("/new", {"space": "desk"}),
            (talk, {}), (f"{talk}/{thread}", {}), (f"{talk}/{thread}/1/edit", {}),
        ):
            names = ["body"] if "/talk/" in path else ["body", "title"] if path == talk else list(text)
            a = b.post(path, **{n: text[n] for n in names}, **more)
            check(a.status == 503 and a.header("retry-after"), f"{path}: {a.status}")
            shown = html.unescape(a.text)
            for name in names:
                check(text[name].replace("\r\n", "\n") in shown.replace("\r\n", "\n"), f"{path} gives back what was typed as {name}")
            check("nearly full" in shown and 'name="csrf"' in shown, f"{path} says why, and can be sent again")
        gone = [b.post(f"/a/{id}/edit", base="1", **text) for id in (secret, "0123456789abc")]
        check([a.status for a in gone] == [404, 404], "hidden and absent stay one")
        check(s.api("GET", "articles/" + article, token).json["revision"]["number"] == 1, "nothing was saved")


def main():
    with harness.Server() as s:
        s.cli("space", "add", "desk")
        for login, group, level in (("anna", "writers", "write"), ("otto", "others", "none")):
            s.cli("person", "add", login, "--password-stdin", stdin=harness.PASSWORD + "\n")
            s.cli("group", "add", group)
            s.cli("group", "member", group, login)
            s.cli("grant", "desk", group, level)
        b = harness.Browser(s)
        check(b.log_in("root.admin").status == 303, "signed in")
        forms(s, b)
        article = tokens(s)
        hidden_and_absent(s, b, article)
        tags(s, b)
        sessions(s, b)
        check("error" not in s.log_text(), "nothing failed: " + s.log_text()[-300:])
    limits()
    behind_a_proxy()
    full_disk()
    texts_on_a_full_disk()
    return check.end()


sys.exit(main())
