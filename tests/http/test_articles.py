#!/usr/bin/env python3
"""Articles: reading, by whom, as JSON; links, versions, moving, the trash."""
import re

import visas
from visas import BODY, check, equal, make, place
from world import Api


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
	equal(Api(s).get("articles/" + id).status, 401)


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


visas.run(globals())
