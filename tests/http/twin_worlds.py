"""Two worlds of articles: what is written into both, and what is hidden in one of them."""
import random
import re
import urllib.parse

WORDS = (
	"viza pasport elchixona konsul shartnoma muzokara diplomat protokol arxiv bayonnoma"
	" виза паспорт элчихона консул шартнома музокара ҳужжат архив қарор"
	" посольство договор переговоры документ решение гражданство соглашение"
	" embassy treaty negotiation document decision citizenship agreement courier"
).split()
SECRET = "zirkonium obsidian kvazar циркон обсидиан меморандум quasar basalt".split()
LANGS = ("uz-Latn", "uz-Cyrl", "ru", "en")


class World:
	"""One server, who acts on it, and which random id stands for what."""

	def __init__(self, server):
		self.server = server
		server.start()
		for login in ("author", "shadow", "reader", "writer"):
			server.cli("person", "add", login, "--name", f"{login.capitalize()} Karimov")
		self.api = {
			login: server.api(login) for login in ("admin", "author", "shadow", "reader", "writer")
		}
		self.names = {}  # random id -> what it is called in both worlds
		self.ids = {}

	def know(self, id, name):
		self.ids[name] = id
		if not re.match(r"c\d+-h", name):  # a hidden id is never replaced: it would show
			self.names[id] = name

	def ok(self, answer, *statuses):
		assert answer.status in (statuses or (200, 201, 204, 303)), (answer.status, answer.text[:800])
		return answer

	def form(self, who, path, **fields):
		api = self.api[who]
		headers = {"Content-Type": "application/x-www-form-urlencoded"}
		headers["Authorization"] = "Bearer " + api.token
		return self.ok(api.send("POST", path, urllib.parse.urlencode(fields).encode(), headers))

	def group(self, key, *members):
		self.ok(self.api["admin"].post("groups", key=key, name=key.upper()))
		for login in members:
			self.ok(self.api["admin"].post(f"groups/{key}/members", login=login))

	def leave(self, key, login):
		self.ok(self.api["admin"].post(f"groups/{key}/members", login=login, remove=True))

	def space(self, key, name, **grants):
		self.ok(self.api["admin"].post("spaces", key=key, name=name))
		for group, level in grants.items():
			self.ok(
				self.api["admin"].put(
					f"spaces/{key}/grants", group=group.replace("_", "-"), level=level
				)
			)

	def article(self, name, who="author", threads=(), edits=(), files=(), **fields):
		if fields.get("parent"):
			fields["parent"] = self.ids[fields["parent"]]
		made = self.ok(self.api[who].post("articles", **fields)).json
		self.know(made["id"], name)
		return made["id"]

	def go_on(self, name, who="author", threads=(), edits=(), files=(), **_):
		"""What happens to an article after it was made."""
		id = self.ids[name]
		for i, body in enumerate(edits):
			saved = dict(base=i + 1, body=body, comment=f"edit {i}")
			self.ok(self.api[who].put("articles/" + id, **saved))
		for i, (title, body) in enumerate(threads):
			thread = self.ok(self.api[who].post(f"articles/{id}/threads", title=title, body=body))
			self.know(thread.json["id"], f"{name}-thread-{i}")
		for i, (file, words) in enumerate(files):
			added = self.ok(self.api[who].upload(id, file, words.encode()))
			self.know(added.json["id"], f"{name}-file-{i}")


# ---- what is written ------------------------------------------------------------------------------


class Corpus:
	def __init__(self, number, seed):
		self.number = number
		self.name = f"seed {seed}, corpus {number}"
		self.r = random.Random(f"{seed}/{number}")
		self.key = f"c{number}"
		self.visible, self.hidden = [], []
		self.titles = []

	def words(self, n, secret=0.0):
		pick = lambda: self.r.choice(SECRET if self.r.random() < secret else WORDS)
		return " ".join(pick() for _ in range(n))

	def body(self, secret=0.0):
		r, parts = self.r, []
		for _ in range(r.randint(1, 4)):
			parts.append(f"## {self.words(2, secret)}\n\n{self.words(r.randint(5, 40), secret)}")
		for title in r.sample(self.titles, min(len(self.titles), 2)):
			parts.append(f"See [[{title}]].")
		parts.append(f"And [[{self.secret_title(0)}]], [[Nowhere {self.number}]].")
		return "\n\n".join(parts)

	def secret_title(self, i):
		return f"{SECRET[(self.number + i) % len(SECRET)].capitalize()} {self.number}"

	def plan_visible(self):
		"""Decided once, so that both worlds get the same."""
		r = self.r
		for i in range(r.randint(5, 9)):
			title = f"{self.words(r.randint(1, 3)).capitalize()} {self.number}"
			self.titles.append(title)
			self.visible.append(
				dict(
					name=f"{self.key}-v{i}",
					who=r.choice(("author", "writer")),
					space=f"{self.key}-{r.choice('ab')}",
					title=title,
					body=self.body(),
					lang=r.choice(LANGS),
					tags=r.sample(WORDS, r.randint(0, 3)),
					edits=[self.body() for _ in range(r.randint(0, 2))],
					threads=[(self.words(2), self.words(6))] if r.random() < 0.4 else [],
					files=[(f"{self.words(1)}.txt", self.words(20))] if r.random() < 0.5 else [],
				)
			)
		for i, article in enumerate(self.visible):
			above = [
				a["name"] for a in self.visible[:i] if a["space"] == article["space"]
			]
			if above and r.random() < 0.5:
				article["parent"] = r.choice(above)

	def plan_hidden(self, n, where, secret):
		"""Like the visible ones, or with words that only hidden ones have."""
		r = self.r
		for _ in range(n):
			i = len(self.hidden)
			like = r.choice(self.visible) if self.visible else None
			same = like and r.random() < 0.5
			title = like["title"] if same else self.secret_title(i)
			tags = list(like["tags"]) if like else []
			self.hidden.append(
				dict(
					name=f"{self.key}-h{i}",
					who=r.choice(("author", "shadow")),
					space=r.choice(where),
					title=title,
					body=like["body"] + " " + self.words(5, 1) if same else self.body(secret),
					lang=r.choice(LANGS),
					tags=tags + r.sample(SECRET, 2),
					edits=[self.body(secret) for _ in range(r.randint(0, 2))],
					threads=[(self.words(2, secret), self.words(6, secret))],
					files=[(f"{self.words(1, secret)}.txt", like["files"][0][1])]
					if like and like["files"] and same
					else [(f"{self.words(1, secret)}.md", self.words(20, secret))],
				)
			)
		return self.hidden[-n:]


def make_groups(world, corpus):
	k = corpus.key
	world.group(f"{k}-keep", "author", "shadow")
	world.group(f"{k}-read", "reader")
	world.group(f"{k}-write", "writer")


def hide_first(world, corpus):
	"""Hidden things that are there before anything visible of this corpus."""
	k = corpus.key
	world.group(f"{k}-hidden", "shadow", "author")
	world.space(f"{k}-z", f"Hidden {corpus.number}", **{f"{k}_hidden": "manage"})
	for article in corpus.plan_hidden(3, [f"{k}-z"], 0.7):
		world.article(**article)
		world.go_on(**article)


def show(world, corpus):
	k = corpus.key
	for letter in "ab":
		world.space(
			f"{k}-{letter}",
			f"Space {letter} {corpus.number}",
			**{f"{k}_keep": "manage", f"{k}_read": "read", f"{k}_write": "write"},
		)
	# Equal hits stand in the order in which the index came to know them, so it is told in two steps.
	for step in (world.article, world.go_on):
		for article in corpus.visible:
			step(**article)
		world.server.settle()


def hide_more(world, corpus):
	"""Around and between the visible ones: audiences, drafts, trash, moves, branches, posts."""
	k, r = corpus.key, corpus.r
	world.group(f"{k}-other", "shadow")
	world.space(f"{k}-y", f"Space a {corpus.number}", **{f"{k}_hidden": "manage", f"{k}_other": "read"})
	world.form("author", f"/s/{k}-a/audiences", name="Consuls only")
	world.form("author", f"/s/{k}-a/audience?name=Consuls+only", group=f"{k}-hidden", level="write", sure="1")
	world.ok(world.api["admin"].put(f"spaces/{k}-a/grants", group=f"{k}-hidden", level="read"))
	for article in corpus.plan_hidden(6, [f"{k}-z", f"{k}-y"], 0.4):
		world.article(**article)
		world.go_on(**article)
	in_space = [a["name"] for a in corpus.visible if a["space"] == f"{k}-a"]
	for state in ("restricted", "draft", "deleted", "moved", "renamed"):
		article = dict(corpus.plan_hidden(1, [f"{k}-a"], 0.3)[0], who="author")
		if state == "draft":
			article["status"] = "draft"
		if state in ("restricted", "renamed"):
			article["audience"] = "Consuls only"
		if in_space:
			article["parent"] = r.choice(in_space)
		id = world.article(**article)
		world.go_on(**article)
		if state == "deleted":
			world.ok(world.api["author"].delete("articles/" + id))
		elif state == "moved":
			world.form("author", f"/a/{id}/audience", audience=f"{k}-z/", sure="1")
		elif state == "renamed":
			world.form("author", f"/a/{id}/rename", title=r.choice(corpus.titles) + "!")
