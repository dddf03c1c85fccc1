#!/usr/bin/env python3
"""Attachments: who adds, gets and removes them, how they are sent, what is refused, what is found of them; documents that
lie or blow up; and every document of the test data."""
import glob
import json
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import documents
import extract_child
import harness
from documents import TYPES, docx, packed, paragraph

check = harness.Checks()
SETTINGS = "rate_save = 1000000\nrate_token = 1000000\nrate_upload = 1000000\nrate_upload_day = 1000000\n" \
           "rate_search = 1000000\n"
PNG = (b"\x89PNG\r\n\x1a\n" b"\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0CRC4"
       b"\0\0\0\x01IDATxCRC4" b"\0\0\0\x06tEXtsecretCRC4" b"\0\0\0\0IENDCRC4")
BOUNDARY = "----devon-test"


def ground(s):
    s.cli("space", "add", "open")
    s.cli("space", "add", "closed")
    for login, group, space, level in (("editor.one", "editors", "open", "write"), ("reader.one", "readers", "open", "read"),
                                       ("manager.one", "managers", "open", "manage"), ("other.one", "others", "closed", "write")):
        s.cli("person", "add", login, "--password-stdin", stdin=harness.PASSWORD + "\n")
        s.cli("group", "add", group)
        s.cli("group", "member", group, login)
        s.cli("grant", space, group, level)
    return {login: s.token(login + ".one") for login in ("editor", "reader", "manager", "other")}


def article(s, token, space="open", title="Rules of visas", **more):
    a = s.api("POST", "articles", token, dict({"space": space, "title": title, "body": "Text"}, **more))
    assert a.status == 201, a.text
    return a.json["id"]


def send(s, token, id, name, content, **headers):
    h = {"Authorization": "Bearer " + token, "Content-Type": "application/octet-stream"}
    return s.request("POST", f"/api/v1/articles/{id}/files?name={urllib.parse.quote(name)}", content, dict(h, **headers))


def multipart(fields, file=None):
    body = b"".join(b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
                    % (BOUNDARY.encode(), k.encode(), v.encode()) for k, v in fields.items())
    if file:
        body += b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n' \
                b"Content-Type: text/html\r\n\r\n%s\r\n" % (BOUNDARY.encode(), file[0].encode(), file[1])
    return body + b"--%s--\r\n" % BOUNDARY.encode()


def submit(b, id, file, token=None, **more):
    """The form of the page, as a browser sends it."""
    token = b.csrf(f"/a/{id}/files") if token is None else token
    h = {"Origin": b.server.origin, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **more}
    return b.ask("POST", f"/a/{id}/files", multipart({"csrf": token}, file), **h)


def files(s, token, id):
    return s.api("GET", f"articles/{id}/files", token).json["items"]


def read_all(s, token, id):
    s.cli("index", "--wait")
    return {f["name"]: f for f in files(s, token, id)}


def found(s, token, query):
    return [(h["type"], h["title"]) for h in s.api("GET", "search?q=" + urllib.parse.quote(query), token).json["hits"]]


def rights(s, tokens):
    id = article(s, tokens["editor"])
    hidden = article(s, tokens["other"], "closed", "Hidden rules")
    added = send(s, tokens["editor"], id, "viza.txt", "zirkoniy qoidasi".encode())
    check(added.status == 201 and added.json["text"] == "pending", f"an editor adds: {added.status} {added.text}")
    file = added.json
    check(send(s, tokens["editor"], id, "viza.txt", "zirkoniy qoidasi".encode()).json["id"] == file["id"],
          "the same again is the same file")
    check(send(s, tokens["editor"], id, "viza.txt", b"other").status == 422, "another of the same name is refused")
    check(send(s, tokens["reader"], id, "b.txt", b"x").status == 403, "a reader adds nothing")
    check(send(s, tokens["other"], id, "b.txt", b"x").status == 404, "for others there is no such article")
    check(send(s, tokens["other"], "0" * 13, "b.txt", b"x").text.split('"id"')[0]
          == send(s, tokens["other"], id, "b.txt", b"x").text.split('"id"')[0], "as for an absent one")
    get = lambda who, f: s.request("GET", f["url"], headers={"Authorization": "Bearer " + tokens[who]})
    check(get("reader", file).body == "zirkoniy qoidasi".encode(), "a reader gets it")
    check(get("other", file).status == 404, "others do not")
    secret = send(s, tokens["other"], hidden, "plan.txt", "zirkoniy rejasi".encode()).json
    check(get("editor", secret).status == 404, "nor is a hidden file there for who edits elsewhere")
    check(s.api("DELETE", "files/" + file["id"], tokens["reader"]).status == 403, "a reader removes nothing")
    check(s.api("DELETE", "files/" + secret["id"], tokens["editor"]).status == 404, "nor does who does not see it")
    check(s.request("GET", file["url"]).status == 303, "anonymous is sent to sign in")
    read_all(s, tokens["editor"], id)
    check(found(s, tokens["reader"], "zirkoniy") == [("file", "viza.txt")], f"found by its text: {found(s, tokens['reader'], 'zirkoniy')}")
    check(found(s, tokens["other"], "zirkoniy") == [("file", "plan.txt")], "each finds only one's own")
    check(found(s, tokens["reader"], "type:file viza") == [("file", "viza.txt")], "found by its name among files")
    check(found(s, tokens["reader"], "type:article zirkoniy") == [], "and not among articles")
    hit = s.api("GET", "search?q=zirkoniy", tokens["reader"]).json
    check("<mark>zirkoniy</mark>" in hit["hits"][0]["snippet"] and hit["hits"][0]["url"] == file["url"], "with its passage")
    check([(v["value"], v["count"]) for v in hit["facets"]["type"]] == [("file", 1)], f"counted: {hit['facets']['type']}")
    # What becomes of the article becomes of its files.
    s.api("DELETE", "articles/" + id, tokens["manager"])
    check(get("reader", file).status == 404 and get("manager", file).status == 200, "in the trash with its article")
    check(send(s, tokens["manager"], id, "c.txt", b"x").status == 403, "nothing is added in the trash")
    s.cli("index", "--wait")
    check(found(s, tokens["reader"], "zirkoniy") == [], "and not found there")
    s.api("POST", f"articles/{id}/restore", tokens["manager"])
    s.cli("index", "--wait")
    check(found(s, tokens["reader"], "zirkoniy") == [("file", "viza.txt")], "and back with it")
    s.cli("group", "member", "readers", "reader.one", "--remove")
    check(get("reader", file).status == 404, "a right that ended ends at once")
    check(found(s, tokens["reader"], "zirkoniy") == [], "in search as well")
    s.cli("group", "member", "readers", "reader.one")
    check(s.api("DELETE", "files/" + file["id"], tokens["editor"]).status == 204, "an editor removes it")
    check(get("editor", file).status == 404 and files(s, tokens["editor"], id) == [], "then it is gone")
    s.cli("index", "--wait")
    check(found(s, tokens["reader"], "zirkoniy") == [] and s.cli("index", "--check", check=False).returncode == 0,
          "from search too, and the index is what the record says")


def pages(s, tokens):
    id = article(s, tokens["editor"], title="With a form")
    b = harness.Browser(s)
    b.sign_in("editor.one")
    page = b.get(f"/a/{id}/files").text
    check('enctype="multipart/form-data"' in page and 'type="file"' in page, "the form needs no script")
    check(submit(b, id, ("C:\\papers\\Bayonnoma “1”.txt".replace("“", "").replace("”", ""), b"words")).status == 303,
          "a form adds")
    listed = files(s, tokens["editor"], id)
    check([f["name"] for f in listed] == ["Bayonnoma 1.txt"], f"without the path: {[f['name'] for f in listed]}")
    check("Bayonnoma 1.txt" in b.get(f"/a/{id}").text, "the article's page lists it")
    check(submit(b, id, ("x.txt", b"w"), token="wrong").status == 403, "not without the form's token")
    check(submit(b, id, ("x.txt", b"w"), Origin="https://elsewhere.example").status == 403, "not from elsewhere")
    answer = submit(b, id, ("x.exe", b"MZ"))
    check(answer.status == 422 and "cannot be attached" in answer.text, "the form says what is wrong")
    check(submit(b, id, ("", b"")).status == 422, "nothing chosen")
    picture = submit(b, id, ("seal.png", PNG), Accept="application/json")
    check(picture.status == 201 and picture.json["name"] == "seal.png", "the editor's script gets an address")
    paper = send(s, tokens["editor"], id, "paper.txt", b"words").json["url"]
    text = f'![paper]({paper}) ![The seal]({picture.json["url"]}) ![x]({picture.json["url"][:-8]}) ![no](/f/0000000000000/a.png)'
    current = s.api("GET", "articles/" + id, tokens["editor"]).json["revision"]["number"]
    s.api("PUT", "articles/" + id, tokens["editor"], {"base": current, "body": text})
    shown = re.findall(r'<img[^>]*src="([^"]*)"', b.get("/a/" + id).text)
    check('<img loading="lazy" width="640" height="480" src=' in b.get("/a/" + id).text,
          "its place is kept free until it comes")
    check(shown == [picture.json["url"]] * 2, f"own pictures are shown: {shown}")
    other = article(s, tokens["other"], "closed", "Its picture is hidden")
    plan = send(s, tokens["other"], other, "plan.png", PNG).json["url"]
    s.api("PUT", "articles/" + id, tokens["editor"], {"base": current + 1, "body": f"![secret]({plan})"})
    check("<img" not in b.get("/a/" + id).text, "hidden ones are not")
    saving_data(s, tokens, id, picture.json["url"], plan)
    b.post(f"/f/{picture.json['id']}/remove")
    r = harness.Browser(s)
    r.sign_in("reader.one")
    check('type="file"' not in r.get(f"/a/{id}/files").text and "/remove" not in r.get(f"/a/{id}/files").text,
          "readers see no forms")
    check(b.post(f"/f/{listed[0]['id']}/remove").status == 303, "a form removes")
    check(not any(f["name"].startswith("Bayonnoma") for f in files(s, tokens["editor"], id)), "then it is gone")
    draft = article(s, tokens["editor"], title="My draft", status="draft")
    file = send(s, tokens["editor"], draft, "d.txt", b"kvazar").json
    check(s.request("GET", file["url"], headers={"Authorization": "Bearer " + tokens["manager"]}).status == 404,
          "files of a draft are its creator's alone")
    s.cli("index", "--wait")
    check(found(s, tokens["editor"], "kvazar") == [], "and in no index")


def saving_data(s, tokens, id, shown, hidden):
    """Who saves data gets a link that says how large the picture is; of a hidden one nobody is told."""
    def write(text):
        current = s.api("GET", "articles/" + id, tokens["editor"]).json["revision"]["number"]
        s.api("PUT", "articles/" + id, tokens["editor"], {"base": current, "body": text})

    b = harness.Browser(s)
    b.sign_in("editor.one")
    big = article(s, tokens["editor"], title="Has a large picture")
    large = send(s, tokens["editor"], big, "large.png", PNG.replace(
        b"\0\0\0\x01IDATx", (250000).to_bytes(4, "big") + b"IDAT" + b"x" * 250000)).json["url"]
    write(f"![Muhr]({large})\n\n![secret]({hidden})\n\n![absent](/f/0000000000000/plan.png)")
    words = {"en": "Show image (244\u00a0KB): Muhr", "ru": "Показать изображение (244\u00a0КБ): Muhr",
             "uz-Latn": "Rasmni koʻrsatish (244\u00a0KB): Muhr", "uz-Cyrl": "Расмни кўрсатиш (244\u00a0КБ): Muhr"}
    for lang, link in words.items():
        b.post("/settings", lang=lang, theme="auto", ease="1", save_data="1")
        page = b.get("/a/" + id).text
        check("<img" not in page and f'<a href="{large}">{link}</a>' in page, f"{lang}: the size is told")
        sealed = re.search(r"<p>(<[^\n]*secret[^\n]*)</p>", page)
        absent = re.search(r"<p>(<[^\n]*absent[^\n]*)</p>", page)
        check(sealed and absent and sealed.group(1).replace(hidden, "/f/0000000000000/plan.png").replace("secret", "absent")
              == absent.group(1), f"{lang}: a hidden picture is as an absent one")
    write(f"![]({shown})")
    check(re.search(f'<a href="{shown}">Расмни кўрсатиш \\(\\d+\u00a0Б\\)</a>', b.get("/a/" + id).text), "without a description")
    b.post("/settings", lang="", theme="auto", ease="1")
    check("<img" in b.get("/a/" + id).text, "the others see the picture")


def headers(s, tokens):
    id = article(s, tokens["editor"], title="Sent as it should be")
    show = lambda f: s.request("GET", f["url"], headers={"Authorization": "Bearer " + tokens["editor"]})
    evil = show(send(s, tokens["editor"], id, "page.txt", b"<script>alert(1)</script>").json)
    check(evil.header("content-type") == "text/plain; charset=utf-8" and evil.header("x-content-type-options") == "nosniff"
          and evil.header("content-security-policy") == "sandbox; default-src 'none'"
          and evil.header("content-disposition").startswith("attachment;"), f"text is not run: {evil.headers}")
    name = 'Ҳужжат "1"; filename=evil.html %41.txt'
    odd = show(send(s, tokens["editor"], id, name, b"x").json).header("content-disposition")
    check(re.fullmatch(r"attachment; filename=\"[ -~]*\"; filename\*=UTF-8''[A-Za-z0-9.%_~-]+", odd)
          and odd.split('"')[1].count('"') == 0 and urllib.parse.unquote(odd.split("''")[1]) == name, f"a hostile name: {odd}")
    picture = show(send(s, tokens["editor"], id, "a.png", PNG).json)
    check(picture.header("content-disposition").startswith("inline;") and picture.header("content-type") == "image/png",
          "a picture may be shown")
    check(b"secret" not in picture.body and b"IDATx" in picture.body, "without what was written about it")
    for bad, content in (("a.html", b"<p>"), ("a.svg", b"<svg>"), ("a.pdf", b"MZ"), ("a.docx", b"PK\3\4"), ("a", b"x"),
                         ("a.txt\u202egpj.txt", b"x"), ("../../x.txt/", b"x"), ("a.txt", b""), (".txt", b"x"), ("", b"x"),
                         ("b" * 300 + ".txt", b"x"), ("a\x01.txt", b"x"), ("a.png", b"\x89PNG\r\n\x1a\nbroken"),
                         ("m.docx", packed(**{"[Content_Types].xml": TYPES, "word/document.xml": "x", "word/vbaProject.bin": "x"}))):
        answer = send(s, tokens["editor"], id, bad, content)
        check(answer.status == 422 and answer.json["error"]["field"] == "file", f"{bad!r} is refused: {answer.status}")
    up = send(s, tokens["editor"], id, "../../etc/x.txt", b"x")
    check(up.status == 201 and up.json["name"] == "x.txt", "of a path only the name is taken")
    stored = [p for p in glob.glob(s.data + "/files/**", recursive=True) if os.path.isfile(p)]
    check(stored and all(re.search(r"/files/([0-9a-f]{2})/\1[0-9a-f]{62}$", p) and os.stat(p).st_mode & 0o777 == 0o600
                         for p in stored), "contents lie under hashes, for their owner alone")


def limits(s, tokens):
    id = article(s, tokens["editor"], title="Large ones")
    large = b"%PDF-1.4\n" + os.urandom(25 * 1024 * 1024 - 9)
    check(send(s, tokens["editor"], id, "large.pdf", large).status == 201, "25 MiB are taken")
    check(s.request("GET", files(s, tokens["editor"], id)[0]["url"], headers={"Authorization": "Bearer " + tokens["editor"]}).body
          == large, "and come back as they are")
    before = memory(s)
    with s.connect() as c:
        c.sendall(f"POST /api/v1/articles/{id}/files?name=slow.pdf HTTP/1.1\r\nHost: {s.host}\r\nContent-Length: {len(large)}\r\n"
                  f"Content-Type: application/octet-stream\r\nAuthorization: Bearer {tokens['editor']}\r\n\r\n".encode())
        c.sendall(large[:20 << 20])
        check(memory(s) - before < 6 * 1024, f"they cost no memory on their way: {memory(s) - before} KiB")
        c.sendall(large[20 << 20:])
        check(harness.parse(harness.read_all(c))[0].status == 201, "and arrive")
    check(send(s, tokens["editor"], id, "more.pdf", large + b"x").status == 422, "one byte more is too much")
    check(send(s, tokens["editor"], id, "more.pdf", large + b"x" * (2 << 20)).status == 413, "far more is not even taken in")
    h = {"Authorization": "Bearer " + tokens["editor"], "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    for path, mib in ((f"/a/{id}/talk", 3), ("/settings/profile", 3), (f"/a/{id}/edit", 5)):
        check(s.request("POST", path, b"x" * (mib << 20), h).status == 413, f"nor is it where no files are taken: {path}")
    check(s.request("POST", f"/api/v1/articles/{id}", b"x", {"Content-Type": "application/octet-stream"}).status in (401, 405, 415),
          "raw bodies are for files")
    check(s.api("POST", f"articles/{id}/files", tokens["editor"], {"name": "x"}).status == 422, "JSON is no file")
    body = multipart({}, ("form.txt", b"by form"))
    check(s.request("POST", f"/api/v1/articles/{id}/files", body, h).status == 201, "programs may send forms as well")
    check(s.cli("check").stdout.count("good") >= 4, "check is content")
    left = [p for p in os.listdir(s.data) if p.startswith(".upload")]
    check(left == [], f"nothing is left in the folder: {left}")


def memory(s):
    """Memory of the server that is no file, in KiB."""
    with open(f"/proc/{s.process.pid}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("RssAnon"))


def hostile(s, tokens):
    """In the server: it goes on, says why, and reads the next one."""
    id = article(s, tokens["editor"], title="Hostile ones")
    bomb = docx("<w:p/>" + " " * (40 << 20))
    xxe = docx(paragraph("&xxe;"), '<!DOCTYPE a [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>')
    for name, content in (("bomb.docx", bomb), ("xxe.docx", xxe), ("deep.docx", docx("<w:p>" * 100000)),
                          ("cut.pdf", b"%PDF-1.7\n1 0 obj<</Type/Cat"), ("good.docx", docx(paragraph("obsidian")))):
        check(send(s, tokens["editor"], id, name, content).status == 201, name + " is taken")
    got = read_all(s, tokens["editor"], id)
    check(got["good.docx"]["text"] == "read" and found(s, tokens["editor"], "obsidian") == [("file", "good.docx")],
          "the good one is read")
    for name in ("bomb.docx", "xxe.docx", "deep.docx", "cut.pdf"):
        check(got[name]["text"] == "unreadable" and got[name].get("reason"), f"{name}: {got[name]}")
    check(found(s, tokens["editor"], "bomb") == [("file", "bomb.docx")], "the others are found by their names")
    check(not s.children("extract"), "no child is left")
    status = json.loads(s.cli("status", "--json").stdout)
    check(status["files_unreadable"] >= 4 and "bomb" not in json.dumps(status), f"status counts, and tells no names")
    page = b""
    b = harness.Browser(s)
    b.sign_in("root.admin")
    page = b.get("/admin/health").text
    check("Attached files" in page, "and so does the page of health")


def killed_child(s, tokens):
    """A child that is gone twice over one file: the file is given up, with the reason, and the next is read."""
    id = article(s, tokens["editor"], title="Ended")
    check(send(s, tokens["editor"], id, "first.txt", b"basalt").status == 201, "added")
    got = read_all(s, tokens["editor"], id)
    check(got["first.txt"]["text"] == "unreadable" and got["first.txt"].get("reason"), f"given up: {got}")


def care(s, tokens):
    id = article(s, tokens["editor"], title="Kept")
    file = send(s, tokens["editor"], id, "kept.txt", "kvarts".encode()).json
    s.cli("index", "--wait")
    backup = os.path.join(s.folder, "backup")
    s.cli("backup", backup)
    with harness.Server(SETTINGS, init=False, serve=False) as other:
        other.cli("restore", backup)
        other.start()
        token = other.token("editor.one")
        back = other.request("GET", file["url"], headers={"Authorization": "Bearer " + token})
        check(back.body == b"kvarts", "a backup brings files back")
        other.cli("index", "--wait")
        check(found(other, token, "kvarts") == [("file", "kept.txt")], "and their texts")
        check(other.cli("check").returncode == 0, "check is content")
        path = next(p for p in glob.glob(other.data + "/files/*/*") if open(p, "rb").read() == b"kvarts")
        with open(path, "wb") as f:
            f.write(b"Kvarts")
        result = other.cli("check", check=False)
        check(result.returncode == 1 and "its content was changed" in result.stderr, f"a changed content shows: {result.stderr}")
        os.unlink(path)
        check(other.request("GET", file["url"], headers={"Authorization": "Bearer " + token}).status == 404,
              "a content that is gone is no fault of the server")


def corpus():
    """Every document of the test data is taken or refused with a reason, and found by its words."""
    rows = documents.corpus()
    if rows is None:
        check.skip("the documents of the test data")
        return
    with harness.Server(SETTINGS) as s:
        tokens = ground(s)
        ids = [article(s, tokens["editor"], title=f"Corpus {i}") for i in range(2)]
        taken = 0
        for i, row in enumerate(rows):
            with open(documents.path(row[0]), "rb") as f:
                answer = send(s, tokens["editor"], ids[i % 2], row[0], f.read())
            check(answer.status in (201, 422), f"{row[0]}: {answer.status}")
            taken += answer.status == 201
        s.cli("index", "--wait", timeout=300)
        states = [f for id in ids for f in files(s, tokens["editor"], id)]
        check(taken >= 100 and len(states) == taken, f"{taken} were taken")
        check(all(f["text"] in ("read", "none") or f.get("reason") for f in states), "each is read or has a reason")
        check(("file", "made-udhr-ru.pptx") in found(s, tokens["editor"], "декларация прав человека type:file"), "slides are found")
        check(("file", "made-consular-apostil-uz.odt") in found(s, tokens["editor"], "апостил type:file"),
              "Latin is found by Cyrillic")


def main():
    with harness.Server(SETTINGS) as s:
        tokens = ground(s)
        rights(s, tokens)
        pages(s, tokens)
        headers(s, tokens)
        limits(s, tokens)
        hostile(s, tokens)
        care(s, tokens)
    # The one who is asked for nothing else: it ends without a word.
    with harness.Server(SETTINGS + "extract_ms = 1000\n", serve=False) as s:
        stand_in = os.path.join(s.folder, "indexer")
        with open(stand_in, "w") as f:
            f.write(f'#!/bin/sh\ncase "$*" in *extract*) exit 1 ;; esac\nexec "{extract_child.INDEXER}" "$@"\n')
        os.chmod(stand_in, 0o755)
        s.env["DEVON_INDEXER"] = stand_in
        s.start()
        killed_child(s, ground(s))
    corpus()
    return check.end()


sys.exit(main())
