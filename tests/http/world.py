"""A real server over a folder of its own, people with browsers and programs with tokens.

	with Server() as s:
		s.cli("person", "add", "anna", "--password-stdin", stdin=PASSWORD)
		anna = s.browser("anna")
		anna.get("/").status
		anna.post("/settings", lang="en").status   # the CSRF token of her last page goes along
		s.api("anna").put("articles/" + id, base=1, body="...").json["id"]

Programs and processes are those of harness.py. Standard library only.
"""
import os
import signal

import harness
from clients import PASSWORD, Api, Browser
from harness import Checks, until, worked  # for the tests, which take all they need from here

# Tests ask more than people do.
CONFIG = "".join(
	f"{name} = 1000000\n"
	for name in (
		"rate_search rate_suggest rate_save rate_upload rate_upload_day rate_export rate_read"
		" rate_token rate_sign_in"
	).split()
)


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
		return Browser(self).sign_in(login)

	def anonymous(self):
		return Browser(self)

	def api(self, login, scope="write"):
		return Api(self, self.cli("token", "create", login, "--scope", scope).strip())

	def settle(self):
		"""Wait until search knows everything."""
		self.cli("index", "--wait")
