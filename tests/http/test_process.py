#!/usr/bin/env python3
"""What the running programs gave up: rights, core files, being looked into (security.md 8.2)."""
import os
import re
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness

check = harness.Checks()


def read(pid, name):
    with open(f"/proc/{pid}/{name}") as f:
        return f.read()


def children(pid):
    """Processes whose parent this is."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if re.search(r"^PPid:\s+%d$" % pid, read(name, "status"), re.M):
                    found.append(int(name))
            except OSError:
                pass
    return found


def family(pid):
    """A server and its children, which start beside the ready line."""
    harness.until(lambda: len(children(pid)) >= 3)
    return [pid, *children(pid)]


def rights(s):
    """The server and each of its children."""
    everybody = family(s.process.pid)
    check(len(everybody) >= 4, f"a server and its children: {everybody}")
    for pid in everybody:
        name = read(pid, "comm").strip()
        check("NoNewPrivs:\t1" in read(pid, "status"), f"{name} can win no rights")
        limits = re.search(r"Max core file size +(\S+) +(\S+)", read(pid, "limits")).groups()
        check(limits == ("0", "0"), f"{name} leaves no core file: {limits}")


def is_closed(pid):
    """Each program closes itself as its first act, which a child that was just started may have before it."""
    return harness.until(lambda: os.stat(f"/proc/{pid}/environ").st_uid == 0)


def memory():
    """What is not dumpable belongs to root in /proc; of a process of root that says nothing."""
    with open(harness.DEVON, "rb") as f:
        if b"__asan_init" in f.read():
            check.skip("the leak checker must look into the memory of this build")
            return
    if os.getuid() != 0:
        with harness.Server() as s:
            for pid in family(s.process.pid):
                check(is_closed(pid), f"{pid} is not looked into")
        return
    with harness.Server(serve=False) as s:
        shutil.chown(s.folder, 65534)
        for folder, folders, files in os.walk(s.folder):
            for name in folders + files:
                shutil.chown(os.path.join(folder, name), 65534)
        pid = os.fork()
        if pid == 0:
            os.setgid(65534)
            os.setuid(65534)
            with open(os.path.join(s.folder, "ready"), "wb") as ready:
                os.dup2(ready.fileno(), 1)
            try:
                os.execv(harness.DEVON, [harness.DEVON, "--data", s.data, "serve", "--listen", "127.0.0.1:0"])
            except OSError:
                os._exit(77)
        path = os.path.join(s.folder, "ready")
        while not (os.path.exists(path) and os.path.getsize(path)):
            done, code = os.waitpid(pid, os.WNOHANG)
            if done:
                if os.waitstatus_to_exitcode(code) == 77:
                    check.skip("another account may not run these programs")
                else:
                    check(False, f"the server of another account ended with {code}")
                return
        for each in family(pid):
            check(is_closed(each), f"{read(each, 'comm').strip()} is not looked into")
        os.kill(pid, 15)
        check(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, "it ends well")


def programs():
    """How the programs are built (security.md 8.5): nothing is both written and run, every address is random."""
    if not shutil.which("readelf"):
        check.skip("readelf is not here: the programs are not looked at")
        return
    for path in (harness.DEVON, os.path.join(harness.BUILD, "devon-indexer")):
        name = os.path.basename(path)
        text = subprocess.run(["readelf", "-hldW", "--dyn-syms", path], capture_output=True, text=True).stdout
        if "__asan_" in text:
            check.skip(f"{name} is built for the sanitizers, not for use")
            continue
        check("Type:                              DYN" in text and "FLAGS_1" in text and " PIE" in text, f"{name} lies anywhere")
        check("GNU_RELRO" in text and re.search(r"FLAGS_1\).*NOW", text), f"{name}: addresses of functions are fixed at its start")
        check(re.search(r"GNU_STACK .* RW +0x", text), f"{name}: the stack is not run")
        check(not re.search(r"LOAD .* RWE ", text), f"{name}: nothing written is run")
        check("(RPATH)" not in text and "(RUNPATH)" not in text, f"{name} takes libraries of the system only")
        check("__stack_chk_fail" in text, f"{name} watches its stack")
        check(re.search(r"__\w+_chk@", text), f"{name} checks sizes of memory")


def secrets(s):
    """Secrets stand in memory that is not swapped, in files of the service alone, and nowhere else (8.3)."""
    b = harness.Browser(s)
    b.sign_in("root.admin")
    token = s.token("root.admin")
    check(s.api("GET", "me", token).status == 200 and s.api("GET", "me", token[:-1] + "_").status == 401, "a token")
    locked = int(re.search(r"VmLck:\s+(\d+) kB", read(s.process.pid, "status")).group(1))
    check(locked > 0, "the key of the installation is kept out of the swap space")
    with open(os.path.join(s.data, "key"), "rb") as f:
        words = [harness.PASSWORD, token, b.cookies["devon"], f.read().hex()]
    for pid in family(s.process.pid):
        said = s.log_text() + read(pid, "cmdline") + read(pid, "environ")
        check(not [w for w in words if w in said], f"{pid}: a secret in the log, the arguments or the environment")
    for folder, folders, files in os.walk(s.data):
        for name in (*folders, *files):
            mode = os.lstat(os.path.join(folder, name)).st_mode
            check(mode & 0o077 == 0, f"{name} is open to others: {mode:o}")
            if name.startswith("devon.db"):
                with open(os.path.join(folder, name), "rb") as f:
                    content = f.read()
                check(not [w for w in words if w.encode() in content], f"{name} holds a secret, not its hash")


def hangs():
    """A write child that does not go on keeps nobody from stopping in good order; its work is done at the next start."""
    with harness.Server() as s:
        s.cli("space", "add", "desk")
        s.cli("grant", "desk", "staff", "write")
        s.cli("person", "add", "anna")
        token = s.token("anna")
        family(s.process.pid)
        s.cli("index", "--wait")
        write = next(pid for pid in children(s.process.pid) if "\0write\0" in read(pid, "cmdline"))
        os.kill(write, signal.SIGSTOP)
        saved = s.api("POST", "articles", token, {"space": "desk", "title": "Waits", "body": "basalt"})
        check(saved.status == 201, "saving does not wait for it")
        check(s.stop() == 0, "the server stops in good order")
        check("the write child does not answer" in s.log_text(), "and says what was in the way")
        s.start()
        s.cli("index", "--wait")
        check(s.api("GET", "search?q=basalt", token).json["total"] == 1, "what it was given is indexed")


def hurries():
    """A stop waits for what has begun; a second signal ends at once, and nothing acknowledged is lost (9.6)."""
    with harness.Server() as s:
        s.cli("space", "add", "desk")
        s.cli("person", "add", "anna")
        s.cli("group", "add", "clerks")
        s.cli("group", "member", "clerks", "anna")
        s.cli("grant", "desk", "clerks", "write")
        token = s.token("anna")
        saved = s.api("POST", "articles", token, {"space": "desk", "title": "Kept", "body": "x"})
        begun = s.begin(f"POST /api/v1/articles HTTP/1.1\r\nHost: {s.host}\r\n"
                        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n")
        everybody = family(s.process.pid)
        s.process.terminate()
        check(harness.until(lambda: not s.is_listening()) and s.process.poll() is None, "it waits for the request that has begun")
        check(s.stop() == 1, "the second signal does not wait")
        begun.close()
        check(harness.until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in everybody)), "its children went with it")
        s.start()
        found = s.api("GET", "articles/" + saved.json["id"], token)
        check(found.status == 200 and found.json["title"] == "Kept", "what was saved is there")
        check(s.stop() == 0, "and the next stop is an ordinary one")


def main():
    programs()
    hangs()
    hurries()
    with harness.Server() as s:
        rights(s)
        secrets(s)
    memory()
    return check.end()


sys.exit(main())
