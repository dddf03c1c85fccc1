"""How much there may be, and how much one account may do: audiences (security.md 3.4), limits of use (4.8)."""
import sqlite3

from world import CONFIG, Checks, Server

c = Checks()
MOST = 500  # audiences of an installation
QUIET = CONFIG + "alert_reads = 5\n"


def count(s, sql, *values):
	record = sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True)
	try:
		return record.execute(sql, values).fetchone()[0]
	finally:
		record.close()


def size(s):
	return [count(s, f"SELECT count(*) FROM {table}") for table in ("audience", "space", "space_name", "journal")]


def ground(s):
	s.person("anna")
	s.cli("space", "add", "desk")
	s.cli("group", "add", "desk-managers")
	s.cli("group", "member", "desk-managers", "anna")
	s.cli("grant", "desk", "desk-managers", "manage")


def too_many_audiences(s):
	"""One more is refused on every way that makes one, in words, and nothing of it stays."""
	admin = s.api("admin")
	while count(s, "SELECT count(*) FROM audience") < MOST:
		assert admin.post("spaces", key=f"s{count(s, 'SELECT count(*) FROM audience')}").status == 201
	words = f"at most {MOST} audiences"
	manager, keeper = s.browser("anna"), s.browser("admin")
	manager.get("/s/desk/audiences")
	keeper.get("/admin/spaces")
	path = s.folder + "/one.md"
	with open(path, "w") as f:
		f.write("# One\n\nText.\n")
	before = size(s)
	answer = admin.post("spaces", key="more")
	c.equal((answer.status, answer.json["error"].get("field")), (422, "key"), answer.body)
	c.check(str(MOST) in answer.json["error"]["message"], answer.body)
	answer = keeper.post("/admin/spaces", key="more", name="More")
	c.check(answer.status == 422 and answer.shows(words) and answer.shows("More"), answer.status)
	answer = manager.post("/s/desk/audiences", name="Few")
	c.check(answer.status == 422 and answer.shows(words) and answer.shows("Few"), answer.status)
	c.equal(size(s), before, "nothing is made")
	for words_typed in (("space", "add", "more"), ("import", "--space", "more", path)):
		ran = s.run(*words_typed)
		c.check(ran.returncode != 0 and words in ran.stderr, words_typed, ran.stderr)
		c.equal(size(s), before, words_typed)
	c.check(s.api("anna").post("articles", space="desk", title="T", body="B").status == 201, "the rest goes on")


def alerts(s, auditor):
	return [i for i in s.api(auditor).get("notices").json["items"] if i["reason"] == "reading"]


def reading_very_much(s):
	"""Whoever reads very many different articles in a day is told to the auditors, once."""
	for login in ("vera", "omar", "audi", "keeper"):
		s.person(login)
	s.cli("person", "set", "audi", "--duties", "audit")
	s.cli("person", "set", "keeper", "--duties", "accounts")
	s.cli("group", "add", "readers")
	for login in ("vera", "omar"):
		s.cli("group", "member", "readers", login)
	s.cli("grant", "desk", "readers", "read")
	anna = s.api("anna")
	ids = [anna.post("articles", space="desk", title=f"Article {n}", body="Text.").json["id"] for n in range(12)]
	rows = lambda: count(s, "SELECT count(*) FROM journal WHERE action = 'reading.many'")
	vera, omar = s.api("vera"), s.browser("omar")
	for _ in range(3):
		for id in ids[:4]:
			c.equal(vera.get("articles/" + id).status, 200)
	c.equal(rows(), 0, "four articles are not five, however often they are read")
	c.equal(vera.get("articles/0123456789abc").status, 404)
	c.equal(rows(), 0, "what is not there is not read")
	s.browser("vera").get(f"/a/{ids[4]}/raw")
	c.equal(rows(), 1, "session and token of one account count together")
	for id in ids:
		vera.get(f"articles/{id}/revisions")
	c.equal(rows(), 1, "once a day")
	told = alerts(s, "audi")
	c.equal([(i["person"]["login"], i["articles"], i["seen"]) for i in told], [("vera", 5, False)])
	c.equal(set(told[0]), {"reason", "person", "articles", "at", "seen"}, "no article is named")
	row = s.api("audi").get("audit?action=reading.many").json["items"]
	c.equal([r["actor"] for r in row], ["vera"])
	c.check(not any(id in str(row) for id in ids), row)
	for path in ids[:5]:
		omar.get("/a/" + path)
	c.equal(rows(), 2, "pages count as JSON does")
	page = s.browser("audi").get("/")
	c.check(page.shows("Accounts that read very many articles") and page.shows("omar"))
	return ids


def who_is_told(s, ids):
	"""Only auditors; neither managers nor administrators nor the account itself see it."""
	for login in ("anna", "vera", "keeper"):
		b, api = s.browser(login), s.api(login)
		for answer in (b.get("/"), b.get("/notices")):
			c.check("very many articles" not in answer.text, login)
		c.equal((api.get("notices").json["items"], api.get("notices").json["unseen"]), ([], 0), login)
	c.equal(s.api("keeper").get("audit?action=reading").json["items"], [])
	b = s.browser("audi")
	b.get("/notices")
	c.equal(s.api("audi").get("notices").json["unseen"], 2)
	c.equal(b.post("/notices/seen").status, 303)
	c.equal((s.api("audi").get("notices").json["unseen"], [i["seen"] for i in alerts(s, "audi")]), (0, [True, True]))
	c.check(not b.get("/").shows("Accounts that read very many articles"))
	s.stop()
	s.start()
	for id in ids:
		s.api("vera").get("articles/" + id)
	c.equal(len(alerts(s, "audi")), 2, "a restart tells nothing twice")


def limits():
	"""Each limit of use by its own setting, with all others out of the way."""
	cases = (
		("rate_search", lambda b, api: b.get("/search?q=word")),
		("rate_suggest", lambda b, api: b.get("/suggest?q=wor")),
		("rate_save", lambda b, api: b.post("/settings", lang="en")),
		("rate_read", lambda b, api: b.get("/changes")),
		("rate_token", lambda b, api: api.get("spaces")),
		("rate_export", lambda b, api: b.get("/glossary/export.csv")),
	)
	for name, ask in cases:
		with Server(config=CONFIG.replace(f"{name} = 1000000", f"{name} = 7")) as s:
			ground(s)
			b, api = s.browser("anna"), s.api("anna")
			answers = [ask(b, api) for _ in range(9)]
			good = [a.status for a in answers].index(429) if 429 in [a.status for a in answers] else -1
			# Signing in read pages of the same account.
			c.check(0 < good <= 7 if name == "rate_read" else good == 7, name, [a.status for a in answers])
			c.check(int(answers[-1].header("Retry-After") or 0) >= 1, name)
			c.equal(s.anonymous().get("/login").status, 200, name + ": others go on")


def attach(b, id, name):
	parts = (('name="csrf"', b.token), (f'name="file"; filename="{name}"', "Some text."))
	body = "".join(f"--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in parts)
	headers = {"Content-Type": "multipart/form-data; boundary=xyz", "Origin": b.server.origin}
	return b.ask("POST", f"/a/{id}/files", (body + "--xyz--\r\n").encode(), **headers)


def uploads():
	for name in ("rate_upload", "rate_upload_day"):
		with Server(config=CONFIG.replace(f"{name} = 1000000", f"{name} = 3")) as s:
			ground(s)
			anna = s.api("anna")
			id = anna.post("articles", space="desk", title="T", body="B").json["id"]
			b = s.browser("anna")
			b.get(f"/a/{id}/files")
			statuses = [attach(b, id, f"{n}.txt").status for n in range(5)]
			c.equal(statuses[:3].count(429), 0, name, statuses)
			c.equal(statuses[3:], [429, 429], name)


def signing_in():
	"""Sixty a minute from one address, whoever is named; and a hundred failures in a row lock an account."""
	with Server(config=CONFIG.replace("rate_sign_in = 1000000", "rate_sign_in = 4")) as s:
		statuses = []
		for n in range(6):
			b = s.anonymous()
			b.get("/login")
			statuses.append(b.post("/login", login=f"nobody{n}", password="wrong wrong wrong").status)
		c.equal(statuses, [422] * 4 + [429] * 2, "of one address")


with Server(config=QUIET) as s:
	ground(s)
	who_is_told(s, reading_very_much(s))
	too_many_audiences(s)
limits()
uploads()
signing_in()
c.end()
