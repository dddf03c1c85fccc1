"""Who may do what on which object, written from the rules (security.md 2 and 3) and not from the program."""
from dataclasses import dataclass

NONE, READ, WRITE, MANAGE = range(4)


# ---- subjects ------------------------------------------------------------------------------------


@dataclass
class Subject:
	name: str
	level: int = NONE  # on the space "a"; nobody but the keeper has anything on "b"
	active: bool = True
	duties: frozenset = frozenset()
	reads_only: bool = False
	by_token: bool = False  # asks for pages, too, with a token
	browser: object = None
	api: object = None


SUBJECTS = [
	Subject("anonymous", active=False),
	Subject("disabled", active=False),
	Subject("none"),
	Subject("read", READ),
	Subject("write", WRITE),
	Subject("accounts", duties=frozenset({"accounts"})),
	Subject("audit", duties=frozenset({"audit"})),
	Subject("read-token", WRITE, reads_only=True, by_token=True),
	Subject("write-token", WRITE, by_token=True),
	Subject("manage", MANAGE),  # last: what managers remove is gone for the others
]

# ---- the model -----------------------------------------------------------------------------------

ARTICLES = "open other restricted draft deleted moved old absent".split()
SPACES = "a b absent".split()


def sees_article(s, state):
	if state in ("open", "old"):
		return s.level >= READ
	if state in ("restricted", "deleted"):
		return s.level == MANAGE
	return False  # other space, somebody's draft, moved to a hidden space, absent


def may_on_article(s, need, state):
	"""What is seen may be acted upon?"""
	if need == "read":
		return True
	if s.reads_only:
		return False
	if need == "manage":
		return s.level == MANAGE
	if need == "keeper":
		return False
	if state == "deleted":
		return False
	if need == "discuss":
		return s.level >= READ
	return s.level >= WRITE  # edit; resolve, whose other case is the thread's author


def sees_space(s, key):
	return key == "a" and s.level >= READ


def sees_group(s, key):
	if key == "absent":
		return False
	member = {"g-read": "read", "g-keep": None}[key]
	return s.name == member or s.level == MANAGE or bool(s.duties)


def expected(s, recipe, method, page, target):
	"""The status that the rules demand; None stands for the recipe's own good one."""
	need, unsafe = recipe.need, method != "GET"
	if s.name == "disabled" and not page:
		return 401  # a token that no longer holds, whatever it is for
	if need == "public":
		return None
	if not s.active:
		return 303 if page and not unsafe else 401
	if need in ("accounts", "duty"):
		if not (s.duties & {"accounts"} if need == "accounts" else s.duties):
			return 404
		if unsafe and s.reads_only:
			return 403
		return 404 if target == "absent" else None
	if recipe.on == "article":
		if not sees_article(s, target):
			return 404
		return None if may_on_article(s, need, target) else 403
	if recipe.on == "space":
		if not sees_space(s, target):
			return 404
		return None if need == "read" or (s.level == MANAGE and not s.reads_only) else 403
	if unsafe and s.reads_only:
		return 403
	if recipe.on == "group":
		return None if sees_group(s, target) else 404
	if recipe.on == "login":
		return 404 if target == "absent" else None
	if need == "session" and s.by_token:
		return 403
	return None
