#!/usr/bin/env python3
"""Writing articles by form: new ones, changes, sections, conflicts, and texts that are not saved yet."""
import html
import re
from urllib.parse import unquote

import visas
from visas import BODY, check, equal, make, place


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
			"Origin": s.origin, "X-Fragment": "preview"})
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


visas.run(globals())
