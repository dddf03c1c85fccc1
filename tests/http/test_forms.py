"""Nothing that was typed into a form is lost: its session ends, the password is asked for, the disk is full (security.md 9.9)."""
import html
import os
import re
import socket
import sqlite3

from world import PASSWORD, Checks, Server

c = Checks()
ROUTES = os.path.join(os.path.dirname(__file__), "..", "..", "server", "routes.def")

# Page of the route -> where its form is, where it is sent to, and what is typed.
FORMS = {
	"saved_add": ("/settings/searches", "/settings/searches", {"name": "T", "address": "q=x", "alert": "none"}),
	"saved_set": ("/settings/searches", "/settings/searches/change", {"id": "{search}", "name": "T", "alert": "none"}),
	"bets_add": ("/s/desk/bets", "/s/desk/bets", {"query": "T", "article": "no such"}),
	"term_propose": ("/glossary", "/glossary", {"uz": "T", "meaning_uz": "M"}),
	"term_save": ("/glossary/{term}", "/glossary/{term}", {"uz": "T", "source": "M"}),
	"term_retire": ("/glossary/{term}", "/glossary/{term}/retire", {"replacement": "T"}),
	"settings_profile": ("/settings/profile", "/settings/profile", {"phone": "T", "skills": "M"}),
	"settings_token_add": ("/settings", "/settings/tokens", {"name": "T", "scope": "read", "days": "7"}),
	"space_settings": ("/s/desk/settings", "/s/desk/settings", {"name-ru": "T", "description-en": "M"}),
	"space_grant": ("/s/desk/settings", "/s/desk/settings/grant", {"group": "staff", "level": "manage"}),
	"space_audience_add": ("/s/desk/audiences", "/s/desk/audiences", {"name": "T"}),
	"space_audience_set": ("/s/desk/audience?name=Few", "/s/desk/audience?name=Few", {"person": "T", "group": "", "level": "read"}),
	"admin_person_add": ("/admin/people/new", "/admin/people/new", {"login": "fresh", "name": "T", "skills": "M"}),
	"admin_person_set": ("/admin/people/boris", "/admin/people/boris", {"name": "T", "position": "M"}),
	"admin_group_add": ("/admin/groups", "/admin/groups", {"key": "fresh", "name": "T"}),
	"admin_group_set": ("/admin/groups/few", "/admin/groups/few", {"name": "T", "purpose": "M"}),
	"admin_group_member": ("/admin/groups/few", "/admin/groups/few/members", {"login": "boris"}),
	"admin_office_add": ("/admin/offices", "/admin/offices", {"key": "fresh", "name": "T", "city": "M"}),
	"admin_space_add": ("/admin/spaces", "/admin/spaces", {"key": "fresh", "name": "T", "lang": "ru"}),
	"admin_space_set": ("/admin/spaces/desk", "/admin/spaces/desk", {"name-en": "T", "description-ru": "M"}),
	"admin_space_grant": ("/admin/spaces/desk", "/admin/spaces/desk/grant", {"group": "staff", "level": "manage"}),
	"article_rename": ("/a/{article}/move", "/a/{article}/rename", {"title": "T"}),
	"article_parent": ("/a/{article}/move", "/a/{article}/parent", {"parent": "T"}),
	"revision_restore": ("/a/{article}/r/1", "/a/{article}/r/1/restore", {"comment": "T"}),
}
# Kept as drafts: test_talk.py, test_writing.py.
DRAFTS = "article_create article_save talk_new post_new post_edit draft_keep draft_keep_new talk_keep post_keep".split()
# Hold a secret, which is not kept.
SECRETS = "login login_code prove settings_password".split()
# A file, which the browser has as well.
FILES = "glossary_import file_upload".split()
# Buttons and choices: nothing is typed, or it stands in the address of the page.
BUTTONS = """logout lang saved_delete notices_seen bets_remove term_approve settings_save settings_sessions_end
	settings_token_revoke thread_resolve thread_reopen post_delete admin_person_code admin_person_sessions
	admin_person_state admin_person_groups article_delete synonym_add draft_drop file_remove article_status article_audience
	article_restore""".split()


def every_form_is_known():
	"""Each form is held, or it is said here why not."""
	posts = set(re.findall(r'^ROUTE\(POST,\s+"[^"]+",\s+(\w+)', open(ROUTES).read(), re.M))
	known = [*FORMS, *DRAFTS, *SECRETS, *FILES, *BUTTONS]
	c.equal(sorted(posts - set(known)), [], "not known")
	c.equal(sorted(set(known) - posts), [], "no longer there")
	c.equal(len(known), len(set(known)))


def typed(values):
	"""Words that are nowhere else on the page."""
	return {k: {"T": "Typed äöü & more", "M": "Mehr <b>typed</b>"}.get(v, v) for k, v in values.items()}


def holds(page, values):
	return [k for k, v in values.items() if v and k not in ("id", "alert", "level", "scope") and not (
		re.search(rf'name="{k}"[^>]*value="{re.escape(v)}"', page.text) or page.shows(v))]


def acts(s):
	with sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True) as db:
		return db.execute("SELECT count(*) FROM journal WHERE action NOT LIKE 'login%' AND action NOT LIKE 'session%'").fetchone()[0]


def too_late(s, login, where):
	"""A browser with the form of that page, whose session has ended meanwhile."""
	b = s.browser(login)
	c.equal(b.get(where).status, 200, where)
	token = b.token
	b.post("/logout")
	late = s.anonymous()
	late.token = token
	return late


def after_the_session(s, ids):
	for name, (where, to, values) in FORMS.items():
		where, to = where.format(**ids), to.format(**ids)
		values = {k: v.format(**ids) for k, v in typed(values).items()}
		late = too_late(s, "anna", where)
		before = acts(s)
		answer = late.post(to, **values)
		found = re.fullmatch(r"/login\?kept=1&next=(/kept/[0-9a-z]{13})", answer.header("Location") or "")
		c.check(answer.status == 303 and found, name, answer.status, answer.header("Location"))
		if not found:
			continue
		c.check(late.get(answer.header("Location")).shows("kept"), name, "signing in says so")
		c.equal(late.sign_in("anna").get(found.group(1)).status, 200, name)
		page = late.get(found.group(1))
		c.equal(holds(page, values), [], name)
		c.check(page.shows("Nothing was done yet."), name)
		c.check(f'action="{to.split("?")[0]}' in page.text, name, "it is sent again where it belongs")
		c.equal(acts(s), before, name, "nothing was done")
		c.equal(s.browser("boris").get(found.group(1)).status, 404, name, "nobody else has it")
		c.check(late.post(to, **values).status in (200, 303, 422), name)


def multipart(b, to, fields, files=(), **headers):
	"""What a browser sends from a form with files."""
	parts = [f'--limit\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
	parts += [f'--limit\r\nContent-Disposition: form-data; name="{k}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n{v}\r\n'
		for k, name, v in files]
	headers = {"Origin": b.server.origin, "Content-Type": "multipart/form-data; boundary=limit", **headers}
	return b.ask("POST", to, ("".join(parts) + "--limit--\r\n").encode(), **headers)


def parts_are_counted(s, ids):
	"""Twenty, but for the form of an article, which has one for each field."""
	b = s.browser("anna")
	b.get("/settings/profile")
	more = {f"n{i}": "x" for i in range(20)}
	c.equal(multipart(b, "/settings/profile", {"csrf": b.token, **more}).status, 400)
	page = b.get(f"/a/{ids['article']}/edit").text
	fields = {name: html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)}
	fields.update(title="Counted", body="Parts", comment="more than twenty", do="preview", tags="x")
	c.equal(multipart(b, f"/a/{ids['article']}/edit", {**fields, **more}).status, 200)


def forms_with_files(s, ids):
	"""Fields come back; a file cannot, and that is said."""
	text = [("file", "a.txt", "content of the file")]
	for fields, files, kept, said in (({"phone": "1 & 2", "skills": "Тил"}, (), "1", None), ({"phone": "1 & 2", "skills": "Тил"}, text, "text", "were not kept")):
		b = s.browser("anna")
		b.get("/settings/profile")
		token = b.token
		b.post("/logout")
		late = s.anonymous()
		answer = multipart(late, "/settings/profile", {"csrf": token, **fields}, files)
		found = re.fullmatch(rf"/login\?kept={kept}&next=(/kept/[0-9a-z]{{13}})", answer.header("Location") or "")
		c.check(answer.status == 303 and found, answer.status, answer.header("Location"))
		page = late.get(answer.header("Location"))
		c.check(page.shows("is kept") and page.shows("were not kept") == bool(said), kept)
		page = late.sign_in("anna").get(found.group(1))
		c.equal(holds(page, fields), [])
		c.check("content of the file" not in page.text)
	for where, to in ((f"/a/{ids['article']}/files", f"/a/{ids['article']}/files"), ("/glossary/import", "/glossary/import")):
		b = s.browser("anna")
		b.get(where)
		token = b.token
		before = acts(s)
		b.post("/logout")
		late = s.anonymous()
		answer = multipart(late, to, {"csrf": token}, text)
		c.equal((answer.status, answer.header("Location")), (303, "/login?kept=file&next=" + where))
		c.check(late.get(answer.header("Location")).shows("was not kept. Sign in and choose it again."), where)
		c.equal(multipart(late, to, {"csrf": token}, text, Accept="application/json").status, 401, "the editor stays where it is")
		late.sign_in("anna")
		c.equal(late.get(where).status, 200)
		answer = multipart(late, to, {"csrf": token}, text)
		c.equal((answer.status, answer.header("Location")), (303, where))
		c.check(late.get(where).shows("The file was not kept, because your session had ended."), where)
		c.equal(multipart(late, to, {"csrf": "A" * 86}, text).status, 403, where)
		c.equal(acts(s), before, "nothing was done")


def strangers(s):
	"""Only what has a token of an earlier session is kept, and only from our own page."""
	late = too_late(s, "anna", "/settings/profile")
	c.equal(late.post("/settings/profile", _origin=False, phone="1").status, 401)
	late.token = "A" * 86
	c.equal(late.post("/settings/profile", phone="1").status, 401)
	c.equal(late.get("/kept/0000000000000").status, 303)
	late.sign_in("anna")
	for path in ("/kept/0000000000000", "/kept/x"):
		c.equal(late.get(path).status, 404)
	c.equal(late.get("/kept/0000000000000").status, 404)


def before_the_password(s):
	"""An act that asks for the password once more does not forget what it was about."""
	b = s.browser("anna")
	b.get("/admin/people/new")
	with sqlite3.connect(f"{s.data}/devon.db") as db:
		db.execute("UPDATE session SET proved_at = proved_at - 3600")
	answer = b.post("/admin/people/new", login="slow", name="Slowly typed", phone="12")
	found = re.fullmatch(r"/prove\?next=(/kept/[0-9a-z]{13})", answer.header("Location"))
	c.check(found, answer.header("Location"))
	with sqlite3.connect(f"file:{s.data}/devon.db?mode=ro", uri=True) as db:
		body = db.execute("SELECT body FROM held_form WHERE public_id = ?", [found.group(1)[6:]]).fetchone()[0]
	c.check("login=slow" in body and "csrf" not in body, "the token of the session is not in the record", body)
	b.get(answer.header("Location"))
	done = b.post("/prove", password=PASSWORD, next=found.group(1))
	page = b.get(found.group(1))
	c.check(page.status == 200 and page.shows("Slowly typed"), page.status)
	c.check(b.post("/admin/people/new", login="slow", name="Slowly typed").shows("One-time code"))


def rights_of_today(s):
	"""A form that one may no longer send is not shown either."""
	late = too_late(s, "chief", "/s/desk/settings")
	kept = late.post("/s/desk/settings", **{"name-en": "Mine"}).header("Location").rpartition("=")[2]
	s.cli("group", "member", "few", "chief", "--remove")
	late.sign_in("chief")
	page = late.get(kept)
	c.check(page.status in (403, 404) and "Mine" not in page.text, page.status)


def too_large(s):
	"""What is refused before it is read is a page like all others; a program is told in one line."""
	b = s.browser("boris")
	form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": s.origin}
	huge = b"csrf=x&body=" + b"x" * (3 << 20)
	for language, words, go_back in (("ru", "Это слишком велико", "введённое вами"), ("en", "That is too large", "what you typed is still there")):
		b.language = language
		page = b.ask("POST", "/settings/profile", huge, Accept="text/html,*/*", **form)
		c.equal((page.status, page.header("Content-Type")), (413, "text/html; charset=utf-8"))
		c.check(f'<html lang="{language}"' in page.text and page.shows(words) and go_back in page.text, page.text[:200])
		c.check('name="q"' in page.text, "with the search field")
		number = re.search(r"\b[0-9A-HJKMNP-TV-Z]{8}\b", page.text)
		c.check(number and number.group(0) in s.words(), "and a number that the log knows")
	c.equal(b.get("/settings/profile").status, 200)
	for path, accept in (("/settings/profile", "*/*"), ("/api/v1/articles", "text/html")):
		plain = b.ask("POST", path, huge, Accept=accept, **form)
		c.equal((plain.status, plain.text), (413, "The request is too large.\n"), path)
	nobody = s.anonymous()
	nobody.language = "en"
	page = nobody.ask("POST", "/settings/profile", b"x" * 100000, Accept="text/html", **form)
	c.check(page.status == 401 and page.shows("You are not signed in") and 'name="q"' not in page.text, page.status)
	c.check(page.header("Strict-Transport-Security") is None and page.header("Cache-Control") == "no-store")


def slow_to_go(s):
	"""Who has been answered and only goes on sending holds one descriptor of ours."""
	def descriptors():
		return len(os.listdir(f"/proc/{s.process.pid}/fd"))

	before, all = descriptors(), []
	head = (f"POST /settings/profile HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\nAccept: text/html\r\nCookie: a=b\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000000\r\n\r\n")
	for _ in range(20):
		one = socket.create_connection(("127.0.0.1", s.port))
		one.settimeout(30)
		one.sendall(head.encode())
		answer = b""
		while piece := one.recv(65536):
			answer += piece
		c.check(answer.startswith(b"HTTP/1.1 413 "), answer[:40])
		all.append(one)
	c.check(descriptors() - before < 30, descriptors() - before)
	for one in all:
		one.close()


every_form_is_known()
with Server() as s:
	for login in ("anna", "boris", "chief"):
		s.person(login)
	s.cli("person", "set", "anna", "--duties", "accounts")
	s.cli("group", "add", "few")
	for login in ("anna", "chief"):
		s.cli("group", "member", "few", login)
	s.cli("space", "add", "desk", "--name", "Desk")
	s.cli("grant", "desk", "few", "manage")
	api = s.api("anna")
	ids = {"article": api.post("articles", space="desk", title="One", body="x").json["id"],
		"term": api.post("terms", uz="atama", en="term").json["id"]}
	anna = s.browser("anna")
	anna.get("/s/desk/audiences")
	anna.post("/s/desk/audiences", name="Few")
	anna.get("/settings/searches")
	anna.post("/settings/searches", name="Mine", address="q=x", alert="none")
	found = re.search(r'name="id" value="(\w+)"', anna.get("/settings/searches").text)
	ids["search"] = found.group(1) if found else "none"
	after_the_session(s, ids)
	forms_with_files(s, ids)
	parts_are_counted(s, ids)
	strangers(s)
	before_the_password(s)
	rights_of_today(s)
	too_large(s)
	slow_to_go(s)
c.end()
