#!/usr/bin/env python3
"""What people decide for themselves: settings, sessions, tokens, password, their entry in the directory."""
import re

import ministry
from world import PASSWORD, Checks

checks = Checks()
check, equal = checks.check, checks.equal
OTHER = "another quite long sentence"


def test_settings_are_saved_and_shown(s):
	anna = s.browser("anna")
	answer = anna.post("/settings", lang="ru", theme="dark")
	equal((answer.status, answer.header("Location")), (303, "/settings"))
	page = anna.get("/settings")
	check('<html lang="ru">' in page.text)
	check('value="dark" selected' in page.text)
	equal(anna.post("/settings", lang="tlh", theme="dark").status, 422)
	equal(anna.post("/settings", lang="en", theme="pink").status, 422)
	check("data-save" not in page.text and "data-keys" not in page.text)
	equal(anna.post("/settings", lang="ru", theme="dark", ease="1", save_data="1").status, 303)
	page = anna.get("/")
	check('<body data-save="on" data-keys="off">' in page.text, "both are told to the page's script")
	equal(anna.post("/settings", lang="ru", theme="dark").status, 303)
	check('<body data-save="on" data-keys="off">' in anna.get("/").text, "a form without the boxes changes none")
	equal(anna.post("/settings", lang="ru", theme="dark", ease="1", keys="1").status, 303)
	check("<body>" in anna.get("/").text)
	equal(anna.post("/settings", lang="", theme="auto").status, 303)


def test_acts_need_the_token_of_the_form(s):
	anna = s.browser("anna")
	for path in ("/settings", "/settings/password", "/settings/tokens", "/settings/profile"):
		equal(anna.post(path, _csrf=False, lang="ru").status, 403, path)
		equal(anna.post(path, csrf="A" * 86, lang="ru").status, 403, path)
		equal(anna.post(path, _origin=False, lang="ru").status, 403, path)


def test_sessions_end(s):
	here, there = s.browser("anna"), s.browser("anna")
	page = here.get("/settings")
	ids = re.findall(r'name="id" value="([0-9a-f]{16})"', page.text)
	check(ids, "the other session has a form")
	equal(here.post("/settings/sessions/end", id="0" * 16).status, 404)
	asked = here.post("/settings/sessions/end")
	check(asked.status == 200 and re.search(r"[1-9]\d* sessions? ends?\.", asked.text) and asked.shows("This one goes on."))
	equal(there.get("/settings").status, 200, "nothing happened yet")
	equal(here.post("/settings/sessions/end", sure="1").status, 303)
	equal(there.get("/settings").status, 303, "its owner has ended it")
	check(here.get("/settings").shows("All other sessions have ended."))


def test_token_is_shown_once_and_revoked(s):
	anna = s.browser("anna")
	equal(anna.post("/settings/tokens", name="", scope="read", days="5").status, 422)
	equal(anna.post("/settings/tokens", name="x", scope="all", days="5").status, 422)
	equal(anna.post("/settings/tokens", name="x", scope="read", days="366").status, 422)
	equal(anna.post("/settings/tokens", name="x", scope="read", days="0").status, 422)
	page = anna.post("/settings/tokens", name="my feed", scope="read", days="5")
	equal(page.status, 200)
	equal(page.header("Cache-Control"), "no-store")
	secret = re.search(r"<code>([A-Za-z0-9_-]{43})</code>", page.text).group(1)
	page = anna.get("/settings")
	check(secret not in page.text and page.shows("my feed"))
	from world import Api

	program = Api(s, secret)
	equal(program.get("me").status, 200)
	equal(program.post("articles", space="help", title="x", body="y").status, 403)
	equal(program.get("/settings").status, 403, "a program has no settings")
	number = re.search(r'tokens/revoke">.*?name="id" value="([^"]*)"', page.text).group(1)
	check(len(number) == 22, "no number that counts the tokens of all")
	bert = s.browser("bert")
	equal(bert.post("/settings/tokens/revoke", id=number).status, 404, "not his")
	equal(program.get("me").status, 200)
	anna.get("/settings")
	equal(anna.post("/settings/tokens/revoke", id=number).status, 303)
	equal(program.get("me").status, 401)


def test_password_change(s):
	s.person("carla")
	here, there = s.browser("carla"), s.browser("carla")
	change = lambda current, new, again: here.post(
		"/settings/password", current=current, password=new, again=again
	)
	equal(change("wrong", OTHER, OTHER).status, 422)
	equal(change(PASSWORD, "short", "short").status, 422)
	equal(change(PASSWORD, "carla carla carla carla", "carla carla carla carla").status, 422)
	equal(change(PASSWORD, OTHER, OTHER + "!").status, 422)
	check(OTHER not in change(PASSWORD, OTHER, OTHER + "!").text, "no password comes back")
	before = here.cookies["devon"]
	equal(change(PASSWORD, OTHER, OTHER).status, 303)
	check(here.cookies["devon"] != before, "a new session")
	check(here.get("/settings").shows("Your password is changed"))
	equal(there.get("/settings").status, 303)
	check(s.anonymous().sign_in("carla", OTHER))


def test_wrong_passwords_pause_the_account(s):
	s.person("dora")
	dora = s.browser("dora")
	for _ in range(5):
		equal(dora.post("/prove", password="wrong", next="/settings").status, 422)
	equal(dora.post("/prove", password=PASSWORD, next="/settings").status, 422, "paused")


def test_prove_renews_the_session(s):
	anna = s.browser("anna")
	before = anna.cookies["devon"]
	answer = anna.post("/prove", password=PASSWORD, next="/admin/people/bert")
	equal((answer.status, answer.header("Location")), (303, "/admin/people/bert"))
	check(anna.cookies["devon"] != before)
	for bad in ("//evil.example/", "https://evil.example/", "/\\evil", "javascript:1"):
		anna.get("/settings")
		answer = anna.post("/prove", password=PASSWORD, next=bad)
		equal((answer.status, answer.header("Location")), (303, "/"), bad)


def test_own_entry(s):
	anna = s.browser("anna")
	fields = dict(position="Consul", languages="uz, ru", skills="visas", phone="+998 1")
	answer = anna.post("/settings/profile", **fields)
	equal((answer.status, answer.header("Location")), (303, "/p/anna"))
	page = s.browser("bert").get("/p/anna")
	for words in fields.values():
		check(page.shows(words), words)
	equal(anna.post("/settings/profile", position="x" * 201).status, 422)
	bad = anna.post("/settings/profile", position="a\u202eb", phone="kept as typed")
	equal(bad.status, 422)
	check(bad.shows("kept as typed") and "Error: " in bad.text)
	anna.post("/settings/profile", position="", languages="", skills="", phone="")
	equal(s.api("bert").get("people/anna").json["position"], "")
	# Name, office and duties are not one's own to change.
	anna.post("/settings/profile", name="Queen", duties="7", office="x", clearance="9")
	equal(s.api("bert").get("people/anna").json["name"], "Anna Karimova")


def test_directory(s):
	anna = s.api("anna")
	listed = lambda q: [p["login"] for p in anna.get("people?q=" + q).json["items"]]
	check("anna" in listed(""))
	equal(listed("karim"), ["anna"])
	equal(listed("%D0%9A%D0%B0%D1%80%D0%B8%D0%BC"), ["anna"], "in the other script")
	equal(listed("arimova"), [], "not in the middle of a word")
	equal(anna.get("people/nobody").status, 404)
	equal(anna.get("people/NOBODY!").status, 404)
	for i in range(55):
		s.cli("person", "add", f"many-{i:02}", "--name", f"Manya {i}")
	first = anna.get("people?q=many").json
	equal(len(first["items"]), 50)
	second = anna.get("people?q=many&after=" + first["next"]).json
	equal((len(second["items"]), second["next"]), (5, None))
	whole = set(anna.get("people/bert").json)
	check(not whole & {"clearance", "duties", "password", "last_login_at"}, whole)
	s.cli("person", "disable", "many-00")
	check("many-00" not in listed("many"))
	page = s.browser("anna").get("/p/many-00")
	check(page.status == 200 and page.shows("This person has left the service."))


def test_groups_are_seen_by_those_in_them(s):
	anna, bert, admin = s.api("anna"), s.api("bert"), s.api("admin")
	keys = lambda who: [g["key"] for g in who.get("groups").json["items"]]
	equal(keys(anna), ["consuls", "staff"])
	equal(keys(bert), ["staff"])
	check({"consuls", "staff"} <= set(keys(admin)))
	members = [p["login"] for p in anna.get("groups/consuls/members").json["items"]]
	equal(members, ["anna"])
	equal(bert.get("groups/consuls/members").status, 404)
	hidden, absent = (s.browser("bert").get("/g/" + key) for key in ("consuls", "nothing"))
	equal((hidden.status, absent.status), (404, 404))
	secret = "Members are seen by members and administrators."
	for rest in ("", "?after=zzz"):
		page = s.browser("anna").get("/g/consuls" + rest)
		check(page.status == 200 and not page.shows(secret), "whose list ends here is not told that it is hidden", rest)


ministry.run(checks, globals())
