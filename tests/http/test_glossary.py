#!/usr/bin/env python3
"""The glossary: proposing and approving, pages without script, CSV, and searches that it widens."""
import html
import os
import re
import sqlite3
import tempfile
from urllib.parse import quote, urlencode

from world import Checks, Server

checks = Checks()
check, equal = checks.check, checks.equal
CSV = """domain,uz,ru,en,meaning_en
consular,elchixona,посольство,embassy,"a mission, headed by an ambassador"
legal,shartnoma,договор,treaty,
"""


def propose(s):
	staff, manager = s.browser("staff"), s.browser("manager")
	page = staff.get("/glossary")
	equal(page.status, 200)
	check(page.shows("No term was found."))
	answer = staff.post("/glossary", uz="", ru="", en="")
	equal(answer.status, 422)
	check(answer.shows("A term in at least one language is needed"))
	answer = staff.post("/glossary", uz="legallashtirish", ru="легализация", en="legalisation",
		meaning_en="making a document valid abroad", domain="consular")
	equal(answer.status, 303)
	where = answer.header("Location")
	page = staff.get(where)
	check(page.shows("This term is proposed and not yet approved."))
	check(page.shows("легаллаштириш"), "Cyrillic is converted")
	check(not page.shows("/approve"))
	equal(staff.post(where + "/approve").status, 403)
	equal(staff.post(where, uz="legallashtirish", ru="легализация", en="legalization").status, 303)
	equal(manager.post(where + "/approve").status, 303)
	equal(staff.post(where, uz="x", ru="y", en="z").status, 403)
	check(staff.get(where).shows("Approved by"))
	equal(staff.get("/glossary?letter=L&lang=uz").text.count("legallashtirish"), 1)
	equal(staff.get("/glossary?letter=M&lang=uz").text.count("legallashtirish"), 0)
	equal(staff.get("/glossary?q=%D0%BB%D0%B5%D0%B3%D0%B0%D0%BB").text.count("legallashtirish"), 1)
	return where


def in_both_scripts(s):
	"""Who reads Cyrillic reads the Uzbek meaning in it: in the list, on its page, beside a search."""
	manager = s.browser("manager")
	where = manager.post("/glossary", uz="bitimnoma", ru="соглашение сторон", meaning_uz="taraflar tuzgan hujjat",
		domain="legal").header("Location")
	equal(manager.post(where + "/approve").status, 303)
	for lang, words in (("uz-Latn", "taraflar tuzgan hujjat"), ("uz-Cyrl", "тарафлар тузган ҳужжат")):
		manager.post("/lang", lang=lang, next="/")
		for path in ("/glossary?q=bitimnoma", where, "/search?q=bitimnoma"):
			page = manager.get(path).text
			check(re.search(f'lang="{lang}">{words}<', page), lang, path)
		first = re.search(r'<th scope="row"><a [^>]*><span lang="([^"]*)">', manager.get("/glossary?q=bitimnoma").text)
		equal(first and first.group(1), lang, "one's own script comes first")
	manager.post("/lang", lang="en", next="/")


def letters(s):
	"""Who reads Cyrillic chooses among its letters, and finds the terms in their order."""
	manager = s.browser("manager")
	for uz, given in (("yoʻl varaqasi", ""), ("yordam", ""), ("elchi", ""), ("sirk", "цирк"), ("sarhad", ""), ("oʻlka", ""),
			("qonun", ""), ("hudud", ""), ("xarita", ""), ("yetkazish", ""), ("chet el", "")):
		where = manager.post("/glossary", uz=uz, uz_cyrl=given, domain="letters").header("Location")
		manager.post(where + "/approve")
	manager.post("/glossary", en="nameless in Uzbek", domain="letters")
	def names(**asked):
		page = manager.get("/glossary?" + urlencode({"domain": "letters", **asked}))
		return re.findall(r'<th scope="row"><a [^>]*><span lang="uz-Cyrl">([^<]*)', page.text)
	manager.language = "uz-Cyrl"
	manager.post("/lang", lang="uz-Cyrl", next="/")
	page = manager.get("/glossary").text
	row = re.search(r'<nav class="pager letters".*?</nav>', page, re.S).group(0)
	equal("".join(re.findall(r'lang="uz-Cyrl">(.)</a>', row)), "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЭЮЯЎҚҒҲ")
	for letter, expected in (("Й", ["йўл варақаси"]), ("Ё", ["ёрдам"]), ("Е", ["етказиш"]), ("Э", ["элчи"]), ("Ц", ["цирк"]), ("С", ["сарҳад"]),
			("Ў", ["ўлка"]), ("Ч", ["чет эл"]), ("Ҳ", ["ҳудуд"]), ("Х", ["харита"]), ("Ш", []), ("Sh", []), ("Ch", ["чет эл"])):
		equal(names(letter=letter), expected, letter)
	equal(names(), ["етказиш", "ёрдам", "йўл варақаси", "сарҳад", "харита", "цирк", "чет эл", "элчи", "ўлка", "қонун", "ҳудуд"])
	check(manager.get("/glossary?domain=letters").shows("nameless in Uzbek"), "what has no term comes last")
	check(not manager.get("/glossary?domain=letters&letter=%D0%81").shows("nameless in Uzbek"))
	equal(names(q="чет"), ["чет эл"])
	for order, expected in (("", "ўзбекча русча инглизча"), ("ru", "русча ўзбекча инглизча"), ("en", "инглизча ўзбекча русча")):
		page = manager.get("/glossary?domain=letters&lang=" + order).text
		c = re.findall(r'<th scope="col">([^<]*)</th>', page)[:3]
		equal(" ".join(c).lower(), expected, "the column that orders the list comes first")
		first = {"ru": "ru", "en": "en"}.get(order, "uz-Cyrl")
		check(all(x in ("—", f'<span lang="{first}">') for x in re.findall(r'<th scope="row"><a [^>]*>(—|<span lang="[^"]*">)', page)), order)
	row = re.search(r'<nav class="pager letters".*?</nav>', manager.get("/glossary?lang=ru").text, re.S).group(0)
	check(">Щ</a>" in row and ">Ў</a>" not in row, "Russian terms have Russian letters")
	manager.post("/lang", lang="uz-Latn", next="/")
	page = manager.get("/glossary?domain=letters&letter=" + quote("Ч")).text
	check('aria-current="page">Ch</a>' in page and "chet el" in page and "qonun" not in page, "the letter stays where the script changes")
	for n in range(60):
		where = manager.post("/glossary", uz=f"janob {n:02}", domain="many").header("Location")
	manager.post("/lang", lang="uz-Cyrl", next="/")
	first = manager.get("/glossary?domain=many&letter=" + quote("Ж"))
	after = html.unescape(re.search(r'href="([^"]*after=[^"]*)"', first.text).group(1))
	second = manager.get(after)
	equal([p.text.count(">жаноб ") for p in (first, second)], [50, 10])
	check("жаноб 49<" in first.text and "жаноб 50<" in second.text)
	proposed = "/glossary?domain=many&state=proposed"
	last = re.findall(r'href="(/glossary/[^"/]*)"', manager.get(proposed).text)[49]
	after = html.unescape(re.search(r'href="([^"]*after=[^"]*)"', manager.get(proposed).text).group(1))
	equal(manager.post(last + "/approve").status, 303)
	left = manager.get(after).text
	check(left.count(">жаноб ") == 10 and "жаноб 50<" in left, "a list goes on behind what has left it")
	equal(manager.get(after.replace("after=", "after=0")).text.count(">жаноб "), 50, "and begins anew behind what is not there")
	manager.post("/lang", lang="en", next="/")


def retire(s, where):
	manager = s.browser("manager")
	manager.get(where)
	answer = manager.post(where + "/retire", replacement="0000000000000")
	equal(answer.status, 422)
	check(answer.shows("The replacement is another approved term"))
	equal(manager.post(where + "/retire", replacement="").status, 303)
	check(manager.get(where).shows("This term is obsolete."))


def programs(s):
	staff, manager = s.api("staff"), s.api("manager")
	made = staff.post("terms", uz="nota; NOTA", ru="нота", en="note", domain="diplomatic")
	equal(made.status, 201)
	term = made.json
	equal([x["term"] for x in term["uz"]], ["nota", "NOTA"])
	equal([x["acronym"] for x in term["uz"]], [False, True])
	equal((term["state"], term["uz"][0]["cyrillic"], term["proposed_by"]), ("proposed", "нота", "staff"))
	equal(staff.put("terms/" + term["id"] + "/approve").status, 403)
	equal(manager.put("terms/" + term["id"] + "/approve").json["state"], "approved")
	equal(manager.put("terms/" + term["id"], uz="nota", en="note verbale").json["en"][0]["term"], "note verbale")
	equal(manager.put("terms/" + term["id"], uz="nota", wrong="x").status, 422)
	equal(staff.get("terms?q=verb").json["items"][0]["id"], term["id"])
	equal(s.api("staff", "read").post("terms", uz="a").status, 403)


def partners(s):
	"""People of another organisation see what is approved, and no more."""
	staff, partner = s.api("staff"), s.api("partner")
	hidden = staff.post("terms", uz="sir", ru="секрет", en="hidden").json
	equal(partner.get("terms/" + hidden["id"]).status, 404)
	equal([x["id"] for x in partner.get("terms?q=hidden").json["items"]], [])
	equal(partner.post("terms", uz="a").status, 403)
	states = {x["state"] for x in partner.get("terms").json["items"]}
	equal(states, {"approved"})
	check("hidden" not in s.browser("partner").get("/glossary/export.csv").text)
	check("hidden" in s.browser("staff").get("/glossary/export.csv").text)


def files(s):
	"""Import has a check page; a fault names its line and nothing is changed."""
	manager, staff = s.browser("manager"), s.browser("staff")
	equal(staff.get("/glossary/import").status, 403)
	equal(manager.get("/glossary/import").status, 200)
	answer = manager.post("/glossary/import", text=CSV)
	equal(answer.status, 200)
	check(answer.shows("Check this before you apply it."))
	check("elchixona" not in manager.get("/glossary/export.csv").text)
	manager.get("/glossary/import")
	bad = manager.post("/glossary/import", text=CSV + "legal,a,b\n")
	equal(bad.status, 422)
	check(bad.shows("Line 4: There are 3 columns instead of 5."))
	manager.get("/glossary/import")
	equal(manager.post("/glossary/import", text=CSV, sure="1").status, 303)
	check("elchixona" in manager.get("/glossary/export.csv").text)


def formulas(s):
	"""Nobody's spreadsheet runs what somebody proposed; read back it is what was proposed."""
	staff, word = s.api("staff"), "=HYPERLINK(1)"
	made = staff.post("terms", uz="-ga", ru="'@a", en=word, meaning_en="+1, it says")
	equal(made.status, 201, made.text)
	table = s.browser("staff").get("/glossary/export.csv").text
	line = next(x for x in table.splitlines() if made.json["id"] in x)
	for cell in ("'" + word, "'-ga", "''@a", "'+1, it says"):
		check(f',"{cell}",' in line, cell, line)
	again = staff.get("terms/" + made.json["id"]).json
	with tempfile.TemporaryDirectory() as folder:
		name = os.path.join(folder, "out.csv")
		s.cli("term", "export", name)
		s.cli("term", "import", name)
	equal(staff.get("terms/" + made.json["id"]).json, again)
	equal((again["en"][0]["term"], again["uz"][0]["term"]), (word, "-ga"))


def command_line(s):
	with tempfile.TemporaryDirectory() as folder:
		name = os.path.join(folder, "out.csv")
		s.cli("term", "export", name)
		with open(name, encoding="utf8") as f:
			whole = f.read()
		check("посольство" in whole)
		s.cli("term", "import", name)
		s.cli("term", "export", name)
		with open(name, encoding="utf8") as f:
			equal(f.read(), whole, "what is exported and read back is the same")
		with open(name, "w", encoding="utf8") as f:
			f.write("uz,strange\na,b\n")
		check(s.cli("term", "import", name, good=False) is not None)
	check("elchixona" in s.cli("term", "list", "embassy"))


def searches(s):
	"""A word finds its other languages, says so, and not where only what was typed is wanted."""
	manager = s.api("manager")
	for title, body in (("Qabul", "elchixonalarda qabul"), ("Приём", "посольство принимает"), ("Hours", "the embassy is open")):
		equal(manager.post("articles", space="open", title=title, body=body).status, 201)
	s.settle()
	found = lambda query: [h["title"] for h in s.api("staff").get("search?q=" + query).json["hits"]]
	equal(sorted(found("embassies")), ["Hours", "Qabul", "Приём"])
	equal(found("embassies")[0], "Hours")
	equal(found("embassies&exact=1"), ["Hours"])
	keys = set(s.api("staff").get("search?q=embassy").json)
	equal(keys, {"query", "total", "exact", "took_ms", "suggestion", "people", "hits", "facets"})
	page = s.browser("staff").get("/search?q=embassy")
	check(page.shows("Also searched: elchixona, посольство."))
	check(page.shows("a mission, headed by an ambassador"))
	check("<mark>посольство</mark>" in page.text)
	address = re.search(r'href="(/search[^"]*exact=1[^"]*)"', page.text)
	check(address, "only as typed")
	plain = s.browser("staff").get(address.group(1).replace("&amp;", "&"))
	check(not plain.shows("Also searched") and not plain.shows("Приём"))


def main():
	with Server() as s:
		for login in ("staff", "manager", "partner"):
			s.person(login)
		s.cli("space", "add", "open")
		s.cli("group", "add", "managers")
		s.cli("grant", "open", "managers", "manage")
		s.cli("grant", "open", "staff", "read")
		s.cli("group", "member", "managers", "manager")
		s.stop()
		with sqlite3.connect(os.path.join(s.data, "devon.db")) as db:
			db.execute("INSERT INTO organisation (key, name, home) VALUES ('trade', 'Trade', 0)")
			db.execute("UPDATE person SET organisation_id = 2 WHERE login = 'partner'")
		db.close()
		s.start()
		where = propose(s)
		programs(s)
		partners(s)
		files(s)
		formulas(s)
		command_line(s)
		searches(s)
		in_both_scripts(s)
		letters(s)
		retire(s, where)
	checks.end()


main()
