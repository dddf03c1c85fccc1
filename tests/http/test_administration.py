#!/usr/bin/env python3
"""Administration: people, groups, spaces, access, health; the help that each page leads to."""
import csv
import io
import os
import re

import ministry
from world import PASSWORD, Checks

checks = Checks()
check, equal = checks.check, checks.equal
CONTENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../content")


ADMIN_PAGES = """/admin /admin/people /admin/people/new /admin/people/anna /admin/groups
	/admin/groups/staff /admin/offices /admin/spaces /admin/spaces/help /admin/access /admin/access.csv
	/admin/access/check?person=anna /admin/audit /admin/health""".split()


def test_administration_is_absent_for_others(s):
	anna, admin = s.browser("anna"), s.browser("admin")
	for path in ADMIN_PAGES:
		equal(anna.get(path).status, 404, path)
		page = admin.get(path)
		equal((page.status, page.header("Cache-Control")), (200, "no-store"), path)
		equal(s.anonymous().get(path).status, 303, path)
	equal(anna.post("/admin/groups", key="mine").status, 404)
	api = s.api("anna")
	for path in ("people", "groups", "spaces", "groups/staff/members"):
		equal(api.post(path, key="mine", login="mine", name="x").status, 404, path)
	reading = s.api("admin", "read")
	equal(reading.post("groups", key="mine").status, 403)


def test_auditor_sees_the_journal_and_no_accounts(s):
	s.person("audra")
	s.cli("person", "set", "audra", "--duties", "audit")
	audra = s.browser("audra")
	equal(audra.get("/admin/people").status, 404)
	equal(audra.get("/admin/access").status, 404)
	page = audra.get("/admin/audit?action=person.")
	check(page.status == 200 and "person.add" in page.text and "group.add" not in page.text)
	check(audra.get("/admin/audit?verify=1").shows("The chain is intact"))
	check("/admin/people" not in audra.get("/admin").text)
	rows = s.api("audra").get("audit?actor=anna").json["items"]
	check(rows and all(row["actor"] == "anna" for row in rows))
	check(not any("correct horse" in str(row) for row in rows))
	# The administrator of accounts sees rows of accounts only.
	kinds = {row["object_type"] for row in s.api("admin").get("audit").json["items"]}
	check("article" not in kinds - {None}, kinds)
	s.person("accounts")
	s.cli("person", "set", "accounts", "--duties", "accounts")
	# Numbers that count over all rows are for those who see all rows.
	check(all("seq" not in row and "object_id" not in row for row in s.api("accounts").get("audit").json["items"]))
	check(not re.search(r'<td class="num">\d', s.browser("accounts").get("/admin/audit").text))
	check(re.search(r'<td class="num">\d', audra.get("/admin/audit").text))
	keeper = s.api("admin")
	for number in range(100):  # more than a page
		keeper.put("groups/empty", purpose=f"Purpose {number}")
	for language, act, outcome in (("en", "New person", "done"), ("ru", "Новый сотрудник", "выполнено"),
			("uz", "Yangi xodim", "bajarilgan"), ("uz-Cyrl", "Янги ходим", "бажарилган")):
		audra.language = language
		page = audra.get("/admin/audit?action=person.").text
		check(f"<td>{outcome}</td>" in page and not re.search(r"<td[^>]*>ok</td>", page), language)
		check(f"<td>{act}<br>" in page and 'href="/admin/audit?action=person.add"' in page, language)
	audra.language = "en"
	equal({row["outcome"] for row in s.api("audra").get("audit?action=person.").json["items"]}, {"ok"})
	first = s.api("audra").get("audit").json
	older = s.api("audra").get("audit?before=" + first["next"]).json
	check(older["items"][0]["seq"] < first["items"][-1]["seq"])


def test_person_is_added_with_a_code(s):
	admin = s.browser("admin")
	fields = dict(login="emil", name="Emil Saidov", position="Attaché")
	page = admin.post("/admin/people/new", **fields)
	equal(page.status, 200)
	code = re.search(r"<code>([A-Za-z0-9_-]{43})</code>", page.text).group(1)
	check(code not in admin.get("/admin/people/emil").text)
	again = admin.post("/admin/people/new", **fields)
	equal(again.status, 422)
	check(again.shows("Attaché") and again.shows("Emil Saidov"), "what was typed stays")
	bad = admin.post("/admin/people/new", login="E mil", name="x")
	check(bad.status == 422 and bad.shows("E mil") and bad.shows("a-z"), "the rule in words")
	equal(admin.post("/admin/people/new", login="emil2", name="").status, 422)
	new = s.anonymous()
	new.get("/login/code")
	answer = new.post("/login/code", login="emil", code=code, password="another quite long sentence", again="another quite long sentence")
	equal(answer.status, 303)
	page = admin.post("/admin/people/emil/code")
	check(page.status == 200 and code not in page.text)
	equal(admin.post("/admin/people/emil", name="Emil S.", phone="7").status, 303)
	equal(s.api("anna").get("people/emil").json["name"], "Emil S.")
	made = s.api("admin").post("people", login="emma", name="Emma")
	equal(made.status, 201)
	equal(len(made.json["code"]), 43)
	equal(s.api("admin").post("people", login="emma", name="Emma").status, 409)
	wrong = s.api("admin").post("people", login="emmb", name="Emma", duties=1)
	equal((wrong.status, wrong.json["error"]["field"]), (422, "duties"))


def test_nobody_changes_their_own_rights(s):
	admin = s.browser("admin")
	for path, fields in (
		("/admin/people/admin/state", dict(state="disabled", sure="1")),
		("/admin/people/admin/code", {}),
		("/admin/people/admin/groups", dict(group="consuls", sure="1")),
		("/admin/groups/consuls/members", dict(login="admin", sure="1")),
	):
		answer = admin.post(path, **fields)
		equal(answer.status, 403, path)
		check(answer.shows("Nobody changes their own state, groups or rights."), path)
	equal(s.api("admin").post("groups/consuls/members", login="admin").status, 403)
	answer = admin.post("/admin/spaces/legal/grant", group="staff", level="read", sure="1")
	equal(answer.status, 403)
	check(answer.shows("Nobody grants rights to a group of their own."))
	denied = s.api("audra").get("audit?action=request.denied").json["items"]
	check("<td>not allowed</td>" in s.browser("audra").get("/admin/audit?action=request.denied").text)
	check(len(denied) >= 6, "refused acts are in the journal")


def test_disabling_is_checked_and_ends_everything(s):
	admin, anna, program = s.browser("admin"), s.browser("bert"), s.api("bert")
	page = admin.post("/admin/people/bert/state", state="disabled")
	equal(page.status, 200)
	check(page.shows("1 session ends.") or page.shows("sessions end."))
	check("tokens are revoked" in page.text or "1 token is revoked" in page.text)
	equal(anna.get("/settings").status, 200, "nothing happened yet")
	equal(admin.post("/admin/people/bert/state", state="disabled", sure="1").status, 303)
	equal(anna.get("/settings").status, 303)
	equal(program.get("me").status, 401)
	equal(admin.post("/admin/people/bert/state", state="gone").status, 422)
	equal(admin.post("/admin/people/bert/state", state="active").status, 303)
	equal(program.get("me").status, 401, "a token does not come back")
	check(s.browser("bert"))


def test_ending_all_sessions_is_checked_first(s):
	admin, one, two = s.browser("admin"), s.browser("bert"), s.browser("bert")
	asked = admin.post("/admin/people/bert/sessions")
	check(asked.status == 200 and asked.shows("Check this before you apply it.") and asked.shows("sessions end."))
	equal([b.get("/settings").status for b in (one, two)], [200, 200], "nothing happened yet")
	equal(admin.post("/admin/people/bert/sessions", sure="1").status, 303)
	equal([b.get("/settings").status for b in (one, two)], [303, 303])
	check(admin.post("/admin/people/bert/sessions").shows("0 sessions end."))
	equal(admin.post("/admin/people/admin/sessions").status, 403, "one's own are ended in the settings")
	equal(one.sign_in("bert").post("/admin/people/anna/sessions").status, 404)


def test_groups_are_renamed(s):
	admin, api = s.browser("admin"), s.api("admin")
	equal(admin.post("/admin/groups", key="scribes", name="Scribes").status, 303)
	typed = {"name": "Scribes & copyists", "purpose": "Fair copies"}
	asked = admin.post("/admin/groups/scribes", **typed)
	check(asked.status == 200 and "<del>Scribes</del> → <ins>Scribes &amp; copyists</ins>" in asked.text)
	check(asked.shows("Nobody's access changes now.") and asked.shows("Fair copies"))
	check(not admin.get("/admin/groups").shows("copyists"), "nothing happened yet")
	admin.language = "ru"
	heads = re.findall(r'<th scope="col">([^<]*)</th>', admin.get("/admin/groups/staff").text)
	equal(heads[:2], ["Имя и фамилия", "Имя пользователя"], "people have names as people do")
	admin.language = "en"
	equal(admin.post("/admin/groups/scribes", sure="1", **typed).status, 303)
	page = admin.get("/admin/groups/scribes")
	check(page.shows("The group is saved.") and page.shows("Fair copies"))
	check(admin.get("/g/scribes").shows("Scribes & copyists"))
	equal(admin.post("/admin/groups/scribes", **typed).status, 303, "nothing to check")
	asked = admin.post("/admin/groups/scribes", name=typed["name"], purpose="Fairer copies")
	s.cli("group", "set", "scribes", "--name", "Renamed meanwhile")
	equal(admin.post("/admin/groups/scribes", **asked.hidden("/admin/groups/scribes")).status, 303)
	page = admin.get("/admin/groups/scribes")
	check(page.shows("Renamed meanwhile") and page.shows("Fairer copies"), "only what was shown as a change")
	bad = admin.post("/admin/groups/scribes", name="", purpose="kept here")
	check(bad.status == 422 and bad.shows("kept here") and 'id="name-fault"' in bad.text)
	done = api.put("groups/scribes", name="Copyists")
	equal((done.status, done.json["name"], done.json["purpose"]), (200, "Copyists", "Fairer copies"))
	equal(api.put("groups/scribes", name="").status, 422)
	equal(api.put("groups/scribes", key="x").status, 422, "a key never changes")
	equal(api.put("groups/absent", name="x").status, 404)
	equal(s.api("bert").put("groups/scribes", name="Mine").status, 404)
	s.cli("group", "set", "scribes", "--name", "Writers of fair copies")
	check("scribes\tWriters of fair copies\t0" in s.cli("group", "list"))
	rows = api.get("audit?action=group.set").json["items"]
	check([r["detail"] for r in rows][0] ==
		{"before": "Copyists", "group": "scribes", "name": "Writers of fair copies"}, rows[:1])


def test_memberships_are_checked_first(s):
	admin = s.browser("admin")
	page = admin.post("/admin/groups/consuls/members", login="bert")
	equal(page.status, 200)
	check(page.shows("Legal: No access becomes Write."), page.text[-1500:])
	equal(s.api("bert").get("spaces/legal").status, 404, "nothing happened yet")
	admin.post("/admin/groups/consuls/members", login="bert", sure="1")
	equal(s.api("bert").get("spaces/legal").status, 200)
	page = admin.post("/admin/people/bert/groups", group="consuls", remove="1")
	check(page.shows("Legal: Write becomes No access."))
	equal(admin.post("/admin/people/bert/groups", group="consuls", remove="1", sure="1").status, 303)
	equal(s.api("bert").get("spaces/legal").status, 404)
	bad = admin.post("/admin/groups/consuls/members", login="no-one")
	equal(bad.status, 422)
	check(bad.shows("There is no such person.") and bad.shows("no-one"))
	equal(s.api("admin").post("groups/consuls/members", login="bert").status, 204)
	equal(s.api("admin").post("groups/consuls/members", login="bert", remove=True).status, 204)


def test_access_is_checked_in_numbers(s):
	admin = s.browser("admin")
	grant = lambda **fields: admin.post("/admin/spaces/legal/grant", **fields)
	page = grant(group="consuls", level="read")
	equal(page.status, 200)
	check(page.shows("1 person can only read from then on."), page.text[-1500:])
	check(page.shows("Write") and page.shows("Read"))
	page = grant(group="consuls", level="none")
	check(page.shows("1 person loses all access."))
	page = grant(group="empty", level="manage")
	check(page.shows("Nobody's access changes now."))
	equal(grant(group="no-such", level="read").status, 422)
	equal(grant(group="consuls", level="own").status, 422)
	equal(admin.post("/admin/spaces/no-such/grant", group="consuls", level="read").status, 404)
	equal(grant(group="consuls", level="manage", sure="1").status, 303)
	page = grant(group="consuls", level="write", sure="1")
	equal(page.status, 422)
	check(page.shows("Nobody could manage the space then."))
	s.cli("grant", "legal", "consuls", "write")


def test_matrix_and_reasons(s):
	admin = s.browser("admin")
	page = admin.get("/admin/access")
	check(page.shows("Legal") and page.shows("Consuls") and page.shows("No access"))
	page = admin.get("/admin/access?group=consuls&space=legal")
	check(page.shows("Consuls") and "/admin/groups/staff" not in page.text)
	page = admin.get("/admin/access/check?person=anna")
	check("/admin/groups/consuls" in page.text and "/admin/spaces/legal" in page.text)
	page = admin.get("/admin/access/check?person=anna&space=help")
	check("/admin/spaces/legal" not in page.text)
	check(admin.get("/admin/access/check?person=no-one").shows("There is no such person."))


def table_of(s, query="", login="admin"):
	answer = s.browser(login).get("/admin/access.csv" + query)
	equal((answer.status, answer.header("Content-Type")), (200, "text/csv; charset=utf-8"))
	equal(answer.header("Content-Disposition"), 'attachment; filename="access.csv"')
	return answer.text


def test_matrix_is_downloaded(s):
	"""Grants and the lists of restricted audiences; a cell never runs in a spreadsheet."""
	s.cli("group", "add", "formula", "--name", "=HYPERLINK(\"http://evil.example\")")
	s.cli("space", "add", "papers", "--name", "Papers")
	for group in ("consuls", "formula"):
		s.cli("grant", "papers", group, "manage")
	anna = s.browser("anna")
	for name in ("@Heads only", "Nobody yet"):
		equal(anna.post("/s/papers/audiences", name=name).status, 303)
	there = "/s/papers/audience?name=%40Heads+only"
	equal(anna.post(there, group="consuls", level="write", sure="1").status, 303)
	equal(anna.post(there, person="bert", level="read", sure="1").status, 303)
	whole = table_of(s)
	rows = list(csv.reader(io.StringIO(whole)))
	check(whole.startswith("\ufeff") and rows[0] == ["\ufeffspace", "space_name", "audience", "group", "group_name", "person", "level"])
	equal([row for row in rows if row[0] == "papers"], [
		["papers", "Papers", "", "consuls", "Consuls", "", "manage"],
		["papers", "Papers", "", "formula", "'=HYPERLINK(\"http://evil.example\")", "", "manage"],
		["papers", "Papers", "'@Heads only", "", "", "bert", "read"],
		["papers", "Papers", "'@Heads only", "consuls", "Consuls", "", "write"],
		["papers", "Papers", "Nobody yet", "", "", "", "none"],
	])
	check(["help", "Help", "", "staff", "All staff", "", "read"] in rows, rows)
	equal(list(csv.reader(io.StringIO(table_of(s, "?group=consuls&space=papers"))))[1:], [
		["papers", "Papers", "", "consuls", "Consuls", "", "manage"],
		["papers", "Papers", "'@Heads only", "consuls", "Consuls", "", "write"],
	])
	page = s.browser("admin").get("/admin/access?space=papers")
	check('href="/admin/access.csv?space=papers"' in page.text and page.shows("@Heads only"))
	check(page.shows("managers of the space only") and "/admin/people/bert" in page.text)
	check(not s.browser("admin").get("/admin/access?space=help").shows("@Heads only"))


def test_staff_is_named_in_the_language_of_the_page(s):
	"""Only as long as it has the name it was made with: what people gave stays."""
	s.cli("group", "add", "all", "--name", "All staff")
	admin = s.browser("admin")
	name = {"en": "All staff", "ru": "Все сотрудники", "uz": "Barcha xodimlar", "uz-Cyrl": "Барча ходимлар"}
	pages = ("/admin/access", "/admin/groups", "/admin/groups/staff", "/admin/spaces/help", "/admin/people/anna",
		"/admin/access/check?person=anna", "/g/staff", "/p/admin")
	for admin.language, words in name.items():
		for path in pages:
			check(admin.get(path).shows(words), admin.language, path)
		check(words in admin.post("/admin/people/bert/groups", group="staff", remove="1").text, admin.language)
		check("All staff" in admin.get("/g/all").text, "a name given by people stays")
		check(words in admin.get("/admin/access.csv").text, admin.language)
	admin.language = "ru"
	check("/admin/groups/staff" in admin.get("/admin/access?group=%D0%92%D1%81%D0%B5").text, "found as it is shown")
	equal([g["name"] for g in s.api("anna").get("groups").json["items"] if g["key"] == "staff"], ["All staff"])


def test_groups_offices_and_spaces_are_added(s):
	admin, api = s.browser("admin"), s.api("admin")
	equal(admin.post("/admin/groups", key="couriers", name="Couriers").status, 303)
	equal(admin.post("/admin/groups", key="couriers", name="Again").status, 422)
	equal(admin.post("/admin/groups", key="Not a key", name="x").status, 422)
	equal(admin.post("/admin/offices", key="bonn", name="Bonn", city="Bonn").status, 303)
	bad = admin.post("/admin/offices", key="koeln", name="Köln", parent="nowhere")
	check(bad.status == 422 and bad.shows("Köln") and 'id="parent-fault"' in bad.text)
	equal(admin.post("/admin/spaces", key="asia", name="Asia", lang="ru").status, 303)
	equal(admin.post("/admin/spaces", key="asia", name="Asia", lang="ru").status, 422)
	equal(admin.post("/admin/spaces", key="asib", name="Asia", lang="xx").status, 422)
	check(admin.get("/admin/spaces").shows("no manager"))
	named = {"name-ru": "Азия", "name-en": "Asia desk", "description-en": "d"}
	check(admin.post("/admin/spaces/asia", **named).shows("Asia desk"))
	check(not admin.get("/admin/spaces").shows("Asia desk"), "nothing happened yet")
	equal(admin.post("/admin/spaces/asia", sure="1", **named).status, 303)
	bad = admin.post("/admin/spaces/asia", **{"name-ru": "", "description-en": "typed here"})
	check(bad.status == 422 and bad.shows("typed here") and 'id="name-ru-fault"' in bad.text)
	check(admin.get("/admin/spaces").shows("Asia desk"))
	equal(admin.get("/s/asia").status, 404, "administering is not reading")
	equal(api.post("groups", key="drivers", name="Drivers").json["key"], "drivers")
	equal(api.post("groups", key="drivers").status, 409)
	made = api.post("spaces", key="europe", name="Europe", lang="en")
	equal((made.status, made.json["key"]), (201, "europe"))
	equal(api.post("spaces", name="x").status, 422)


def test_refusals_speak_the_language_of_the_page(s):
	admin, api = s.browser("admin"), s.api("admin")
	equal(api.post("groups", key="archive", name="Archive").status, 201)
	for language, there, taken, office, short in (
		("en", "There is a group archive already.", "The word “new” is taken", "There is no office far.", "at least 15"),
		("ru", "Группа «archive» уже есть", "Слово «new» занято", "Подразделения «far» нет.", "не меньше 15 знаков"),
		("uz", "“archive” guruhi allaqachon bor", "“new” soʻzi band", "“far” degan idora yoʻq.", "kamida 15 ta belgi"),
		("uz-Cyrl", "“archive” гуруҳи аллақачон бор", "“new” сўзи банд", "“far” деган идора йўқ.", "камида 15 та белги"),
	):
		admin.language = language
		check(admin.post("/admin/groups", key="archive", name="A").shows(there), language)
		for path in ("groups", "offices", "spaces"):
			bad = admin.post("/admin/" + path, key="new", name="N", lang="")
			check(bad.status == 422 and bad.shows(taken), language, path)
		bad = admin.post("/admin/people/new", login="new", name="N")
		check(bad.status == 422 and bad.shows(taken), language)
		check(admin.post("/admin/offices", key="near", name="N", parent="far").shows(office), language)
		bad = admin.post("/settings/password", current=PASSWORD, password="short", again="short")
		check(bad.status == 422 and bad.shows(short), language)
		said = api.ask("POST", "spaces", {"key": "new", "name": "N"}, **{"Accept-Language": language})
		equal((said.status, said.json["error"]["field"]), (422, "key"), language)
		check(said.json["error"]["message"].startswith(taken), language, said.text)


def test_health_tells_no_paths(s):
	page = s.browser("admin").get("/admin/health")
	check(page.shows("Good") and page.shows("Search index"))
	check(s.folder not in page.text and ".db" not in page.text)
	stats = s.api("admin").get("stats").json
	check(stats["people"] > 2 and stats["index"]["lag"] >= 0 and stats["children"])
	equal(s.api("anna").get("stats").status, 404)


def test_counts_tell_nothing_of_what_may_not_be_read(s):
	"""Administrators keep the house without reading in it; auditors see every act, so also the sums."""
	for login, duty in (("keeper", "accounts"), ("summer", "audit")):
		s.person(login)
		s.cli("person", "set", login, "--duties", duty)
	s.cli("space", "add", "sealed")
	s.cli("group", "add", "sealers")
	s.cli("group", "member", "sealers", "anna")
	s.cli("grant", "sealed", "sealers", "write")
	keeper, summer, anna = s.api("keeper", "read"), s.api("summer", "read"), s.api("anna")
	browser = s.browser("keeper")
	pages = ("/admin/health", "/admin", "/admin/activity")
	shown = lambda: [keeper.get("stats").text] + [browser.get(page).text for page in pages]
	steady = lambda texts: [re.sub(r'name="csrf" value="[^"]*"', "", t) for t in texts]
	before, sums = steady(shown()), summer.get("stats").json
	for i in range(3):
		made = anna.post("articles", space="sealed", title=f"Sealed {i}", body="Text. " * 5000)
		equal(made.status, 201)
		anna.put("articles/" + made.json["id"], base=1, body="Changed.", comment="c")
	s.settle()
	equal(steady(shown()), before, "what is hidden moves nothing")
	now = summer.get("stats").json
	equal((now["articles"] - sums["articles"], now["revisions"] - sums["revisions"]), (3, 6))
	whole = s.browser("summer").get("/admin/activity").text
	check(re.search(r'<th scope="row">sealed</th><td class="num">6</td><td class="num">0</td>', whole), whole)
	check('<svg viewBox="0 0 400' in whole and ">Searches</h2>" not in whole, "auditors see charts, none of searches")
	check("sealed" not in browser.get("/admin/activity").text and ">Searches</h2>" in browser.get("/admin/activity").text)
	check(now["journal"] > sums["journal"] and now["index"]["documents"] is not None, now)
	own = keeper.get("stats").json
	equal([own[name] for name in ("articles", "revisions", "journal", "record_bytes", "disk_free_bytes")], [0, 0, None, None, None])
	equal((own["index"]["documents"], own["people"] > 2), (None, True))
	s.cli("group", "member", "sealers", "keeper")
	equal([keeper.get("stats").json[name] for name in ("articles", "revisions")], [3, 6], "what may be read is counted")


def test_help_is_found_from_each_page(s):
	"""In the reader's language; where that article is not to be read, the help as a whole."""
	s.cli("import", "--space", "help", "--author", "admin", CONTENT)
	bert = s.browser("bert")
	titles = {"en": "How to search", "ru": "Как искать", "uz": "Qanday qidiriladi", "uz-Cyrl": "Қандай қидирилади"}
	for bert.language, title in titles.items():
		to = bert.get("/help/search")
		equal(to.status, 303)
		check(bert.get(to.header("Location")).shows(title), bert.language)
	bert.language = "en"
	one = "/a/" + re.search(r"/a/([0-9a-z]{13})", bert.get("/help/access").header("Location")).group(1)
	for path, topic in (("/search?q=visa", "search"), ("/search?q=qwertyuiop", "search"), (one + "/edit", "markdown"),
			(one + "/talk", "discussion"), (one + "/access", "access"), (one + "/history", "history"), ("/changes", "changes")):
		check(f'href="/help/{topic}"' in bert.get(path).text, path)
		check(bert.get("/help/" + topic).header("Location").startswith("/a/"), topic)
	for path, topic in (("/admin/access", "access"), ("/admin/people", "admins")):
		check(f'href="/help/{topic}"' in s.browser("admin").get(path).text, path)
	check("/help/" not in bert.get("/").text and "/s/help" in bert.get("/").text)
	s.cli("grant", "help", "consuls", "manage")
	there = bert.get("/help/search").header("Location")
	equal(s.api("anna").delete("articles/" + re.search(r"/a/([0-9a-z]{13})", there).group(1)).status, 204)
	for browser in (bert, s.browser("anna")):
		other = browser.get("/help/search").header("Location")
		check(other != there and browser.get(other).status == 200, "not into the trash, also for who may look there")
	for topic in ("absent", "..", "search.en.md", "%00"):
		check(bert.get("/help/" + topic).header("Location") in ("/s/help", None), topic)


ministry.run(checks, globals())
