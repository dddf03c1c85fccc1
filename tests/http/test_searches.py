#!/usr/bin/env python3
"""What searches teach: the log and its report, recommended articles, saved searches with news."""
import html
import os
import re
import sqlite3
import time
import urllib.parse

from world import Checks, Server, until

checks = Checks()
DAY = 24 * 3600
PEOPLE = ("anna", "bek", "cora", "dan")


def quote(text):
	return urllib.parse.quote(text)


def rows(page, heading):
	"""The queries of one list of the report."""
	part = page.partition(f">{heading}</h2>")[2].partition("</section>")[0]
	return [html.unescape(q) for q in re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', part)]


class World:
	def __init__(self, server):
		self.server = server
		cli = server.cli
		for login in PEOPLE + ("boss", "other"):
			server.person(login)
		for space, manager in (("open", "boss"), ("shut", "other")):
			cli("space", "add", space)
			cli("group", "add", f"{space}-manage")
			cli("group", "member", f"{space}-manage", manager)
			cli("grant", space, f"{space}-manage", "manage")
		cli("group", "add", "readers")
		for login in PEOPLE:
			cli("group", "member", "readers", login)
		cli("grant", "open", "readers", "read")
		self.sign_in()
		self.boss_api, self.other_api = server.api("boss"), server.api("other")
		self.anna_api = server.api("anna")

	def sign_in(self):
		self.of = {p: self.server.browser(p) for p in PEOPLE + ("boss", "other", "admin")}

	def article(self, title, body, space="open", **more):
		api = self.other_api if space == "shut" else self.boss_api
		made = api.post("articles", space=space, title=title, body=body, **more)
		assert made.status == 201, made.text
		return made.json["id"]

	def ask(self, who, query, more=""):
		return self.of[who].get(f"/search?q={quote(query)}{more}").text

	def restrict(self, id):
		boss = self.of["boss"]
		boss.get("/s/open/audiences")
		boss.post("/s/open/audiences", name="Few")
		boss.get(f"/a/{id}/move")
		done = boss.post(f"/a/{id}/audience", audience="open/Few", sure="1")
		assert done.status == 303, (done.status, done.text[:500])
		self.server.settle()


# ---- the log and its report ------------------------------------------------------------------------


def open_first(world, who, page):
	address = html.unescape(re.search(r'<h2 class="thread"><a href="([^"]+)"', page).group(1))
	checks.check(re.search(r"[?&]s=[\w-]{16}(#|&|$)", address), "a hit carries its mark", address)
	checks.equal(world.of[who].get(address.partition("#")[0]).status, 200)


def test_report(world):
	world.article("Visa terms", "How long a visa holds.")
	world.article("Seals", "Where seals are kept.", space="shut")
	world.server.settle()
	for who in PEOPLE[:2]:  # two people: never shown
		for _ in range(3):
			world.ask(who, "rare words")
			world.ask(who, "visa rare", "&space=open")
	for who in PEOPLE[:3]:
		world.ask(who, "nowhere at all")
		world.ask(who, "lost things", "&space=open")
		world.ask(who, "seals", "&space=shut")  # a space that they do not read
		world.ask(who, "visa holds", "&space=shut")  # though the page counts that the open space has it
		open_first(world, who, world.ask(who, "visa"))
		world.ask(who, "visa terms")
		world.ask(who, "=holds", "&space=open")
	get = lambda who, path: world.of[who].get(path).text
	checks.check(until(lambda: "=holds" in get("admin", "/admin/searches")), "the report is filled")
	checks.check(until(lambda: "Visa terms" in get("boss", "/s/open/searches")), "and the clicks")
	admin, boss = get("admin", "/admin/searches"), get("boss", "/s/open/searches")
	other = get("other", "/s/shut/searches")
	every = ["=holds", "lost things", "nowhere at all", "seals", "visa", "visa holds", "visa terms"]
	checks.equal(sorted(rows(admin, "Asked most")), every)
	checks.equal(
		sorted(rows(admin, "Without results")), ["lost things", "nowhere at all", "seals", "visa holds"]
	)
	checks.equal(
		sorted(rows(admin, "With results of which none was opened")), ["=holds", "visa terms"]
	)
	checks.equal(
		sorted(rows(boss, "Asked most")), ["=holds", "lost things", "visa", "visa terms"]
	)
	checks.equal(rows(boss, "Without results"), ["lost things"])
	checks.equal(
		sorted(rows(boss, "With results of which none was opened")), ["=holds", "visa terms"]
	)
	checks.equal(rows(other, "Asked most"), [], "of who does not read the space")
	for days in (7, 30, 90, 0):
		for path in ("/admin/searches", "/admin/searches.csv", "/s/open/searches",
				"/s/open/searches.csv"):
			for who in ("admin", "boss"):
				checks.check("rare" not in get(who, f"{path}?days={days}"), path, days, who)
	for path in ("/s/open/searches", "/s/open/searches.csv", "/s/open/bets"):
		checks.equal(world.of["anna"].get(path).status, 403, path)
		checks.equal(world.of["other"].get(path).status, 404, path)
	checks.equal(world.of["boss"].get("/admin/searches").status, 404)
	checks.check("Opened most:" in boss and "Opened most:" not in admin, "titles for readers alone")
	no_names(world, admin + boss)


def no_names(world, pages):
	for login in PEOPLE:
		checks.check(f">{login}" not in pages and f"/p/{login}" not in pages, "nobody is named")


def test_csv(world):
	answer = world.of["admin"].get("/admin/searches.csv?days=7")
	lines = answer.text.splitlines()
	checks.equal(lines[0], "\ufefflist,query,people_at_least,opened_most")
	checks.check('all,"\'=holds",3,""' in lines, "no cell is a formula", lines)
	checks.check('no_result,"nowhere at all",3,""' in lines, lines)
	checks.check(answer.header("Content-Disposition").startswith("attachment"))
	boss = world.of["boss"].get("/s/open/searches.csv?days=7").text
	checks.check('all,"visa",3,"Visa terms"' in boss, boss)


def test_synonym(world):
	boss = world.of["boss"]
	page = boss.get("/s/open/searches").text
	link = html.unescape(re.search(r'href="(/glossary/synonym\?[^"]*lost[^"]*)"', page).group(1))
	made = world.boss_api.post("terms", en="mislaid objects", domain="consular")
	checks.equal(made.status, 201, made.text)
	approved = world.boss_api.put(f"terms/{made.json['id']}/approve")
	checks.equal((approved.status, approved.json["state"]), (200, "approved"))
	form = boss.get(link + "&q=mislaid&lang=en").text
	checks.check("mislaid objects" in form and "lost things" in form, "the form is filled in")
	done = boss.post(f"/glossary/{made.json['id']}/synonym", word="lost things", lang="en")
	checks.equal(done.status, 303, done.text[:500])
	term = world.boss_api.get(f"terms/{made.json['id']}").json
	checks.equal([f["term"] for f in term["en"]], ["mislaid objects", "lost things"])
	world.article("Mislaid objects", "Of mislaid objects.")
	world.server.settle()
	checks.equal(hits_of(world, "lost things")[0], [("Mislaid objects", False)], "the synonym finds")
	again = boss.post(f"/glossary/{made.json['id']}/synonym", word="lost things", lang="en")
	checks.equal(again.status, 422)
	anna = world.of["anna"]
	anna.get("/glossary")
	checks.equal(anna.get(link).status, 403)
	checks.equal(anna.post(f"/glossary/{made.json['id']}/synonym", word="x y", lang="en").status, 403)
	checks.check('value="lost things"' in boss.get("/glossary?propose=lost+things").text)


# ---- recommended articles --------------------------------------------------------------------------


def hits_of(world, query, more=""):
	answer = world.anna_api.get(f"search?q={quote(query)}{more}").json
	return [(h["title"], h["pinned"]) for h in answer["hits"]], answer["total"]


def pin(world, query, article, who="boss", space="open"):
	browser = world.of[who]
	browser.get(f"/s/{space}/bets")
	return browser.post(f"/s/{space}/bets", query=query, article=article)


def test_bets(world):
	first = world.article("Stamps in pieces", "stamp stamp stamp stamp")
	second = world.article("Where to buy", "A stamp is bought at the post.")
	apart = world.article("Opening hours", "Monday to Friday.")
	world.server.settle()
	before, total = hits_of(world, "stamp")
	checks.equal([t for t, _ in before], ["Stamps in pieces", "Where to buy"])
	checks.equal(total, 2)
	checks.equal(pin(world, "Stamp", f"http://x/a/{second}-where").status, 303)
	checks.equal(hits_of(world, "stamp"), ([("Where to buy", True), ("Stamps in pieces", False)], 2))
	checks.equal(hits_of(world, "СТАМП")[0][:1], [("Where to buy", True)], "in the other script")
	checks.equal(hits_of(world, "stamp", "&lang=ru")[0], [], "filters are not passed by")
	checks.equal(hits_of(world, "stamps in pieces")[0][0][1], False, "only exactly this query")
	page = world.ask("anna", "stamp")
	checks.check(page.count("Where to buy") == 1 and "Recommended" in page, "shown once, with its label")
	checks.equal(pin(world, "stamp", "Opening hours").status, 303, "by its title")
	found, total = hits_of(world, "stamp")
	checks.equal([t for t, p in found if p], ["Where to buy", "Opening hours"])
	checks.equal(total, 2, "what was not found is not counted as found")
	checks.equal(pin(world, "zzyzx", apart).status, 303)
	checks.equal(hits_of(world, "zzyzx"), ([("Opening hours", True)], 1))
	checks.check("Nothing was found" not in world.ask("anna", "zzyzx"))
	checks.equal(pin(world, "stamp", first).status, 303)
	checks.equal(pin(world, "stamp", world.article("Fourth", "stamp")).status, 422, "three a query")
	checks.equal(pin(world, "stamp", first, who="anna").status, 403)
	checks.equal(pin(world, "stamp", first, who="other").status, 404)
	checks.equal(pin(world, "stamp", first, who="other", space="shut").status, 422)
	page = world.of["boss"].get("/s/open/bets").text
	for id in re.findall(r'name="id" value="(\w+)"', page)[:3]:
		checks.equal(world.of["boss"].post("/s/open/bets/remove", id=id).status, 303)
	return second


def steady(page):
	return re.sub(r'name="csrf" value="[^"]*"', "", page)


def test_hidden_bets(world):
	"""A recommended article that one may not read is as if nobody had recommended it."""
	world.article("Open quill", "quill quill")
	secret = world.article("Secret quill", "quill")
	world.restrict(secret)
	asked = ("quill", "secret quill", "nothing like it")
	look = lambda: [steady(world.ask("anna", q)) for q in asked] + [hits_of(world, q) for q in asked]
	before = look()
	for query in asked:
		checks.equal(pin(world, query, secret).status, 303)
	checks.equal(look(), before, "not a byte differs")
	boss = world.boss_api.get("search?q=quill").json["hits"][0]
	checks.equal((boss["title"], boss["pinned"]), ("Secret quill", True))


def test_bet_ends_with_its_right(world):
	id = world.article("Ink", "ink")
	world.server.settle()
	checks.equal(pin(world, "pens", id).status, 303)
	checks.equal(hits_of(world, "pens")[0], [("Ink", True)])
	world.restrict(id)
	checks.equal(hits_of(world, "pens"), ([], 0))


# ---- saved searches ----------------------------------------------------------------------------------


def record(world):
	return sqlite3.connect(os.path.join(world.server.data, "devon.db"))


def restart(world, change=None, *values):
	world.server.stop()
	if change:
		with record(world) as db:
			db.execute(change, values)
		db.close()
	world.server.start()


def save(world, who, name, query, alert="daily"):
	page = world.ask(who, query)
	address = html.unescape(re.search(r'name="address" value="([^"]*)"', page).group(1))
	return world.of[who].post("/settings/searches", name=name, address=address, alert=alert)


def test_saving(world):
	anna, bek = world.of["anna"], world.of["bek"]
	checks.equal(save(world, "anna", "Quills", "quill", "none").status, 303)
	page = anna.get("/settings/searches").text
	id = re.search(r'name="id" value="(\w{13})"', page).group(1)
	checks.check('<a href="/search?q=quill">Quills</a>' in page, "it can be run")
	checks.equal(save(world, "anna", "Quills", "quill").status, 422, "a name is taken once")
	change = lambda who, **more: who.post("/settings/searches/change", id=id, **more).status
	checks.equal(change(anna, name="My quills", alert="weekly"), 303)
	checks.check("My quills" in anna.get("/settings/searches").text)
	checks.equal(change(anna, name="My quills", alert="hourly"), 422)
	checks.equal(change(bek, name="Ours", alert="daily"), 404)
	checks.equal(bek.post("/settings/searches/delete", id=id).status, 404)
	checks.check("My quills" not in bek.get("/settings/searches").text)
	sent = lambda address: anna.post("/settings/searches", name="N", address=address, alert="none")
	for address in ("", "space=open", "q=%zz", "q=" + "x" * 9000):
		checks.check(sent(address).status in (400, 422), address[:20])
	checks.equal(sent('q="><script>&next=//evil').status, 303)
	page = anna.get("/settings/searches").text
	checks.check("<script>" not in page and "//evil" not in page, "only what a search knows is kept")
	for id in re.findall(r'name="id" value="(\w{13})"><button class="link"', page):
		checks.equal(anna.post("/settings/searches/delete", id=id).status, 303)


def notices(world):
	return world.anna_api.get("notices").json


def titles(world):
	return sorted(item["article"]["title"] for item in notices(world)["items"])


def test_alerts(world):
	for who, query in (("bek", "harbour"), ("cora", "harbour"), ("anna", "harbour")):
		checks.equal(save(world, who, "Harbours", query).status, 303)
	checks.equal(notices(world), {"items": [], "unseen": 0, "next": None})
	news = world.article("Harbour dues", "What a harbour costs.")
	later = world.article("Harbour of Termez", "A harbour on the river.")
	hidden = world.article("Harbour plans", "A harbour.")
	world.article("Harbour seals", "A harbour.", space="shut")
	world.article("Harbour draft", "A harbour.", status="draft")
	world.restrict(hidden)
	world.server.cli("person", "disable", "bek")
	back = int(time.time()) - 3 * DAY
	# Three days pass. The disabled one has waited longest.
	restart(
		world,
		"UPDATE saved_search SET since = ?1, ran_at = ?1 +"
		" (SELECT CASE WHEN p.login = 'bek' THEN -3600 WHEN p.login = 'cora' THEN 0 ELSE 60 END"
		" FROM person p WHERE p.id = person_id)",
		back,
	)
	checks.check(until(lambda: notices(world)["unseen"] == 2), "the news has come", notices(world))
	checks.equal(titles(world), ["Harbour dues", "Harbour of Termez"])
	first = world.of["anna"].get("/").text
	checks.check("New in your saved searches" in first and "Harbour dues" in first, "on the first page")
	checks.check('aria-label="2 new notices"' in world.of["anna"].get("/people").text, "in the frame of every page")
	with record(world) as db:
		count = lambda login: db.execute(
			"SELECT count(*) FROM saved_search_hit h JOIN saved_search f ON f.id = h.saved_id"
			" JOIN person p ON p.id = f.person_id WHERE p.login = ?", (login,)).fetchone()[0]
		checks.equal((count("bek"), count("cora")), (0, 2), "who is disabled gets none")
	db.close()
	test_news_ends_with_its_right(world, news, later)


def test_news_ends_with_its_right(world, news, later):
	world.restrict(news)
	anna = world.of["anna"]
	checks.equal((titles(world), notices(world)["unseen"]), (["Harbour of Termez"], 1))
	for path in ("/", "/notices"):
		page = anna.get(path).text
		checks.check("Harbour dues" not in page and "Harbour of Termez" in page, path)
	checks.check("1 new" in anna.get("/notices").text, "it is not counted, either")
	checks.check('aria-label="1 new notice"' in anna.get("/people").text, "nor in the frame")
	checks.check("1 new" in anna.get("/settings/searches").text)
	world.of["cora"].get("/notices")
	checks.equal(world.of["cora"].post("/notices/seen").status, 303)
	checks.equal(notices(world)["unseen"], 1, "nobody sees for another")
	anna.get("/notices")
	checks.equal(anna.post("/notices/seen").status, 303)
	checks.equal(notices(world)["unseen"], 0)
	checks.check("New in your saved searches" not in anna.get("/").text)
	checks.check("new notice" not in anna.get("/people").text)
	test_own_changes_are_no_news(world, later)


def test_own_changes_are_no_news(world, later):
	"""Nor what has not changed; what others change is."""
	checks.equal(save(world, "boss", "Mine", "harbour").status, 303)
	restart(
		world,
		"UPDATE saved_search SET since = since - 60, ran_at = ran_at - ?1",
		3 * DAY,
	)
	mine = lambda: world.boss_api.get("notices").json["items"]
	with record(world) as db:
		asked = lambda: db.execute(
			"SELECT count(*) FROM saved_search WHERE alert <> 0 AND ran_at < ?",
			(int(time.time()) - DAY,)).fetchone()[0]
		checks.check(until(lambda: asked() <= 1), "all but the disabled one's were asked")  # bek's
	db.close()
	checks.equal(mine(), [])
	checks.equal(notices(world)["unseen"], 0)
	base = world.boss_api.get(f"articles/{later}").json["revision"]["number"]
	saved = world.boss_api.put(f"articles/{later}", base=base, body="A harbour, dredged.")
	checks.equal(saved.status, 200, saved.text)
	world.server.settle()
	restart(
		world,
		"UPDATE saved_search_hit SET modified_at = modified_at - ?1",
		60,
	)
	restart(world, "UPDATE saved_search SET ran_at = ran_at - ?1", 3 * DAY)
	checks.check(until(lambda: notices(world)["unseen"] == 1), "what has changed since is news again")


def main():
	with Server() as server:
		world = World(server)
		test_report(world)
		test_csv(world)
		test_synonym(world)
		test_bets(world)
		test_hidden_bets(world)
		test_bet_ends_with_its_right(world)
		test_saving(world)
		test_alerts(world)
		checks.check("ERROR" not in server.words(), server.words()[-2000:])
	checks.end()


main()
