/* Feeds. */
#include "server/atom.h"

#include "schema/base/clock.h"
#include "server/reply.h"

struct atom {
	struct request *rq;
	struct buf xml;
};

static void element(struct atom *atom, const char *name, struct str text)
{
	buf_printf(&atom->xml, "<%s>", name);
	out_escape(&atom->xml, text);
	buf_printf(&atom->xml, "</%s>\n", name);
}

static void link_to(struct atom *atom, const char *rel, struct url url)
{
	buf_printf(&atom->xml, "<link rel=\"%s\" href=\"", rel);
	out_escape(&atom->xml, request_absolute(atom->rq, url));
	buf_c_add(&atom->xml, "\"/>\n");
}

static void head(struct atom *atom, struct str title, struct url url, int64_t updated)
{
	element(atom, "id", request_absolute(atom->rq, url));
	element(atom, "title", title);
	element(atom, "updated", clock_rfc3339(atom->rq->mem, updated));
	link_to(atom, "alternate", url);
}

struct atom *atom_new(struct request *rq, struct str title, struct url page, int64_t updated)
{
	struct atom *atom = arena_alloc(rq->mem, sizeof(*atom));

	atom->rq = rq;
	buf_c_add(&atom->xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
	head(atom, title, page, updated);
	return atom;
}

void atom_add(struct atom *atom, const struct atom_entry *entry)
{
	buf_c_add(&atom->xml, "<entry xml:lang=\"");
	out_escape(&atom->xml, entry->lang);
	buf_c_add(&atom->xml, "\">\n");
	head(atom, entry->title, entry->url, entry->updated);
	if (entry->author.len) {
		buf_c_add(&atom->xml, "<author>");
		element(atom, "name", entry->author);
		buf_c_add(&atom->xml, "</author>\n");
	}
	if (html_is(entry->passage)) { /* whose readers take the tags out of the text again */
		buf_c_add(&atom->xml, "<summary type=\"html\">");
		out_escape(&atom->xml, entry->passage.html_bytes);
		buf_c_add(&atom->xml, "</summary>\n");
	} else if (entry->summary.len) {
		element(atom, "summary", entry->summary);
	}
	buf_c_add(&atom->xml, "</entry>\n");
}

enum status atom_reply(struct atom *atom)
{
	enum status outcome;

	buf_c_add(&atom->xml, "</feed>\n");
	outcome = reply_data(atom->rq, 200, "application/atom+xml; charset=utf-8",
			     buf_str(&atom->xml));
	buf_release(&atom->xml);
	return outcome;
}
