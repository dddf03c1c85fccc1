#!/usr/bin/env python3
"""Two worlds that differ only by what a reader may not read answer every request alike.

World 1 is W; world 2 is W' = W and hidden spaces, audiences, groups, articles, versions and posts
with titles, words, tags and links equal or similar to the visible ones. What is hidden is made both
before and after what is visible. Each request is compared twice: world 2 before and after the second
half of the hidden things (equal as it stands, entity tags too), and world 2 with world 1 (public ids
replaced by the names of their articles; times, tokens of forms and places in lists masked).

	test_twin_worlds.py [--long] [--seed N] [--corpora N]

The seed stands in the first line and in every failure; $DEVON_SEED or --seed plays it again.
"""
import argparse
import os
import re
import time
import traceback
import urllib.parse

from twin_worlds import SECRET, WORDS, Corpus, World, hide_first, hide_more, make_groups, show
from world import Checks, Server

checks = Checks()

# ---- what is asked --------------------------------------------------------------------------------


def quote(text):
	return urllib.parse.quote(text)


def search_requests(corpus):
	r, k = corpus.r, corpus.key
	misspelt = lambda w: w[:3] + w[4] + w[3] + w[5:] if len(w) > 5 else w + "q"
	words = r.sample(WORDS, 4)
	queries = words + [
		corpus.secret_title(0),
		SECRET[corpus.number % len(SECRET)],
		misspelt(r.choice(SECRET)),
		misspelt(r.choice(WORDS)),
		r.choice(WORDS)[:4] + "*",
		r.choice(SECRET)[:4] + "*",
		f'"{words[0]} {words[1]}"',
		f"{words[0]} OR {r.choice(SECRET)}",
		f"{words[2]} -{words[3]}",
		f"space:{k}-z {words[0]}",
		f"space:{k}-a {words[1]}",
		f"tag:{r.choice(SECRET)}",
		f"tag:{words[0]}",
		"author:shadow " + words[1],
		f"type:thread {words[1]}",
		"type:thread " + r.choice(SECRET),
		"type:thread author:shadow",
		f"type:file {words[1]}",
		"type:file " + r.choice(SECRET),
		"type:file author:shadow",
		"author:author " + words[1],
		f"title:{r.choice(corpus.titles).split()[0]}",
		f"after:2020 {words[0]}",
		f"lang:ru {words[3]}",
		" ".join(r.sample(WORDS, 3)),
		"",
	]
	for q in queries:
		yield "/api/v1/search?q=" + quote(q)
		if r.random() < 0.5:
			address = f"/search?q={quote(q)}"
			more = r.choice(("", "&sort=date&limit=100", "&offset=3", f"&space={k}-z"))
			yield address + ("" if by_date(address) and "offset" in more else more)
	for q in (words[0][:3], r.choice(SECRET)[:3], r.choice(corpus.titles)[:4], "a"):
		yield "/suggest?q=" + quote(q)
		yield "/api/v1/suggest?q=" + quote(q) + r.choice(("", "&kind=tag", "&kind=link", "&kind=person"))


def page_requests(corpus):
	r, k = corpus.r, corpus.key
	yield from ("/", "/api/v1/me", "/spaces", "/api/v1/spaces", "/changes", "/api/v1/changes")
	yield from ("/changes.atom", "/people", "/api/v1/people?q=kar", "/api/v1/groups")
	yield from ("/glossary", "/api/v1/terms", "/glossary/export.csv", "/help/search", "/help/absent")
	yield from ("/notices", "/api/v1/notices", "/settings/searches")
	yield from ("/p/author", "/p/shadow", "/api/v1/people/shadow", "/api/v1/people/author")
	yield from (f"/changes?person=shadow", f"/changes?space={k}-a", f"/changes?space={k}-z")
	for letter in "abz":
		s = f"/s/{k}-{letter}"
		yield from (s, s + "/tree", s + "/recent", s + "/recent.atom", s + "/audiences", s + "/trash")
		yield f"/api/v1/spaces/{k}-{letter}"
	yield f"/s/{k}-a/audience?name=Consuls+only"
	yield f"/api/v1/spaces/{k}-z/grants"
	for group in ("hidden", "other", "keep", "read"):
		yield f"/g/{k}-{group}"
		yield f"/api/v1/groups/{k}-{group}/members"
	for tag in (r.choice(WORDS), r.choice(SECRET)):
		yield "/tag/" + quote(tag)
	for title in r.sample(corpus.titles, 2) + [corpus.secret_title(0), corpus.secret_title(3)]:
		yield "/w/" + quote(title)
		yield f"/new?space={k}-a&title=" + quote(title)
	yield f"/new?space={k}-z"


def article_requests(corpus):
	r = corpus.r
	for article in r.sample(corpus.visible, min(4, len(corpus.visible))):
		a = "@" + article["name"]
		yield from (f"/a/{a}", f"/api/v1/articles/{a}", f"/a/{a}/links", f"/a/{a}/history")
		yield f"/a/{a}/" + r.choice(("raw", "access", "move", "edit", "talk"))
		yield f"/api/v1/articles/{a}/" + r.choice(("revisions", "threads", "revisions/1"))
		yield from (f"/a/{a}/files", f"/api/v1/articles/{a}/files")
		if article["files"]:
			yield f"/f/@{article['name']}-file-0/x"
		yield from (f"/a/{a}/r/1", f"/a/{a}/diff/1..2", f"/new?translate={a}")
	# Ids of world 2: absent in world 1.
	for article in r.sample(corpus.hidden, min(4, len(corpus.hidden))):
		a = "@" + article["name"]
		yield from (f"/a/{a}", f"/api/v1/articles/{a}", f"/a/{a}/history", f"/new?translate={a}")
		yield f"/a/{a}/talk/@{article['name']}-thread-0"
		yield f"/api/v1/threads/@{article['name']}-thread-0/posts"
		yield from (f"/a/{a}/files", f"/api/v1/articles/{a}/files", f"/f/@{article['name']}-file-0/x")


def help_requests(corpus):
	"""Searches that find nothing or are typed wrong, whom they name, and marks in what they found."""
	r, k = corpus.r, corpus.key
	keys = dict(zip("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить"))
	slip = lambda word: "".join(keys.get(c, c) for c in word)
	word, secret = r.choice(WORDS), r.choice(SECRET)
	for q in (slip("viza"), slip("zirkonium"), slip("quasar"), secret[:5] + "xyz", word[:5] + "xyz", "karimov", "shadow"):
		yield "/search?q=" + quote(q)
		yield "/api/v1/search?q=" + quote(q)
	for more in (f"&space={k}-z", f"&space={k}-a&tag={quote(secret)}", f"&lang=en&author=shadow", "&before=2001"):
		yield f"/search?q={quote(r.choice((word, secret)))}{more}"
	yield f"/search?q={quote(f'tag:{secret} {word}')}"
	yield from (f"/search.atom?q={quote(q)}" for q in (word, secret))
	yield from (f"/suggest?q={q}" for q in ("kar", "sha", "re", quote(secret[:4])))
	for article in r.sample(corpus.visible, min(3, len(corpus.visible))):
		yield f"/a/@{article['name']}?q={quote(r.choice((word, secret, slip(word), word[:4] + '*')))}"
	for article in r.sample(corpus.hidden, min(2, len(corpus.hidden))):
		yield f"/a/@{article['name']}?q={quote(word)}"


def head_requests(corpus):
	yield from ("/", "/search?q=viza", f"/s/{corpus.key}-a", f"/s/{corpus.key}-z", "/changes.atom")
	for article in corpus.visible[:2] + corpus.hidden[:2]:
		yield f"/a/@{article['name']}"


def fill(world, path, ids):
	"""The address in this world. An id that it does not have is that of the other one."""
	return re.sub(r"@([a-z0-9-]+)", lambda m: world.ids.get(m[1]) or ids.get(m[1], "0" * 13), path)


def ask(world, who, method, path, ids):
	api = world.api[who]
	headers = {"Authorization": "Bearer " + api.token, "Accept-Language": "en"}
	return api.send(method, fill(world, path, ids), None, headers)


UNSTEADY = [
	(r'name="csrf" value="[^"]*"', "csrf"),
	(r'name="(?:form_key|draft)" value="[^"]*"', "form_key"),
	(r'"took_ms":[0-9.]+', "took_ms"),
	# Of the search that a hit was found by: of reader and words under the key of the installation.
	(r"([?&]|&amp;)s=[A-Za-z0-9_-]{16}(?=[#\"&])", r"\1s=MARK"),
	(r'("error":\{.*)"id":"[0-9A-Z]{8}"', r"\1number"),
]
TIMES = [
	(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME"),
	(r"\d{1,2} \w{3} \d{4}, \d\d:\d\d", "TIME"),
	(r"(<time\b[^>]*>)[^<]*", r"\1TIME"),  # midnight may fall between the two worlds
	(r"\d\d:\d\d</(time|span)>", "CLOCK"),
	(r"(before|after)=[A-Za-z0-9_-]{22}", r"\1=PLACE"),
	(r'"next":"[A-Za-z0-9_-]{22}"', '"next":"PLACE"'),
	(r"127\.0\.0\.1:\d+", "HOST"),
]


def settled(answer):
	"""What must be the same for the same world at another moment."""
	text = answer.text
	for pattern, mask in UNSTEADY:
		text = re.sub(pattern, mask, text)
	headers = [(k, v) for k, v in answer.headers if k not in ("date", "set-cookie")]
	if "form_key" in text or "took_ms" in text:
		headers = [(k, v) for k, v in headers if k not in ("etag", "content-length")]
	return answer.status, headers, text


def masked(world, answer, address=""):
	"""What must be the same in both worlds. The address may be repeated in the answer."""
	status, headers, text = settled(answer)
	dropped = ("etag", "content-length")
	text += repr([(k, v) for k, v in headers if k not in dropped])
	if any(k == "etag" for k, _ in headers):
		text += "ETag"
	for pattern, mask in TIMES:
		text = re.sub(pattern, mask, text)
	known = re.compile(r"\b[0-9a-hjkmnp-tv-z]{13}\b")
	text = known.sub(lambda m: world.names.get(m[0], m[0]), text)
	for id in known.findall(address):
		text = text.replace(id, "ASKED")
	if by_date(address):  # what was written within one second here took two there
		text = re.sub(r"<a [^>]*talk#new.*?</a>", "ASK", text)  # about what is nearest: the latest
		text = "".join(sorted(re.split(r"</?li>|</?entry[^>]*>|(?<=\}),(?=\{\"type\")|(?<=\[)(?=\{)|(?<=\})(?=\])", text)))
	return status, text


def by_date(address):
	"""Asked for, as in feeds, or because there is nothing else to go by: filters without a word."""
	asked = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
	words = asked.get("q", [""])[0].split()
	filters = bool(words) and all(":" in word for word in words)
	return "search.atom?" in address or ("search?" in address and ("sort" in asked or filters))


def differ(a, b):
	"""Where two answers part, for the report."""
	if a[0] != b[0]:
		return f"status {a[0]} and {b[0]}"
	for x, y in zip(reversed(a), reversed(b)):  # texts tell more than headers
		if x != y:
			x, y = str(x), str(y)
			at = next((i for i in range(min(len(x), len(y))) if x[i] != y[i]), min(len(x), len(y)))
			return f"...{x[max(0, at - 120):at + 80]!r}\n  and ...{y[max(0, at - 120):at + 80]!r}"
	return "?"


def same(a, b, *about):
	checks.check(a == b, *about, "" if a == b else differ(a, b))


# ---- one corpus -----------------------------------------------------------------------------------


def pick(corpus, most):
	"""What is asked of this corpus: a share of every kind; all of it in the long run."""
	kinds = [list(f(corpus)) for f in (page_requests, search_requests, article_requests, help_requests)]
	heads = [("HEAD", path) for path in head_requests(corpus)]
	share = lambda paths: corpus.r.sample(paths, min(len(paths), most))
	return [("GET", path) for kind in kinds for path in share(kind)] + share(heads)[: most // 4]


def run_corpus(one, two, corpus, most):
	make_groups(one, corpus)
	make_groups(two, corpus)
	corpus.plan_visible()
	hide_first(two, corpus)
	for world in (one, two):
		show(world, corpus)
	asked = pick(corpus, most)
	early = {
		(who, method, path): settled(ask(two, who, method, path, two.ids))
		for who in ("reader", "writer")
		for method, path in asked
	}
	hide_more(two, corpus)
	two.server.settle()
	asked += [("GET", path) for path in list(article_requests(corpus))[:most]]
	for who in ("reader", "writer"):
		for method, path in asked:
			first, second = (ask(world, who, method, path, two.ids) for world in (one, two))
			addresses = [fill(world, path, two.ids) for world in (one, two)]
			about = f"{corpus.name}, {who}: {method} {path}"
			if (who, method, path) in early:
				same(early[who, method, path], settled(second), about, "before and after")
			same(
				masked(one, first, addresses[0]),
				masked(two, second, addresses[1]),
				about,
				"in both worlds",
			)
	write_alike(one, two, corpus)
	for world in (one, two):
		world.leave(f"{corpus.key}-read", "reader")
		world.leave(f"{corpus.key}-write", "writer")
	return len(asked)


def write_alike(one, two, corpus):
	"""A title that something hidden has is as free as any other; so is a key, a link, a place."""
	title = corpus.secret_title(0)
	fields = dict(space=f"{corpus.key}-a", title=title, body=f"Own words. [[{corpus.titles[0]}]]")
	answers = []
	for world in (one, two):
		made = world.api["writer"].post("articles", **fields)
		if made.status == 201:
			world.know(made.json["id"], f"{corpus.key}-own")
		answers.append(masked(world, made))
	same(*answers, f"{corpus.name}: a title of something hidden is taken")
	for world in (one, two):
		world.server.settle()
	for path in ("/w/" + quote(title), f"/a/@{corpus.key}-own", f"/a/@{corpus.key}-own/links",
			"/api/v1/search?q=" + quote(title), f"/s/{corpus.key}-a/tree", "/changes"):
		answers = [masked(w, ask(w, "writer", "GET", path, two.ids)) for w in (one, two)]
		same(*answers, f"{corpus.name}, after writing: {path}")


def main():
	options = argparse.ArgumentParser()
	options.add_argument("--long", action="store_true")
	seed = os.environ.get("DEVON_SEED") or time.time_ns() // 1000
	options.add_argument("--seed", type=int, default=int(seed))
	options.add_argument("--corpora", type=int)
	given = options.parse_args()
	corpora = given.corpora or (500 if given.long else 25)
	most = 1000 if given.long else 18  # requests of each kind
	print(f"seed {given.seed}, {corpora} corpora", flush=True)
	pairs = 0
	# Few corpora share a pair of worlds, so that what is hidden does not pile up without end.
	for start in range(0, corpora, 25):
		one, two = World(Server()), World(Server())
		try:
			for number in range(start, min(start + 25, corpora)):
				corpus = Corpus(number, given.seed)
				try:
					pairs += run_corpus(one, two, corpus, most)
				except Exception:  # also a server that does not answer belongs to its seed
					checks.check(False, corpus.name, traceback.format_exc())
					break
		finally:
			for world in (one, two):
				world.server.__exit__()
	checks.check(pairs >= 50 * corpora, f"only {pairs} requests")
	print(f"{pairs} requests for each of two readers")
	checks.end()


main()
