"""The words of links find their target for those who read both, and for nobody else, in any order of acts."""

import os
import random
import signal
import urllib.parse

import world

WORDS = "zarqanotli qoplon"  # stand in the linking article alone
c = world.Checks()


def form(api, path, **fields):
	headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Bearer " + api.token}
	answer = api.send("POST", path, urllib.parse.urlencode(fields).encode(), headers)
	assert answer.status in (200, 303), (path, answer.status, answer.text[:500])


def found(api, words=WORDS):
	answer = api.get("search?q=" + urllib.parse.quote(words))
	assert answer.status == 200, answer.text
	return {hit["id"] for hit in answer.json["hits"]}


class Act:
	"""What can happen to the article that links, and to the one that it links to."""

	def __init__(self, server):
		self.server, self.author = server, server.api("author", "write")
		self.target = self.author.post("articles", space="open", title="Yoʻlbars", body="Hayvonlar haqida.", lang="uz-Latn").json["id"]
		self.linker = self.author.post("articles", space="secret", title="Hayvonot bogʻi", body=self.text(True), lang="uz-Latn").json["id"]
		self.where, self.deleted, self.linking, self.target_deleted = "secret", False, True, False

	def text(self, linking):
		return f"Bu yerda [[Yoʻlbars|{WORDS}]] bor." if linking else "Bu yerda hech kim yoʻq."

	def shown(self):
		"""May readers of the open space read the words?"""
		return self.where == "open" and not self.deleted and self.linking

	def move(self):
		self.where = "open" if self.where == "secret" else "secret"
		form(self.author, f"/a/{self.linker}/audience", audience=self.where + "/", sure="1")

	def throw(self):
		self.deleted = not self.deleted
		if self.deleted:
			assert self.author.delete("articles/" + self.linker).status in (200, 204)
		else:
			form(self.author, f"/a/{self.linker}/restore")

	def edit(self):
		self.linking = not self.linking
		now = self.author.get("articles/" + self.linker).json
		saved = self.author.put("articles/" + self.linker, base=now["revision"]["number"], body=self.text(self.linking), comment="x")
		assert saved.status == 200, saved.text

	def rename(self):
		form(self.author, f"/a/{self.target}/rename", title=f"Yoʻlbars {random.randrange(1000)}")

	def any(self, r):
		acts = [self.move, self.throw]
		if not self.deleted:
			acts += [self.edit, self.rename]
		elif self.where == "secret":
			acts = [self.throw]
		if self.deleted:
			acts = [self.throw]
		act = r.choice(acts)
		act()
		return act.__name__


def the_rule(server, r):
	act, reader = Act(server), server.api("reader", "read")
	server.settle()
	c.equal(found(reader), set(), "nobody is told of what stands elsewhere")
	c.equal(found(act.author), {act.linker}, "nor is the target found by words of other readers")
	act.move()
	server.settle()
	c.equal(found(reader), {act.linker, act.target}, "who reads both finds both")
	path = []
	for _ in range(20):
		was_shown = act.shown()
		path.append(act.any(r))
		if was_shown and (act.where == "secret" or act.deleted):
			c.check(act.target not in found(reader), "at once, before the index knows:", path)
		server.settle()
		c.equal(found(reader), {act.linker, act.target} if act.shown() else set(), path)
	server.cli("index", "--check")
	return act, reader


def hidden_at_once(server, act, reader):
	"""Gone from search though the index stands still."""
	r = random.Random(7)
	while not act.shown():
		act.any(r)
	server.settle()
	c.equal(found(reader), {act.linker, act.target}, "before")
	for child in server.children("write"):
		os.kill(child, signal.SIGSTOP)
	act.move()
	c.equal(found(reader), set(), "hidden, and the words that lead on with it")
	for child in server.children("write"):
		os.kill(child, signal.SIGCONT)
	server.settle()
	c.equal(found(reader), set(), "and afterwards")
	c.equal(found(reader, "yoʻlbars"), {act.target}, "the target itself is still found")


def rebuilt(server, act, reader):
	act.move()
	server.settle()
	server.cli("index", "--check")
	server.cli("index", "--rebuild")
	server.cli("index", "--check")
	c.equal(found(reader), {act.linker, act.target}, "rebuilt")


def many_links(server, act, reader):
	"""A page of very many links neither stalls the index nor is left out."""
	body = " ".join(f"[[Yoʻlbars {i}|kengurucha{i}]]" for i in range(5000))
	target = act.author.post("articles", space="open", title="Yoʻlbars 7", body="x", lang="uz-Latn").json["id"]
	far = act.author.post("articles", space="open", title="Yoʻlbars 4000", body="x", lang="uz-Latn").json["id"]
	made = act.author.post("articles", space="open", title="Roʻyxat", body=body, lang="uz-Latn")
	server.settle()
	c.equal(found(reader, "kengurucha7"), {target, made.json["id"]}, "of the first links")
	c.check(far not in found(reader, "kengurucha4000"), "links far down do not count")
	assert act.author.delete("articles/" + made.json["id"]).status in (200, 204)
	server.settle()
	c.equal(found(reader, "kengurucha7"), set(), "thrown away")
	server.cli("index", "--check")


def main():
	seed = int(os.environ.get("SEED", random.randrange(10**6)))
	print("seed", seed)
	with world.Server() as server:
		for login in ("author", "reader"):
			server.cli("person", "add", login, "--name", login)
		admin = server.api("admin")
		for key, member in (("writers", "author"), ("readers", "reader")):
			assert admin.post("groups", key=key, name=key).status == 201
			assert admin.post(f"groups/{key}/members", login=member).status in (200, 201, 204)
		for space in ("open", "secret"):
			assert admin.post("spaces", key=space, name=space).status == 201
			admin.put(f"spaces/{space}/grants", group="writers", level="manage")
		admin.put("spaces/open/grants", group="readers", level="read")
		act, reader = the_rule(server, random.Random(seed))
		hidden_at_once(server, act, reader)
		rebuilt(server, act, reader)
		many_links(server, act, reader)
	c.end()


main()
