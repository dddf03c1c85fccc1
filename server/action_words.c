/* What the journal's actions are called on the audit page. */
#include "server/i18n.h"
#include "server/views/page.h"

static const struct {
	const char *code, *words;
} known[] = {
	{"article.create", N_("New article")},
	{"article.delete", N_("Article deleted")},
	{"article.edit", N_("Article changed")},
	{"article.move", N_("Article moved to other readers")},
	{"article.place", N_("Place of an article changed")},
	{"article.restore", N_("Article restored")},
	{"article.status", N_("Status of an article changed")},
	{"audience.add", N_("New audience")},
	{"audience.set", N_("Readers of an audience changed")},
	{"bet.add", N_("Article recommended for a query")},
	{"bet.remove", N_("Recommendation removed")},
	{"child.lost", N_("A helper program stopped")},
	{"file.add", N_("File added")},
	{"file.read", N_("Text of a file read for search")},
	{"file.remove", N_("File removed")},
	{"group.add", N_("New group")},
	{"group.join", N_("Person put into a group")},
	{"group.leave", N_("Person taken out of a group")},
	{"group.set", N_("Details of a group changed")},
	{"index.rebuild", N_("Search index built anew")},
	{"office.add", N_("New office")},
	{"person.add", N_("New person")},
	{"person.code", N_("One-time code given")},
	{"person.disable", N_("Account disabled")},
	{"person.duties", N_("Duties changed")},
	{"person.enable", N_("Account enabled")},
	{"person.lock", N_("Account locked")},
	{"person.password", N_("Password changed")},
	{"person.sessions", N_("All sessions of a person ended")},
	{"person.set", N_("Details of a person changed")},
	{"post.create", N_("New message")},
	{"post.delete", N_("Message deleted")},
	{"post.edit", N_("Message changed")},
	{"reading.many", N_("Very many articles read in a day")},
	{"record.backup", N_("Backup made")},
	{"record.export", N_("Articles exported")},
	{"record.migrate", N_("Database brought up to date")},
	{"record.restore", N_("Backup restored")},
	{"request.denied", N_("Request denied")},
	{"search.change", N_("Saved search changed")},
	{"search.delete", N_("Saved search deleted")},
	{"search.save", N_("Search saved")},
	{"server.start", N_("Server started")},
	{"server.stop", N_("Server stopped")},
	{"session.end", N_("Signed out")},
	{"session.start", N_("Sign-in")},
	{"space.add", N_("New space")},
	{"space.grant", N_("Access of a group changed")},
	{"space.set", N_("Details of a space changed")},
	{"term.approve", N_("Term approved")},
	{"term.edit", N_("Term changed")},
	{"term.propose", N_("Term proposed")},
	{"term.retire", N_("Term made obsolete")},
	{"thread.create", N_("New thread")},
	{"thread.reopen", N_("Thread opened again")},
	{"thread.resolve", N_("Thread marked as solved")},
	{"token.create", N_("Token made")},
	{"token.revoke", N_("Token revoked")},
};

struct str action_words(const struct out *o, struct str action)
{
	for (size_t i = 0; i < COUNT(known); i++) {
		if (str_is(action, known[i].code))
			return i18n(o->lang, known[i].words);
	}
	return STR_NONE;
}
