"""What the help articles call by name (in bold letters, with a capital) is called so on the pages."""
import glob
import gettext
import os
import re

from harness import BUILD, ROOT
from world import Checks

c = Checks()
LANGUAGES = {"ru": "ru", "uz-Latn": "uz_Latn", "uz-Cyrl": "uz_Cyrl"}
# Not names: what begins a paragraph ends with a sign, what the ministry fills in stands in brackets.
NAME = re.compile(r"\*\*(?!\[)([^*\n]+[^*\n.:])\*\*")


def texts(lang):
	"""All texts of the interface in this language; the English ones are the keys."""
	catalogue = "ru" if lang == "en" else LANGUAGES[lang]
	with open(os.path.join(BUILD, "locale", catalogue + ".mo"), "rb") as f:
		pairs = gettext.GNUTranslations(f)._catalog
	keys = {key[0] if isinstance(key, tuple) else key for key in pairs}
	return {key.split("\4")[-1] for key in keys} if lang == "en" else set(pairs.values())


def names(path):
	with open(path, encoding="utf-8") as f:
		for bold in NAME.findall(f.read()):
			yield from (part for part in bold.split(" → ") if part[0].isupper())


for lang in ("en", *LANGUAGES):
	known = texts(lang)
	articles = sorted(glob.glob(os.path.join(ROOT, "content", "help", f"*.{lang}.md")))
	c.check(len(articles) > 10, f"there are help articles in {lang}")
	for path in articles:
		for name in names(path):
			c.check(name in known, f"{os.path.basename(path)}: a page says “{name}”")
c.end()
