#!/usr/bin/env python3
"""A right that ended has ended with the next request, on every surface, also while the index lags.

Each case makes an article with a word of its own, shows that the reader meets it everywhere, takes
the right away and asks again: by address it is as absent, in lists, hits and completions it is not.
Half of the cases stop the child that writes the index first.
"""
import os
import signal
import urllib.parse

from world import Checks, Server

checks = Checks()
check, equal = checks.check, checks.equal


class Case:
	def __init__(self, server, number, people):
		self.s, self.key = server, f"v{number}"
		letter = "abcdefghijklmnopqrstuvwxyz"[number]
		self.word = "zumrad" + letter + "tosh"  # in its text and tag
		self.name = "yoqut" + letter + "uzuk"  # in its title, and where others link to it
		self.title = self.name.capitalize()
		self.keeper, self.admin = people["keeper"], people["admin"]
		self.login = f"rita{number}"
		k = self.key
		server.person(self.login)
		ok(self.admin.post("groups", key=f"{k}-r", name=k))
		ok(self.admin.post("groups", key=f"{k}-k", name=k))
		ok(self.admin.post(f"groups/{k}-r/members", login=self.login))
		ok(self.admin.post(f"groups/{k}-k/members", login="keeper"))
		for space in (k, k + "-closed"):
			ok(self.admin.post("spaces", key=space, name=space))
			ok(self.admin.put(f"spaces/{space}/grants", group=f"{k}-k", level="manage"))
		self.grant("write")
		self.form(f"/s/{k}/audiences", name="few")
		self.listed("write")
		self.write()
		self.reader = server.browser(self.login)
		self.program = server.api(self.login)

	def form(self, path, **fields):
		headers = {"Content-Type": "application/x-www-form-urlencoded"}
		headers["Authorization"] = "Bearer " + self.keeper.token
		body = urllib.parse.urlencode(fields).encode()
		return ok(self.keeper.send("POST", path, body, headers))

	def grant(self, level):
		ok(self.admin.put(f"spaces/{self.key}/grants", group=f"{self.key}-r", level=level))

	def listed(self, level):
		self.form(f"/s/{self.key}/audience?name=few", group=f"{self.key}-r", level=level, sure="1")

	def write(self):
		fields = dict(space=self.key, title=self.title, body=f"Bu {self.word} haqida.")
		fields["tags"] = [self.word]
		made = ok(self.keeper.post("articles", **fields)).json
		self.id = made["id"]
		ok(self.keeper.put("articles/" + self.id, base=1, body=f"Bu {self.word} haqida, yana."))
		thread = ok(self.keeper.post(f"articles/{self.id}/threads", title="Savol", body=f"Nega {self.word}?"))
		self.thread = thread.json["id"]
		linking = dict(space="open", title=f"Ochiq {self.key}", body=f"[[{self.title}]] va gap")
		self.linking = ok(self.keeper.post("articles", **linking)).json["id"]

	def addresses(self):
		"""What names the article itself."""
		a, p = f"/a/{self.id}", f"/api/v1/articles/{self.id}"
		yield from (a, a + "/raw", a + "/history", a + "/r/1", a + "/diff/1..2", a + "/links")
		yield from (a + "/talk", a + "/talk/" + self.thread, a + "/access", a + "/edit", a + "/move")
		yield from (p, p + "/revisions", p + "/revisions/1", p + "/threads")
		yield f"/api/v1/threads/{self.thread}/posts"

	def places(self):
		"""Where it is met by its word: shown before, and not after."""
		yield from (f"/search?q={self.word}", f"/api/v1/search?q={self.word}")
		yield from (f"/api/v1/search?q={self.word[:8]}*", f"/api/v1/search?q=tag:{self.word}")
		yield from (f"/suggest?q={self.name[:8]}", f"/api/v1/suggest?q={self.name[:7]}")
		yield from ("/changes", "/api/v1/changes", "/changes.atom", "/p/keeper", "/")
		yield from ("/api/v1/people/keeper", f"/tag/{self.word}")

	def in_space(self):
		"""Pages of the space: absent where the space is."""
		s = f"/s/{self.key}"
		yield from (s, s + "/tree", s + "/recent", s + "/recent.atom")

	def get(self, path, **headers):
		who = self.program if path.startswith("/api/") else self.reader
		return who.get(path, **headers)

	def meets(self):
		for path in self.addresses():
			equal(self.get(path).status, 200, self.key, path)
		for path in [*self.places(), *self.in_space()]:
			check(self.id in self.get(path).text, self.key, path, "shows it before")
		self.etag = self.get(f"/a/{self.id}").header("ETag")
		equal(self.get(f"/a/{self.id}", **{"If-None-Match": self.etag}).status, 304)
		title = "/w/" + urllib.parse.quote(self.title)
		equal(self.get(title).status, 303, self.key)
		check(self.id in self.get(f"/a/{self.linking}").text, self.key, "the link leads there")

	def lost(self, space_too):
		"""The right to the article is gone, perhaps with that to its space; the account goes on."""
		for path in self.addresses():
			equal(self.get(path).status, 404, self.key, path)
		equal(self.get(f"/a/{self.id}", **{"If-None-Match": self.etag}).status, 404, self.key)
		equal(self.get("/w/" + urllib.parse.quote(self.title)).status, 404, self.key)
		for path in [*self.places(), *self.in_space()]:
			answer = self.get(path)
			gone = space_too and path.startswith("/s/")
			equal(answer.status, 404 if gone else 200, self.key, path)
			check(self.id not in answer.text, self.key, path, "does not show it after")
		found = self.get(f"/api/v1/search?q={self.word}").json
		equal((found["total"], found["hits"], found["suggestion"]), (0, [], None), self.key)
		check(not any(v["count"] for vs in found["facets"].values() for v in vs), self.key)
		equal(self.get(f"/api/v1/suggest?q={self.name[:8]}").json["items"], [], self.key)
		self.cannot_write(404)

	def cannot_write(self, status):
		p = f"articles/{self.id}"
		equal(self.program.put(p, base=2, body="taken over").status, status, self.key)
		equal(self.program.delete(p).status, status, self.key)
		if status == 404:
			equal(self.program.post(p + "/threads", title="x", body="y").status, 404, self.key)
			equal(self.program.post(f"threads/{self.thread}/posts", body="y").status, 404, self.key)
		self.reader.get("/settings")
		equal(self.reader.post(f"/a/{self.id}/edit", base="2", body="x").status, status, self.key)
		equal(self.reader.post(f"/a/{self.id}/rename", title="x").status, status, self.key)


def ok(answer):
	assert answer.status in (200, 201, 204, 303), (answer.status, answer.text[:600])
	return answer


# ---- how a right ends ------------------------------------------------------------------------------


def group_removed(c):
	ok(c.admin.post(f"groups/{c.key}-r/members", login=c.login, remove=True))
	return lambda: c.lost(space_too=True)


def grant_taken(c):
	c.grant("none")
	return lambda: c.lost(space_too=True)


def grant_lowered(c):
	c.grant("read")

	def after():
		equal(c.get(f"/a/{c.id}").status, 200, c.key, "reading goes on")
		c.cannot_write(403)
		equal(c.program.post("articles", space=c.key, title="x", body="y").status, 403, c.key)

	return after


def restricted(c):
	c.listed("none")
	c.form(f"/a/{c.id}/audience", audience=f"{c.key}/few", sure="1")
	return lambda: c.lost(space_too=False)


def list_left(c):
	c.form(f"/a/{c.id}/audience", audience=f"{c.key}/few", sure="1")
	c.s.settle_if_running()
	equal(c.get(f"/a/{c.id}").status, 200, c.key, "on the list")
	c.listed("none")
	return lambda: c.lost(space_too=False)


def moved(c):
	c.form(f"/a/{c.id}/audience", audience=f"{c.key}-closed/", sure="1")
	return lambda: c.lost(space_too=False)


def deleted(c):
	ok(c.keeper.delete(f"articles/{c.id}"))
	return lambda: c.lost(space_too=False)


def made_draft(c):
	c.form(f"/a/{c.id}/status", status="draft")
	return lambda: c.lost(space_too=False)


def disabled(c):
	admin = c.s.browser("admin")
	admin.get(f"/admin/people/{c.login}")
	equal(admin.post(f"/admin/people/{c.login}/state", state="disabled", sure="1").status, 303)

	def after():
		for path in [*c.addresses(), *c.places(), *c.in_space()]:
			answer = c.get(path)
			asks = path.startswith("/api/") or path.endswith(".atom")  # for a name and a token
			equal(answer.status, 401 if asks else 303, c.key, path)
			check(c.word not in answer.text, c.key, path)
		equal(c.program.put(f"articles/{c.id}", base=2, body="x").status, 401, c.key)
		equal(c.reader.post(f"/a/{c.id}/edit", base="2", body="x").status, 401, c.key)
		c.reader.get("/login")
		equal(c.reader.post("/login", login=c.login, password="correct horse battery staple").status,
			422, c.key)

	return after


def token_revoked(c):
	page = c.reader.get("/settings").text
	number = page.rpartition('action="/settings/tokens/revoke"')[2]
	number = number.partition('name="id" value="')[2].partition('"')[0]
	equal(c.reader.post("/settings/tokens/revoke", id=number).status, 303)

	def after():
		for path in [*c.addresses(), *c.places()]:
			if path.startswith("/api/"):
				equal(c.program.get(path).status, 401, c.key, path)
		equal(c.program.put(f"articles/{c.id}", base=2, body="x").status, 401, c.key)
		equal(c.get(f"/a/{c.id}").status, 200, c.key, "the session goes on")

	return after


WAYS = (
	group_removed, grant_taken, grant_lowered, restricted, list_left, moved, deleted, made_draft,
	disabled, token_revoked,
)


class Pausing(Server):
	paused = ()

	def pause(self):
		self.paused = self.children("write")
		check(self.paused, "the child that writes the index was found")
		for child in self.paused:
			os.kill(child, signal.SIGSTOP)

	def go_on(self):
		for child in self.paused:
			os.kill(child, signal.SIGCONT)
		self.paused = ()

	def settle_if_running(self):
		if not self.paused:
			self.settle()


def main():
	with Pausing() as s:
		s.person("keeper")
		s.cli("space", "add", "open")
		s.cli("group", "add", "keepers")
		s.cli("group", "member", "keepers", "keeper")
		s.cli("grant", "open", "staff", "read")
		s.cli("grant", "open", "keepers", "manage")
		people = {"keeper": s.api("keeper"), "admin": s.api("admin")}
		number = 0
		for stopped in (False, True):
			for way in WAYS:
				c = Case(s, number, people)
				s.settle()
				c.meets()
				if stopped:
					s.pause()
				after = way(c)
				after()
				s.go_on()
				s.settle()
				after()
				check(c.id in people["keeper"].get(f"search?q={c.word}").text
					or way in (deleted, made_draft), c.key, "whoever may still finds it")
				number += 1
	checks.end()


main()
