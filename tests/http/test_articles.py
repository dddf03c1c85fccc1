#!/usr/bin/env python3
"""Articles: reading, writing, versions, conflicts, drafts, moving, and who may do what."""
import html
import re
import sys
from urllib.parse import unquote

from world import Api, Checks, Server

checks = Checks()
check, equal = checks.check, checks.equal
BODY = "# Visas\n\nSee [[Fees]] and [[Nowhere]].\n\n## Terms\n\nOne month.\n\n### Short\n\nA week.\n\n## Price\n\n20 dollars.\n"


def form(answer, name="edit"):
	"""The fields of a form of the page as a browser would send them."""
	text = answer.text
	inside = re.search(r'<form[^>]*id="%s".*?</form>' % name, text, re.S).group(0)
	fields = {}
	for tag in re.findall(r"<input[^>]*>", text):
		if tag not in inside and f'form="{name}"' not in tag:
			continue
		key, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
		if key and (" checked" in tag or not re.search(r'type="(checkbox|radio)"', tag)):
			fields[key.group(1)] = html.unescape(value.group(1) if value else "")
	for key, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', text, re.S):
		fields[key] = html.unescape(value).removeprefix("\n")
	for key, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.S):
		values = re.findall(r'<option value="([^"]*)"( selected)?', options)
		fields[key] = next((v for v, chosen in values if chosen), values[0][0] if values else "")
	fields.pop("csrf", None)
	return fields


def place(answer):
	return answer.header("Location")


def make(s, title, body="Text.\n", **more):
	answer = s.api("anna").post("articles", space="visas", title=title, body=body, **more)
	equal(answer.status, 201, answer.text)
	return answer.json["id"]


def test_json_of_an_article(s):
	api = s.api("anna")
	answer = api.post("articles", space="visas", title="Fees", body=BODY, tags=["Money", "visa"],
		fields={"year": 2026, "text": "5", "list": ["a", "b"], "open": True}, lang="en", comment="first")
	a = answer.json
	equal(sorted(a), sorted("id url space title lang status tags fields body html revision can".split()))
	equal((a["space"], a["title"], a["lang"], a["status"], a["body"]), ("visas", "Fees", "en", "published", BODY))
	equal(a["fields"], {"year": 2026, "text": "5", "list": ["a", "b"], "open": True})
	equal(sorted(a["tags"]), ["Money", "visa"])
	equal(a["can"], {"write": True, "manage": False, "discuss": True})
	equal((a["revision"]["number"], a["revision"]["author"], a["revision"]["comment"]), (1, "anna", "first"))
	check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", a["revision"]["at"]), a["revision"]["at"])
	check(f'/a/{a["id"]}-fees' in a["url"])
	check("<h2" in a["html"] and "<script" not in a["html"])
	equal(api.get("articles/" + a["id"]).json, a)
	equal(s.api("bek").get("articles/" + a["id"]).json["can"], {"write": False, "manage": False, "discuss": True})
	changed = api.put("articles/" + a["id"], base=1, title="Fees and prices").json
	equal((changed["title"], changed["body"], changed["fields"]), ("Fees and prices", BODY, a["fields"]), "absent fields stay")
	equal(changed["revision"]["number"], 2)
	equal(api.put("articles/" + a["id"], base=2, tags=[], fields={}).json["fields"], {})


def test_json_refuses(s):
	api, id = s.api("anna"), make(s, "Refused")
	for status, field, sent in (
		(422, "base", {"title": "x"}),
		(422, "author", {"base": 1, "author": "bek"}),
		(422, "title", {"base": 1, "title": ""}),
		(422, "title", {"base": 1, "title": "x" * 401}),
		(422, "lang", {"base": 1, "lang": "tlh"}),
		(422, "status", {"base": 1, "status": "gone"}),
		(422, "parent", {"base": 1, "parent": "0000000000000"}),
		(422, "parent", {"base": 1, "parent": id}),
		(422, "fields", {"base": 1, "fields": {"a": {"b": 1}}}),
		(422, "tags", {"base": 1, "tags": ["t%d" % i for i in range(51)]}),
		(422, "body", {"base": 1, "body": ">" * 300 + "x"}),
	):
		answer = api.put("articles/" + id, **sent)
		equal((answer.status, answer.json["error"].get("field")), (status, field), sent)
	equal(api.get("articles/" + id).json["revision"]["number"], 1)
	equal(api.post("articles", space="visas", title="x", body="y", audience="Nobody").json["error"]["field"], "audience")
	hidden, absent = (api.post("articles", space=key, title="x", body="y") for key in ("secret", "absent"))
	equal((hidden.status, absent.status), (404, 404))
	equal(s.api("bek").post("articles", space="visas", title="x", body="y").status, 403)
	equal(s.api("anna", "read").post("articles", space="visas", title="x", body="y").status, 403)
	equal(s.api("bek").put("articles/" + id, base=1, body="z").status, 403)


def test_stale_base_is_a_conflict(s):
	api, id = s.api("anna"), make(s, "Stale", "one\n")
	api.put("articles/" + id, base=1, body="two\n")
	answer = api.put("articles/" + id, base=1, body="three\n")
	equal(answer.status, 409)
	equal((answer.json["error"]["code"], answer.json["current"]["body"], answer.json["current"]["revision"]["number"]),
		("conflict", "two\n", 2))
	equal(api.put("articles/" + id, base=7, body="three\n").status, 409)


def test_pages_of_an_article(s):
	id, anna = make(s, "Pages of it", BODY), s.browser("anna")
	s.api("anna").put("articles/" + id, base=1, body=BODY.replace("20", "30"))
	for path in ("", "-pages-of-it", "/edit", "/history", "/r/1", "/r/2", "/diff/1..2", "/diff/2..1", "/links",
		"/raw", "/access", "/move", "/r/1/restore"):
		equal(anna.get(f"/a/{id}{path}").status, 200, path)
	for path in ("/r/3", "/r/0", "/diff/1..3", "/diff/1-2", "/diff/1..2..3", "/nothing"):
		equal(anna.get(f"/a/{id}{path}").status, 404, path)
	answer = anna.get(f"/a/{id}-wrong")
	equal((answer.status, place(answer)), (303, f"/a/{id}-pages-of-it"))
	equal(place(anna.get(f"/a/{id}/diff?from=2&to=1")), f"/a/{id}/diff/1..2")
	text = anna.get(f"/a/{id}/diff/1..2").text
	check("<del>20</del>" in text and "<ins>30</ins>" in text)
	raw = anna.get(f"/a/{id}/raw")
	equal((raw.text, raw.header("Content-Type")), (BODY.replace("20", "30"), "text/markdown; charset=utf-8"))
	check("sandbox" in raw.header("Content-Security-Policy"))
	check(f'href="/a/{id}/edit?section=2"' in anna.get(f"/a/{id}").text)
	check("?section=" not in s.browser("bek").get(f"/a/{id}").text, "a reader has nothing to edit")


def test_reading_needs_the_right(s):
	id, cy = make(s, "Not for Cy", BODY), s.browser("cy")
	nobody = "0" * len(id)
	told = lambda answer, id: re.sub(r'name="csrf" value="[^"]*"', "", answer.text).replace(id, "ID")
	for path in ("", "-not-for-cy", "-wrong", "/edit", "/history", "/r/1", "/diff/1..1", "/links", "/raw", "/access", "/move"):
		answer = cy.get(f"/a/{id}{path}")
		equal((answer.status, place(answer)), (404, None), path)
		equal(told(answer, id), told(cy.get(f"/a/{nobody}{path}"), nobody), path)
	for path in ("/edit", "/rename", "/parent", "/status", "/audience", "/delete", "/restore", "/draft", "/r/1/restore"):
		equal(cy.post(f"/a/{id}{path}", title="x").status, 404, path)
	equal(s.api("cy").get("articles/" + id).status, 404)
	equal(s.anonymous().get(f"/a/{id}").status, 303)
	equal(Api(s.port).get("articles/" + id).status, 401)


def test_readers_change_nothing(s):
	id, bek = make(s, "Read only", BODY), s.browser("bek")
	source = bek.get(f"/a/{id}/edit")
	check(source.status == 200 and "readonly" in source.text and 'name="body"' not in source.text)
	for path in ("/edit", "/rename", "/parent", "/status", "/audience", "/delete", "/draft", "/r/1/restore"):
		equal(bek.post(f"/a/{id}{path}", title="x", base="1", body="x", comment="x").status, 403, path)
	equal(bek.get(f"/a/{id}/move").status, 403)
	equal(s.browser("anna").post(f"/a/{id}/delete").status, 403, "writing is not managing")
	equal(s.api("anna").delete("articles/" + id).status, 403)


def test_links_lead_by_reader(s):
	here = make(s, "Linking", "[[Linked there]] and [[Secret plan]] and [[linked THERE|words]]\n")
	there = make(s, "Linked there")
	secret = s.api("boss").post("articles", space="secret", title="Secret plan", body="x").json["id"]
	anna, boss = s.browser("anna"), s.browser("boss")
	page = anna.get(f"/a/{here}").text
	equal(page.count(f'href="/a/{there}-linked-there"'), 2)
	check(secret not in page and "is-missing" in page)
	check(secret in boss.get(f"/a/{here}").text, "who may read it is led there")
	check("Linking" in anna.get(f"/a/{there}/links").text)
	equal(s.api("anna").get("articles/" + there).status, 200)


def test_links_name_the_language_they_lead_to(s):
	russian, uzbek = make(s, "Порядок приёма", lang="ru"), make(s, "Qabul tartibi", lang="uz-Latn")
	english = make(s, "Orders of reception", lang="en")
	here = make(s, "Рўйхат", "[[Порядок приёма]] [[Порядок приёма|тартиб]] [[Qabul tartibi]] [[Қабул тартиби]]"
		" [[Orders of reception]]\n", lang="uz-Cyrl")
	inside = s.browser("anna").get(f"/a/{here}").text
	links = [(target, re.sub(r' ?href="[^"]*"', "", before + after).strip(), words) for before, target, after, words in
		re.findall(r'<a([^>]*) href="/a/(\w{13})-[^"]*"([^>]*)>([^<]*)</a>', inside[inside.index("Рўйхат</h1>"):])]
	equal([link for link in links if link[0] in (russian, uzbek, english)][:5], [
		(russian, 'lang="ru" hreflang="ru"', "Порядок приёма"),
		(russian, 'hreflang="ru"', "тартиб"),
		(uzbek, 'lang="uz-Latn" hreflang="uz-Latn"', "Qabul tartibi"),
		(uzbek, 'hreflang="uz-Latn"', "Қабул тартиби"),
		(english, 'lang="en" hreflang="en"', "Orders of reception")])
	make_same = make(s, "О приёме", "[[Порядок приёма]]", lang="ru")
	check("hreflang" not in re.search(r"<p><a [^>]*>Порядок приёма", s.browser("anna").get(f"/a/{make_same}").text).group(0),
		"one's own language is not said again")
	secret = s.api("boss").post("articles", space="secret", title="Тайный порядок", body="x", lang="ru").json["id"]
	here = make(s, "Leading to what is hidden", "[[Тайный порядок]]", lang="en")
	check("hreflang" not in s.browser("anna").get(f"/a/{here}").text.split("Тайный порядок")[0].split("<p>")[-1])
	check(secret in s.browser("boss").get(f"/a/{here}").text)


def test_titles_and_tags(s):
	anna, one = s.browser("anna"), make(s, "Only one of it", tags=["rare tag"])
	equal(place(anna.get("/w/Only%20one%20of%20it")), f"/a/{one}-only-one-of-it")
	equal(place(anna.get("/w/only%20ONE%20of%20it")), f"/a/{one}-only-one-of-it")
	first, second = make(s, "Twice"), make(s, "Twice")
	choice = anna.get("/w/Twice")
	check(choice.status == 200 and first in choice.text and second in choice.text)
	missing = anna.get("/w/Secret%20plan")
	check(missing.status == 404 and "/new?" in missing.text, "offers to write it")
	check("/new?" not in s.browser("bek").get("/w/Secret%20plan").text)
	check("Only one of it" in anna.get("/tag/Rare%20TAG").text)
	check("Only one of it" not in s.browser("cy").get("/tag/rare%20tag").text)
	equal(anna.post(f"/a/{one}/rename", title="Renamed now").status, 303)
	answer = anna.get("/w/Only%20one%20of%20it")
	check(place(answer).startswith(f"/a/{one}-renamed-now?from="), place(answer))
	check(anna.get(place(answer)).shows("Found by its former title “Only one of it”."))
	check(not anna.get(f"/a/{one}-renamed-now?from=Never").shows("former title"))


def test_new_article(s):
	anna = s.browser("anna")
	fields = form(anna.get("/new?space=visas&title=From%20a%20form"))
	equal((fields["space"], fields["title"]), ("visas", "From a form"))
	check("secret" not in anna.get("/new").text)
	fields.update(body="first\r\nsecond\r\n", tags="one, two ,one", do="save")
	shown = anna.post("/new", **dict(fields, do="preview"))
	check(shown.status == 200 and not {"facts", "from", "own", "translate"} & set(form(shown)), "no field that was not sent")
	answer = anna.post("/new", **fields)
	equal(answer.status, 303, answer.text)
	id = place(answer)[3:16]
	equal(place(anna.post("/new", **fields)), place(answer), "sent twice, made once")
	check(anna.get(place(answer)).shows("The article is made."))
	check(not anna.get(place(answer)).shows("The article is made."), "said once")
	a = s.api("anna").get("articles/" + id).json
	equal((a["body"], sorted(a["tags"])), ("first\nsecond\n", ["one", "two"]))
	fields.update(title="", form_key="another")
	answer = anna.post("/new", **fields)
	check(answer.status == 422 and "second" in answer.text and answer.shows("Give the article a title."))
	answer = anna.post("/new", **dict(fields, title="x", space="secret"))
	check(answer.status == 422 and "second" in answer.text)
	equal(anna.post("/new", _csrf=False, **fields).status, 403)
	equal(s.browser("cy").get("/new").status, 403, "cy writes nowhere")
	answer = anna.post("/new", **dict(fields, title="x", do="preview", body="## Shown\n"))
	check(answer.status == 200 and '<h2 id="h-shown">' in answer.text)
	draft = s.api("anna").post("articles", space="visas", title="My draft", body="x", status="draft").json["id"]
	equal((s.browser("bek").get("/a/" + draft).status, anna.get("/a/" + draft).status), (404, 200))


def test_translation(s):
	anna, id = s.browser("anna"), make(s, "To translate", "An English text about the visa fees of the embassy.\n", lang="en")
	fields = form(anna.get(f"/new?space=visas&translate={id}"))
	check("English text" in fields["body"] and fields["lang"] != "en")
	answer = anna.post("/new", **dict(fields, title="Перевод", lang="ru", do="save"))
	check("Перевод" in anna.get("/a/" + id).text)
	check("To translate" in anna.get(place(answer)).text)
	check("Перевод" in s.browser("bek").get("/a/" + id).text)


def test_edit(s):
	anna, id = s.browser("anna"), make(s, "Edited", BODY)
	fields = form(anna.get(f"/a/{id}/edit"))
	equal((fields["body"], fields["base"]), (BODY, "1"))
	shown = anna.post(f"/a/{id}/edit", **dict(fields, do="diff", body=BODY.replace("20", "25")))
	check("<ins>25</ins>" in shown.text and form(shown)["body"] == BODY.replace("20", "25"))
	check(not {"space", "audience", "translate"} & set(form(shown)), "no field that was not sent")
	part = anna.ask("POST", f"/a/{id}/edit", "&".join(
		f"{k}={v}" for k, v in {"base": 1, "title": "t", "body": "%2A%2Abold%2A%2A", "do": "preview",
			"csrf": anna.token}.items()), **{"Content-Type": "application/x-www-form-urlencoded",
			"Origin": f"http://127.0.0.1:{s.port}", "X-Fragment": "preview"})
	check(part.text.startswith('<section id="preview"') and "<strong>bold</strong>" in part.text)
	saved = anna.post(f"/a/{id}/edit", **dict(fields, do="save", body="new\n", comment="all new"))
	equal((saved.status, place(saved)), (303, f"/a/{id}-edited"))
	again = anna.post(f"/a/{id}/edit", **dict(fields, do="save", body="new\n", comment="all new"))
	equal(again.status, 303, "sent twice")
	check("all new" in anna.get(f"/a/{id}/history").text)
	equal(s.api("anna").get("articles/" + id).json["revision"]["number"], 2)


def test_refused_text_is_not_lost(s):
	anna, id = s.browser("anna"), make(s, "Kept text")
	fields = form(anna.get(f"/a/{id}/edit"))
	fields.update(do="save", body="precious words\n", comment="why")
	for change, status, words in (
		({"title": "", "comment": ""}, 422, "Describe what you changed."),
		({"body": "precious words\n" + "> " * 200}, 422, "nested"),
		({"body": "precious words " + "x" * 1048576}, 413, "at most 1 MiB"),
		({"lang": "tlh"}, 422, "A language is"),
		({"parent": id}, 422, "under itself"),
		({"tags": ",".join("t%d" % i for i in range(60))}, 422, "at most 50 tags"),
		({"title": "zero\u200bwidth"}, 422, "precious"),
		({"base": "soon"}, 422, "precious"),
	):
		answer = anna.post(f"/a/{id}/edit", **dict(fields, **change))
		check(answer.status == status and answer.shows(words), answer.status, change.keys())
		check("precious words" in answer.text and "There is a problem" in answer.text, change.keys())
	anna.language = "ru"
	for change, words in (
		({"body": "precious words\n" + "> " * 200}, "Строка 2: Цитаты и списки вложены"),
		({"body": "precious words " + "x" * 1048576}, "не больше 1 МиБ"),
		({"parent": id}, "под самой собой"),
		({"tags": ",".join("t%d" % i for i in range(60))}, "не больше 50 тегов"),
	):
		check(anna.post(f"/a/{id}/edit", **dict(fields, **change)).shows(words), words)
	anna.language = "en"
	expired = anna.post(f"/a/{id}/edit", _csrf=False, **fields)
	check(expired.status == 403 and expired.shows("The form is out of date") and "the managers" not in expired.text)
	equal(s.api("anna").get("articles/" + id).json["revision"]["number"], 1)


def test_section(s):
	anna, id = s.browser("anna"), make(s, "Sections", BODY)
	fields = form(anna.get(f"/a/{id}/edit?section=2"))
	equal(fields["body"], "## Terms\n\nOne month.\n\n### Short\n\nA week.\n\n")
	saved = anna.post(f"/a/{id}/edit", **dict(fields, do="save", comment="x", body="## Terms\r\n\r\nTwo months."))
	equal(saved.status, 303, saved.text)
	equal(anna.get(f"/a/{id}/raw").text, BODY[: BODY.index("One")] + "Two months.\n\n" + BODY[BODY.index("## Price"):])
	equal(anna.get(f"/a/{id}/edit?section=99").status, 404)


def test_conflicts(s):
	anna, boss = s.browser("anna"), s.browser("boss")
	id = make(s, "Contested", BODY)
	mine = dict(form(anna.get(f"/a/{id}/edit")), do="save", comment="mine")
	theirs = dict(form(boss.get(f"/a/{id}/edit")), do="save", comment="theirs")
	boss.post(f"/a/{id}/edit", **dict(theirs, body=BODY.replace("20", "40"), title="Contested by two"))
	answer = anna.post(f"/a/{id}/edit", **dict(mine, body=BODY.replace("One", "Six")))
	equal(answer.status, 409)
	check(answer.shows("Both changes were put together below."))
	fields = form(answer)
	equal(fields["body"], BODY.replace("One", "Six").replace("20", "40"))
	equal((fields["base"], fields["title"]), ("2", "Contested by two"))
	equal(anna.post(f"/a/{id}/edit", **dict(fields, do="save")).status, 303)
	answer = anna.post(f"/a/{id}/edit", **dict(mine, body=BODY.replace("20", "99 of mine"), form_key="other"))
	equal(answer.status, 409)
	check(answer.shows("Both of you changed the same places."))
	check("99 of mine" in answer.text and "40 dollars" in answer.text and "20 dollars" in answer.text, "all three")
	fields = form(answer)
	equal((fields["pick1"], fields["own"], fields["from"]), ("mine", BODY.replace("20", "99 of mine"), "1"))
	for pick, words in (("theirs", "40 dollars.\n"), ("both", "99 of mine dollars.\n40 dollars.\n"), ("mine", "99 of mine dollars.\n")):
		answer = anna.post(f"/a/{id}/edit", **dict(fields, do="pick", pick1=pick))
		equal(answer.status, 200)
		chosen = form(answer)
		equal((chosen["pick1"], chosen["body"].partition("## Price\n\n")[2], chosen["base"]), (pick, words, "3"))
		check("Six month" in chosen["body"], "what the other changed elsewhere stays")
	written = fields["body"].replace("Six month", "Six or seven month")
	chosen = form(anna.post(f"/a/{id}/edit", **dict(fields, do="pick", pick1="theirs", body=written)))
	check("Six or seven month" in chosen["body"] and "40 dollars" in chosen["body"], "what was written by hand stays")
	written = fields["body"].replace("99 of mine", "98 by hand")
	chosen = form(anna.post(f"/a/{id}/edit", **dict(fields, do="pick", pick1="theirs", body=written)))
	check("98 by hand" in chosen["body"] and "40 dollars" in chosen["body"], "also where another side was chosen")
	for act, words in (("preview", "not saved yet"), ("diff", "Your changes")):
		page = anna.post(f"/a/{id}/edit", **dict(fields, do=act, body=written))
		check(page.status == 200 and page.shows(words) and form(page)["body"] == written, act)
		equal(form(page)["own"], fields["own"], "one's own text stays at the bottom")
	page = anna.post(f"/a/{id}/edit", **dict(fields, do="save", body=written, comment=""))
	equal((page.status, form(page)["own"], form(page)["body"]), (422, fields["own"], written), "also without a comment")
	equal(s.api("anna").get("articles/" + id).json["revision"]["number"], 3)


def test_conflict_keeps_all_fields(s):
	"""What one left alone follows the other's change; what one changed stays."""
	anna, id = s.browser("anna"), make(s, "Facts", "one\n\ntwo\n", lang="en")
	mine = dict(form(anna.get(f"/a/{id}/edit")), do="save", comment="mine", body="1\n\ntwo\n", minor="1", status="archived")
	s.api("boss").put("articles/" + id, base=1, body="one\n\n2\n", lang="ru")
	page = anna.post(f"/a/{id}/edit", **mine)
	fields = form(page)
	equal((page.status, fields["lang"], fields["status"]), (409, "ru", "archived"))
	check(re.search(r'name="minor"[^>]*checked', page.text), "a minor edit stays one")
	equal(anna.post(f"/a/{id}/edit", **dict(fields, do="save")).status, 303)
	now = s.api("anna").get("articles/" + id).json
	equal((now["lang"], now["status"], now["body"]), ("ru", "archived", "1\n\n2\n"))


def offers(page):
	return re.findall(r'"(/a/\w+/edit\?draft=\w+)"', page.text)


def test_unsaved_texts(s):
	"""Each form keeps its own; none hides another's, and saving drops only what was saved."""
	anna, id = s.browser("anna"), make(s, "Twice begun", "old\n")
	one, two = form(anna.get(f"/a/{id}/edit")), form(anna.get(f"/a/{id}/edit"))
	check(one["draft"] != two["draft"], "a form has an id of its own")
	for fields, text in ((one, "long work"), (one, "longer work"), (two, "typo mended")):
		equal(anna.post(f"/a/{id}/draft", **dict(fields, body=text, tags="a, b", comment="why", minor="1")).status, 200)
	found = offers(anna.get(f"/a/{id}/edit"))
	equal(len(found), 2, "the newest of each form")
	page = anna.get(found[1])
	fields = form(page)
	equal((fields["body"], fields["tags"], fields["comment"], fields["draft"]), ("longer work", "a, b", "why", one["draft"]))
	check(re.search(r'name="minor"[^>]*checked', page.text), "with all fields")
	check(anna.get(found[1] + "&do=diff").shows("Your changes"), "compared with what is saved")
	equal(anna.post(f"/a/{id}/edit", **dict(two, do="save", comment="x", body="new\n")).status, 303)
	equal(offers(anna.get(f"/a/{id}/edit")), [found[1]], "the other text is still there")
	check(s.browser("boss").get(found[1]).shows("longer work") is False, "it is anna's alone")
	boss = form(s.browser("boss").get(f"/a/{id}/edit"))
	equal(s.browser("boss").post(f"/a/{id}/draft", **dict(boss, draft=one["draft"], body="taken")).status, 200)
	equal(form(anna.get(found[1]))["body"], "longer work", "nobody's id takes the place of another's")
	late = s.anonymous()
	late.token = anna.token
	restricted = {"title": "Begun", "body": "secret plans", "space": "visas", "lang": "ru", "status": "draft", "tags": "x"}
	where = place(late.post("/new", **dict(form(anna.get("/new")), **restricted, do="save")))
	check("kept=1" in where, where)
	kept = form(anna.get(unquote(where.partition("next=")[2])))
	equal({name: kept[name] for name in restricted}, restricted, "a new article comes back with all fields")


def test_session_end_keeps_the_text(s):
	anna, id = s.browser("anna"), make(s, "Long writing", BODY)
	fields = dict(form(anna.get(f"/a/{id}/edit")), do="save", comment="c")
	old, token = dict(anna.cookies), anna.token
	anna.post("/logout")
	for cookies, text in ((old, "with the old cookie"), ({}, "without any cookie")):
		late = s.anonymous()
		late.cookies, late.token = dict(cookies), token
		answer = late.post(f"/a/{id}/edit", **dict(fields, body=text))
		where = re.fullmatch(rf"/login\?kept=1&next=(/a/{id}/edit%3Fdraft%3D\w{{13}})", place(answer))
		check(answer.status == 303 and where, answer.status, place(answer))
		check(late.get(place(answer)).shows("The text that you were sending is kept"))
		anna = s.browser("anna")
		equal(form(anna.get(unquote(where.group(1))))["body"], text, "after signing in it goes on there")
		page = anna.get(f"/a/{id}/edit")
		check(page.shows("You have an unsaved text"))
		draft = re.search(r'"(/a/\w+/edit\?draft=\w+)"', page.text).group(1)
		page = anna.get(draft)
		equal(form(page)["body"], text)
	check(anna.get(f"/a/{id}").shows("You have an unsaved text of this article"))
	check(not s.browser("boss").get(f"/a/{id}/edit").shows("unsaved text"), "it is anna's alone")
	boss = s.browser("boss")
	boss.token = token
	equal(boss.post(f"/a/{id}/edit", **fields).status, 403, "another person with her form")
	late = s.anonymous()
	late.token = "A" * 86
	nobody = late.post(f"/a/{id}/edit", **fields)
	check(nobody.status == 401 and nobody.shows("You are not signed in"), "a token of nobody")
	late.token = token
	hidden = late.post("/a/0000000000000/edit", **fields)
	check(re.fullmatch(r"/login\?kept=1&next=/a/0000000000000/edit%3Fdraft%3D\w{13}", place(hidden)), place(hidden))
	anna = s.browser("anna")
	anna.token = token
	check(place(anna.post(f"/a/{id}/edit", **dict(fields, body="of the session before"))).startswith(f"/a/{id}/edit?draft="))
	page = anna.get(f"/a/{id}/edit")
	number = re.search(r'name="id" value="(\w{13})"', page.text).group(1)
	equal(s.browser("boss").post("/drafts/drop", id=number).status, 404)
	for number in re.findall(r'name="id" value="(\w{13})"', page.text):
		equal(anna.post("/drafts/drop", id=number).status, 303)
	anna.get("/settings")
	check("?draft=" not in anna.get(f"/a/{id}/edit").text)
	answer = anna.post(f"/a/{id}/draft", **dict(fields, body="kept while writing"))
	check(answer.status == 200 and answer.json["said"].startswith("Not saved yet"))
	draft = re.search(r'"(/a/\w+/edit\?draft=\w+)"', anna.get(f"/a/{id}/edit").text).group(1)
	equal(anna.post(f"/a/{id}/edit", **dict(form(anna.get(draft)), do="save", comment="x")).status, 303)
	equal(anna.get(f"/a/{id}/raw").text, "kept while writing")
	check("?draft=" not in anna.get(f"/a/{id}/edit").text, "saved: no draft any more")


def test_versions(s):
	api, anna, id = s.api("anna"), s.browser("anna"), make(s, "Versions", "one\n", tags=["old"])
	for n in range(1, 60):
		api.put("articles/" + id, base=n, body=f"text {n}\n", tags=["new"], comment=f"c{n}")
	page = anna.get(f"/a/{id}/history")
	equal(page.text.count('name="from"'), 50)
	older = re.search(r'href="(/a/\w+/history\?before=\d+)"', page.text).group(1)
	equal(anna.get(older).text.count('name="from"'), 10)
	first = api.get(f"articles/{id}/revisions?limit=40").json
	rest = api.get(f"articles/{id}/revisions?limit=40&after=" + first["next"]).json
	equal([r["number"] for r in first["items"] + rest["items"]], list(range(60, 0, -1)))
	equal((len(first["items"]), rest["next"]), (40, None))
	equal(api.get(f"articles/{id}/revisions/1").json["body"], "one\n")
	equal(api.get(f"articles/{id}/revisions/61").status, 404)
	fields = {k: v for k, v in re.findall(r'type="hidden" name="(base|form_key)" value="(\w+)"', anna.get(f"/a/{id}/r/1/restore").text)}
	equal(anna.post(f"/a/{id}/r/1/restore", comment="", **fields).status, 422)
	equal(anna.post(f"/a/{id}/r/1/restore", comment="back", **dict(fields, base="59", form_key="x")).status, 409)
	equal(anna.post(f"/a/{id}/r/1/restore", comment="back", **fields).status, 303)
	now = api.get("articles/" + id).json
	equal((now["body"], now["tags"], now["revision"]["number"], now["revision"]["comment"]), ("one\n", ["old"], 61, "back"))


def test_place_and_status(s):
	anna, id, parent = s.browser("anna"), make(s, "Placed"), make(s, "Above")
	equal(anna.post(f"/a/{id}/parent", parent=f"/a/{parent}-above").status, 303)
	check("Above" in anna.get(f"/a/{id}").text and "Placed" in anna.get(f"/a/{parent}").text)
	equal(anna.post(f"/a/{parent}/parent", parent=id).status, 422, "a circle")
	equal(anna.post(f"/a/{id}/parent", parent="nonsense").status, 422)
	equal(anna.post(f"/a/{id}/parent", parent="").status, 303)
	equal(anna.post(f"/a/{id}/status", status="archived").status, 303)
	equal(s.api("anna").get("articles/" + id).json["status"], "archived")
	equal(anna.post(f"/a/{id}/status", status="burnt").status, 422)
	equal(s.browser("boss").post(f"/a/{id}/status", status="draft").status, 422, "a draft is its maker's")
	answer = anna.post(f"/a/{id}/rename", title="")
	check(answer.status == 422 and answer.shows("Give the article a title."))


def test_readers_and_trash(s):
	boss, anna, id = s.browser("boss"), s.browser("anna"), make(s, "Moved about")
	check("secret/" not in anna.get(f"/a/{id}/move").text)
	page = boss.get(f"/a/{id}/move").text
	check('value="secret/"' in page and 'value="visas/" selected' in page)
	answer = boss.post(f"/a/{id}/audience", audience="secret/")
	check(answer.status == 200 and answer.shows("Check this before you apply it."))
	equal(anna.get(f"/a/{id}").status, 200, "nothing is done before one is sure")
	equal(boss.post(f"/a/{id}/audience", audience="nowhere/").status, 422)
	equal(boss.post(f"/a/{id}/audience", audience="secret/", sure="1").status, 303)
	equal((anna.get(f"/a/{id}").status, boss.get(f"/a/{id}").status), (404, 200))
	equal(boss.post(f"/a/{id}/audience", audience="visas/", sure="1").status, 303)
	check(anna.get(f"/a/{id}/access").shows("All readers of the space"))
	equal(boss.post(f"/a/{id}/delete").status, 303)
	equal((anna.get(f"/a/{id}").status, anna.get("/w/Moved%20about").status), (404, 404))
	check(boss.get(f"/a/{id}").shows("This article is in the trash."))
	equal(boss.post(f"/a/{id}/restore").status, 303)
	equal(anna.get(f"/a/{id}").status, 200)
	api = s.api("boss")
	equal((api.delete("articles/" + id).status, anna.get(f"/a/{id}").status), (204, 404))
	equal(api.post(f"articles/{id}/restore").status, 204)
	equal(anna.get(f"/a/{id}").status, 200)


def main():
	with Server() as s:
		for login in ("anna", "bek", "cy", "boss"):
			s.person(login, "--name", login.capitalize())
			s.cli("group", "add", "g-" + login)
			s.cli("group", "member", "g-" + login, login)
		for key in ("visas", "secret"):
			s.cli("space", "add", key, "--name", key.capitalize())
		for space, group, level in (("visas", "g-anna", "write"), ("visas", "g-bek", "read"),
			("visas", "g-boss", "manage"), ("secret", "g-boss", "manage")):
			s.cli("grant", space, group, level)
		for name, test in list(globals().items()):
			if name.startswith("test_") and (len(sys.argv) < 2 or sys.argv[1] in name):
				test(s)
	checks.end()


main()
