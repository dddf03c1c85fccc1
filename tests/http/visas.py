"""A space of articles about visas, who reads, writes and manages it, and a space that is hidden from most."""
import sys

from world import Checks, Server

checks = Checks()
check, equal = checks.check, checks.equal
BODY = "# Visas\n\nSee [[Fees]] and [[Nowhere]].\n\n## Terms\n\nOne month.\n\n### Short\n\nA week.\n\n## Price\n\n20 dollars.\n"


def place(answer):
	return answer.header("Location")


def make(s, title, body="Text.\n", **more):
	answer = s.api("anna").post("articles", space="visas", title=title, body=body, **more)
	equal(answer.status, 201, answer.text)
	return answer.json["id"]


def run(tests):
	"""All functions of `tests` (a module's globals) that are called test_, or those that the command line names."""
	with Server() as s:
		for login in ("anna", "bek", "cy", "boss"):
			s.person(login, "--name", login.capitalize())
			s.cli("group", "add", "g-" + login)
			s.cli("group", "member", "g-" + login, login)
		for key in ("visas", "secret"):
			s.cli("space", "add", key, "--name", key.capitalize())
		for space, group, level in (("visas", "g-anna", "write"), ("visas", "g-bek", "read"),
			("visas", "g-boss", "manage"), ("secret", "g-boss", "manage")):
			s.cli("grant", space, group, level)
		for name, test in list(tests.items()):
			if name.startswith("test_") and (len(sys.argv) < 2 or sys.argv[1] in name):
				test(s)
	checks.end()
