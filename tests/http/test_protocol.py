#!/usr/bin/env python3
"""HTTP as security.md 5.1 wants it, against the real server through raw sockets: what is refused, with what, without a
hang, and never a second request run out of a body."""
import base64
import http.client
import json
import os
import re
import select
import signal
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-frame-options": "DENY",
}
PAGE_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
JSON = "Content-Type: application/json\r\n"


def only(s, data, what, status, **kw):
    """Exactly one whole answer with this status and the common headers, then the end of the connection."""
    if isinstance(data, str):
        data = data.encode("latin-1")
    raw = s.raw(data.replace(b"{host}", s.host.encode()), **kw)
    if not check(raw is not None, f"{what}: hangs"):
        return None
    answers = harness.parse(raw)
    if not check(answers is not None and len(answers) == 1, f"{what}: {raw[:300]!r}"):
        return None
    a = answers[0]
    check(a.status == status, f"{what}: {a.status}, not {status}")
    for name, value in COMMON.items():
        check([v for k, v in a.headers if k == name] == [value], f"{what}: header {name}")
    check(a.header("connection") == "close", f"{what}: not closed")
    check("charset=" in (a.header("content-type") or "") or a.status in (204, 304), f"{what}: no charset")
    check(a.header("content-security-policy") is not None, f"{what}: no policy")
    check(a.header("server") is None, f"{what}: names its version")
    check(a.header("cache-control") is not None, f"{what}: no caching rule")
    return a


def head(line="GET /health HTTP/1.1", fields="", host="Host: {host}\r\n"):
    return f"{line}\r\n{host}{fields}\r\n"


def get(target):
    return head(f"GET {target} HTTP/1.1")


def post(fields, body="", path="/login"):
    return head(f"POST {path} HTTP/1.1", fields) + body


def request_lines(s):
    for line, status in [
        ("GET /health HTTP/1.1", 200), ("GET /health HTTP/1.0", 200), ("HEAD /health HTTP/1.1", 200),
        ("GET /health?x=1 HTTP/1.1", 200), ("TRACE / HTTP/1.1", 405), ("CONNECT a:80 HTTP/1.1", 405),
        ("OPTIONS / HTTP/1.1", 405), ("OPTIONS * HTTP/1.1", 405), ("get / HTTP/1.1", 405), ("FOO / HTTP/1.1", 405),
        ("G\x01T / HTTP/1.1", 400), ("GET  /health HTTP/1.1", 400), ("GET /health  HTTP/1.1", 400),
        (" GET /health HTTP/1.1", 400), ("GET\t/health HTTP/1.1", 400), ("GET /health", 400), ("GET", 400),
        ("GET /health HTTP/1.1 ", 400), ("GET /health HTTP/2.0", 505), ("GET /health HTTP/1.9", 505),
        ("GET /health HTTP/11", 400), ("GET /health http/1.1", 400), ("GET /health HTTP/1.1x", 400),
        ("GET http://{host}/health HTTP/1.1", 400), ("GET * HTTP/1.1", 400), ("GET health HTTP/1.1", 400),
        ("POST /health HTTP/1.1", 405), ("DELETE /health HTTP/1.1", 405), ("PATCH /health HTTP/1.1", 405),
    ]:
        only(s, head(line), f"line {line!r}", status)
    only(s, "\r\n" + head(), "an empty line before the request", 400)
    only(s, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "the preface of HTTP/2", 505)
    only(s, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "a" * 300 + "\n", "a TLS hello", 400)
    a = only(s, head("POST /health HTTP/1.1"), "405 names what is allowed", 405)
    check(a and a.header("allow") == "GET, HEAD", "405 names what is allowed")


def targets(s):
    for target, status in [
        ("/health", 200), ("/health?q=%D0%90+b%26", 200), ("/health?a\\b", 200), ("/health?a=//..", 200),
        ("/health%00", 400), ("/health?q=%00", 400), ("/health%", 400), ("/health%4", 400), ("/health%zz", 400),
        ("/health?q=%z", 400), ("/health?q=%ff", 400), ("/%c0%af", 400), ("/%ed%a0%80", 400), ("/health\\", 400),
        ("/health%5c", 400), ("//health", 400), ("/a//health", 400), ("/./health", 400), ("/../health", 400),
        ("/a/..", 400), ("/%2e%2e/health", 400), ("/a/%2e", 400), ("/a%2f%2e%2e%2fhealth", 400), ("/health%0d%0a", 400),
        ("/health#x", 400), ("/health\x7f", 400), ("/health\xff", 400), ("/heal\x00th", 400),
        ("/static/../health", 400), ("/static/0/app.css", 404), ("/he%61lth", 303),
    ]:
        only(s, get(target), f"target {target!r}", status)
    only(s, get("/" + "a" * 8191), "the longest target", 303)
    only(s, get("/" + "a" * 8192), "too long a target", 414)
    only(s, get("/" + "a" * 30000), "far too long a target", 414)


def fields(s):
    for name, text, status in [
        ("an empty value", "X:\r\n", 200), ("a tab in a value", "X: a\tb\r\n", 200), ("UTF-8 in a value", "X: \xd0\x90\r\n", 200),
        ("blank before the colon", "X : a\r\n", 400), ("obs-fold", "X: a\r\n b: c\r\n", 400), ("obs-fold, tab", "X: a\r\n\tb\r\n", 400),
        ("no colon", "X\r\n", 400), ("no name", ": a\r\n", 400), ("a bad name", "X(y): a\r\n", 400),
        ("NUL in a value", "X: a\0b\r\n", 400), ("NUL in a name", "X\0: a\r\n", 400), ("bare CR", "X: a\rY: b\r\n", 400),
        ("bare LF", "X: a\nY: b\r\n", 400), ("control byte", "X: a\x08\r\n", 400), ("DEL", "X: a\x7f\r\n", 400),
        ("second Host", "Host: b\r\n", 400), ("second Host, same", "Host: {host}\r\n", 400),
        ("two Cookies", "Cookie: a=b\r\nCookie: c=d\r\n", 400), ("two session cookies", "Cookie: devon=a; devon=b\r\n", 400),
        ("two visits", "Cookie: devon-visit=a; devon-visit=b\r\n", 400),
        ("two Authorizations", "Authorization: a\r\nAuthorization: a\r\n", 400), ("two Origins", "Origin: a\r\nOrigin: a\r\n", 400),
        ("two Content-Types", "Content-Type: a\r\nContent-Type: a\r\n", 400),
        ("Bearer with a cookie", "Authorization: Bearer x\r\nCookie: a=b\r\n", 400),
        ("a wrong token", "Authorization: Bearer x\r\n", 401), ("an unknown session", "Cookie: devon=x\r\n", 200),
        ("Expect of something", "Expect: wonders\r\n", 417), ("Upgrade", "Connection: Upgrade\r\nUpgrade: h2c\r\n", 200),
        ("keep-alive", "Connection: keep-alive\r\n", 200), ("100 fields", "X: y\r\n" * 99, 200), ("101 fields", "X: y\r\n" * 100, 431),
        ("a long head", f"X: {'y' * 16000}\r\n", 200), ("too long a head", f"X: {'y' * 17000}\r\n", 431),
        ("many bytes of fields", f"X: {'y' * 5000}\r\n" * 5, 431),
        ("forwarded host is not believed", "X-Forwarded-Host: evil\r\nX-Original-URL: /login\r\n", 200),
    ]:
        only(s, head(fields=text), name, status)
    for host, status in [("", 400), ("Host:\r\n", 421), ("Host: evil.example\r\n", 421), ("Host: {host}.evil\r\n", 421),
                         ("Host: 127.0.0.1\r\n", 421), ("Host: {host}@evil\r\n", 421), ("host: {host}\r\n", 200),
                         (f"Host: LOCALHOST:{s.port}\r\n", 200), (f"Host: [::1]:{s.port}\r\n", 200)]:
        only(s, head(host=host), f"{host!r}", status)
    only(s, head().replace("\r\n", "\n"), "LF only", 400)
    only(s, head() .replace("\r\n\r\n", "\r\n\n"), "LF at the end", 400)


def framing(s):
    inner = "GET /login HTTP/1.1\r\nHost: {host}\r\n\r\n"
    for name, text, status in [
        ("two lengths", post(FORM + "Content-Length: 3\r\nContent-Length: 3\r\n", "a=b"), 400),
        ("two different lengths", post(FORM + "Content-Length: 0\r\nContent-Length: 44\r\n", inner), 400),
        ("a list of lengths", post(FORM + "Content-Length: 3, 3\r\n", "a=b"), 400),
        ("length and chunks", post(FORM + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + inner), 400),
        ("chunks and length", post(FORM + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + inner), 400),
        ("two encodings", post(FORM + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), 400),
        ("unknown encoding", post(FORM + "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400),
        ("gzip, chunked", post(FORM + "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400),
        ("chunked, gzip", post(FORM + "Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 400),
        ("empty encoding", post(FORM + "Transfer-Encoding:\r\n", "0\r\n\r\n"), 400),
        ("quoted encoding", post(FORM + 'Transfer-Encoding: "chunked"\r\n', "0\r\n\r\n"), 400),
        ("tab before the encoding", post(FORM + "Transfer-Encoding:\tchunked\r\n", "0\r\n\r\n"), 403),
        ("blank before the colon of the encoding", post(FORM + "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400),
        ("encoding in HTTP/1.0", head("POST /login HTTP/1.0", FORM + "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400),
        ("negative length", post(FORM + "Content-Length: -1\r\n"), 400), ("signed length", post(FORM + "Content-Length: +3\r\n", "a=b"), 400),
        ("hexadecimal length", post(FORM + "Content-Length: 0x3\r\n", "a=b"), 400), ("empty length", post(FORM + "Content-Length:\r\n"), 400),
        ("length in words", post(FORM + "Content-Length: three\r\n", "a=b"), 400), ("spaced length", post(FORM + "Content-Length: 3 3\r\n", "a=b"), 400),
        ("length with a point", post(FORM + "Content-Length: 3.0\r\n", "a=b"), 400),
        ("huge length", post(FORM + "Content-Length: 99999999999999999999999\r\n"), 400),
        ("large form", post(FORM + "Content-Length: 2097153\r\n"), 413), ("large JSON", post(JSON + "Content-Length: 1048577\r\n"), 413),
        ("large upload", post("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 27262977\r\n"), 413),
        ("anonymous bulk", post(FORM + "Content-Length: 65537\r\n"), 401),
        ("a body of GET", head("GET /health HTTP/1.1", FORM + "Content-Length: 3\r\n") + "a=b", 400),
        ("chunks of GET", head("GET /health HTTP/1.1", FORM + "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400),
        ("a body of HEAD", head("HEAD /health HTTP/1.1", FORM + "Content-Length: 3\r\n") + "a=b", 400),
        ("a body without type", post("Content-Length: 3\r\n", "a=b"), 415), ("text/plain", post("Content-Type: text/plain\r\nContent-Length: 3\r\n", "a=b"), 415),
        ("XML", post("Content-Type: application/xml\r\nContent-Length: 3\r\n", "<a/"), 415),
        ("another charset", post("Content-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\n", "{}"), 415),
        ("JSON for a page", post(JSON + "Content-Length: 2\r\n", "{}"), 415),
        ("multipart without boundary", post("Content-Type: multipart/form-data\r\nContent-Length: 2\r\n", "{}"), 400),
        ("a broken form", post(FORM + "Content-Length: 4\r\n", "a=%z"), 400), ("NUL in a form", post(FORM + "Content-Length: 5\r\n", "a=%00"), 400),
        ("bad UTF-8 in a form", post(FORM + "Content-Length: 5\r\n", "a=%ff"), 400),
        ("201 fields", post(FORM + "Content-Length: 804\r\n", "a=b&" * 201), 400),
        ("broken multipart", post("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n", "--y\r\n"), 400),
        ("no body", post(""), 403), ("empty body", post("Content-Length: 0\r\n"), 403), ("a form without token", post(FORM + "Content-Length: 3\r\n", "a=b"), 403),
    ]:
        only(s, text, name, status)


def chunks(s):
    start = post(FORM + "Transfer-Encoding: chunked\r\n")
    for name, body, status in [
        ("chunks", "3\r\na=b\r\n0\r\n\r\n", 403), ("chunks in pieces", "1\r\na\r\n2\r\n=b\r\n0\r\n\r\n", 403), ("no chunk", "0\r\n\r\n", 403),
        ("a bad size", "x\r\n\r\n", 400), ("a negative size", "-1\r\n\r\n", 400), ("a size with 0x", "0x3\r\na=b\r\n0\r\n\r\n", 400),
        ("an extension", "3;a=b\r\na=b\r\n0\r\n\r\n", 400), ("LF in a size", "3\na=b\r\n0\r\n\r\n", 400), ("a blank in a size", "3 \r\na=b\r\n0\r\n\r\n", 400),
        ("a chunk too long", "3\r\na=bc\r\n0\r\n\r\n", 400), ("a chunk too short", "3\r\na=\r\n0\r\n\r\n", 400), ("LF behind a chunk", "3\r\na=b\n0\r\n\r\n", 400),
        ("a trailer", "3\r\na=b\r\n0\r\nX: y\r\n\r\n", 400), ("an overflowing size", "ffffffffffffffff\r\n", 413), ("a huge size", "7ffffff\r\n" + "a" * (1 << 22), 413),
        ("a request behind the chunks", "3\r\na=b\r\n0\r\n\r\n" + head(), 403), ("broken content", "3\r\na=%\r\n0\r\n\r\n", 400),
    ]:
        only(s, start + body, name, status)
    a = only(s, post(FORM + "Transfer-Encoding: chunked\r\nAccept: */*\r\n", "3\r\na=b\r\n0\r\n\r\n"), "a page answers chunks", 403)
    check(a and len(a.body) == int(a.header("content-length")), "the whole answer to chunks arrives")
    with s.connect() as c:
        c.sendall(post(FORM + "Transfer-Encoding: chunked\r\n").replace("{host}", s.host).encode() + b"3\r\na=b\r\n")
        c.shutdown(socket.SHUT_WR)
        check(harness.read_all(c) == b"", "chunks that stop are not answered")


def second_requests(s):
    """What stands behind a request is never run."""
    for name, text, status in [
        ("pipelining", head() + head("GET /login HTTP/1.1"), 200), ("a hundred pipelined", head() * 100, 200),
        ("a request behind a form", post(FORM + "Content-Length: 3\r\n", "a=b" + head()), 403),
        ("a request in a form", post(FORM + f"Content-Length: {len(head().replace('{host}', s.host))}\r\n", head()), 403),
        ("a request behind HEAD", head("HEAD /health HTTP/1.1") + head(), 200),
        ("a request behind an error", head("GET /health%00 HTTP/1.1") + head(), 400),
    ]:
        only(s, text, name, status)


def slowly(s):
    whole = head().replace("{host}", s.host).encode()
    with s.connect() as c:
        for byte in whole[:-1]:
            c.sendall(bytes([byte]))
        time.sleep(0.05)
        c.sendall(whole[-1:])
        check(harness.parse(harness.read_all(c))[0].status == 200, "a head byte by byte")
    body = b"a=b"
    with s.connect() as c:
        c.sendall(post(FORM + "Content-Length: 3\r\n").replace("{host}", s.host).encode())
        for byte in body:
            time.sleep(0.02)
            c.sendall(bytes([byte]))
        check(harness.parse(harness.read_all(c))[0].status == 403, "a body byte by byte")
    a = s.raw(whole, half_close=True)
    check(a and harness.parse(a)[0].status == 200, "half-closed behind a whole request")
    check(s.raw(whole[:20], half_close=True) == b"", "half-closed within the head: nothing was asked")
    check(s.raw(b"", half_close=True) == b"", "closed without a byte")
    with s.connect() as c:
        c.sendall(post(FORM + "Expect: 100-continue\r\nContent-Length: 3\r\n").replace("{host}", s.host).encode())
        check(c.recv(64).startswith(b"HTTP/1.1 100"), "100 Continue is sent")
        c.sendall(body)
        check(harness.parse(harness.read_all(c))[-1].status == 403, "and the body is read")
    only(s, post(FORM + "Expect: 100-continue\r\nContent-Length: 9999999\r\n"), "no 100 Continue for what is refused", 413)
    with s.connect() as c:
        c.sendall(post(FORM + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n").replace("{host}", s.host).encode())
        check(c.recv(64).startswith(b"HTTP/1.1 100"), "100 Continue for chunks")
        c.sendall(b"0\r\n\r\n")
        check(harness.parse(harness.read_all(c))[-1].status == 403, "and the chunks are read")


def drips(c, data):
    """Sends ten bytes a second; how many went before the server would have no more."""
    for i in range(len(data)):
        try:
            c.sendall(data[i:i + 1])
        except OSError:
            return i
        time.sleep(0.1)
    return len(data)


def deadlines(s):
    """Settings of this server: 1 second for a head, 5 for a form."""
    with s.connect() as c:
        c.sendall(b"GET / HTTP/1.1\r\n")
        a = harness.read_all(c)
        check(a is not None and harness.parse(a)[0].status == 408, "a head that stops is answered by 408")
    with s.connect() as c:
        check(harness.read_all(c) == b"", "a silent connection is closed")
    with s.connect() as c:
        check(drips(c, b"X" * 100) < 100, "a dripping head is cut off")
    began = time.monotonic()
    with s.connect() as c:
        c.sendall(post(FORM + "Content-Length: 1000\r\n").replace("{host}", s.host).encode())
        check(drips(c, b"a" * 200) < 200, "a dripping body is cut off")
    check(time.monotonic() - began > 4, "no sooner than was promised")


HEADINGS = {  # status -> heading in English, in Russian
    400: ("The request is not well-formed", "Запрос составлен неверно"),
    408: ("The request did not arrive in time", "Запрос не пришёл вовремя"),
    414: ("The address is too long", "Слишком длинный адрес"),
    421: ("This is not an address of Devon", "Это не адрес Devon"),
    431: ("The browser sent too much", "Браузер прислал слишком много"),
    503: ("Devon is busy", "Devon занят"),
}
BROWSER = "Accept: text/html,application/xhtml+xml;q=0.9\r\nAccept-Language: {lang}\r\n"


def framed(a, status, lang, what):
    """A page in the frame and the language asked for, that says what to do."""
    text, heading = a.text, HEADINGS[status][lang == "ru"]
    check(a.status == status and a.header("content-type") == "text/html; charset=utf-8", f"{what}: {a.status}")
    check(a.header("content-security-policy") == PAGE_POLICY and a.header("cache-control") == "no-store", what)
    check(f'<html lang="{lang}">' in text and f"<h1>{heading}</h1>" in text, f"{what}: {heading}: {text[:600]}")
    check(text.count("<p>") >= 2 and text.rstrip().endswith("</html>"), what)
    check(("/static/" in text) == (status != 421), f"{what}: of another host not even the style can be asked for")
    check("csrf" not in text and "<script" not in text, what)


def refusals_are_pages(s):
    for lang in ("en", "ru"):
        fields = BROWSER.replace("{lang}", lang)
        for what, data, status in [
            ("a long target", head("GET /" + "a" * 8192 + " HTTP/1.1", fields), 414),
            ("a long head", head("GET / HTTP/1.1", fields + f"Cookie: x={'y' * 17000}\r\n"), 431),
            ("many fields", head("GET / HTTP/1.1", fields + "X: y\r\n" * 100), 431),
            ("another host", head("GET / HTTP/1.1", fields, "Host: evil.example\r\n"), 421),
            ("a bad escape", head("GET /%zz HTTP/1.1", fields), 400),
        ]:
            a = only(s, data, what, status)
            if a:
                framed(a, status, lang, what)
            a = only(s, data.replace("GET /", "GET /api/"), what + " of the API", status)
            check(a and a.header("content-type") == "text/plain; charset=utf-8" and "<" not in a.text, what)
            a = only(s, data.replace("text/html", "*/*"), what + " of a program", status)
            check(a and a.header("content-type") == "text/plain; charset=utf-8", what)
        with s.connect() as c:
            c.sendall(f"GET / HTTP/1.1\r\n{fields}X: ".encode())
            framed(harness.parse(harness.read_all(c))[0], 408, lang, "a head that stops")
    a = only(s, head("GET / HTTP/1.1", BROWSER.replace("Accept-Language: {lang}\r\n", ""), "Host: evil.example\r\n"), "no language", 421)
    check(a and '<html lang="uz-Latn">' in a.text, "the language of the installation where none is asked for")
    raw = s.raw(head("HEAD / HTTP/1.1", BROWSER.replace("{lang}", "en"), "Host: evil.example\r\n").encode())
    lines, _, body = raw.partition(b"\r\n\r\n")
    check(b" 421 " in lines and body == b"" and b"text/html" in lines, "HEAD has no body")


def busy(s):
    """Settings of this server: one worker, one request that waits."""
    token = s.cli("token", "create", "root.admin", "--scope", "read").stdout.strip()
    check(s.api("GET", "search?q=x", token).status == 200, "a search child is there")
    children = s.children("search")
    check(children, "and found")
    for pid in children:
        os.kill(pid, signal.SIGSTOP)
    asking = [s.connect() for _ in range(8)]
    ready = []
    try:
        asking[0].sendall(head("GET /api/v1/search?q=x HTTP/1.1", f"Authorization: Bearer {token}\r\n").replace("{host}", s.host).encode())
        for i, c in enumerate(asking[1:]):
            c.sendall(head("GET /login HTTP/1.1", BROWSER.replace("{lang}", "ru" if i % 2 else "en")).replace("{host}", s.host).encode())
        told = 0
        while len(ready) < 6:
            more = select.select([c for c in asking[1:] if c not in ready], [], [], 60)[0]
            if not check(more, "whoever cannot wait is told at once"):
                break
            ready += more
        for c in ready:
            a = harness.parse(harness.read_all(c))[0]
            told += a.status == 503
            if a.status == 503:
                framed(a, 503, "ru" if asking.index(c) % 2 == 0 else "en", "a queue that is full")
                check(a.header("retry-after") is not None, "says when to come again")
        check(told >= 3, f"{told} were told")
    finally:
        for pid in children:
            os.kill(pid, signal.SIGCONT)
        for c in [asking[0]] + [c for c in asking[1:] if c not in ready]:
            harness.read_all(c)
        for c in asking:
            c.close()
    check(s.get("/health").status == 200, "others are served again")


def is_served(s):
    try:
        return s.get("/health").status == 200
    except (OSError, http.client.HTTPException):
        return False


def crowds(s):
    """Settings of this server: 40 connections, and two minutes for a head."""
    waiting = []
    for _ in range(39):
        c = s.connect()
        c.sendall(b"GET / HTTP/1.1\r\n")
        waiting.append(c)
    check(harness.until(lambda: is_served(s)), "others are served beside 39 slow ones")

    def is_refused():
        """The server counts a connection, and one that has ended, when it gets to it."""
        waiting.append(s.connect())
        try:
            waiting[-1].sendall(b"G")
            answer = s.raw(head().replace("{host}", s.host).encode())
        except OSError:
            return True
        return answer == b"" or harness.parse(answer)[0].status == 503

    check(harness.until(is_refused), "one too many is told so")
    for c in waiting:
        c.close()
    check(harness.until(lambda: is_served(s)), "seats are given back")


def headers_of_all_kinds(s):
    a = s.get("/login")
    check(a.header("content-security-policy") == PAGE_POLICY, "the policy of pages")
    check(a.header("vary") == "Cookie, Accept-Language, Accept-Encoding, Authorization", "Vary")
    check(a.header("strict-transport-security") is None, "no HSTS over plain HTTP")
    a = s.get("/nothing-here")
    check(a.status == 303 and a.header("location") == "/login?next=/nothing-here", "anonymous pages lead to signing in")
    a = s.get("/api/v1/nothing-here")
    check(a.status == 401 and a.json["error"]["code"] == "sign_in", "anonymous programs are told 401")
    check(a.header("www-authenticate") is not None, "401 says how")
    h = s.request("HEAD", "/login")
    check(h.status == 200 and h.body == b"" and int(h.header("content-length")) > 1000, "HEAD has the head of GET")
    a = s.request("GET", "/login", headers={"Accept-Encoding": "gzip"})
    check(a.header("content-encoding") == "gzip" and "<form" in a.text, "pages are compressed")
    a = s.request("GET", "/login", headers={"Accept-Encoding": "gzip;q=0, br"})
    check(a.header("content-encoding") is None, "only for who accepts it")
    css = re.search(r'href="(/static/[^"]+\.css)"', s.get("/login").text).group(1)
    a = s.get(css)
    check(a.status == 200 and a.header("cache-control") == "public, max-age=31536000, immutable", "static files are kept")
    check(a.header("content-type") == "text/css; charset=utf-8", "and have their type")
    b = s.request("GET", css, headers={"Accept-Encoding": "gzip, br"})
    check(b.header("content-encoding") in ("br", "gzip") and len(b.body) < len(a.body), "and come compressed")


def messages(s):
    """Real oddities: the collection of llhttp's tests."""
    path = os.path.join(harness.DATA, "security", "http-messages.jsonl")
    if not os.path.exists(path):
        print("skipped: http-messages.jsonl is not here")
        return
    for line in open(path):
        m = json.loads(line)
        if "request" not in m["type"]:
            continue
        raw = s.raw(base64.b64decode(m["bytes_b64"]), half_close=True)
        answers = None if raw is None else harness.parse(raw)
        check(answers is not None and len(answers) <= 1, f"{m['file']}: {m['name']}")


def stopping(s):
    with s.begin(post(FORM + "Content-Length: 3\r\n")) as c:
        c.sendall(b"a=")
        s.process.send_signal(signal.SIGTERM)
        check(harness.until(lambda: not s.is_listening()), "nobody new is let in")
        c.sendall(b"b")
        answer = harness.read_all(c)
        check(answer and harness.parse(answer)[0].status == 403, "a running request is finished before the end")
    check(s.process.wait(15) == 0, "SIGTERM ends with 0")


def main():
    with harness.Server() as s:
        for part in (request_lines, targets, fields, framing, chunks, second_requests, slowly, headers_of_all_kinds, messages):
            part(s)
        check(s.get("/health").status == 200 and s.process.poll() is None, "the server still stands")
        stopping(s)
    with harness.Server("header_seconds = 1\nform_seconds = 5\n") as s:
        deadlines(s)
        refusals_are_pages(s)
    with harness.Server("workers = 1\nqueue = 1\n") as s:
        busy(s)
    with harness.Server("connections = 40\nheader_seconds = 120\n") as s:
        crowds(s)
    with harness.Server(serve=False) as s:
        for listen in ("0.0.0.0:0", "192.0.2.1:80", "nonsense", "127.0.0.1:70000"):
            try:
                s.start(listen)
                check(False, f"listening on {listen} is refused")
            except RuntimeError:
                check(True, "")
    return check.end()


sys.exit(main())
