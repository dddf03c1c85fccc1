"""Discussion of articles: threads, messages, quoting, changing, resolving."""
import re
import sqlite3
from urllib.parse import unquote

from world import Checks, Server

c = Checks()


def key(page):
	return re.search(r'name="form_key" value="([^"]*)"', page.text).group(1)


def open_thread(b, article, title="A question", body="What *is* it?", **more):
	where = "/a/" + article + "/talk"
	done = b.post(where, title=title, body=body, form_key=key(b.get(where)), **more)
	c.equal(done.status, 303)
	return done.header("Location")


def a_thread(s, article):
	b = s.browser("boris")
	empty = b.get("/a/" + article + "/talk")
	c.check(empty.status == 200 and empty.shows("No open threads. Ask the first question."))
	c.check(b.get("/a/" + article + "/talk?quote=a+passage").shows("a passage"))
	where = open_thread(b, article, quote="a passage")
	page = b.get(where)
	c.check(page.shows("A question") and page.shows("a passage"))
	c.check("<em>is</em>" in page.text, "Markdown")
	c.check(page.shows("The thread was opened."), "said once")
	c.check(not b.get(where).shows("The thread was opened."), "and only once")
	return where


def refused_forms(s, article):
	b = s.browser("boris")
	where = "/a/" + article + "/talk"
	form_key = key(b.get(where))
	bad = b.post(where, title="", body="typed text", quote="said", form_key=form_key)
	c.equal(bad.status, 422)
	c.check(bad.shows("typed text") and bad.shows("said") and form_key in bad.text, "all that was typed is kept")
	c.equal(b.post(where, title="x", body="", form_key=form_key).status, 422)
	c.equal(b.post(where, title="x" * 201, body="x", form_key=form_key).status, 422)
	c.equal(b.post(where, title="x", body="x" * 70000, form_key=form_key).status, 422)
	c.equal(b.post(where, _csrf=False, title="x", body="x").status, 403)
	c.check(not b.get(where).shows("typed text"))


def late_id(answer):
	return re.search(r"draft=(\w{13})", unquote(answer.header("Location"))).group(1)


def own_id(page):
	"""Under which the form of the page keeps its text."""
	return re.search(r'name="draft" value="(\w{13})"', page.text).group(1)


def kept_of_windows(s, article):
	"""Of several answers to one thread, typed in different windows, all wait until they are sent."""
	b = s.browser("boris")
	thread = open_thread(b, article, title="Of three windows")
	windows = [own_id(b.get(thread)) for _ in range(3)]
	c.equal(len(set(windows)), 3)
	b.post(thread + "/draft", body="Window one beg", draft=windows[0])
	token = b.token
	b.post("/logout")
	late = s.anonymous()
	late.token = token
	ids = [late_id(late.post(thread, body=f"Window {words}", draft=id, form_key=id * 2))
		for words, id in zip(("one begun", "two", "three: > quoted\n\nthree"), windows)]
	c.equal(ids, windows, "what was kept while it was written gives way to what was sent")
	b = s.browser("boris")
	page = b.get(thread)
	c.check(all(page.shows(words) for words in ("Window one begun", "Window two", "Window three")), "all are there")
	c.check(page.shows("These texts were kept for you as well, from other windows:"))
	c.check(all(thread + "?draft=" + id in b.get("/").text for id in ids), "and on the first page")
	shown = re.search(r"<textarea[^>]*>([^<]*)", b.get(f"{thread}?draft={ids[0]}").text).group(1)
	c.equal(shown.strip(), "Window one begun")
	c.check(not s.browser("anna").get(f"{thread}?draft={ids[0]}").shows("Window one"), "for their writer alone")
	page = b.get(f"{thread}?draft={ids[0]}")
	c.equal(own_id(page), ids[0])
	c.equal(b.post(thread, body="Window one sent", draft=ids[0], form_key=key(page)).status, 303)
	page = b.get(thread)
	c.check(not page.shows("Window one begun") and page.shows("Window two") and page.shows("Window three"), "what is sent goes alone")
	c.equal(b.post("/drafts/drop", id=own_id(page)).status, 303)
	c.equal(b.post("/drafts/drop", id=own_id(b.get(thread))).status, 303)
	c.check(not b.get(thread).shows("This text was not sent yet."))
	b.post(thread + "/draft", body="typed", draft=windows[1])
	b.post(thread + "/draft", body="", draft=windows[1])
	c.check(not b.get(thread).shows("This text was not sent yet."), "what was emptied again is not offered")


def kept(s, article):
	"""A message that was sent after the end of its session waits where it was written."""
	b = s.browser("boris")
	where = "/a/" + article + "/talk"
	thread = open_thread(b, article, title="Of two sessions")
	token = b.token
	b.post("/logout")
	for place, more in ((where, {"title": "Unsent question", "quote": "said there"}), (thread, {})):
		late = s.anonymous()
		late.token = token
		answer = late.post(place, body="Unsent words", form_key="k" * 20, **more)
		c.equal((answer.status, unquote(answer.header("Location"))), (303, "/login?kept=1&next=" + place + "?draft=" + late_id(answer)))
		b = s.browser("boris")
		c.check(f'href="{place}?draft={late_id(answer)}"' in b.get("/").text, "the first page leads there")
		page = b.get(place)
		c.check(page.shows("Unsent words") and page.shows("This text was not sent yet."), "after signing in it is there")
		c.check(all(page.shows(words) for words in more.values()), "with its subject and what it quotes")
		c.check(not s.browser("anna").get(place).shows("Unsent words"), "for its writer alone")
		c.equal(b.post(place, body="Unsent words", form_key=key(page), **more).status, 303)
		c.check(not b.get(place).shows("This text was not sent yet."), "until it is sent")
	c.check("Unsent words" not in b.get("/a/" + article + "/edit").text, "it is no text of the article")
	b.token = token
	c.equal(b.post(where, title="x", body="Of the former session", form_key="x").header("Location").partition("?")[0], where)
	page = b.get(where)
	c.check(page.shows("Of the former session"))
	dropped = b.post("/drafts/drop", id=re.search(r'name="id" value="(\w{13})"', page.text).group(1))
	c.equal(dropped.header("Location"), where)
	c.check(not b.get(where).shows("Of the former session"), "thrown away")


def kept_beside_a_change(s, article):
	"""Changing a message throws away the text that was kept of this change, and no other."""
	b = s.browser("boris")
	thread = open_thread(b, article, title="Kept beside a change")
	b.post(thread, body="Said already", form_key=key(b.get(thread)))
	token = b.token
	b.post("/logout")
	for place, body in ((thread, "An hour of answer"), (thread + "/2/edit", "Said better")):
		late = s.anonymous()
		late.token = token
		c.equal(late.post(place, body=body, form_key="k" * 20).status, 303)
		b = s.browser("boris")
		c.check(f"{body}</textarea>" in b.get(thread).text, body)
		c.equal(b.post(thread + "/2/edit", body="Said better").status, 303)
		page = b.get(thread)
		c.check("An hour of answer</textarea>" in page.text, body)
		c.check(not page.shows("These texts were kept for you as well"), body)


def twice(s, article):
	b = s.browser("boris")
	where = "/a/" + article + "/talk"
	form_key = key(b.get(where))
	one = b.post(where, title="Sent twice", body="x", form_key=form_key)
	two = b.post(where, title="Sent twice", body="x", form_key=form_key)
	c.equal(one.header("Location"), two.header("Location"), "one form, one thread")
	c.equal(b.get(where).text.count("Sent twice"), 1)


def answers(s, where):
	anna, boris = s.browser("anna"), s.browser("boris")
	quoted = anna.get(where + "?quote=1")
	c.check(quoted.shows("> **boris**") and quoted.shows("> What *is* it?"), "quoting")
	c.check(not anna.get(where + "?quote=9").shows("&gt;"), "nothing to quote")
	sent = anna.post(where, body="It is [[Visa]] and [[Hidden plan]].", form_key=key(quoted))
	c.equal(sent.status, 303)
	c.check(sent.header("Location").endswith("#p2"), sent.header("Location"))
	mine, his = anna.get(where), boris.get(where)
	link = lambda page, title: re.search(r'<a [^>]*href="([^"]*)"[^>]*>' + title + "</a>", page.text)
	c.check(link(mine, "Visa") and "/a/" in link(mine, "Visa").group(1))
	c.check("/a/" in link(mine, "Hidden plan").group(1), "who may read it is led there")
	c.check("/a/" not in link(his, "Hidden plan").group(1), "for others it is as missing")
	c.check("/2/edit" in mine.text and "/1/edit" not in mine.text, "one's own only")
	c.check("/2/edit" not in his.text and "/2/delete" not in his.text)


def links_name_their_language(s, article):
	"""What counts is the language of the message, not the article's."""
	anna = s.browser("anna")
	s.api("anna").post("articles", space="legal", title="Приём граждан", body="x", lang="ru")
	where = open_thread(anna, article, title="Язык", body="Это описано в статье [[Приём граждан]] и других документах.")
	russian = re.search(r"<a [^>]*>Приём граждан</a>", anna.get(where).text).group(0)
	c.check("hreflang" not in russian, russian)
	anna.post(where, body="This is described in the article [[Приём граждан]] and in other documents.", form_key=key(anna.get(where)))
	english = re.findall(r"<a [^>]*>Приём граждан</a>", anna.get(where).text)[1]
	c.check('lang="ru" hreflang="ru"' in english, english)


def changing(s, where):
	anna, boris = s.browser("anna"), s.browser("boris")
	c.equal(boris.get(where + "/2/edit").status, 403)
	c.equal(boris.post(where + "/2/edit", body="mine").status, 403)
	c.equal(boris.post(where + "/2/delete").status, 403)
	c.equal(anna.get(where + "/7/edit").status, 404)
	c.check(anna.get(where + "/2/edit").shows("It is [[Visa]]"))
	c.equal(anna.post(where + "/2/edit", body="").status, 422)
	c.equal(anna.post(where + "/2/edit", body="Said better").status, 303)
	c.check(boris.get(where).shows("Said better"))
	db = sqlite3.connect(s.data + "/devon.db", timeout=10)
	with db:
		db.execute("UPDATE post SET at = at - 1801")
	db.close()
	c.equal(anna.get(where + "/2/edit").status, 403, "after 30 minutes")
	c.equal(anna.post(where + "/2/edit", body="later").status, 403)
	c.equal(boris.post(where + "/1/delete").status, 303)
	page = anna.get(where)
	c.check(page.shows("This message was deleted.") and not page.shows("What is it?"))
	c.equal(boris.get(where + "/1/edit").status, 404)


def resolving(s, where):
	anna, boris, vera = s.browser("anna"), s.browser("boris"), s.browser("vera")
	c.check("/resolve" not in vera.get(where).text)
	c.equal(vera.post(where + "/resolve").status, 403, "neither author nor editor")
	c.equal(boris.post(where + "/resolve").status, 303, "the author")
	page = boris.get(where)
	c.check(page.shows("Solved by boris") and 'action="' + where + '"' not in page.text)
	c.equal(anna.post(where, body="late").status, 422)
	talk = where.rsplit("/", 1)[0]
	c.check(boris.get(talk + "?show=resolved").shows("A question"))
	c.check(not boris.get(talk).shows("A question"))
	c.equal(anna.post(where + "/reopen").status, 303, "an editor")
	c.check(boris.get(talk).shows("A question"))


def programs(s, article):
	anna, boris = s.api("anna"), s.api("boris")
	made = boris.post("articles/" + article + "/threads", title="By program", body="**one**", quote="q")
	c.equal(made.status, 201)
	wanted = {"id", "article", "url", "title", "quote", "author", "created", "modified", "resolved", "resolved_by", "posts"}
	c.equal(set(made.json), wanted)
	thread = made.json["id"]
	c.equal((made.json["posts"], made.json["resolved"], made.json["author"]), (1, False, "boris"))
	post = anna.post("threads/" + thread + "/posts", body="two")
	c.equal((post.status, post.json["number"], post.json["author"]), (201, 2, "anna"))
	posts = boris.get("threads/" + thread + "/posts").json
	c.equal([p["body"] for p in posts["items"]], ["**one**", "two"])
	c.check("<strong>one</strong>" in posts["items"][0]["html"])
	c.equal(boris.get("threads/" + thread + "/posts?after=1").json["items"][0]["number"], 2)
	c.check("By program" in [t["title"] for t in anna.get("articles/" + article + "/threads").json["items"]])
	c.equal(s.api("vera").put("threads/" + thread, resolved=True).status, 403)
	c.equal(anna.put("threads/" + thread, resolved=True).json["resolved"], True)
	c.equal(anna.put("threads/" + thread, resolved=False).json["resolved"], False)
	c.equal(anna.put("threads/" + thread).status, 422)
	c.equal(anna.put("threads/" + thread, resolved="x").status, 422)
	bad = anna.post("threads/" + thread + "/posts", body="", other=1)
	c.equal((bad.status, bad.json["error"]["field"]), (422, "body"))
	c.equal(anna.post("threads/" + thread + "/posts", body="x", number=7).status, 422)
	c.equal(s.api("boris", "read").post("threads/" + thread + "/posts", body="x").status, 403)
	return thread


def hidden(s, article, thread):
	b, api = s.browser("stranger"), s.api("stranger")
	mask = lambda text: re.sub(r'value="[^"]*"|"id":"[^"]*"', "", text.replace(article, "A").replace(thread, "T"))
	none = "0123456789abc"
	for path in ("/talk", "/talk/" + thread, "/talk/" + thread + "/1/edit"):
		one, two = b.get("/a/" + article + path), b.get("/a/" + none + path)
		c.equal((one.status, two.status), (404, 404), path)
		c.equal(mask(one.text), mask(two.text.replace(none, article)), path)
		c.equal(b.post("/a/" + article + path, title="x", body="x").status, 404, path)
	for path in ("articles/" + article + "/threads", "threads/" + thread + "/posts"):
		one, two = api.get(path), api.get(path.replace(article, none).replace(thread, none))
		c.equal((one.status, mask(one.text)), (404, mask(two.text)), path)
		c.equal(api.post(path, title="x", body="x").status, 404, path)
	c.equal(api.put("threads/" + thread, resolved=True).status, 404)
	boris = s.browser("boris")
	other = s.api("anna").post("articles", space="legal", title="Other", body="x").json["id"]
	c.equal(boris.get("/a/" + other + "/talk/" + thread).status, 404, "of another article")


def many(s, article):
	boris = s.api("boris")
	thread = boris.post("articles/" + article + "/threads", title="Long", body="1").json["id"]
	for n in range(2, 56):
		boris.post("threads/" + thread + "/posts", body=str(n))
	first = boris.get("threads/" + thread + "/posts").json
	c.equal((len(first["items"]), first["next"]), (50, "50"))
	last = boris.get("threads/" + thread + "/posts?after=" + first["next"]).json
	c.equal(([p["number"] for p in last["items"]], last["next"]), (list(range(51, 56)), None))
	b = s.browser("boris")
	where = "/a/" + article + "/talk/" + thread
	c.check(b.get(where).shows("Further messages"))
	sent = b.post(where, body="56")
	c.equal(sent.header("Location"), where + "?after=50#p56")


with Server() as s:
	for login in ("anna", "boris", "vera", "stranger"):
		s.person(login)
	for group, member in (("agents", "anna"), ("lawyers", "boris"), ("lawyers", "vera")):
		s.cli("group", "add", group, good=False)
		s.cli("group", "member", group, member)
	for space in ("legal", "secret"):
		s.cli("space", "add", space)
		s.cli("grant", space, "agents", "manage")
	s.cli("grant", "legal", "lawyers", "read")
	anna = s.api("anna")
	article = anna.post("articles", space="legal", title="Visa", body="text").json["id"]
	anna.post("articles", space="secret", title="Hidden plan", body="text")
	where = a_thread(s, article)
	refused_forms(s, article)
	kept(s, article)
	kept_of_windows(s, article)
	kept_beside_a_change(s, article)
	twice(s, article)
	answers(s, where)
	changing(s, where)
	links_name_their_language(s, article)
	resolving(s, where)
	thread = programs(s, article)
	hidden(s, article, thread)
	many(s, article)
c.end()
