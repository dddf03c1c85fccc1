#!/usr/bin/env python3
"""Feed readers: a read token as the password of HTTP Basic, for feeds only, and no more guesses than at signing in."""
import base64
import os
import sys
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
FEEDS = ("/changes.atom", "/s/desk/recent.atom", "/search.atom?q=body")


def basic(login, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def ground(s):
    s.cli("space", "add", "desk")
    s.cli("space", "add", "vault")
    for login, space in (("anna", "desk"), ("otto", "vault")):
        s.cli("person", "add", login, "--password-stdin", stdin=harness.PASSWORD + "\n")
        s.cli("group", "add", "of-" + login)
        s.cli("group", "member", "of-" + login, login)
        s.cli("grant", space, "of-" + login, "write")
    for login, space, title in (("anna", "desk", "Qwertopen"), ("otto", "vault", "Qwertclosed")):
        s.api("POST", "articles", s.token(login), {"space": space, "title": title, "body": "Body"})
    s.cli("index", "--wait")


def led_to(s):
    """The pages lead to their feeds, and to the token that these ask for."""
    b = harness.Browser(s)
    b.sign_in("anna")
    for page, feed in (("/changes", FEEDS[0]), ("/s/desk/recent", FEEDS[1]), ("/search?q=body&sort=date", FEEDS[2])):
        text = b.get(page).text
        check(f'href="{feed}"' in text and 'href="/settings#tokens"' in text, f"{page} leads to {feed}")
    check('id="tokens"' in b.get("/settings").text, "where tokens are made")


def reading(s, read):
    for path in FEEDS:
        a = s.get(path, headers=basic("anna", read))
        check(a.status == 200 and "Qwertopen" in a.text and "Qwertclosed" not in a.text, f"{path}: {a.status}")
        check(s.request("HEAD", path, headers=basic("anna", read)).status == 200, "HEAD too")
        again = s.get(path, headers={**basic("anna", read), "If-None-Match": a.header("etag")})
        check(again.status == 304, "what did not change is not sent again")
    for path in ("/s/vault/recent.atom", "/s/absent/recent.atom"):
        check(s.get(path, headers=basic("anna", read)).status == 404, path)
    check(s.get(FEEDS[0], headers={"Authorization": "Bearer " + read}).status == 200, "Bearer goes on")


def of_a_search(s, read):
    """What holds all words, the newest first, each with its passage; a page of results leads to the feed of what it shows."""
    token, about = s.token("anna"), {"space": "desk", "tags": ["kemalar"]}
    for n, text in enumerate(("suzukanot one", "suzukanot & two", "suzukanot alone", "two alone")):
        s.api("POST", "articles", token, {**about, "title": f"Entry {n}", "body": text, "lang": "en"})
    s.cli("index", "--wait")

    def entries(query):
        answer = s.get("/search.atom?" + query, headers=basic("anna", read))
        feed = xml.etree.ElementTree.fromstring(answer.body)
        tag = lambda name: "{http://www.w3.org/2005/Atom}" + name
        times = [e.find(tag("updated")).text for e in feed.iter(tag("entry"))]
        check(times == sorted(times, reverse=True), f"the newest first: {times}")
        return sorted((e.find(tag("title")).text, e.find(tag("summary")).text) for e in feed.iter(tag("entry")))

    found = entries("q=suzukanot")
    check([t for t, _ in found] == ["Entry 0", "Entry 1", "Entry 2"], f"all of them: {found}")
    check(found[1][1] == "<mark>suzukanot</mark> &amp; two", f"the passage: {found}")
    check([t for t, _ in entries("q=suzukanot+two")] == ["Entry 1"], "only with all words")
    check(entries("q=suzukanot&tag=none") == [] and entries("q=") == [] and len(entries("q=suzukanot&tag=kemalar")) == 3, "filters")
    b = harness.Browser(s)
    b.sign_in("anna")
    check(b.get("/search.atom?q=x&after=soon").status == 422, "a date that is none")
    text = b.get("/search?q=suzukanott").text
    check('name="address" value="q=suzukanot"' in text and 'href="/search.atom?q=suzukanot"' in text, "of what is shown")
    check("The search for “suzukanot” is what will be saved." in text, "and the page says so")
    text = b.get("/search?q=suzukanott&exact=1").text
    check('name="address" value="q=suzukanott&amp;exact=1"' in text, "unless it was to be as typed")


def refusing(s, read):
    write = s.token("anna", "write")
    for what, headers in (
        ("nothing", {}), ("a wrong token", basic("anna", read[:-2] + "xx")), ("another login", basic("otto", read)),
        ("no login", basic("", read)), ("the password", basic("anna", harness.PASSWORD)), ("a write token", basic("anna", write)),
        ("no colon", {"Authorization": "Basic " + base64.b64encode(read.encode()).decode()}), ("noise", {"Authorization": "Basic ***"}),
        ("bad bytes", {"Authorization": "Basic /////w=="}), ("nothing in it", {"Authorization": "Basic  "}),
    ):
        answers = [s.get(path, headers=headers) for path in (*FEEDS, "/s/vault/recent.atom", "/s/absent/recent.atom")]
        check([a.status for a in answers] == [401] * 5, f"{what}: {[a.status for a in answers]}")
        check(all(a.header("www-authenticate").startswith("Basic ") for a in answers), f"{what}: how to sign in")
    for path in ("/", "/changes", "/s/desk", "/api/v1/changes"):
        a = s.get(path, headers=basic("anna", read))
        check(a.status == (401 if "api" in path else 303), f"{path} knows no Basic: {a.status}")
    check(s.get("/api/v1/changes").header("www-authenticate").startswith("Bearer "), "programs send Bearer")
    a = s.request("POST", "/new", "title=x", {**basic("anna", read), "Content-Type": "application/x-www-form-urlencoded"})
    check(a.status == 401, "nothing is written with it")
    b = harness.Browser(s)
    b.sign_in("anna")
    check(b.get(FEEDS[0]).status == 200, "a session reads the feed")
    check(b.get(FEEDS[0], **basic("anna", read)).status == 400, "two ways to say who one is")


def guessing():
    with harness.Server("rate_sign_in = 10\n") as s:
        ground(s)
        read = s.token("anna", "read")
        good = [s.get(FEEDS[0], headers=basic("anna", read)).status for _ in range(30)]
        check(good == [200] * 30, "who is right is not counted")
        wrong = [s.get(FEEDS[0], headers=basic("anna", "wrong")) for _ in range(14)]
        check([a.status for a in wrong][:10] == [401] * 10, "so many guesses")
        check(wrong[-1].status == 429 and wrong[-1].header("retry-after"), f"and no more: {wrong[-1].status}")
        check(s.get(FEEDS[0], headers=basic("anna", read)).status == 429, "a right one does not tell itself from wrong ones then")
        check(s.request("GET", "/health").status == 200, "others go on")


def main():
    with harness.Server("rate_sign_in = 1000000\n") as s:
        ground(s)
        read = s.token("anna", "read")
        led_to(s)
        reading(s, read)
        of_a_search(s, read)
        refusing(s, read)
        s.cli("person", "disable", "anna")
        check(s.get(FEEDS[0], headers=basic("anna", read)).status == 401, "the right ends with the account")
    guessing()
    return check.end()


sys.exit(main())
