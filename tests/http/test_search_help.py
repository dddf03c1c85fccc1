"""Help while searching: completion, people, other keyboards, the page of nothing, marks in articles."""
import html
import re
import urllib.parse

from world import Checks, Server

c = Checks()


def address(path, **fields):
	return path + "?" + urllib.parse.urlencode(fields, doseq=True)


def write(api, space, title, body, **more):
	answer = api.post("articles", space=space, title=title, body=body, **more)
	assert answer.status == 201, (answer.status, answer.body, s.words()[-1500:])
	return answer.json


def main_of(page):
	return page.text[page.text.index("<main"):page.text.index("</main>")]


def suggested(api, q, **more):
	return api.get(address("suggest", q=q, **more)).json["items"]


# ---- completion ------------------------------------------------------------------------------------


def completion(s, anna):
	items = suggested(anna, "leg")
	c.equal([i["title"] for i in items if i["url"].startswith("/a/")], ["Hujjatlarni legalizatsiya qilish"])
	people = [i for i in suggested(anna, "kari") if i["url"].startswith("/p/")]
	c.equal([(i["title"], i["note"]) for i in people], [("Dilnoza Karimova", "Xodim, Counsellor, Embassy in London")])
	for q in ("кари", "KARIM", "dilnoza k", "karimova dil", "дилноза карим", "d.kar", "karimova london", "london karim"):
		c.equal([i["url"] for i in suggested(anna, q) if i["url"].startswith("/p/")], ["/p/d.karimova"], q)
	for q in ("k", "karimova paris", "london", "gone", "dilnoza karimova london embassy"):
		c.equal([i["url"] for i in suggested(anna, q) if i["url"].startswith("/p/")], [], q)
	c.equal([i["url"] for i in suggested(anna, "kari", kind="link")], [], "links are to articles")
	c.equal([i["note"] for i in suggested(anna, "kari", kind="person")], ["Counsellor, Embassy in London"])
	for n in range(9):
		write(anna, "legal", f"Karimov street {n}", "text")
	items = suggested(anna, "karim")
	c.equal(len(items), 8)
	c.equal([i["url"][:3] for i in items], ["/a/"] * 7 + ["/p/"], "titles first; people keep a place")


def completion_by_other_spellings(s, anna):
	"""What is typed without apostrophes, with x for h or on a Russian keyboard; the very letters come first."""
	s.person("g.hakimov", "--name", "Gʻofur Hakimov")
	for title in ("Oʻzgartirishlar", "Ozgina gap"):
		write(anna, "legal", title, "text")
	titles = lambda q, **more: [i["title"] for i in suggested(anna, q, **more)]
	c.equal(titles("ozg"), ["Ozgina gap", "Oʻzgartirishlar"])
	for q in ("ozgar", "узгар", "o'zgar", "ўзгар"):
		c.equal(titles(q), ["Oʻzgartirishlar"], q)
	for q in ("gofur", "xakimov", "хакимов", "гофур"):
		c.equal(titles(q, kind="person"), ["Gʻofur Hakimov"], q)
	c.equal(titles("o"), titles("о"), "one letter is not read otherwise")
	for q in ("щяпшт", "Щяпшт", "jpubyf"):
		c.equal(titles(q), ["Ozgina gap"], q + " on the other keyboard")
	c.equal(titles("прфащгк", kind="person"), [], "no such keys")
	c.equal(titles("пщагк", kind="person"), ["Gʻofur Hakimov"])
	c.equal(titles("щя"), [], "two letters are no word yet")
	pairs = [("Никоҳ тузиш", "uz-Cyrl"), ("Nikoh tuzish", "uz-Latn"), ("Nikoh tuzish haqida", "uz-Latn"), ("Никоҳ тузиш ҳақида", "uz-Cyrl")]
	for title, lang in pairs:
		write(anna, "legal", title, "text", lang=lang)
	latin, cyrillic = ([t for t, l in pairs if l == lang] for lang in ("uz-Latn", "uz-Cyrl"))
	c.equal(titles("nikoh"), [latin[0], cyrillic[0], latin[1], cyrillic[1]], "the script that is typed first")
	c.equal(titles("никоҳ"), [cyrillic[0], latin[0], cyrillic[1], latin[1]])
	c.equal(titles("ybrj"), titles("нико"), "on the other keyboard, too")


def terms(s, anna):
	made = anna.post("terms", domain="help", uz="elchixonamiz; elchigoh", ru="посольствушко", en="embassykin")
	c.equal(made.status, 201, made.body)
	ask = lambda q: [(i["title"], i["lang"]) for i in suggested(anna, q) if i["url"].startswith("/glossary/")]
	c.equal(ask("embassyk"), [], "a proposal is not offered")
	c.equal(anna.ask("PUT", f"terms/{made.json['id']}/approve", {}).status, 200)
	c.equal(ask("embassyk"), [("embassykin", "en")])
	c.equal(ask("посольствуш"), [("посольствушко", "ru")])
	c.equal(ask("elchi"), [("elchigoh", "uz-Latn")], "a concept comes once")
	c.equal(ask("элчихонам"), [("элчихонамиз", "uz-Cyrl")], "in the script that is typed")
	note = anna.get("suggest?q=embassyk", **{"Accept-Language": "en"}).json["items"][0]["note"]
	c.equal(note, "Term")


def disabled(s, anna):
	s.person("gone", "--name", "Gulnora Ketgan")
	c.equal([i["url"] for i in suggested(anna, "gulnor")], ["/p/gone"])
	s.cli("group", "member", "agents", "gone")
	write(s.api("gone"), "legal", "Translit", "translitabcd")
	s.settle()
	knowing = lambda: 'href="/p/gone"' in main_of(s.browser("anna").get("/search?q=translitpppp"))
	c.equal(knowing(), True)
	s.cli("person", "disable", "gone")
	c.equal(knowing(), False, "who has left is not asked")
	c.equal(suggested(anna, "gulnor"), [])
	c.equal(suggested(anna, "gone"), [])
	c.equal(anna.get("search?q=gulnora").json["people"], [])


# ---- people beside hits ------------------------------------------------------------------------------


def people(s, anna):
	people_of = lambda q, **more: [p["login"] for p in anna.get(address("search", q=q, **more)).json["people"]]
	for q in ("karimova", "Каримова Дилноза", "d.karimova", "karimov", "karimova london", "Embassy in London"):
		c.equal(people_of(q), ["d.karimova"], q)
	for q in ("karim*", '-karimova', "kari", "legalizatsiya", "title:karimova", "karimova OR x", "embassy"):
		c.equal(people_of(q), [], q)
	c.equal(people_of("karimova", space="legal"), [], "who filters looks for texts")
	page = s.browser("anna").get("/search?q=legalizatsiya")
	c.check('id="people-named"' not in page.text)
	page = s.browser("anna").get("/search?q=karimova")
	c.check('href="/p/d.karimova"' in main_of(page) and page.shows("Counsellor, Embassy in London"))


# ---- the other keyboard ------------------------------------------------------------------------------


def keyboard(s, anna):
	b = s.browser("anna")
	for typed, meant in (("дупфдшяфеышнф", "legalizatsiya"), ("kjybr", "лоник")):
		page = b.get(address("/search", q=typed))
		c.check(page.shows(f"Shown are results for “{meant}”, typed as “{typed}”."), typed)
		c.check(address("/search", q=typed, exact=1).replace("&", "&amp;") in page.text, "a link as typed")
		as_typed = b.get(address("/search", q=typed, exact=1))
		c.check(as_typed.shows(f"Nothing was found for “{typed}”."), "as typed means as typed")
		json = anna.get(address("search", q=typed)).json
		c.equal((json["total"], json["hits"], json["suggestion"]), (0, [], meant), "JSON stays empty")
	for typed in ("legalizatsiya", "qqqqq", "tag:дупфд", "ждл", "дупфдшяфеышнф йййй"):
		c.check("typed as" not in b.get(address("/search", q=typed)).text, typed)
	page = b.get("/search?q=legalizatsya")
	c.check(page.shows("These are the results for “legalizatsiya”.") and page.shows("Search as typed"))


# ---- spelling ----------------------------------------------------------------------------------------


def spelling(s, anna, boris):
	write(boris, "legal", "Заметка", "Достопримечательности Съезда", lang="ru")
	write(boris, "secret", "Заметка", "Пьедестальность", lang="ru")
	s.settle()
	b = s.browser("anna")
	for typed, meant in (
		("достопремечательности", "достопримечательности"), ("достопримичательности сьезддда!", "достопримечательности съезда!"),
	):
		c.check(b.get(address("/search", q=typed)).shows(f"These are the results for “{meant}”."), typed)
		json = anna.get(address("search", q=typed)).json
		c.equal((json["total"], json["suggestion"]), (0, meant), "as it is written, though the index has lost the sign")
	c.equal(s.api("vera").get(address("search", q="пьедистальность")).json["suggestion"], None, "of what one reads")


# ---- nothing found -----------------------------------------------------------------------------------


def nothing(s, anna):
	b = s.browser("anna")
	page = b.get(address("/search", q="legalizatsiya muddati", lang="ru", space="legal"))
	c.check(page.shows("Without “Language: Русский”"), "each filter can be dropped")
	c.check(page.shows("Without “Space: Legal”"))
	found = dict(re.findall(r'<li><a href="([^"]*)">Without(?:[^<]|<span lang[^>]*>[^<]*</span>)*</a> <span[^>]*>([^<]*)</span>', page.text))
	c.equal(sorted(found.values()), ["0 results", "1 result", "1 result"], "one by one and all at once")
	for url, words in found.items():
		shown = b.get(url.replace("&amp;", "&"))
		c.check(shown.shows(words) if words[0] != "0" else shown.shows("Nothing was found"), url)
	c.check(page.shows("People who may know") and 'href="/p/boris"' in main_of(page), "the author is named")
	c.check("talk#new" in main_of(page) and page.shows("Ask in the discussion of “Hujjatlarni legalizatsiya qilish”"))
	c.check("/new?space=legal&amp;title=legalizatsiya%20muddati" in main_of(page), "an article may be begun")
	page = b.get(address("/search", q="lang:ru muddati"))
	c.check(page.shows("Without “Language: ru”") and "/search?q=muddati" in main_of(page))
	page = b.get(address("/search", q="legalizvxyz -muddati xizmat"))
	c.check(page.shows("also tried: легализвхйз") or page.shows("also tried: "), "how a word was tried")
	c.check(page.shows("without: muddati"))
	c.check('href="/p/boris"' in main_of(page), "authors of what is near to the words")
	reader = s.browser("vera").get(address("/search", q="legalizvxyz xizmat"))
	c.check("/new?" not in main_of(reader), "who may write nowhere is offered no article")
	c.check("talk#new" in main_of(reader))
	silent = s.api("vera", "read").get(address("/search", q="legalizvxyz xizmat"))
	c.check('href="/p/boris"' in main_of(silent) and "talk#new" not in main_of(silent), "a token that reads asks nothing")
	newer = write(anna, "legal", "Newer", "legalizatsiya haqida " + "boshqa gap " * 200 + "muddati", lang="uz-Latn")
	s.settle()
	page = b.get(address("/search", q="legalizatsiya muddati", lang="ru", space="legal", sort="date"))
	c.check(page.shows("Ask in the discussion of “Hujjatlarni legalizatsiya qilish”"), "nearest is not newest")
	c.equal(anna.ask("DELETE", f"articles/{newer['id']}").status, 204)
	s.settle()
	for lang in ("ru", "uz-Latn", "uz-Cyrl"):
		text = main_of(b.get(address("/search", q="legalizvxyz"), **{"Accept-Language": lang}))
		c.check("What was searched" not in text and "also tried" not in text, lang)


def nothing_hidden(s, anna, boris):
	"""What vera may not read changes nothing on her page."""
	vera = s.browser("vera")
	asked = [
		address("/search", q="operatziya muddati", space="secret"), address("/search", q="operatziya"),
		address("/search", q="operation", lang="en"), address("/search", q="щзукфешщт"),
		address("/suggest", q="operat"),
	]
	look = lambda: [re.sub(r'name="csrf" value="[^"]*"', "", vera.get(a).text) for a in asked]
	before = look()
	write(anna, "secret", "Operation", "operation operatziya muddati legalizvxyz", lang="en")
	write(boris, "secret", "Operatsiya", "operation", lang="en")
	s.settle()
	for path, one, two in zip(asked, before, look()):
		c.equal(two, one, path)
	c.check("Operation" in s.browser("anna").get(asked[3]).text, "who reads it finds it")


# ---- marks in the article ----------------------------------------------------------------------------


def marks(s, anna):
	b = s.browser("anna")
	page = b.get(address("/search", q="легализация муддати"))
	url = re.search(r'<h2 class="thread"><a href="([^"]*)"', page.text).group(1).replace("&amp;", "&")
	c.check(url.startswith("/a/") and "?q=" in url and url.endswith("#passage"), url)
	article = b.get(url.partition("#")[0])
	c.equal(article.status, 200)
	text = article.text
	c.equal(text.count('id="passage"'), 1)
	c.check('<mark id="passage">Legalizatsiya</mark> <mark>muddati</mark>' in text, "in the script of the text")
	c.check("Hujjatlarni <mark>legalizatsiya</mark> qilish</h1>" in text, "in the title too")
	c.check("<title>Hujjatlarni legalizatsiya qilish" in text)
	c.check("Remove the marks" in text)
	plain = b.get(url.partition("?")[0])
	c.check("<mark" not in plain.text and "Remove the marks" not in plain.text)
	c.check(plain.header("ETag") != article.header("ETag"), "each has its own tag")
	again = b.get(url.partition("#")[0], **{"If-None-Match": plain.header("ETag")})
	c.equal(again.status, 200, "the page without marks is not the page with them")
	c.equal(b.get(url.partition("?")[0] + "?q=zzzzqqq").text.count("<mark"), 0)
	hostile = b.get(url.partition("?")[0] + "?q=%3Cscript%3Ealert(1)%3C/script%3E+apostille")
	c.check("<script>alert" not in hostile.text)
	c.check("&lt;<mark>script</mark>&gt;" in hostile.text, "signs stay escaped around marks")
	wrong = b.get(re.sub(r"(/a/\w{13})[^?]*", r"\1-other", url.partition("#")[0]))
	c.equal(wrong.status, 303)
	c.check(url.startswith(wrong.header("Location")) and "?q=" in wrong.header("Location"), wrong.header("Location"))
	json = anna.get("articles/" + url[3:16] + "?q=legalizatsiya").json
	c.check("<mark" not in json["html"], "JSON is not marked")
	hit = anna.get("search?q=legalizatsiya").json["hits"][0]
	c.check("?" not in hit["url"], "nor does its address change")
	exact = b.get("/search?q=legalizatsiya&exact=1")
	c.check(re.search(r"&amp;exact=1[^\"#]*#passage", exact.text))


# ---- by hand, made a test ----------------------------------------------------------------------------


def grammar(s, anna):
	total = lambda q: anna.get(address("search", q=q)).json["total"]
	c.equal(total('"легализация муддати"'), 1, "a phrase in the other script")
	c.equal(total('"muddati legalizatsiya"'), 0)
	c.equal(total("легализ*"), total("legaliz*"))
	c.check(total("legaliz*") >= 1)
	b = s.browser("anna")
	page = b.get(address("/search", q="xujjatlarni"))
	c.check(page.shows("Also searched: hujjatlarni.") and "exact=1" in page.text)
	c.check(not b.get(address("/search", q="hujjatlarni")).shows("Also searched"))
	c.equal(b.get(address("/search", q="xujjatlarni", exact=1)).shows("Nothing was found"), True)
	for typed in ("«легализация муддати»", "“legalizatsiya muddati”", "„legalizatsiya muddati“"):
		c.equal(total(typed), 1, typed)
	c.equal(total("«muddati legalizatsiya»"), 0, "in this order")
	for typed, plain in (("«muddati legalizatsiya»", "muddati legalizatsiya"), ('"муддати легализация"', "муддати легализация"),
			('-"zzzzz yyyyy" "muddati legalizatsiya"', '-"zzzzz yyyyy" muddati legalizatsiya')):
		page = b.get(address("/search", q=typed))
		link = re.search(r'Without quotation marks: <a href="([^"]+)"><strong[^>]*>.*?</strong></a> <span[^>]*>1 result<', page.text)
		c.check(link and f"q={urllib.parse.quote_plus(plain)}" in html.unescape(link.group(1)).replace("%20", "+"), typed, link)
		c.equal(total(plain), 1, typed)
	for typed in ("-«muddati legalizatsiya» zzzzz", '"zzzzz yyyyy"', 'title:"muddati legalizatsiya"', "muddati zzzzz"):
		c.check(not b.get(address("/search", q=typed)).shows("Without quotation marks"), typed)
	page = b.get(address("/search", q='legalizatsiya "muddati'))
	c.check(page.shows("A quotation mark was not closed and has been ignored."))
	c.check(b.get(address("/search", q="-legalizatsiya")).shows("A query that only leaves out finds nothing"))
	c.check(b.get(address("/search", q="?!")).shows("The query has no letter and no digit."))
	for q, hint in (('legaliz "', "Кавычка не закрыта"), ("-viza", "Запрос из одних исключений")):
		russian = b.get(address("/search", q=q), **{"Accept-Language": "ru"})
		c.check(russian.shows(hint), "hints speak the reader's language", q)
	page = b.get(address("/search", q="legalizatsiya лоник"))
	c.check(page.shows("Nothing holds all of these words."))
	c.check(not b.get(address("/search", q="legalizatsiya")).shows("Nothing holds all"))


with Server() as s:
	s.cli("office", "add", "london", "--name", "Embassy in London", "--city", "London")
	s.cli("office", "add", "paris", "--name", "Embassy in Paris")
	for login in ("anna", "boris", "vera"):
		s.person(login)
	s.person("d.karimova", "--name", "Dilnoza Karimova", "--office", "london", "--position", "Counsellor")
	for key in ("lawyers", "agents", "readers"):
		s.cli("group", "add", key)
	s.cli("space", "add", "legal", "--name", "Legal")
	s.cli("space", "add", "secret", "--name", "Secret")
	s.cli("grant", "legal", "readers", "read")
	s.cli("grant", "legal", "lawyers", "write")
	s.cli("grant", "legal", "agents", "manage")
	s.cli("grant", "secret", "agents", "manage")
	s.cli("group", "member", "agents", "anna")
	s.cli("group", "member", "agents", "boris")
	s.cli("group", "member", "readers", "vera")
	anna, boris = s.api("anna"), s.api("boris")
	write(
		boris, "legal", "Hujjatlarni legalizatsiya qilish", lang="uz-Latn",
		body="Legalizatsiya muddati besh kun. Apostille <script>alert(1)</script> qoʻyiladi.",
	)
	write(boris, "legal", "Лоник", "лоник матни", lang="uz-Cyrl")
	s.settle()
	people(s, anna)
	keyboard(s, anna)
	spelling(s, anna, boris)
	nothing(s, anna)
	marks(s, anna)
	grammar(s, anna)
	nothing_hidden(s, anna, boris)
	disabled(s, anna)
	terms(s, anna)
	completion(s, anna)
	completion_by_other_spellings(s, anna)
c.end()
