"""Who speaks HTTP to a server of harness.py, and what is answered: anybody, a program with a token, a person with a browser."""
import gzip
import html
import http.client
import json
import re
import urllib.parse

PASSWORD = "correct horse battery staple"


class Answer:
	"""Status, headers (names in lower case, in order) and body."""

	def __init__(self, status, headers, body):
		self.status, self.body = status, body
		self.headers = [(name.lower(), value) for name, value in headers]

	def header(self, name):
		return next((v for k, v in self.headers if k == name.lower()), None)

	@property
	def text(self):
		return (gzip.decompress(self.body) if self.header("content-encoding") == "gzip" else self.body).decode()

	@property
	def json(self):
		return json.loads(self.text)

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

	def __init__(self, server):
		self.server = server

	def send(self, method, path, body=None, headers=None):
		c = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
		try:
			try:
				c.request(method, path, body, dict(headers or {}))
			except (BrokenPipeError, ConnectionResetError):
				if c.sock is None:
					raise  # it was never reached
				# Otherwise answered before the whole body was sent: the answer is there.
			r = c.getresponse()
			return Answer(r.status, r.getheaders(), r.read())
		finally:
			c.close()


class Api(Client):
	"""A program. Without a token: anybody on the network."""

	def __init__(self, server, token=None):
		super().__init__(server)
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

	def __init__(self, server):
		super().__init__(server)
		self.cookies = {}
		self.token = ""
		self.language = "en"

	def headers(self, **more):
		if self.cookies:
			more["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
		return {"Accept-Language": self.language, **more}

	def ask(self, method, path, body=None, **headers):
		answer = self.send(method, path, body, self.headers(**headers))
		for name, value in answer.headers:
			if name == "set-cookie":
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

	def csrf(self, path):
		"""The token of this page."""
		return self.get(path).csrf()

	def post(self, path, _csrf=True, _origin=True, **fields):
		"""A form, with the token of the last page that had one."""
		if _csrf:
			fields.setdefault("csrf", self.token)
		headers = {"Content-Type": "application/x-www-form-urlencoded"}
		if _origin:
			headers["Origin"] = self.server.origin
		return self.ask("POST", path, urllib.parse.urlencode(fields).encode(), **headers)

	def log_in(self, login, password=PASSWORD):
		"""What is answered to this name and password."""
		self.get("/login")
		answer = self.post("/login", login=login, password=password)
		if answer.status == 303:
			self.get("/settings")
		return answer

	def sign_in(self, login, password=PASSWORD):
		answer = self.log_in(login, password)
		assert answer.status == 303, (login, answer.status, answer.text[:2000])
		return self
