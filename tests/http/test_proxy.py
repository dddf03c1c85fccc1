#!/usr/bin/env python3
"""The shipped proxy configuration: TLS in front, the real addresses behind it believed, nothing else."""
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys

import harness

CONF = os.path.join(harness.ROOT, "tools", "deploy", "nginx.conf")
good, bad = 0, []


def check(ok, rule):
    global good
    if ok:
        good += 1
    else:
        bad.append(rule)
        print("FAILED", rule)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Proxy:
    """nginx with the shipped file, its ports, names and certificate put in."""

    def __init__(self, folder, backend):
        self.folder, self.port = folder, free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem", "-days", "2", "-subj",
                        "/CN=devon.example"], check=True, stderr=subprocess.DEVNULL)
        with open(CONF) as f:
            site = f.read()
        for old, new in (("listen 80;", f"listen 127.0.0.1:{free_port()};"),
                         ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
                         ("/etc/ssl/devon", folder), ("127.0.0.1:8080", f"127.0.0.1:{backend}")):
            assert old in site, old
            site = site.replace(old, new)
        with open(folder + "/nginx.conf", "w") as f:
            f.write(f"daemon off; pid {folder}/pid; error_log {folder}/error; events {{}}\n"
                    f"http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};\n{site}\n}}\n")
        self.process = subprocess.Popen(["nginx", "-p", folder, "-c", folder + "/nginx.conf"], stderr=subprocess.DEVNULL)
        if not harness.until(self.is_listening):
            raise RuntimeError("nginx does not listen")

    def is_listening(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 60).close()
            return True
        except OSError:
            return False

    def get(self, path, **headers):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        c = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)
        c.request("GET", path, headers=dict({"Host": "devon.example"}, **headers))
        r = c.getresponse()
        answer = r.status, {k.lower(): v for k, v in r.getheaders()}, r.read()
        c.close()
        return answer

    def close(self):
        self.process.terminate()
        self.process.wait(60)


def main():
    if not shutil.which("nginx") or not shutil.which("openssl"):
        print("skipped: nginx or openssl is not installed")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    settings = "public_url = https://devon.example\nproxies = 127.0.0.1\n"
    with harness.Server(settings=settings) as s:
        proxy = Proxy(s.folder, s.port)
        try:
            status, headers, _ = proxy.get("/login")
            check(status == 200, "the sign-in page comes through the proxy")
            check("max-age" in headers.get("strict-transport-security", ""), "TLS is made to stay")
            check(headers.get("set-cookie", "").startswith("__Host-") and "Secure" in headers["set-cookie"],
                  "cookies are bound to TLS and host")
            check(headers.get("content-security-policy", "").startswith("default-src 'none'"), "headers are left alone")
            token = s.cli("token", "create", "root.admin").stdout.strip()
            status, _, body = proxy.get("/api/v1/me", Authorization="Bearer " + token)
            check(status == 200 and b"root.admin" in body, "the JSON interface works through the proxy")
            status, headers, _ = proxy.get("/")
            check((status, headers.get("location")) == (303, "/login?next=%2F") or status == 303 and
                  headers.get("location", "").startswith("/login"), "who is not signed in is sent there")
            check(proxy.get("/login", Host="evil.example")[0] in (404, 421), "other hosts are not served")
        finally:
            proxy.close()
        check(s.request("GET", "/login", headers={"Host": "evil.example"}).status == 421, "nor without the proxy")
    print(f"{good} passed, {len(bad)} failed, 0 skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
