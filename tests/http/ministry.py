"""A small ministry for tests of accounts: two people, two groups, a space; and how such tests are run."""
import sys

from world import Server


def run(checks, tests):
	"""All functions of `tests` (a module's globals) that are called test_, or the one that the command line names."""
	with Server() as s:
		s.person("anna", "--name", "Anna Karimova")
		s.person("bert", "--name", "Bert Olimov")
		for key, name in (("consuls", "Consuls"), ("empty", "Empty")):
			s.cli("group", "add", key, "--name", name)
		s.cli("group", "member", "consuls", "anna")
		s.cli("space", "add", "legal", "--name", "Legal")
		s.cli("grant", "legal", "consuls", "write")
		for name, test in list(tests.items()):
			if name.startswith("test_") and (len(sys.argv) < 2 or sys.argv[1] in (name, "--long")):
				try:
					test(s)
				except Exception as fault:
					checks.check(False, name, repr(fault))
		words = s.words()
		checks.check("error" not in words.lower(), words[-2000:])
	checks.end()
