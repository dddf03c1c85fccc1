"""Articles in every state, with what hangs on them, and every kind of subject signed in."""
import re
import urllib.parse

from access_model import ARTICLES, SUBJECTS
from world import Api


class World:
	def __init__(self, server):
		self.server = server
		self.articles, self.threads, self.titles, self.files = {}, {}, {}, {}
		self.make_people()
		self.keeper = server.api("keeper")
		for state in ARTICLES[:-1]:
			self.make_article(state)
		self.articles["absent"] = self.threads["absent"] = self.files["absent"] = "0" * 13
		self.titles["absent"] = "Nothing of this name"

	def make_people(self):
		cli = self.server.cli
		for group in ("g-read", "g-write", "g-manage", "g-keep", "g-empty"):
			cli("group", "add", group)
		for space in ("a1", "b1"):
			cli("space", "add", space)
			cli("grant", space, "g-keep", "manage")
		for level in ("read", "write", "manage"):
			cli("grant", "a1", "g-" + level, level)
		for login in ("keeper", "disabled", "none", "read", "write", "manage", "accounts", "audit"):
			self.server.person(login)
		for level in ("read", "write", "manage"):
			cli("group", "member", "g-" + level, level)
		cli("group", "member", "g-keep", "keeper")
		cli("group", "member", "g-manage", "disabled")
		cli("person", "set", "accounts", "--duties", "accounts")
		cli("person", "set", "audit", "--duties", "audit")

	def make_article(self, state):
		space = "b1" if state in ("other", "old") else "a1"
		title = f"Quartz {state}"
		fields = dict(space=space, title=title, body=f"word {state}", tags=["shiny"])
		if state == "draft":
			fields["status"] = "draft"
		if state == "restricted":
			keeper = self.server.browser("keeper")
			keeper.get("/s/a1/audiences")
			answer = keeper.post("/s/a1/audiences", name="few")
			assert answer.status == 303, answer.text
			fields["audience"] = "few"
		made = self.keeper.post("articles", **fields)
		assert made.status == 201, made.text
		id = made.json["id"]
		thread = self.keeper.post(f"articles/{id}/threads", title="Why", body="first")
		assert thread.status == 201, thread.text
		self.articles[state] = id
		self.put_file(state)
		if state == "old":
			self.move(id, "a1/")
		saved = self.keeper.put(f"articles/{id}", base=1, body=f"word {state} more")
		assert saved.status == 200, saved.text
		if state == "moved":
			self.move(id, "b1/")
		if state == "deleted":
			assert self.keeper.delete("articles/" + id).status == 204
		self.articles[state], self.threads[state] = id, thread.json["id"]
		self.titles[state] = title

	def put_file(self, state):
		added = self.keeper.upload(self.articles[state], f"{state}.txt", f"paper {state}".encode())
		assert added.status == 201, added.text
		self.files[state] = added.json["id"]

	def move(self, id, audience):
		keeper = self.server.browser("keeper")
		keeper.get(f"/a/{id}/move")
		answer = keeper.post(f"/a/{id}/audience", audience=audience, sure="1")
		assert answer.status == 303, answer.text

	def put_back(self, state):
		id = self.articles[state]
		if state == "deleted":
			self.keeper.delete("articles/" + id)
		elif state != "absent":
			self.keeper.post(f"articles/{id}/restore")
			self.put_file(state)

	def sign_in(self):
		for s in SUBJECTS:
			s.browser, s.api = self.server.anonymous(), Api(self.server)
			if s.by_token:
				s.api = self.server.api("write", "read" if s.reads_only else "write")
			elif s.name != "anonymous":
				s.browser = self.server.browser(s.name)
				s.api = self.server.api(s.name)
		self.server.cli("person", "disable", "disabled")

	def path(self, pattern, on, target):
		keys = {"a": "a1", "b": "b1", "absent": "nothing-here"}
		values = {
			":article": self.articles.get(target, "0000000000000"),
			":thread": self.threads.get(target, "0000000000000"),
			":filename": "paper.txt",
			":file": self.files.get(target, "0000000000000"),
			":space": keys.get(target),
			":key": keys.get(target),
			":group": {"absent": "nothing-here"}.get(target, target),
			":login": {"absent": "nothing-here"}.get(target, target),
			":n": "1",
			":range": "1..2",
			":tag": "shiny",
			":term": "0000000000000",
			"*title": urllib.parse.quote(self.titles.get(target, "x")),
			"*rest": "0/x.css",
		}
		part = lambda p: next(
			(values[k] + p[len(k):] for k in values if re.match(re.escape(k) + r"(\.|$)", p)), p
		)
		return "/".join(part(p) for p in pattern.split("/"))

	def names(self, on, target):
		"""How the address calls the target: what an answer may repeat of it."""
		if on in ("article", "title"):
			return (self.articles[target], self.threads[target], self.files[target],
				self.titles[target])
		return ({"a": "a1", "b": "b1", "absent": "nothing-here"}.get(target, target),)

	def fields(self, recipe, target):
		keys = {"a": "a1", "b": "b1", "absent": "nothing-here"}
		fill = {
			"@title": self.titles.get(target),
			"@body": f"word {target} more",
			"@key": keys.get(target),
		}
		return {
			name: fill.get(value, value) if isinstance(value, str) else value
			for name, value in recipe.fields.items()
		}
