"""A real server over a folder of its own, people with browsers and programs with tokens.

	with Server() as s:
		s.cli("person", "add", "anna", "--password-stdin", stdin=PASSWORD)
		anna = s.browser("anna")
		anna.get("/").status
		anna.post("/settings", lang="en").status   # the CSRF token of her last page goes along
		s.api("anna").put("articles/" + id, base=1, body="...").json["id"]

Programs and processes are those of harness.py. Standard library only.
"""
import html
import json
import os
import re
import signal
import urllib.parse

import harness
from harness import Checks, until  # for the tests, which take all they need from here

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
	def __init__(self, status, headers, body):
		self.status, self.headers, self.body = status, headers, body

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
		return Answer(*harness.exchange(self.port, method, path, body, headers, timeout=60))


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


class Server(harness.Server):
	"""`devon serve` over a fresh folder, with the first administrator "admin"."""

	def __init__(self, starter=None, config=CONFIG):
		super().__init__(config, init=False, serve=False)
		args = ["init", "--admin", "admin", "--password-stdin"]
		self.cli(*args, *(["--starter", starter] if starter else []), stdin=PASSWORD)

	def __enter__(self):
		self.start()
		return self

	def stop(self):
		if not self.process:
			return
		for child in self.children():
			try:
				os.kill(child, signal.SIGCONT)
			except ProcessLookupError:
				pass
		super().stop()

	def words(self):
		return self.log_text()

	def run(self, *words, stdin="", timeout=120):
		return super().run(*words, stdin=stdin, timeout=timeout)

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
