"""A real server over a folder of its own, people with browsers and programs with tokens.

	with Server() as s:
		s.cli("person", "add", "anna", "--password-stdin", stdin=PASSWORD)
		anna = s.browser("anna")
		anna.get("/").status
		anna.post("/settings", lang="en").status   # the CSRF token of her last page goes along
		s.api("anna").put("articles/" + id, base=1, body="...").json["id"]

Standard library only. The programs are those of $DEVON_BUILD (default: build).
"""
import html
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("DEVON_BUILD", os.path.join(ROOT, "build"))
PASSWORD = "correct horse battery staple"
# Tests ask more than people do.
CONFIG = "".join(
	f"{name} = 1000000\n"
	for name in (
		"rate_search rate_suggest rate_save rate_upload rate_upload_day rate_export rate_read"
		" rate_token rate_sign_in"
	).split()
)


class Answer:
	def __init__(self, response, body):
		self.status = response.status
		self.headers = response.getheaders()
		self.body = body

	def header(self, name):
		return next((v for k, v in self.headers if k.lower() == name.lower()), None)

	@property
	def text(self):
		return self.body.decode()

	@property
	def json(self):
		return json.loads(self.body)

	def csrf(self):
		found = re.search(r'name="csrf" value="([^"]*)"', self.text)
		return found and found.group(1)

	def hidden(self, action):
		"""What the form that is sent there holds besides its token, unseen: a page to check sends it again."""
		form = re.search(rf'<form[^>]* action="{re.escape(action)}".*?</form>', self.text, re.S)
		found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form.group(0))
		return {k: html.unescape(v) for k, v in found if k != "csrf"}

	def shows(self, words):
		"""As it is read: words in another language have an element of their own."""
		text = re.sub(r'<span lang="[^"]*">([^<]*)</span>', r"\1", self.text)
		return html.escape(words, quote=True) in text or words in html.unescape(text)


class Client:
	"""Speaks HTTP/1.1 to one server, one connection a request; who asks is the subclass's matter."""

	def __init__(self, port):
		self.port = port

	def send(self, method, path, body=None, headers=None):
		connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
		try:
			try:
				connection.request(method, path, body, headers or {})
			except (BrokenPipeError, ConnectionResetError):
				pass  # answered before the whole body was sent: the answer is there
			response = connection.getresponse()
			return Answer(response, response.read())
		finally:
			connection.close()


class Api(Client):
	"""A program. Without a token: anybody on the network."""

	def __init__(self, port, token=None):
		super().__init__(port)
		self.token = token

	def ask(self, method, path, fields=None, **headers):
		if self.token:
			headers["Authorization"] = "Bearer " + self.token
		body = None
		if fields is not None:
			body = json.dumps(fields).encode()
			headers["Content-Type"] = "application/json"
		path = path if path.startswith("/") else "/api/v1/" + path
		return self.send(method, path, body, headers)

	def get(self, path, **headers):
		return self.ask("GET", path, **headers)

	def post(self, path, **fields):
		return self.ask("POST", path, fields)

	def put(self, path, **fields):
		return self.ask("PUT", path, fields)

	def delete(self, path):
		return self.ask("DELETE", path)

	def upload(self, article, name, content):
		headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/octet-stream"}
		path = f"/api/v1/articles/{article}/files?name={urllib.parse.quote(name)}"
		return self.send("POST", path, content, headers)


class Browser(Client):
	"""A person with cookies. Follows nothing by itself."""

	def __init__(self, port):
		super().__init__(port)
		self.cookies = {}
		self.token = ""
		self.language = "en"

	def ask(self, method, path, body=None, **headers):
		if self.cookies:
			headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
		headers.setdefault("Accept-Language", self.language)
		answer = self.send(method, path, body, headers)
		for name, value in answer.headers:
			if name.lower() == "set-cookie":
				key, _, rest = value.partition("=")
				self.cookies[key] = rest.split(";")[0]
				if not self.cookies[key]:
					del self.cookies[key]
		if (answer.header("Content-Type") or "").startswith("text/html"):
			self.token = answer.csrf() or self.token
		return answer

	def get(self, path, **headers):
		return self.ask("GET", path, **headers)

	def head(self, path, **headers):
		return self.ask("HEAD", path, **headers)

	def post(self, path, _csrf=True, _origin=True, **fields):
		if _csrf:
			fields.setdefault("csrf", self.token)
		headers = {"Content-Type": "application/x-www-form-urlencoded"}
		if _origin:
			headers["Origin"] = f"http://127.0.0.1:{self.port}"
		return self.ask("POST", path, urllib.parse.urlencode(fields).encode(), **headers)

	def sign_in(self, login, password=PASSWORD):
		self.get("/login")
		answer = self.post("/login", login=login, password=password)
		assert answer.status == 303, (login, answer.status, answer.text[:2000])
		self.get("/settings")
		return self


class Server:
	"""`devon serve` over a fresh folder, with the first administrator "admin"."""

	def __init__(self, starter=None, config=CONFIG):
		self.folder = tempfile.mkdtemp(prefix="devon-test-")
		self.data = os.path.join(self.folder, "var")
		self.config = os.path.join(self.folder, "devon.conf")
		with open(self.config, "w") as f:
			f.write(config)
		self.process = None
		args = ["init", "--admin", "admin", "--password-stdin"]
		self.cli(*args, *(["--starter", starter] if starter else []), stdin=PASSWORD)

	def __enter__(self):
		self.start()
		return self

	def __exit__(self, *_):
		self.stop()
		shutil.rmtree(self.folder, ignore_errors=True)

	def start(self):
		self.log = open(os.path.join(self.folder, "log"), "ab")
		self.process = subprocess.Popen(
			[os.path.join(BUILD, "devon"), "--config", self.config, "--data", self.data]
			+ ["serve", "--listen", "127.0.0.1:0"],
			stdout=subprocess.PIPE,
			stderr=self.log,
			text=True,
		)
		line = self.process.stdout.readline()
		found = re.match(r"listening on http://127\.0\.0\.1:(\d+)$", line.strip())
		assert found, (line, self.words())
		self.port = int(found.group(1))

	def stop(self):
		if self.process and self.process.poll() is None:
			for child in self.children():
				try:
					os.kill(child, signal.SIGCONT)
				except ProcessLookupError:
					pass
			self.process.terminate()
			self.process.wait(30)
		if self.process:
			self.process.stdout.close()
			self.log.close()
		self.process = None

	def words(self):
		with open(os.path.join(self.folder, "log")) as f:
			return f.read()

	def children(self, role=None):
		"""Process numbers of the indexer's children, all or of one role."""
		found = []
		for name in os.listdir("/proc"):
			if not name.isdigit():
				continue
			try:
				with open(f"/proc/{name}/stat") as f:
					parent = int(f.read().rpartition(")")[2].split()[1])
				with open(f"/proc/{name}/cmdline", "rb") as f:
					words = f.read().split(b"\0")
			except (FileNotFoundError, ProcessLookupError):
				continue
			if parent == self.process.pid and (role is None or role.encode() in words):
				found.append(int(name))
		return found

	def run(self, *words, stdin=""):
		return subprocess.run(
			[os.path.join(BUILD, "devon"), "--config", self.config, "--data", self.data, *words],
			input=stdin,
			capture_output=True,
			text=True,
			timeout=120,
		)

	def cli(self, *words, stdin="", good=True):
		ran = self.run(*words, stdin=stdin)
		if good:
			assert ran.returncode == 0, (words, ran.returncode, ran.stdout, ran.stderr)
		return ran.stdout

	def person(self, login, *options):
		self.cli("person", "add", login, *options, "--password-stdin", stdin=PASSWORD)

	def browser(self, login):
		return Browser(self.port).sign_in(login)

	def anonymous(self):
		return Browser(self.port)

	def api(self, login, scope="write"):
		return Api(self.port, self.cli("token", "create", login, "--scope", scope).strip())

	def settle(self):
		"""Wait until search knows everything."""
		self.cli("index", "--wait")


class Checks:
	"""Collects checks; the last line that it prints is what the runner counts."""

	def __init__(self):
		self.passed, self.failed = 0, 0
		self.began = time.monotonic()

	def check(self, good, *about):
		if good:
			self.passed += 1
		else:
			self.failed += 1
			frame = sys._getframe(1)
			print(f"FAIL line {frame.f_lineno}:", *about)
		return good

	def equal(self, got, expected, *about):
		if got == expected:
			self.passed += 1
		else:
			self.failed += 1
			frame = sys._getframe(1)
			got, expected = (repr(x) if len(repr(x)) < 600 else repr(x)[:600] + "..."
				for x in (got, expected))
			print(f"FAIL line {frame.f_lineno}: got {got}, expected {expected}", *about)
		return got == expected

	def end(self):
		print(f"{time.monotonic() - self.began:.1f} s")
		print(f"{self.passed} passed, {self.failed} failed")
		sys.exit(1 if self.failed else 0)
