#!/usr/bin/env python3
"""The unit of systemd that is shipped is as narrow as promised, and Devon does its work within it (security.md 8.4)."""
import ctypes
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()
UNIT = os.path.join(harness.ROOT, "tools/deploy/devon.service")
EXPOSURE = 20  # tenths
KILL, ALLOW, ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
EQUAL, MASKED = 4, 7
WRITE, EXEC, SHM_EXEC, EPERM, ENOSYS = 2, 4, 0o100000, 1, 38
NAMESPACES = 0x7E020080  # the flags CLONE_NEW...
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}


def settings():
    """The lines of the unit, in their order."""
    with open(UNIT) as f:
        return re.findall(r"^(\w+)=(.*)$", f.read(), re.M)


def members(group):
    """The calls of a group of systemd, with those of the groups in it."""
    text = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True).stdout
    found = set()
    for word in re.findall(r"^    (\S+)", text, re.M):
        if not word.startswith("#"):
            found |= members(word) if word.startswith("@") else {word}
    return found


def allowed():
    """The calls that the filter of the unit lets through: lists add, those with "~" take away."""
    calls = members("@default")
    for name, value in settings():
        if name != "SystemCallFilter":
            continue
        for word in value.lstrip("~").split():
            group = members(word) if word.startswith("@") else {word}
            calls = calls - group if value.startswith("~") else calls | group
    return calls


def exposure():
    ran = subprocess.run(["systemd-analyze", "security", "--offline=yes", f"--threshold={EXPOSURE}", UNIT],
                         capture_output=True, text=True)
    check(ran.returncode == 0, f"more is exposed than {EXPOSURE / 10}: {(ran.stdout + ran.stderr)[-300:]}")
    print(ran.stdout.strip().rpartition("\n")[2])


class Argument(ctypes.Structure):
    _fields_ = [("index", ctypes.c_uint), ("compare", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def masked(index, mask, value):
    return Argument(index, MASKED, mask, value)


def conditions():
    """What the other settings of the unit ask of arguments: any of these lets the call through."""
    unit = dict(settings())
    out = {}
    if unit.get("MemoryDenyWriteExecute") == "yes":
        out["mmap"] = [masked(2, WRITE | EXEC, value) for value in (0, WRITE, EXEC)]
        out["mprotect"] = out["pkey_mprotect"] = [masked(2, EXEC, 0)]
        out["shmat"] = [masked(2, SHM_EXEC, 0)]
    if unit.get("RestrictNamespaces") == "yes":
        out["clone"] = [masked(0, NAMESPACES, 0)]
    out["socket"] = [Argument(0, EQUAL, FAMILIES[name], 0) for name in unit["RestrictAddressFamilies"].split()]
    return out


def close_up(lib, calls):
    """Put this process behind the filter. What the unit answers with EPERM ends the process here, so that it shows."""
    lib.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(lib.seccomp_init(ctypes.c_uint32(KILL)))
    narrow = conditions()
    for name in sorted(calls):
        number = lib.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            continue
        if name == "clone3":  # its flags cannot be looked into: systemd says that there is no such call
            lib.seccomp_rule_add_array(context, ctypes.c_uint32(ERRNO | ENOSYS), number, 0, None)
            continue
        for argument in narrow.get(name, [None]):
            array = (Argument * 1)(argument) if argument else None
            done = lib.seccomp_rule_add_array(context, ctypes.c_uint32(ALLOW), number, 1 if argument else 0, array)
            assert done == 0, (name, done)
    for name in ("fchown", "chown") if os.geteuid() == 0 and "fchown" not in calls else ():
        # SQLite tries these as root only, and does without.
        lib.seccomp_rule_add_array(context, ctypes.c_uint32(ERRNO | EPERM), lib.seccomp_syscall_resolve_name(name.encode()), 0, None)
    assert lib.seccomp_load(context) == 0, "the filter is not taken"


def launcher(folder):
    """A program that runs devon behind the filter."""
    path = os.path.join(folder, "devon-in-unit")
    with open(path, "w") as f:
        f.write(f"#!/bin/sh\nexec {sys.executable} {os.path.abspath(__file__)} --within '{' '.join(sorted(allowed()))}' {harness.DEVON} \"$@\"\n")
    os.chmod(path, 0o700)
    return path


def works(s):
    """What the programs do, once each: all children at work, files, copies, a password."""
    s.cli("space", "add", "desk")
    for words in ("group add writers", "group member writers root.admin", "grant desk writers write"):
        s.cli(*words.split())
    token = s.token("root.admin")
    made = s.api("POST", "articles", token, {"space": "desk", "title": "Within the unit", "body": "**Seen** text."})
    check(made.status == 201, f"an article is saved: {made.status} {made.body[:200]}")
    id = made.json["id"]
    check("<strong>Seen</strong>" in s.api("GET", "articles/" + id, token).text, "and converted")
    h = {"Authorization": "Bearer " + token, "Content-Type": "application/octet-stream"}
    for name, content in (("a.txt", b"a plain wordinfile"), ("b.pdf", pdf())):
        sent = s.request("POST", f"/api/v1/articles/{id}/files?name={name}", content, h)
        check(sent.status == 201, f"{name} is kept: {sent.status} {sent.body[:200]}")
    for word in ("seen", "wordinfile", "wordinpdf"):
        check(harness.until(lambda: s.api("GET", "search?q=" + word, token).json["hits"]), f"{word} is found")
    b = harness.Browser(s)
    check(b.log_in("root.admin").status == 303 and b.get("/a/" + id).status == 200, "signing in, a page")
    for words in (f"backup {s.folder}/copy", f"export {s.folder}/out", "index --rebuild", "index --check", "check", "status"):
        ran = s.cli(*words.split(), check=False)
        check(ran.returncode == 0, f"{words}: {ran.returncode} {ran.stderr[-300:]}")
    check(s.process.poll() is None and s.stop() == 0, "it ends as it should")
    log = s.log_text()
    check("signal" not in log and "error" not in log, f"nothing was stopped: {log[-500:]}")


def pdf():
    body = b"BT /F1 12 Tf 72 700 Td (a wordinpdf here) Tj ET"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               b"<</Length %d>>\nstream\n%s\nendstream" % (len(body), body), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, places = b"%PDF-1.4\n", []
    for n, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, text)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table


def forbidden():
    """The filter of the test does filter: what the unit forbids ends a process."""
    for name, code in (("memory", "import mmap; mmap.mmap(-1, 4096, prot=7)"), ("mount", "import ctypes; ctypes.CDLL(None).mount(0, 0, 0, 0, 0)"),
                       ("packets", "import socket; socket.socket(17, 3)"), ("debugging", "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)")):
        ran = subprocess.run([sys.executable, __file__, "--within", " ".join(sorted(allowed())), sys.executable, "-c", code],
                             capture_output=True, text=True)
        check(ran.returncode == -31, f"{name}: {ran.returncode} {ran.stderr[-200:]}")


def main():
    if not shutil.which("systemd-analyze"):
        check.skip("systemd-analyze is not here: the unit is not judged")
        return check.end()
    exposure()
    try:
        ctypes.CDLL("libseccomp.so.2")
    except OSError:
        check.skip("libseccomp is not here: Devon is not run within its unit")
        return check.end()
    forbidden()
    with harness.Server(init=False, serve=False) as s:
        harness.DEVON = launcher(s.folder)
        s.cli("init", "--admin", "root.admin", "--password-stdin", stdin=harness.PASSWORD + "\n")
        s.start()
        works(s)
    return check.end()


if sys.argv[1:2] == ["--within"]:
    close_up(ctypes.CDLL("libseccomp.so.2"), set(sys.argv[2].split()))
    os.execv(sys.argv[3], sys.argv[3:])
sys.exit(main())
