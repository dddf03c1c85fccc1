#!/usr/bin/env python3
"""One box finds discussion too: threads are hits of their own, by the words that stand in them now, and for
those who read their article now."""
import json
import os
import re
import signal

from world import Checks, Server

c = Checks()


def find(api, q, more=""):
	answer = api.get("search?q=" + q.replace(" ", "%20") + more)
	assert answer.status == 200, (answer.status, answer.text)
	return answer.json


def kinds(answer):
	return [(hit["type"], hit["title"]) for hit in answer["hits"]]


def write(s, title, body="text", space="legal"):
	made = s.anna.post("articles", space=space, title=title, body=body)
	assert made.status == 201, made.text
	return made.json["id"]


def ask(s, article, title, body, who=None):
	made = (who or s.anna).post(f"articles/{article}/threads", title=title, body=body)
	assert made.status == 201, made.text
	return made.json["id"]


def form(s, path, **fields):
	done = s.desk.post(path, **fields)
	assert done.status == 303, (path, done.status, done.text[:500])


def freeze(s):
	for pid in s.children("write"):
		os.kill(pid, signal.SIGSTOP)


def go_on(s):
	for pid in s.children("write"):
		os.kill(pid, signal.SIGCONT)
	s.settle()


def shape(s):
	article = write(s, "Consular fees", "What it costs.")
	thread = ask(s, article, "Free of charge?", "Is *kumushbaliq* free of charge <b>for all</b>?", s.boris)
	s.settle()
	j = find(s.boris, "kumushbaliq")
	c.equal((j["total"], len(j["hits"])), (1, 1))
	hit = j["hits"][0]
	c.equal((hit["type"], hit["id"], hit["key"]), ("thread", thread, thread))
	c.equal(hit["url"], f"/a/{article}/talk/{thread}")
	c.equal((hit["title"], hit["space"], hit["author"]), ("Free of charge?", "legal", "boris"))
	c.check("<mark>kumushbaliq</mark>" in hit["snippet"], hit["snippet"])
	c.check("<b>" not in hit["snippet"], hit["snippet"])
	c.equal([(v["value"], v["count"]) for v in j["facets"]["type"]], [("thread", 1)])
	page = s.browser("boris").get("/search?q=kumushbaliq")
	c.check(f'href="/a/{article}/talk/{thread}"' in page.text, "the hit leads to the thread")
	c.check(re.search(r"Discussion: <a [^>]*>Consular fees</a>", page.text), "and says what it is on")
	c.equal(s.browser("boris").get(hit["url"]).status, 200)
	for lang, label in (("ru", "Обсуждение"), ("uz-Latn", "Muhokama"), ("uz-Cyrl", "Муҳокама")):
		page = s.browser("boris").get("/search?q=kumushbaliq", **{"Accept-Language": lang})
		c.check(label + ": <a" in page.text, lang, "the hit")
		c.check(re.search(f">{label}(</span>)? <span", page.text), lang, "the filter")


def filters(s):
	article = write(s, "Qaldirgoch", "The qaldirgoch in the article.")
	ask(s, article, "Qaldirgoch", "And the qaldirgoch in its discussion.")
	s.settle()
	both = find(s.boris, "qaldirgoch")
	c.equal(kinds(both), [("article", "Qaldirgoch"), ("thread", "Qaldirgoch")], "the article first")
	c.equal({v["value"]: v["count"] for v in both["facets"]["type"]}, {"article": 1, "thread": 1})
	for more, wanted in (("&type=thread", ["thread"]), ("&type=article", ["article"]),
			("&type=thread&type=article", ["article", "thread"]), ("&type=file", [])):
		c.equal([k for k, _ in kinds(find(s.boris, "qaldirgoch", more))], wanted, more)
	c.equal([k for k, _ in kinds(find(s.boris, "type:thread qaldirgoch"))], ["thread"])
	c.equal([k for k, _ in kinds(find(s.boris, "-type:thread qaldirgoch"))], ["article"])
	c.equal(find(s.boris, "qaldirgoch author:anna type:thread")["total"], 1)
	c.equal(find(s.boris, "qaldirgoch author:boris")["total"], 0)
	c.equal(find(s.boris, "qaldirgoch", "&sort=date")["total"], 2)


def now_and_before(s):
	"""A message is found by the words that it has now."""
	thread = ask(s, write(s, "Words"), "Changing", "The firstmessage says oldwordx.")
	s.anna.post(f"threads/{thread}/posts", body="The second says secondx.")
	s.settle()
	for word in ("firstmessage", "oldwordx", "secondx"):
		c.equal(kinds(find(s.boris, word)), [("thread", "Changing")], word)
	where = find(s.boris, "secondx")["hits"][0]["url"]
	s.desk.get(where)
	form(s, where + "/1/edit", body="The firstmessage says newwordx.")
	s.settle()
	c.equal(find(s.boris, "oldwordx")["total"], 0, "edited: not by the old word")
	c.equal(find(s.boris, "newwordx")["total"], 1, "but by the new one")
	form(s, where + "/2/delete", sure="1")
	s.settle()
	c.equal(find(s.boris, "secondx")["total"], 0, "deleted: not found")
	c.equal(find(s.boris, "newwordx")["total"], 1, "what stands beside it is")
	s.anna.put("threads/" + thread, resolved=True)
	s.settle()
	c.equal(find(s.boris, "newwordx")["total"], 1, "also when it is solved")
	form(s, where + "/1/delete", sure="1")
	s.settle()
	c.equal(find(s.boris, "newwordx")["total"], 0)
	c.equal(kinds(find(s.boris, "changing type:thread")), [("thread", "Changing")], "its title stands")


def follows_its_article(s):
	"""Whatever takes readers away from an article does so with its threads: at once, and for good."""
	hide = {
		"deleted": lambda a: c.check(s.anna.delete("articles/" + a).status in (200, 204)),
		"moved": lambda a: form(s, f"/a/{a}/audience", audience="secret/", sure="1"),
		"narrowed": lambda a: form(s, f"/a/{a}/audience", audience="legal/few", sure="1"),
		"drafted": lambda a: form(s, f"/a/{a}/status", status="draft"),
	}
	show = {
		"deleted": lambda a: form(s, f"/a/{a}/restore"),
		"moved": lambda a: form(s, f"/a/{a}/audience", audience="legal/", sure="1"),
		"narrowed": lambda a: form(s, f"/a/{a}/audience", audience="legal/", sure="1"),
		"drafted": lambda a: c.equal(s.anna.put("articles/" + a, base=1, body="new",
			status="published").status, 200),
	}
	for way in hide:
		word = "gap" + way
		article = write(s, "About " + way)
		for n in range(6):
			ask(s, article, f"{word} {n}", f"It is {word}.")
		s.settle()
		c.equal(find(s.boris, word)["total"], 6, way, "found before")
		freeze(s)
		hide[way](article)
		after = find(s.boris, word)
		c.equal((after["total"], after["hits"], after["suggestion"]), (0, [], None), way, "gone at once")
		c.check(not any(v["count"] for f in after["facets"].values() for v in f), way, after["facets"])
		# One refused hit a round would leave some of so many in the count.
		c.equal(find(s.boris, word, "&limit=1")["total"], 0, way, "without asking for each")
		go_on(s)
		c.equal(find(s.boris, word)["total"], 0, way, "and gone for good")
		reads_on = way in ("moved", "narrowed")
		c.equal(find(s.anna, word)["total"], 6 if reads_on else 0, way, "who still reads it finds it")
		late = s.anna.post(f"articles/{article}/threads", title=word + " late", body="x")
		s.settle()
		c.equal(find(s.boris, word)["total"], 0, way, "nor what is said from now on")
		show[way](article)
		s.settle()
		c.equal(find(s.boris, word)["total"], 7 if late.status == 201 else 6, way, "and back again")
	checked(s)


def rights(s):
	thread = ask(s, write(s, "Rights"), "Huquq", "The word is huquqiyx.")
	s.settle()
	s.person("vera")
	s.cli("group", "member", "lawyers", "vera")
	vera = s.api("vera")
	c.equal(find(vera, "huquqiyx")["total"], 1)
	freeze(s)
	s.cli("group", "member", "lawyers", "vera", "--remove")
	c.equal(find(vera, "huquqiyx")["total"], 0)
	c.equal(vera.get(f"threads/{thread}/posts").status, 404)
	go_on(s)


def no_crowd(s):
	"""More than two threads of one article go to the end of the page; none is lost."""
	busy, quiet = write(s, "Busy"), write(s, "Quiet")
	for n in range(5):
		ask(s, busy, f"Talk {n}", "olomonx olomonx")
	ask(s, quiet, "One voice", "olomonx is said here among many other words, once only")
	s.settle()
	answer = find(s.boris, "olomonx")
	c.equal(answer["total"], 6)
	places = [hit["url"].split("/")[2] for hit in answer["hits"]]
	c.equal(places, [busy, busy, quiet, busy, busy, busy])
	listed = find(s.boris, "type:thread space:legal", "&limit=100")["hits"]
	times = [hit["modified"] for hit in listed]
	c.equal(times, sorted(times, reverse=True), "without words: the latest first")
	pages = [find(s.boris, "olomonx", f"&limit=2&offset={at}") for at in (0, 2, 4)]
	c.equal(len({hit["id"] for page in pages for hit in page["hits"]}), 6, "page by page all are there")


def collections(s):
	"""What scores the ranking is of articles alone."""
	article = write(s, "Toplam", "toplamx")
	ask(s, article, "Toplam", "toplamx")
	s.settle()
	batch = os.path.join(s.folder, "queries")
	with open(batch, "w") as f:
		f.write("1\ttoplamx\n")
	c.equal(len(s.cli("search", "--batch", batch).splitlines()), 1)
	lines = s.cli("search", "toplamx").splitlines()
	c.check(lines[0] == "2" and f"/a/{article}/talk/" in lines[2], lines)
	hits = json.loads(s.cli("search", "--json", "toplamx"))["hits"]
	c.equal([hit["type"] for hit in hits], ["article", "thread"])


def checked(s):
	c.check("" == s.cli("index", "--check"), "index and record are equal")


def rebuilt(s):
	asked = ("kumushbaliq", "qaldirgoch", "olomonx", "gapmoved")
	before = [sorted(kinds(find(s.boris, q))) for q in asked]
	s.cli("index", "--rebuild")
	checked(s)
	c.equal([sorted(kinds(find(s.boris, q))) for q in asked], before, "the same from a new index")


def deaths(s):
	"""Children that die in the middle lose nothing and leave nothing behind."""
	article = write(s, "Deaths")
	for n in range(6):
		ask(s, article, f"Turn {n}", f"turn{n}x olim")
		for pid in s.children("write"):
			os.kill(pid, signal.SIGKILL)
		if n == 3:
			form(s, f"/a/{article}/audience", audience="secret/", sure="1")
	s.settle()
	c.equal(find(s.anna, "olim")["total"], 6)
	c.equal(find(s.boris, "olim")["total"], 0)
	checked(s)


def differences(s):
	"""The comparison sees threads that are missing, and those that should not be there."""
	ask(s, write(s, "Damage"), "Zarar", "zararx")
	s.settle()
	s.stop()
	import sqlite3
	db = sqlite3.connect(os.path.join(s.data, "devon.db"))
	db.execute("PRAGMA foreign_keys = OFF")
	number = db.execute("SELECT id FROM thread WHERE title = 'Zarar'").fetchone()[0]
	db.execute("INSERT INTO thread (public_id, article_id, title, author_id, created_at, modified_at)"
		" SELECT 'aaaaaaaaaaaaa', article_id, 'Never told', author_id, 0, 0 FROM thread WHERE id = ?", (number,))
	db.execute("DELETE FROM thread WHERE id = ?", (number,))
	db.commit()
	db.close()
	s.start()
	told = s.fails("index", "--check")
	c.check(f"not in the record: t{number}" in told and f"missing in the index: t{number + 1}" in told, told)


class Desk(Server):
	def fails(self, *words):
		ran = self.run(*words)
		c.equal(ran.returncode, 1)
		return ran.stdout + ran.stderr


with Desk() as s:
	for login in ("anna", "boris"):
		s.person(login)
	for space in ("legal", "secret"):
		s.cli("space", "add", space, "--name", space.capitalize())
	for group, login in (("agents", "anna"), ("lawyers", "boris")):
		s.cli("group", "add", group)
		s.cli("group", "member", group, login)
	s.cli("grant", "legal", "agents", "manage")
	s.cli("grant", "secret", "agents", "manage")
	s.cli("grant", "legal", "lawyers", "read")
	s.anna, s.boris, s.desk = s.api("anna"), s.api("boris"), s.browser("anna")
	form(s, "/s/legal/audiences", name="few")
	form(s, "/s/legal/audience?name=few", group="agents", level="write", sure="1")
	for part in (shape, filters, now_and_before, follows_its_article, rights, no_crowd, collections,
			rebuilt, deaths, differences):
		part(s)
c.end()
