"""Spaces, their settings and audiences; recent changes."""
import os
import re

from world import Checks, Server

c = Checks()


def write(api, space, title, **more):
	answer = api.post("articles", space=space, title=title, body="text of " + title, **more)
	assert answer.status == 201, (answer.status, answer.body)
	return answer.json


def lists(s):
	anna, boris, nobody = s.api("anna"), s.api("boris"), s.api("nobody")
	keys = lambda answer: sorted(x["key"] for x in answer)
	c.equal(keys(anna.get("spaces").json["items"]), ["help", "legal", "secret"])
	c.equal(keys(boris.get("spaces").json["items"]), ["help", "legal"])
	c.equal(keys(nobody.get("spaces").json["items"]), ["help"])
	one = boris.get("spaces/legal").json
	c.equal((one["name"], one["level"], one["can"]), ("Legal", "read", {"write": False, "manage": False}))
	c.equal([x["level"] for x in one["audiences"]], ["read"])
	c.equal(anna.get("spaces/legal").json["can"], {"write": True, "manage": True})
	me = boris.get("me").json
	c.equal(set(me), {"login", "name", "lang", "spaces", "can"})
	c.equal(keys(me["spaces"]), ["help", "legal"])
	c.equal((me["login"], me["can"]["create"]), ("boris", False))
	c.equal(anna.get("me").json["can"]["create"], True)
	for b in (s.browser("boris"), s.browser("nobody")):
		for path in ("/", "/s", "/spaces", "/changes"):
			c.equal(b.get(path).status, 200, path)
			c.check(not b.get(path).shows("Secret"), path)


def hidden(s):
	b = s.browser("boris")
	for part in ("", "/tree", "/recent", "/settings", "/audiences", "/audience?name=x", "/trash", "/recent.atom"):
		one, two = b.get("/s/secret" + part), b.get("/s/absent" + part)
		c.equal((one.status, two.status), (404, 404), part)
		mask = lambda a: re.sub(r'value="[^"]*"', "", a.text.replace("absent", "secret"))
		c.equal(mask(one), mask(two), part)
	for part in ("settings", "settings/grant", "audiences", "audience"):
		c.equal(b.post("/s/secret/" + part, name="x").status, 404, part)
		c.equal(b.post("/s/legal/" + part, name="x").status, 403, part)
	for part in ("settings", "audience?name=x", "trash"):
		c.equal(b.get("/s/legal/" + part).status, 403, part)
	for api in (s.api("boris"),):
		c.equal(api.get("spaces/secret/grants").status, 404)
		c.equal(api.get("spaces/absent/grants").status, 404)
		c.equal(api.get("spaces/legal/grants").status, 403)
		c.equal(api.put("spaces/legal/grants", group="lawyers", level="manage").status, 403)


def tree(s, anna):
	top = write(anna, "legal", "Top")
	child = write(anna, "legal", "Child", parent=top["id"])
	write(anna, "legal", "Grandchild", parent=child["id"])
	items = anna.get("spaces/legal").json["tree"]
	c.equal([(i["title"], i["depth"], i["more_below"]) for i in items], [("Top", 0, False), ("Child", 1, True)])
	b = s.browser("boris")
	page = b.get("/s/legal/tree")
	c.check(page.shows("Grandchild"))
	branch = b.get("/s/legal/tree?under=" + child["id"])
	c.check(branch.shows("Grandchild") and branch.status == 200)
	c.equal(b.get("/s/legal/tree?under=0123456789abc").status, 404)
	c.equal(b.get("/s/help/tree?under=" + child["id"]).status, 404, "of another space")


def settings(s):
	b = s.browser("anna")
	c.check(b.get("/s/legal/settings").shows("Legal"))
	typed = {"name": "Law", "description": "About <law>", "name-ru": "Право"}
	check = b.post("/s/legal/settings", **typed)
	c.equal(check.status, 200)
	c.check(check.shows("Check this before you apply it.") and check.shows("<del>Legal</del> → <ins>Law</ins>"))
	c.check(check.shows("Name: Русский") and not b.get("/s/legal").shows("Law"), "nothing happened yet")
	c.equal(b.post("/s/legal/settings", sure="1", **typed).status, 303)
	c.equal(b.post("/s/legal/settings", **typed).header("Location"), "/s/legal/settings", "nothing to check")
	c.check(b.get("/s/legal/settings").shows("Nothing was changed."))
	page = b.get("/s/legal")
	c.check(page.shows("Law") and page.shows("About <law>") and "<law>" not in page.text)
	c.check(b.get("/s/legal/settings").shows("Право"))
	b.language = "ru"
	c.check(b.get("/s/legal").shows("Право"))
	write(s.api("anna"), "legal", "Named in two languages", lang="en")
	where = s.api("anna").get("spaces/legal").json["tree"]
	id = next(i["id"] for i in where if i["title"] == "Named in two languages")
	s.settle()
	pages = ("/s", "/a/" + id, "/changes", "/search?q=languages", "/")
	for path in pages:
		c.check(b.get(path).shows("Право") and not b.get(path).shows("Law"), path)
	c.check(b.get("/s").shows("Справка"))
	b.language = "en"
	for path in pages:
		c.check(b.get(path).shows("Law") and not b.get(path).shows("Право"), path)
	for language, name in (("en", "Help"), ("uz", "Yordam"), ("uz-Cyrl", "Ёрдам")):
		b.language = language
		c.check(b.get("/s").shows(name), language)
	b.language = "en"
	bad = b.post("/s/legal/settings", lang="", name="", description="kept")
	c.equal(bad.status, 422)
	c.check(bad.shows("kept") and bad.shows("There is a problem"))
	c.equal(b.post("/s/legal/settings", _csrf=False, name="Evil").status, 403)
	c.check(not b.get("/s/legal").shows("Evil"))


def in_order(s):
	"""Lists of spaces stand in the order of what is shown: the alphabet of the language and script."""
	b, boss = s.browser("anna"), s.browser("admin")
	shown = {"zchegara": ("Chegara", "Чегара"), "yordam": ("Yordam", "Ёрдам"), "aoquv": ("Oʻquv", "Ўқув"), "qonun": ("Qonun", "Қонун"), "zarxiv": ("Arxiv", "Архив")}
	for key, (name, _) in shown.items():
		s.cli("space", "add", "o-" + key, "--name", name + " tartib", "--lang", "uz-Latn")
		s.cli("grant", "o-" + key, "agents", "write")
	orders = {"uz-Latn": "Arxiv Qonun Yordam Oʻquv Chegara", "uz-Cyrl": "Архив Ёрдам Чегара Ўқув Қонун"}
	for language, order in orders.items():
		b.language = boss.language = language
		for who, path in ((b, "/"), (b, "/s"), (b, "/new"), (b, "/changes"), (b, "/g/agents"), (boss, "/admin/groups/agents"),
				(boss, "/admin/spaces"), (boss, "/admin/access")):
			c.equal(" ".join(re.findall(r"(\w+) (?:tartib|тартиб)", who.get(path).text)).split(" ")[:5], order.split(" "), language, path)
	matrix = boss.get("/admin/access?space=o-&group=agents").text
	c.check(re.search(r"<tr><th scope=\"row\">.*agents", matrix), "rights stand below their own spaces")
	s.cli("grant", "o-zchegara", "agents", "manage")
	cells = re.findall(r"<td>.*?</td>", re.search(r'<tr><th scope="row"><a href="/admin/groups/agents".*?</tr>', boss.get("/admin/access?space=o-").text, re.S).group(0), re.S)
	c.equal([i for i, cell in enumerate(cells) if cell != cells[0]], [2], cells)


def two_at_once(s):
	"""What is applied is what was shown as a change: a name that somebody else gave meanwhile stays."""
	s.cli("space", "set", "legal", "--description", "Old", "--lang", "en")
	b = s.browser("anna")
	b.get("/s/legal/settings")
	check = b.post("/s/legal/settings", **{"name": "Law", "name-ru": "Право", "description-en": "New"})
	s.cli("space", "set", "legal", "--name", "Правовые вопросы", "--lang", "ru")
	sent = check.hidden("/s/legal/settings")
	c.equal(sent.get("description-en"), "New")
	c.equal(b.post("/s/legal/settings", **sent).status, 303)
	names = s.api("anna").get("spaces/legal").json["names"]
	c.equal(names["ru"], "Правовые вопросы")
	back = b.post("/s/legal/settings", **{k: v for k, v in sent.items() if k != "sure"}, again="1")
	c.check(back.status == 200 and "data-unsaved" in back.text, "the form as it was filled in is not left without a question")
	s.cli("space", "set", "legal", "--name", "Право", "--lang", "ru")


def names(s):
	"""One name in Latin serves both scripts; what has none falls back, and says its language."""
	api, b = s.api("anna"), s.browser("anna")
	s.cli("space", "add", "desk", "--name", "Shartnomalar boʻlimi", "--lang", "uz-Latn")
	s.cli("grant", "desk", "agents", "manage")
	id = write(api, "desk", "Imzo", lang="uz-Latn", tags=["imzo"])["id"]
	s.settle()
	pages = ("/", "/s", "/s/desk", "/s/desk/tree", "/s/desk/recent", "/s/desk/settings", "/changes", "/a/" + id,
		f"/a/{id}/move", "/tag/imzo", "/search?q=imzo", "/new?space=desk", f"/a/{id}/access", "/s/desk/recent.atom")
	for language, name in (("uz", "Shartnomalar boʻlimi"), ("uz-Cyrl", "Шартномалар бўлими"), ("ru", "Shartnomalar boʻlimi")):
		b.language = language
		facets = api.get("search?q=imzo", **{"Accept-Language": language}).json["facets"]["space"]
		c.equal([f["label"] for f in facets if f["value"] == "desk"], [name])
		for path in pages:
			page = b.get(path)
			c.check(page.status == 200 and page.shows(name), language, path)
			c.check(language != "uz-Cyrl" or path.endswith("settings") or "Shartnomalar" not in page.text, language, path)
	b.language = "ru"
	c.check('<span lang="uz-Latn">Shartnomalar boʻlimi</span>' in b.get("/s").text)
	b.language = "uz-Cyrl"
	c.check('lang="uz-Latn">Sh' not in b.get("/s").text)
	made = api.put("spaces/desk", name="Отдел договоров", lang="ru")
	c.equal((made.status, made.json["names"]["ru"]), (200, "Отдел договоров"))
	c.equal(api.put("spaces/desk", name="Desk", lang="tlh").status, 422)
	c.equal(api.put("spaces/desk", name="").status, 422, "the first name stays")
	c.equal(s.api("boris").put("spaces/desk", name="Mine").status, 404)
	c.equal(s.api("boris").put("spaces/absent", name="Mine").status, 404)
	c.equal(s.api("boris").put("spaces/legal", name="Mine").status, 403)
	one = api.get("spaces/desk").json
	c.equal(one["names"], {"uz-Latn": "Shartnomalar boʻlimi", "ru": "Отдел договоров"})
	s.cli("space", "set", "desk", "--name", "Treaty desk", "--lang", "en")
	s.cli("space", "set", "desk", "--description", "Bitimlar")
	c.check("desk\tTreaty desk\n" in s.cli("space", "list", "--lang", "en"))
	c.check("desk\tShartnomalar boʻlimi\n" in s.cli("space", "list"))
	c.check("desk\tШартномалар бўлими\n" in s.cli("space", "list", "--lang", "uz-Cyrl"))
	for language, name, tag, about in (("en", "Treaty desk", "en", "Bitimlar"), ("ru", "Отдел договоров", "ru", "Bitimlar"),
			("uz-Cyrl", "Шартномалар бўлими", "uz-Cyrl", "Битимлар")):
		one = api.get("spaces/desk", **{"Accept-Language": language}).json
		c.equal((one["name"], one["name_lang"], one["description"]), (name, tag, about))
	help = api.get("spaces/help").json["names"]
	c.equal(help, {"en": "Help", "ru": "Справка", "uz-Cyrl": "Ёрдам", "uz-Latn": "Yordam"})
	for form, place in (("markdown", "desk"), ("jsonl", "")):
		folder = os.path.join(s.folder, form)
		s.cli("export", "--space", "desk", "--format", form, folder)
		s.cli("space", "add", "other", "--name", "Other", good=False)
		s.cli("import", "--space", "other", os.path.join(folder, place))
		c.equal(s.cli("space", "list").count("other\tOther\n"), 1, "a file of another space names none")
	moved = Server()
	moved.cli("import", "--space", "desk", os.path.join(s.folder, "markdown"))
	for language in ("uz-Latn", "uz-Cyrl", "ru", "en"):
		line = lambda server: next(x for x in server.cli("space", "list", "--lang", language).splitlines() if x.startswith("desk\t"))
		c.equal(line(moved), line(s), language)
	moved.cli("space", "set", "desk", "--name", "Renamed", "--lang", "ru")
	moved.cli("import", "--space", "desk", os.path.join(s.folder, "markdown"))
	c.check("desk\tRenamed\n" in moved.cli("space", "list", "--lang", "ru"), "what is there already stays")
	moved.__exit__()
	rows = s.api("admin").get("audit?action=space.set").json["items"]
	c.check(any(r["detail"].get("before") == "" and r["detail"].get("name") == "Treaty desk" for r in rows), rows[:2])


def long_description(s):
	"""What may be written when a space is made stands in no way of naming it later."""
	long = "Uzun matn. " * 300
	c.equal(s.api("admin").post("spaces", key="long", name="Long", lang="en", description=long).status, 201)
	s.cli("grant", "long", "agents", "manage")
	b = s.browser("anna")
	b.get("/s/long/settings")
	sent = {"name-en": "Longer", "description-en": long.strip()}
	c.equal(b.post("/s/long/settings", **sent).status, 200)
	c.equal(b.post("/s/long/settings", sure="1", **sent).status, 303)
	one = s.api("anna").get("spaces/long").json
	c.equal((one["name"], len(one["description"]) > 3000), ("Longer", True))


def refused_names(s):
	"""Names that cannot be are refused like an article: with their file and the reason, and the rest is imported."""
	folder = os.path.join(s.folder, "refused")
	os.mkdir(folder)
	for name, text in (("space.names", f"---\nspace: fresh\nname: {'x' * 300}\n---\n"), ("one.md", "# One\n")):
		with open(os.path.join(folder, name), "w") as f:
			f.write(text)
	ran = s.run("import", "--space", "fresh", "--author", "admin", folder)
	c.equal(ran.returncode, 1)
	c.check("space.names: " in ran.stderr and "1 created, 0 changed, 0 unchanged, 1 refused" in ran.stderr, ran.stderr)


def grants(s):
	b = s.browser("anna")
	b.get("/s/legal/settings")
	check = b.post("/s/legal/settings/grant", group="clerks", level="write")
	c.equal(check.status, 200)
	c.check(check.shows("Check this before you apply it.") and check.shows("1 person gains write access."))
	api = s.api("clerk")
	c.equal(api.get("spaces/legal").status, 404, "nothing was done yet")
	done = b.post("/s/legal/settings/grant", group="clerks", level="write", sure="1")
	c.equal((done.status, done.header("Location")), (303, "/s/legal/settings"))
	c.equal(api.get("spaces/legal").json["level"], "write")
	c.equal(b.post("/s/legal/settings/grant", group="none", level="write").status, 422)
	c.equal(b.post("/s/legal/settings/grant", group="clerks", level="all").status, 422)
	c.equal(b.post("/s/legal/settings/grant", group="agents", level="read").status, 422, "the last managers")
	anna = s.api("anna")
	c.equal(anna.put("spaces/legal/grants", group="clerks", level="none").status, 204)
	c.equal(api.get("spaces/legal").status, 404)
	items = anna.get("spaces/legal/grants").json["items"]
	c.equal({(i["group"], i["level"]) for i in items}, {("agents", "manage"), ("lawyers", "read")})
	c.equal(anna.put("spaces/legal/grants", group="clerks", level="x").status, 422)
	c.equal(anna.put("spaces/legal/grants", group="clerks", level="read", extra=1).status, 422)
	c.equal(s.api("anna", "read").put("spaces/legal/grants", group="clerks", level="read").status, 403)


def audiences(s, anna):
	b = s.browser("anna")
	b.get("/s/legal/audiences")
	made = b.post("/s/legal/audiences", name="Consuls / only & all")
	c.equal(made.status, 303)
	where = made.header("Location")
	c.check(not re.search(r"\d", where.replace("%20", "").replace("%26", "").replace("%2F", "")), where)
	c.equal(b.get(where).status, 200)
	c.equal(b.post("/s/legal/audiences", name="Consuls / only & all").status, 422, "twice")
	check = b.post(where, group="", person="boris", level="read")
	c.equal(check.status, 200)
	c.check(check.shows("1 person is concerned."))
	c.check('action="' + where.replace("&", "&amp;") + '"' in check.text, where)
	c.equal(b.post(where, person="boris", level="read", sure="1").status, 303)
	c.check(b.get(where).shows("boris"))
	c.equal(b.post(where, person="stranger", level="read").status, 422)
	c.equal(b.post(where, level="read").status, 422)
	c.equal(b.post(where, person="boris", level="manage").status, 422)
	names = lambda login: [a["name"] for a in s.api(login).get("spaces/legal").json["audiences"]]
	c.equal(names("boris"), ["", "Consuls / only & all"])
	c.equal(b.post(where, person="boris", level="none", sure="1").status, 303)
	c.equal(names("boris"), [""], "off the list: the audience is as if it were not")
	c.check(not s.browser("boris").get("/s/legal/audiences").shows("Consuls"))


def trash(s, anna):
	article = write(anna, "legal", "Thrown away")
	c.check(anna.delete("articles/" + article["id"]).status in (200, 204))
	b = s.browser("anna")
	page = b.get("/s/legal/trash")
	c.check(page.shows("Thrown away"))
	c.equal(s.browser("boris").get("/s/legal").shows("Thrown away"), False)
	c.equal(b.post("/a/" + article["id"] + "/restore").status, 303)
	c.check(not b.get("/s/legal/trash").shows("Thrown away"))


def changes(s, anna):
	boris = s.api("boris")
	write(anna, "secret", "Hidden news")
	every = boris.get("changes?limit=100").json
	c.check(every["next"] is None and len(every["items"]) >= 3)
	c.check("Hidden news" not in [i["title"] for i in every["items"]])
	c.check("Hidden news" in [i["title"] for i in anna.get("changes").json["items"]])
	walked, after = [], ""
	while True:
		part = boris.get("changes?limit=2" + after).json
		walked += part["items"]
		if not part["next"]:
			break
		c.check(re.match(r"[A-Za-z0-9_-]{22}$", part["next"]), "the place is opaque")
		after = "&after=" + part["next"]
	c.equal(walked, every["items"])
	c.equal(boris.get("changes?after=17").status, 422)
	c.equal(boris.get("changes?person=boris").json["items"], [])
	c.equal(boris.get("changes?space=secret").json["items"], [])
	c.equal(boris.get("changes?space=absent").json, boris.get("changes?space=secret").json)
	b = s.browser("boris")
	page = b.get("/changes?person=anna")
	c.check(page.status == 200 and page.shows("Grandchild"))
	c.check(b.get("/s/legal/recent").shows("Grandchild"))
	feed = b.get("/changes.atom")
	c.check(feed.header("Content-Type").startswith("application/atom+xml"))
	c.check("Grandchild" in feed.text and "Hidden news" not in feed.text)
	c.equal(b.get("/s/legal/recent.atom").status, 200)


def newest(s, anna):
	"""Who saves often fills no list: an article stands once among what changed last, with its newest change."""
	often = write(anna, "legal", "Saved often")
	write(anna, "secret", "Hidden and saved")
	for i in range(1, 31):
		answer = anna.put("articles/" + often["id"], base=i, body=f"text {i}", comment="again")
		assert answer.status == 200, answer.body
	b = s.browser("boris")
	for path in ("/", "/s/legal"):
		page = b.get(path)
		recent = page.text.split('id="recent"')[-1] if path == "/" else page.text.split("<aside")[-1]
		c.equal(recent.count(">Saved often<"), 1, path)
		c.check("Grandchild" in recent, path + ": the articles before it are not pushed out")
		c.check("Hidden and saved" not in recent, path)
	every = s.api("boris").get("changes?limit=100").json["items"]
	c.equal(sum(i["title"] == "Saved often" for i in every), 31, "the list of changes has them all")


with Server() as s:
	for login in ("anna", "boris", "clerk", "nobody"):
		s.person(login)
	for group, member in (("agents", "anna"), ("lawyers", "boris"), ("clerks", "clerk")):
		s.cli("group", "add", group)
		s.cli("group", "member", group, member)
	s.cli("space", "add", "legal", "--name", "Legal")
	s.cli("space", "add", "secret", "--name", "Secret")
	s.cli("grant", "legal", "agents", "manage")
	s.cli("grant", "secret", "agents", "manage")
	s.cli("grant", "legal", "lawyers", "read")
	anna = s.api("anna")
	lists(s)
	hidden(s)
	tree(s, anna)
	settings(s)
	two_at_once(s)
	names(s)
	long_description(s)
	refused_names(s)
	grants(s)
	audiences(s, anna)
	trash(s, anna)
	changes(s, anna)
	newest(s, anna)
	in_order(s)
c.end()
