#!/usr/bin/env python3
"""Every route as every kind of subject on every state of its object, against a model of its own.

The model (access_model.py) is written from the rules, not from the program: routes.def is read only to
learn which routes there are, and a route without a recipe here fails. Where the model says "hidden", the
answer must also be the answer for what does not exist, byte for byte.
"""
import os
import re
import urllib.parse
from dataclasses import dataclass, field
from typing import Optional

from access_model import ARTICLES, MANAGE, SPACES, SUBJECTS, WRITE, expected, sees_article, sees_space
from access_world import World
from harness import ROOT
from world import Checks, Server

checks = Checks()

# ---- recipes -------------------------------------------------------------------------------------


@dataclass
class Recipe:
	"""How to call a route. `need`: public, self, session, read, discuss, edit, resolve, manage, keeper
	(only who made it), accounts, duty. `on`: what its path names. `good`: the status for who may;
	or a function of subject and target, which may also overrule what the model says."""

	need: str
	on: Optional[str] = None
	good: object = 200
	fields: dict = field(default_factory=dict)
	query: str = ""
	undo: bool = False  # the keeper brings the article back into its state


def create_page(s, target):
	return 200 if s.level >= WRITE and not s.reads_only else 403


def old_revision(s, target):
	"""Revision 1 of "old" was saved in the hidden space: it stays hidden."""
	return 404 if target == "old" else 200


def old_revision_303(s, target):
	return 404 if target == "old" else 303


def by_title(s, target):
	return 303 if sees_article(s, target) and target != "deleted" else 404


def grants_get(s, target):
	if target == "absent":
		return 404
	if "accounts" in s.duties:
		return 200
	if not sees_space(s, target):
		return 404
	return 200 if s.level == MANAGE and not s.reads_only else 403


def grants_put(s, target):
	status = 403 if s.reads_only else grants_get(s, target)
	return 204 if status == 200 else status


def space_put(s, target):
	return 403 if s.reads_only else grants_get(s, target)


def api_create(s, target):
	if s.reads_only:
		return 403
	if not sees_space(s, target):
		return 404
	return 422 if s.level >= WRITE else 403


def imports(good):
	"""Terms are taken from files by those who manage a space."""
	return lambda s, target: good if s.level == MANAGE and not s.reads_only else 403


R = Recipe
SAVE = {"base": 2, "title": "@title", "body": "@body", "comment": "c"}
RECIPES = {
	# Anybody.
	"GET /health": R("public"),
	"GET /api/v1/health": R("public"),
	"GET /static/*rest": R("public", good=404),
	"GET /opensearch.xml": R("public"),
	"GET /login": R("public", good=lambda s, t: 303 if s.active and not s.by_token else 200),
	"POST /login": R("public", good=422, fields={"login": "x", "password": "y"}),
	"GET /login/code": R("public"),
	"POST /login/code": R("public", good=422, fields={"login": "x", "code": "y"}),
	"POST /lang": R("public", good=422, fields={"lang": "xx"}),
	# Everybody who is signed in.
	"GET /": R("self"),
	"GET /help/:topic": R("self", good=303),
	"GET /api/v1/me": R("self"),
	"GET /search": R("self", query="?q=word"),
	"GET /api/v1/search": R("self", query="?q=word"),
	"GET /suggest": R("self", query="?q=wor"),
	"GET /api/v1/suggest": R("self", query="?q=wor"),
	"GET /settings/searches": R("self"),
	"POST /settings/searches": R("self", good=422),
	"POST /settings/searches/change": R("self", good=422),
	"POST /settings/searches/delete": R("self", good=404, fields={"id": "0" * 13}),
	"GET /notices": R("self"),
	"GET /api/v1/notices": R("self"),
	"POST /notices/seen": R("self", good=303),
	"POST /api/v1/notices/seen": R("self", good=204),
	"GET /glossary/synonym": R("self", good=imports(200)),
	"POST /glossary/:term/synonym": R("self", good=404),
	"GET /s/:space/searches": R("manage", "space"),
	"GET /s/:space/searches.csv": R("manage", "space"),
	"GET /s/:space/bets": R("manage", "space"),
	"POST /s/:space/bets": R("manage", "space", good=422),
	"POST /s/:space/bets/remove": R("manage", "space", good=422),
	"GET /admin/searches": R("accounts"),
	"GET /admin/searches.csv": R("accounts"),
	"GET /glossary": R("self", query="?q=word"),
	"GET /api/v1/terms": R("self", query="?q=word"),
	"GET /glossary/export.csv": R("self"),
	"GET /glossary/import": R("self", good=imports(200)),
	"POST /glossary/import": R("self", good=imports(422)),
	"POST /glossary": R("self", good=422),
	"POST /api/v1/terms": R("self", good=422),
	"GET /glossary/:term": R("self", good=404),
	"GET /api/v1/terms/:term": R("self", good=404),
	"POST /glossary/:term": R("self", good=404),
	"PUT /api/v1/terms/:term": R("self", good=404),
	"POST /glossary/:term/approve": R("self", good=404),
	"PUT /api/v1/terms/:term/approve": R("self", good=404),
	"POST /glossary/:term/retire": R("self", good=404),
	"PUT /api/v1/terms/:term/retire": R("self", good=404),
	"GET /changes": R("self"),
	"GET /api/v1/changes": R("self"),
	"GET /changes.atom": R("self"),
	"GET /search.atom": R("self"),
	"GET /s": R("self"),
	"GET /spaces": R("self"),
	"GET /api/v1/spaces": R("self"),
	"GET /people": R("self"),
	"GET /api/v1/people": R("self"),
	"GET /api/v1/groups": R("self"),
	"GET /p/:login": R("self", "login"),
	"GET /api/v1/people/:login": R("self", "login"),
	"GET /tag/:tag": R("self"),
	"GET /w/*title": R("self", "title", good=by_title),
	"GET /new": R("self", good=create_page),
	"POST /new": R("self", "key", good=422, fields={"space": "@key"}),
	"POST /api/v1/articles": R("self", "key", good=api_create, fields={"space": "@key"}),
	"GET /kept/:form": R("self", good=404),
	"POST /drafts/drop": R("self", good=404, fields={"id": "0000000000000"}),
	# One's own account.
	"GET /settings": R("session"),
	"POST /settings": R("session", good=422, fields={"lang": "xx"}),
	"GET /settings/password": R("session"),
	"POST /settings/password": R("session", good=422),
	"GET /settings/profile": R("self"),
	"POST /settings/profile": R("self", good=303, fields={"phone": "1"}),
	"POST /settings/sessions/end": R("session", good=404, fields={"id": "0" * 16}),
	"POST /settings/tokens": R("session", good=422),
	"POST /settings/tokens/revoke": R("session", good=404, fields={"id": "0000000000000"}),
	"GET /prove": R("session"),
	"POST /prove": R("session", good=422),
	# Groups.
	"GET /g/:group": R("self", "group"),
	"GET /api/v1/groups/:group/members": R("self", "group"),
	# Spaces.
	"GET /s/:space": R("read", "space"),
	"GET /api/v1/spaces/:space": R("read", "space"),
	"GET /s/:space/tree": R("read", "space"),
	"GET /s/:space/recent": R("read", "space"),
	"GET /s/:space/recent.atom": R("read", "space"),
	"GET /s/:space/trash": R("manage", "space"),
	"GET /s/:space/settings": R("manage", "space"),
	"POST /s/:space/settings": R("manage", "space", good=303),
	"POST /s/:space/settings/grant": R(
		"manage", "space", fields={"group": "g-read", "level": "read"}
	),
	"PUT /api/v1/spaces/:key": R("self", "key", good=space_put, fields={"lang": "ru"}),
	"GET /api/v1/spaces/:key/grants": R("self", "key", good=grants_get),
	"PUT /api/v1/spaces/:key/grants": R(
		"self", "key", good=grants_put, fields={"group": "g-empty", "level": "none"}
	),
	"GET /s/:space/audiences": R("read", "space"),
	"POST /s/:space/audiences": R("manage", "space", good=422),
	"GET /s/:space/audience": R("manage", "space", query="?name=few"),
	"POST /s/:space/audience": R(
		"manage", "space", query="?name=few", fields={"group": "g-read", "level": "read"}
	),
	# Articles.
	"GET /a/:article": R("read", "article"),
	"GET /api/v1/articles/:article": R("read", "article"),
	"GET /a/:article/links": R("read", "article"),
	"GET /a/:article/raw": R("read", "article"),
	"GET /a/:article/access": R("read", "article"),
	"GET /a/:article/history": R("read", "article"),
	"GET /api/v1/articles/:article/revisions": R("read", "article"),
	"GET /api/v1/articles/:article/revisions/:n": R("read", "article", good=old_revision),
	"GET /a/:article/r/:n": R("read", "article", good=old_revision),
	"GET /a/:article/r/:n/restore": R("edit", "article", good=old_revision),
	"POST /a/:article/r/:n/restore": R(
		"edit", "article", good=lambda s, t: 404 if t == "old" else 409,
		fields={"base": 1, "comment": "c"},
	),
	"GET /a/:article/diff": R("read", "article", good=303),
	"GET /a/:article/diff/:range": R("read", "article", good=old_revision),
	"GET /a/:article/edit": R("read", "article"),
	"POST /a/:article/edit": R("edit", "article", good=303, fields=SAVE),
	"PUT /api/v1/articles/:article": R("edit", "article", fields={"base": 2}),
	"POST /a/:article/draft": R("edit", "article", fields=SAVE),
	"POST /new/draft": R("self", good=create_page, fields=SAVE),
	"GET /a/:article/move": R(
		"read", "article", good=lambda s, t: 200 if s.level >= WRITE and not s.reads_only else 403
	),
	"POST /a/:article/rename": R("edit", "article", good=303, fields={"title": "@title"}),
	"POST /a/:article/parent": R("edit", "article", good=303, fields={"parent": ""}),
	"POST /a/:article/status": R("edit", "article", good=303, fields={"status": "published"}),
	"POST /a/:article/audience": R("manage", "article", fields={"audience": "a1/"}),
	"POST /a/:article/delete": R("manage", "article", good=303, undo=True),
	"DELETE /api/v1/articles/:article": R("manage", "article", good=204, undo=True),
	"POST /a/:article/restore": R("manage", "article", good=303, undo=True),
	"POST /api/v1/articles/:article/restore": R("manage", "article", good=204, undo=True),
	# Files. The keeper has attached one to every article.
	"GET /a/:article/files": R("read", "article"),
	"GET /api/v1/articles/:article/files": R("read", "article"),
	"POST /a/:article/files": R("edit", "article", good=422),
	"POST /api/v1/articles/:article/files": R("edit", "article", good=422),
	"GET /f/:file/:filename": R("read", "article"),
	"POST /f/:file/remove": R("edit", "article", good=303, undo=True),
	"DELETE /api/v1/files/:file": R("edit", "article", good=204, undo=True),
	# Discussion. The keeper has begun every thread.
	"GET /a/:article/talk": R("read", "article"),
	"GET /api/v1/articles/:article/threads": R("read", "article"),
	"POST /a/:article/talk": R("discuss", "article", good=422),
	"POST /api/v1/articles/:article/threads": R("discuss", "article", good=422),
	"GET /a/:article/talk/:thread": R("read", "article"),
	"GET /api/v1/threads/:thread/posts": R("read", "article"),
	"POST /a/:article/talk/:thread": R("discuss", "article", good=422),
	"POST /a/:article/talk/draft": R("discuss", "article", fields={"body": "b"}),
	"POST /a/:article/talk/:thread/draft": R("discuss", "article", fields={"body": "b"}),
	"POST /api/v1/threads/:thread/posts": R("discuss", "article", good=422),
	"PUT /api/v1/threads/:thread": R("resolve", "article", fields={"resolved": False}),
	"POST /a/:article/talk/:thread/resolve": R("resolve", "article", good=303),
	"POST /a/:article/talk/:thread/reopen": R("resolve", "article", good=303),
	"GET /a/:article/talk/:thread/:n/edit": R("keeper", "article"),
	"POST /a/:article/talk/:thread/:n/edit": R("keeper", "article", fields={"body": "b"}),
	"POST /a/:article/talk/:thread/:n/delete": R("manage", "article", good=303),
	# Administration.
	"GET /admin": R("duty"),
	"GET /admin/audit": R("duty"),
	"GET /api/v1/audit": R("duty"),
	"GET /admin/health": R("duty"),
	"GET /admin/activity": R("duty"),
	"GET /api/v1/stats": R("duty"),
	"GET /admin/people": R("accounts"),
	"GET /admin/people/new": R("accounts"),
	"POST /admin/people/new": R("accounts", good=422),
	"POST /api/v1/people": R("accounts", good=422),
	"GET /admin/people/:login": R("accounts", "login"),
	"POST /admin/people/:login": R("accounts", "login", good=422),
	"POST /admin/people/:login/code": R("accounts", "login"),
	"POST /admin/people/:login/sessions": R("accounts", "login"),
	"POST /admin/people/:login/state": R("accounts", "login", good=422),
	"POST /admin/people/:login/groups": R("accounts", "login", good=422),
	"GET /admin/groups": R("accounts"),
	"POST /admin/groups": R("accounts", good=422),
	"POST /api/v1/groups": R("accounts", good=422),
	"GET /admin/groups/:group": R("accounts", "group"),
	"POST /admin/groups/:group": R("accounts", "group", good=303),
	"PUT /api/v1/groups/:group": R("accounts", "group"),
	"POST /admin/groups/:group/members": R("accounts", "group", good=422),
	"POST /api/v1/groups/:group/members": R("accounts", "group", good=422),
	"GET /admin/offices": R("accounts"),
	"POST /admin/offices": R("accounts", good=422),
	"GET /admin/spaces": R("accounts"),
	"POST /admin/spaces": R("accounts", good=422),
	"POST /api/v1/spaces": R("accounts", good=422),
	"GET /admin/spaces/:key": R("accounts", "key"),
	"POST /admin/spaces/:key": R("accounts", "key", good=303),
	"POST /admin/spaces/:key/grant": R("accounts", "key", good=422),
	"GET /admin/access": R("accounts"),
	"GET /admin/access.csv": R("accounts"),
	"GET /admin/access/check": R("accounts"),
	# Ends its own session, so it is tried last and alone.
	"POST /logout": R("self", good=303),
}


def read_routes():
	with open(os.path.join(ROOT, "server", "routes.def")) as f:
		text = re.sub(r"/\*\s.*?\*/", "", f.read(), flags=re.S)
	found = re.findall(r'^(ROUTE|API)\s*\(\s*(\w+)\s*,\s*"([^"]+)"', text, flags=re.M)
	return [(method, ("/api/v1" if kind == "API" else "") + path) for kind, method, path in found]


# ---- the walk ----------------------------------------------------------------------------------


TARGETS = {
	"article": ARTICLES,
	"title": ARTICLES,
	"space": SPACES,
	"key": SPACES,
	"group": ["g-read", "g-keep", "absent"],
	"login": ["keeper", "absent"],
	None: [None],
}


def send(s, method, path, fields, page):
	unsafe = method not in ("GET", "HEAD")
	if not page or s.by_token:
		if page and unsafe:
			headers = {"Content-Type": "application/x-www-form-urlencoded"}
			headers["Authorization"] = "Bearer " + s.api.token
			return s.api.send(method, path, urllib.parse.urlencode(fields).encode(), headers)
		return s.api.ask(method, path, fields if unsafe and fields is not None else None)
	if not unsafe:
		return s.browser.ask(method, path)
	return s.browser.post(path, **fields)


def masked(answer, *names):
	"""Without what differs by itself: request numbers, tokens of forms, and the address asked for."""
	text = re.sub(r"/static/[0-9a-f]+/", "/static/", answer.text)
	for name in names:
		if name:
			text = text.replace(name, "@").replace(urllib.parse.quote(name), "@")
	text = re.sub(r'name="csrf" value="[^"]*"', "", text)
	return re.sub(r'"id":"[0-9A-Z]{8}"', "", text)


def try_one(world, s, method, pattern, recipe, target):
	page = not pattern.startswith("/api/")
	path = world.path(pattern, recipe.on, target) + recipe.query
	fields = world.fields(recipe, target)
	want = expected(s, recipe, method, page and not pattern.endswith(".atom"), target)
	if want is None:
		want = recipe.good(s, target) if callable(recipe.good) else recipe.good
	about = f"{s.name}: {method} {pattern} on {target}"
	answer = send(s, method, path, fields, page)
	checks.equal(answer.status, want, about, answer.text[:0])
	if recipe.undo and answer.status < 400 and s.active:
		world.put_back(target)
	if method == "GET" and recipe.on:
		head = send(s, "HEAD", path, None, page)
		checks.equal((head.status, head.body), (want, b""), about, "HEAD")
	if want == 404 and recipe.on and target != "absent" and not (recipe.on == "article" and
			sees_article(s, target)):
		compare_with_absent(world, s, method, pattern, recipe, target, answer, about)


def compare_with_absent(world, s, method, pattern, recipe, target, answer, about):
	page = not pattern.startswith("/api/")
	other = world.path(pattern, recipe.on, "absent") + recipe.query
	absent = send(s, method, other, world.fields(recipe, "absent"), page)
	names = lambda t: world.names(recipe.on, t)
	checks.equal(
		masked(answer, *names(target)), masked(absent, *names("absent")), about, "as for absent"
	)
	drop = ("date", "content-length", "etag")
	shape = lambda a: [(k, re.sub("=[^;]*", "", v, 1) if k == "set-cookie" else v)
		for k, v in a.headers if k not in drop]
	checks.equal(shape(answer), shape(absent), about, "headers as for absent")
	if method != "GET":
		nonsense = send(s, method, world.path(pattern, recipe.on, target) + recipe.query,
			{"nonsense": "x"}, page)
		# A page of a form may refuse its fields first, but then for what is absent as well.
		again = send(s, method, other, {"nonsense": "x"}, page)
		checks.equal(nonsense.status, again.status, about, "with nonsense in the form")


def main():
	routes = read_routes()
	checks.check(len(routes) > 80, "routes.def was read")
	for method, path in routes:
		checks.check(f"{method} {path}" in RECIPES, f"no recipe for {method} {path}: add one here")
	known = {f"{m} {p}" for m, p in routes}
	for name in RECIPES:
		checks.check(name in known, f"the recipe of {name} has no route")
	with Server() as server:
		world = World(server)
		world.sign_in()
		routes.sort(key=lambda route: "logout" in route[1])
		for method, pattern in routes:
			recipe = RECIPES.get(f"{method} {pattern}")
			if not recipe:
				continue
			for s in SUBJECTS:
				if s.by_token and "logout" in pattern:
					continue
				for target in TARGETS[recipe.on]:
					try_one(world, s, method, pattern, recipe, target)
	checks.end()


main()
