"""Searching and completion: what is found, and that nothing hidden leaves a trace."""
import os
import re
import signal
import tempfile
import urllib.parse

from world import Api, Checks, Server, until

c = Checks()


def find(api, q, **more):
	return api.get("search?" + urllib.parse.urlencode({"q": q, **more}, doseq=True))


def titles(answer):
	return [hit["title"] for hit in answer.json["hits"]]


def write(api, space, title, body, **more):
	answer = api.post("articles", space=space, title=title, body=body, **more)
	assert answer.status == 201, (answer.status, answer.body)
	return answer.json


def shape(s, anna):
	answer = find(anna, "legalizatsiya")
	c.equal(answer.status, 200)
	j = answer.json
	for name in ("query", "total", "exact", "took_ms", "suggestion", "hits", "facets"):
		c.check(name in j, name)
	c.equal(set(j["facets"]), {"space", "lang", "type", "tag", "year"})
	hit = j["hits"][0]
	wanted = {"type", "id", "key", "url", "title", "lang", "space", "snippet", "modified"}
	c.equal(set(hit), wanted | {"author", "tags", "pinned"})
	c.equal((hit["type"], hit["space"], hit["author"], hit["tags"]), ("article", "legal", "anna", ["apostil"]))
	c.check(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", hit["modified"]), hit["modified"])
	c.check(hit["url"].startswith("/a/" + hit["id"]), hit["url"])
	c.equal(j["facets"]["space"], [{"value": "legal", "label": "Legal", "count": j["total"]}])


def both_scripts(s, anna):
	latin, cyrillic = find(anna, "legalizatsiya muddati"), find(anna, "легализация муддати")
	c.equal(titles(latin), titles(cyrillic))
	c.check("Hujjatlarni legalizatsiya qilish" in titles(latin), titles(latin))


def snippets(s, anna):
	snippet = find(anna, "apostille").json["hits"][0]["snippet"]
	c.check("<mark>" in snippet, snippet)
	bare = re.sub(r"</?mark>", "", snippet)
	c.check("<" not in bare and "&lt;script&gt;" in bare, "text is escaped", snippet)
	page = s.browser("anna").get("/search?q=apostille").text
	c.check("<mark>" in page and "<script>alert" not in page)


def filters(s, anna):
	c.equal(find(anna, "muddati", tag="apostil").json["total"], 1)
	c.equal(find(anna, "muddati", tag="nothing").json["total"], 0)
	c.equal(find(anna, "muddati", space=["legal", "nothing"]).json["total"], 1)
	c.equal(find(anna, "muddati", after="2100").json["total"], 0)
	c.equal(find(anna, "muddati", before="2100-01").json["total"], 1)
	c.equal(find(anna, "muddati", before="2001").json["total"], 0)
	bad = find(anna, "muddati", after="soon")
	c.equal((bad.status, bad.json["error"]["field"]), (422, "after"))
	c.equal(s.browser("anna").get("/search?q=muddati&after=soon").status, 200)


def places(s, anna):
	every = [find(anna, "numbered", limit=3, offset=at) for at in (0, 3, 6, 9, 12)]
	c.equal([len(a.json["hits"]) for a in every], [3, 3, 3, 3, 0])
	c.equal({a.json["total"] for a in every}, {12})
	c.equal(len({hit["id"] for a in every for hit in a.json["hits"]}), 12)
	c.equal(len(find(anna, "numbered", limit=1000).json["hits"]), 12, "limits are kept within bounds")
	c.equal(len(find(anna, "numbered", limit="x").json["hits"]), 10)
	newest = find(anna, "numbered", sort="date", limit=12).json["hits"]
	c.equal([h["modified"] for h in newest], sorted((h["modified"] for h in newest), reverse=True))
	page = s.browser("anna").get("/search?q=numbered&offset=900")
	c.equal(page.status, 303, "a place behind the end leads to the last page")
	c.equal(page.header("Location"), "/search?q=numbered&offset=10")


def one_tag_in_two_scripts(s, anna):
	"""The spellings of a tag count together, under the one that most have; more than ten are folded away."""
	for i, tag in enumerate(("elchixona", "\u044d\u043b\u0447\u0438\u0445\u043e\u043d\u0430", "\u042d\u043b\u0447\u0438\u0445\u043e\u043d\u0430", "\u044d\u043b\u0447\u0438\u0445\u043e\u043d\u0430", "boshqa")):
		write(anna, "legal", f"Ikki yozuv {i}", "Qwertyozuv matni.", lang="uz-Latn", tags=[tag, f"faqat {i}"])
	for i in range(8):
		write(anna, "legal", f"Teglar {i}", "Qwertyozuv matni.", lang="uz-Latn", tags=[f"teg {i}"])
	s.settle()
	tags = find(anna, "qwertyozuv").json["facets"]["tag"]
	c.equal([t for t in tags if t["count"] > 1], [{"value": "\u044d\u043b\u0447\u0438\u0445\u043e\u043d\u0430", "label": "\u044d\u043b\u0447\u0438\u0445\u043e\u043d\u0430", "count": 4}])
	c.equal(len(tags), 15)
	c.equal(find(anna, "qwertyozuv", tag="elchixona").json["total"], 4)
	browser = s.browser("anna")
	page = browser.get("/search?q=qwertyozuv").text
	shown, _, folded = page[page.index('name="tag"') :].partition("<details>")
	c.equal((shown.count('name="tag"'), folded.count('name="tag"')), (10, 5))
	page = browser.get("/search?q=qwertyozuv&tag=elchixona").text
	box = re.search(r'<input[^>]*name="tag"[^>]*value="elchixona"[^>]*>', page).group(0)
	c.check(" checked" in box, box)
	c.equal(len(re.findall(r'<input[^>]*name="tag"[^>]* checked', page)), 1, "chosen once, by its own spelling")
	every = "".join(f"&tag={kind}+{i}" for kind in ("teg", "faqat") for i in range(5))
	c.check("<details open>" in browser.get("/search?q=qwertyozuv" + every).text, "what is chosen is seen")


def a_second_value(s, anna, boris):
	"""A chosen value does not hide the others of its facet; those in spaces that one does not read are no values."""
	for space, lang in (("legal", "ru"), ("legal", "en"), ("secret", "ru")):
		write(anna, space, f"Ikkinchi {space} {lang}", "Qoravultepa matni.", lang=lang)
	s.settle()

	def counts(api, facet, **more):
		return {v["value"]: v["count"] for v in find(api, "qoravultepa", **more).json["facets"][facet]}

	c.equal(counts(anna, "space", space="legal"), {"legal": 2, "secret": 1})
	c.equal(counts(anna, "lang", space="legal"), {"en": 1, "ru": 1})
	c.equal(counts(anna, "lang", lang="en"), {"en": 1, "ru": 2})
	c.equal(counts(anna, "space", lang="en"), {"legal": 1})
	c.equal(counts(anna, "space", lang="en", space="secret"), {"secret": 0, "legal": 1}, "a chosen one stays")
	c.equal(find(anna, "qoravultepa", lang=["en", "ru"]).json["total"], 3)
	c.equal(counts(boris, "space", space="legal"), {"legal": 2})
	c.equal(counts(boris, "lang", lang="en"), {"en": 1, "ru": 1})
	page = s.browser("anna").get("/search?q=qoravultepa&space=legal").text
	boxes = re.findall(r'<input[^>]*type="checkbox"[^>]*name="space" value="(\w+)"( checked)?', page[page.index('id="filters"') :])
	c.equal(boxes, [("legal", " checked"), ("secret", "")], "both can be ticked")
	report = find(anna, "qoravultepa", space="legal").json
	c.equal((report["total"], len(report["hits"])), (2, 2))


def import_owned(s, space, key, office, text):
	with tempfile.TemporaryDirectory() as folder:
		with open(os.path.join(folder, key + ".md"), "w") as f:
			f.write(f"---\ntitle: {key}\nlang: en\nowner: {office}\n---\n{text}\n")
		s.cli("import", "--space", space, folder)
	s.settle()


def by_office(s, anna, boris):
	"""What an office owns, from now on when it gets another; nothing where one reads nothing of it."""
	for office in ("london", "tokyo"):
		s.cli("office", "add", office, "--name", office.title())
	import_owned(s, "legal", "open-owned", "london", "zilolmurut text")
	import_owned(s, "legal", "second-owned", "tokyo", "zilolmurut text")
	import_owned(s, "secret", "secret-owned", "london", "zilolmurut text")
	every = lambda api, **more: sorted(titles(find(api, more.pop("q", "zilolmurut"), **more)))
	c.equal(every(anna, office="london"), ["open-owned", "secret-owned"])
	c.equal(every(boris, office="london"), ["open-owned"])
	c.equal(every(boris, office=["london", "tokyo"]), ["open-owned", "second-owned"])
	c.equal(every(boris, office="nowhere"), [])
	c.equal(every(boris, q="office:London"), ["open-owned"])
	c.equal(find(boris, "zilolmurut", office="london").json["facets"]["space"][0]["count"], 1)
	page = s.browser("boris").get("/search?q=zilolmurut&office=london&office=tokyo").text
	c.check(re.search(r'href="/search\?q=zilolmurut&amp;office=tokyo">Office: london ', page), "a chip removes it")
	c.equal(page.count('type="hidden" name="office" value="tokyo"'), 2, "the forms keep it")
	link = re.search(r'<dd><a href="(/search\?q=office[^"]*)">london</a>', s.browser("boris").get(find(boris, "open-owned").json["hits"][0]["url"]).text)
	c.equal(link and link.group(1), "/search?q=office:london", "the article leads there")
	import_owned(s, "legal", "open-owned", "tokyo", "zilolmurut text")
	c.equal(every(boris, office="london"), [])
	c.equal(every(boris, office="tokyo"), ["open-owned", "second-owned"])


def telephones(s, anna):
	write(anna, "legal", "Navbatchilik", "Navbatchi telefoni: +998 71 233-28-28, kechasi ham.")
	s.settle()
	for q in ("+998712332828", "(71) 233-28-28", "712332828", "+998 71 233 28 28"):
		c.equal(titles(find(anna, q)), ["Navbatchilik"], q)
		c.check("<mark>+998 71 233-28-28</mark>" in find(anna, q).json["hits"][0]["snippet"], q)
	page = s.browser("anna").get(find(anna, "Navbatchilik").json["hits"][0]["url"] + "?q=712332828").text
	c.check(">+998 71 233-28-28</mark>" in page, "in the article, too")


def unchanged_answers(s, anna):
	"""How long it took does not make another answer."""
	tags = set()
	for _ in range(30):
		answer = find(anna, "legalizatsiya muddati qoidalari apostil")
		tags.add(answer.header("ETag"))
	c.equal(len(tags), 1, tags)
	path = "search?q=legalizatsiya+muddati+qoidalari+apostil"
	c.equal(anna.get(path, **{"If-None-Match": tags.pop()}).status, 304)
	c.equal(anna.get("search?q=viza", **{"If-None-Match": answer.header("ETag")}).status, 200)


def odd_queries(s, anna):
	for q in ("", "   ", '"', "-x", "OR", "a" * 6000, "title:", "((", "\u0000x", "space:none x", "*"):
		c.equal(find(anna, q).status, 200 if "\0" not in q else 400, repr(q[:20]))
	c.equal(find(anna, "").json["hits"], [])
	c.equal(s.browser("anna").get("/search").status, 200)


def nothing_found(s):
	b = s.browser("anna")
	page = b.get("/search?q=zzzzzqqqq")
	c.equal(page.status, 200)
	c.check(page.shows("Nothing was found for “zzzzzqqqq”."))
	page = b.get("/search?q=legalizatsya")
	c.check(page.shows("legalizatsiya"), "the better spelling is offered")
	page = b.get("/search?q=muddati&tag=nothing")
	c.check(page.shows("Without “Tag: nothing”") and page.shows("1 result"), "what there is without filters")
	c.check('name="tag" value="nothing"' in page.text or "nothing" in page.text)


def further_pages_of_another_reading(s):
	"""What was typed on the wrong keys has a second page, too."""
	b = s.browser("anna")
	shown = [b.get("/search?" + urllib.parse.urlencode({"q": "тгьиукув", "offset": at})) for at in (0, 10)]
	for page in shown:
		c.check(page.shows("Shown are results for “numbered”, typed as “тгьиукув”."))
	hits = [set(re.findall(r'href="/a/(\w+)', page.text)) for page in shown]
	c.equal((len(hits[0]), len(hits[1]), len(hits[0] & hits[1])), (10, 2, 0))
	behind = b.get("/search?" + urllib.parse.urlencode({"q": "тгьиукув", "offset": 500}))
	c.equal(behind.status, 303)


def better_spelling_beside_hits(s, anna):
	"""Hits that hold some of the words do not hide that another is misspelt."""
	answer = find(anna, "numbered legalizatsya")
	c.equal((answer.json["total"], answer.json["suggestion"]), (12, "numbered legalizatsiya"))
	page = s.browser("anna").get("/search?q=numbered+legalizatsya")
	c.check(page.shows("Did you mean:") and page.shows("numbered legalizatsiya"))
	c.equal(find(anna, "numbered text").json["suggestion"], None)


def one_hit_for_translations(s, anna):
	ru = write(anna, "legal", "Консульский сбор", "Сбор tarifcommon за услуги консульства.", lang="ru")
	b = s.browser("anna")
	b.get("/new?space=legal&translate=" + ru["id"])
	form_key = re.search(r'name="form_key" value="([^"]*)"', b.get("/new?space=legal&translate=" + ru["id"]).text)
	done = b.post(
		"/new", title="Consular fee", body="The tarifcommon fee for consular services.", lang="en",
		space="legal", translate=ru["id"], form_key=form_key.group(1), base="0", do="save",
		comment="translated", status="published",
	)
	c.equal(done.status, 303, "the translation is saved")
	s.settle()
	answer = find(anna, "tarifcommon", **{})
	c.equal(len(answer.json["hits"]), 1)
	c.equal(answer.json["total"], 2, "the total counts articles")
	english = anna.get("search?q=tarifcommon", **{"Accept-Language": "en"})
	russian = anna.get("search?q=tarifcommon", **{"Accept-Language": "ru"})
	c.equal((titles(english), titles(russian)), (["Consular fee"], ["Консульский сбор"]))
	page = b.get("/search?q=tarifcommon")
	c.check(page.shows("1 result, 1–1"), "a page counts what it shows")
	c.check(re.search(r'also in\s*<a href="/a/%s[^>]*hreflang="ru">Русский</a>' % ru["id"], page.text))
	c.equal(titles(anna.get("search?q=tarifcommon&lang=ru", **{"Accept-Language": "en"})), ["Консульский сбор"])


def no_trace(s, anna, boris):
	"""Boris reads `legal` but not `secret`; what is written there must not move his answers."""
	asked = (
		"search?q=legalizatsiya", "search?q=muddati", "search?q=operationx", "search?q=legalizatsya",
		"search?q=numbered&limit=2", "suggest?q=oper", "suggest?q=hujjat", "search?q=operation*",
		"spaces", "changes", "me", "search?q=space:secret+x", "suggest?q=secret",
	)

	def world():
		answers = [re.sub(rb'"took_ms":\d+', b"", boris.get(a).body) for a in asked]
		return answers + [boris.get(a).status for a in ("spaces/secret", "spaces/absent")]

	before = world()
	hidden = write(anna, "secret", "Operationx legalizatsiya muddati", "operationx operationx legalizatsiya")
	write(anna, "secret", "Hujjat operationx", "legalizatsiya muddati numbered " * 50)
	s.settle()
	c.equal(find(anna, "operationx").json["total"], 2, "who may read it finds it")
	for name, one, two in zip(asked + ("s", "s"), before, world()):
		c.equal(two, one, name)
	gone, absent = boris.get("articles/" + hidden["id"]), boris.get("articles/0123456789abc")
	c.equal(gone.status, 404)
	strip = lambda a: re.sub(rb'"id":"[^"]*"', b"", a.body)
	c.equal(strip(gone), strip(absent))


def revoked(s, anna):
	"""Rights that end count on the next search, also while nothing is indexed."""
	s.person("vera")
	s.cli("group", "member", "lawyers", "vera")
	vera = s.api("vera")
	c.equal(find(vera, "legalizatsiya").json["total"] > 0, True)
	for pid in s.children("write"):
		os.kill(pid, signal.SIGSTOP)
	s.cli("group", "member", "lawyers", "vera", "--remove")
	c.equal(find(vera, "legalizatsiya").json["total"], 0)
	c.equal(vera.get("suggest?q=hujjat").json["items"], [])
	for pid in s.children("write"):
		os.kill(pid, signal.SIGCONT)


def deleted(s, anna):
	article = write(anna, "legal", "Shortlived", "shortlived text")
	s.settle()
	c.equal(find(anna, "shortlived").json["total"], 1)
	for pid in s.children("write"):
		os.kill(pid, signal.SIGSTOP)
	c.equal(anna.delete("articles/" + article["id"]).status in (200, 204), True)
	c.equal(find(s.api("boris"), "shortlived").json["total"], 0, "at once, though the index is behind")
	c.equal(s.api("boris").get("suggest?q=shortl").json["items"], [])
	for pid in s.children("write"):
		os.kill(pid, signal.SIGCONT)


def completion(s, anna):
	items = anna.get("suggest?q=hujj").json["items"]
	c.equal([i["title"] for i in items], ["Hujjatlarni legalizatsiya qilish"])
	c.equal(set(items[0]), {"title", "lang", "note", "url"})
	c.equal(items[0]["note"], "Legal")
	for q in ("ҳужжатларни лег", "legalizatsiya q", "LEGALIZ"):
		got = anna.get("suggest?" + urllib.parse.urlencode({"q": q})).json["items"]
		c.equal([i["title"] for i in got][:1], ["Hujjatlarni legalizatsiya qilish"], q)
	c.check(len(anna.get("suggest?q=n").json["items"]) <= 8)
	c.equal(anna.get("suggest?q=").json, {"items": []})
	c.equal(anna.get("suggest?q=%22%27-").json, {"items": []})
	people = anna.get("suggest?q=bor&kind=person").json["items"]
	c.equal([p["url"] for p in people], ["/p/boris"])
	b = s.browser("anna")
	c.equal(b.get("/suggest?q=hujj").json["items"], items, "the same for the page")


def completion_of_tags(s, anna, boris):
	"""Tags of what one reads, in either script, each once; a kind that is none is refused."""
	made = [write(anna, space, f"Tagged {tags[0]}", "text", tags=tags)["id"] for space, tags in (
		("legal", ["qashqirtosh", "Ikki soʻz"]), ("legal", ["қашқиртош"]), ("legal", ["qashqirlar, koʻp"]),
		("legal", [f"jamlanma {n}" for n in range(12)]), ("secret", ["qashqirsirli", "jamlanma 00"]),
	)]
	write(anna, "legal", "Draft of tags", "text", tags=["qashqirdraft"], status="draft")
	s.settle()

	def tags(api, q):
		answer = api.get("suggest?" + urllib.parse.urlencode({"q": q, "kind": "tag"}))
		c.equal(answer.status, 200)
		return [i["title"] for i in answer.json["items"]]

	c.equal(tags(boris, "qashqir"), ["qashqirlar, koʻp", "qashqirtosh"])
	c.equal(tags(boris, "ҚАШҚИРТ"), ["qashqirtosh"], "in the other script")
	c.equal(tags(anna, "qashqir"), ["qashqirlar, koʻp", "qashqirsirli", "qashqirtosh"])
	c.equal(tags(boris, "ikki so'"), ["Ikki soʻz"])
	c.equal(tags(boris, "soʻz"), [], "tags begin so, not a word of them")
	c.equal((len(tags(boris, "jamlanma")), tags(boris, "jamlanma 0")), (8, ["jamlanma 0"]))
	c.equal((tags(boris, "xt"), tags(boris, ""), tags(boris, "qashqirs"), tags(boris, "qashqird")), ([], [], [], []))
	items = boris.get("suggest?q=qashqirt&kind=tag").json["items"]
	c.equal(items, [{"title": "qashqirtosh", "lang": "", "note": "", "url": "/tag/qashqirtosh"}])
	for id, wanted in zip(made, (["қашқиртош"], [])):
		for pid in s.children("write"):
			os.kill(pid, signal.SIGSTOP)
		c.equal(anna.delete(f"articles/{id}").status in (200, 204), True)
		left = tags(boris, "qashqirt")
		for pid in s.children("write"):
			os.kill(pid, signal.SIGCONT)
		c.equal(left, wanted, "at once")
	s.settle()
	for kind in ("tags", "TAG", "x"):
		answer = boris.get(f"suggest?q=qash&kind={kind}")
		c.equal((answer.status, answer.json["error"]["field"]), (422, "kind"))
	c.equal([boris.get(f"suggest?q=hujj&kind={kind}").status for kind in ("", "page", "link", "person")], [200] * 4)


def where_hits_stand(s, anna):
	"""Below which article, where that may be read; and whether somebody has looked after it."""
	parent = write(anna, "legal", "Konsullik yigʻimlari", "Ota maqola.")
	draft = write(anna, "legal", "Yopiq qoralama", "Hali yozilmagan.", status="draft")
	write(anna, "legal", "Yigʻim stavkasi", "stavkalar haqida", parent=parent["id"])
	write(anna, "legal", "Imtiyozli stavka", "stavkalar haqida", parent=draft["id"])
	with tempfile.TemporaryDirectory() as folder:
		for name, day in (("looked", "2099-01-01"), ("past", "2020-01-01")):
			with open(os.path.join(folder, name + ".md"), "w", encoding="utf-8") as file:
				file.write(f"---\ntitle: Stavka {name}\nreview: {day}\n---\n\nstavkalar haqida {name}\n")
		s.cli("import", "--space", "legal", "--author", "anna", folder)
	s.settle()
	pages = {login: s.browser(login).get("/search?q=stavkalar").text for login in ("anna", "boris")}
	for login, page in pages.items():
		c.equal(page.count(" › "), 2 if login == "anna" else 1, login)
		c.check(re.search(r"Legal › <a [^>]*>Konsullik yigʻimlari</a>", page), login)
		c.equal((page.count("· verified"), page.count("· may be out of date")), (1, 1), login)
	c.check("Yopiq qoralama" in pages["anna"] and "Yopiq qoralama" not in pages["boris"])


def pages_of_translations(s, anna):
	"""As many pages as there are hits, translations being one, and each text once on all of them."""
	with tempfile.TemporaryDirectory() as folder:
		for n in range(13):
			for lang in ("ru", "en", "uz-Latn"):
				with open(f"{folder}/{n}.{lang}.md", "w") as f:
					f.write(f"---\ntitle: Paged {n} {lang}\nlang: {lang}\ntranslation: paged{n}\n---\npagedcommon text {n}\n")
		s.cli("import", "--space", "legal", folder)
	s.settle()
	b, sets = s.browser("anna"), []
	for at in (0, 10):
		page = b.get(f"/search?q=pagedcommon&offset={at}")
		c.check(page.shows(f"13 results, {at + 1}–{min(at + 10, 13)}"), at)
		sets += re.findall(r">(?:<[^>]*>)?Paged (\d+)", page.text)
		c.check("offset=20" not in page.text, "no page behind the last")
	c.equal(sorted(map(int, sets)), list(range(13)))
	c.equal(find(anna, "pagedcommon").json["total"], 39, "the total counts articles")
	c.equal(b.get("/search?q=pagedcommon&offset=20").header("Location"), "/search?q=pagedcommon&offset=10")
	nothing = b.get("/search?q=pagedcommon+lang:de")
	c.check(nothing.shows("13 results"), "what dropping a filter would find is counted in the same way")
	write(anna, "legal", "Both", "pagedcommon qwfull", lang="ru")
	s.settle()
	page = b.get("/search?q=pagedcommon+qwfull")
	c.check(page.shows("14 results, 1–10"), "those that hold some words are joined, too")


def strangers(s):
	nobody = s.anonymous()
	for path in ("/search?q=x", "/suggest?q=x", "/", "/changes"):
		answer = nobody.get(path)
		c.equal(answer.status, 303, path)
		c.check(answer.header("Location").startswith("/login"), answer.header("Location"))
	for path in ("search?q=x", "suggest?q=x", "me", "changes"):
		c.equal(Api(s).get(path).status, 401, path)
	answer = nobody.get("/opensearch.xml")
	c.equal(answer.status, 200)
	c.check(f"http://127.0.0.1:{s.port}/search?q={{searchTerms}}" in answer.text)


def without_children(s):
	"""When no child answers, people get titles and programs are told to wait."""
	stopped = s.children("search")
	for pid in stopped:
		os.kill(pid, signal.SIGSTOP)
	b, api = s.browser("anna"), s.api("anna")
	page = b.get("/search?q=hujjatlarni")
	c.equal(page.status, 200)
	c.check(page.shows("The search is not available at the moment."), "says so")
	c.check(page.shows("Hujjatlarni legalizatsiya qilish"), "and offers titles")
	for pid in s.children("search"):
		try:
			os.kill(pid, signal.SIGSTOP)
		except ProcessLookupError:
			pass
	answer = find(api, "hujjatlarni")
	c.check(answer.status in (200, 503), answer.status)
	if answer.status == 503:
		c.check(answer.header("Retry-After"))
	for pid in set(stopped + s.children("search")):
		try:
			os.kill(pid, signal.SIGCONT)
		except ProcessLookupError:
			pass
	c.check(until(lambda: find(api, "hujjatlarni").status == 200), "it comes back")
	c.check("Hujjatlarni legalizatsiya qilish" in titles(find(api, "hujjatlarni")))


with Server() as s:
	for login in ("anna", "boris"):
		s.person(login)
	for key in ("lawyers", "agents"):
		s.cli("group", "add", key)
	s.cli("space", "add", "legal", "--name", "Legal")
	s.cli("space", "add", "secret", "--name", "Secret")
	s.cli("grant", "legal", "lawyers", "read")
	s.cli("grant", "legal", "agents", "manage")
	s.cli("grant", "secret", "agents", "manage")
	s.cli("group", "member", "agents", "anna")
	s.cli("group", "member", "lawyers", "boris")
	anna, boris = s.api("anna"), s.api("boris")
	write(
		anna, "legal", "Hujjatlarni legalizatsiya qilish", tags=["apostil"],
		body="Legalizatsiya muddati besh kun. Apostille <script>alert(1)</script> qoʻyiladi.",
	)
	for n in range(12):
		write(anna, "legal", f"Note {n}", f"numbered text {n} about fees")
	s.settle()
	shape(s, anna)
	both_scripts(s, anna)
	snippets(s, anna)
	filters(s, anna)
	places(s, anna)
	odd_queries(s, anna)
	nothing_found(s)
	further_pages_of_another_reading(s)
	better_spelling_beside_hits(s, anna)
	completion(s, anna)
	completion_of_tags(s, anna, boris)
	no_trace(s, anna, boris)
	revoked(s, anna)
	deleted(s, anna)
	one_hit_for_translations(s, anna)
	pages_of_translations(s, anna)
	where_hits_stand(s, anna)
	strangers(s)
	one_tag_in_two_scripts(s, anna)
	a_second_value(s, anna, boris)
	by_office(s, anna, boris)
	telephones(s, anna)
	unchanged_answers(s, anna)
	without_children(s)
c.end()
