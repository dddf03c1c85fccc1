/*
 * The shim, first part: documents, shards and look-ups. The only C++ is in its three files: every
 * function catches at its edge and no C++ type crosses it.
 */
#include "indexer/xap_inside.h"

struct xap_doc {
	Xapian::Document doc;
};

struct xap_writer {
	Xapian::WritableDatabase db;
};

/* ---- one document ---------------------------------------------------------------------------- */
enum status xap_doc_new(struct xap_doc **out)
{
	return guard([&] { *out = new xap_doc; });
}

void xap_doc_free(struct xap_doc *doc)
{
	(void)guard([&] { delete doc; });
}

enum status xap_doc_clear(struct xap_doc *doc)
{
	return guard([&] { doc->doc = Xapian::Document(); });
}

enum status xap_doc_term(struct xap_doc *doc, struct str term, uint32_t wdf,
			 const uint32_t *positions, size_t count)
{
	return guard([&] {
		const std::string name = text(term);

		doc->doc.add_term(name, wdf);
		for (size_t i = 0; i < count; i++)
			doc->doc.add_posting(name, positions[i], 0);
	});
}

enum status xap_doc_value(struct xap_doc *doc, unsigned slot, struct str value)
{
	return guard([&] { doc->doc.add_value(slot, text(value)); });
}

enum status xap_doc_number(struct xap_doc *doc, unsigned slot, int64_t number)
{
	return guard([&] { doc->doc.add_value(slot, Xapian::sortable_serialise(double(number))); });
}

enum status xap_doc_data(struct xap_doc *doc, struct str data)
{
	return guard([&] { doc->doc.set_data(text(data)); });
}

/* ---- writing one shard ----------------------------------------------------------------------- */
enum status xap_writer_open(struct xap_writer **out, const char *path)
{
	return guard([&] {
		Xapian::WritableDatabase db(path,
					    Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);

		*out = new xap_writer{db};
	});
}

/* A writer that is closed by its destructor would commit. */
void xap_writer_close(struct xap_writer *w)
{
	(void)guard([&] {
		if (w)
			w->db.close();
	});
	(void)guard([&] { delete w; });
}

enum status xap_writer_put(struct xap_writer *w, uint32_t number, const struct xap_doc *doc)
{
	return guard([&] { w->db.replace_document(number, doc->doc); });
}

enum status xap_writer_delete(struct xap_writer *w, struct str term)
{
	return guard([&] { w->db.delete_document(text(term)); });
}

enum status xap_writer_commit(struct xap_writer *w)
{
	return guard([&] { w->db.commit(); });
}

enum status xap_writer_revision(struct xap_writer *w, int64_t *out)
{
	return guard([&] { *out = int64_t(w->db.get_revision()); });
}

enum status xap_writer_meta_get(struct xap_writer *w, struct str name, struct buf *out)
{
	return guard([&] { buf_str_add(out, borrow(w->db.get_metadata(text(name)))); });
}

enum status xap_writer_meta_set(struct xap_writer *w, struct str name, struct str value)
{
	return guard([&] { w->db.set_metadata(text(name), text(value)); });
}

/* ---- reading --------------------------------------------------------------------------------- */
enum status xap_shard_open(struct xap_shard **out, const char *path)
{
	return guard([&] {
		*out = new xap_shard{Xapian::Database(path, Xapian::DB_OPEN), {}, 0, {}};
	});
}

void xap_shard_close(struct xap_shard *shard)
{
	(void)guard([&] { delete shard; });
}

enum status xap_shard_reopen(struct xap_shard *shard)
{
	return guard([&] {
		shard->db.reopen();
		shard->known.clear();
		shard->n_known = 0;
		shard->values.clear();
	});
}

enum status xap_shard_revision(struct xap_shard *shard, int64_t *out)
{
	return guard([&] { *out = int64_t(shard->db.get_revision()); });
}

enum status xap_shard_meta(struct xap_shard *shard, struct str name, struct buf *out)
{
	return guard([&] { buf_str_add(out, borrow(shard->db.get_metadata(text(name)))); });
}

enum status xap_shard_count(struct xap_shard *shard, int64_t *out)
{
	return guard([&] { *out = shard->db.get_doccount(); });
}

enum status xap_shard_frequency(struct xap_shard *shard, struct str term, uint32_t *out)
{
	return guard([&] { *out = shard->db.get_termfreq(text(term)); });
}

enum status xap_shard_compact(struct xap_shard *shard, const char *path)
{
	return guard([&] { shard->db.compact(path, Xapian::DBCOMPACT_NO_RENUMBER); });
}

enum status xap_shard_docs(struct xap_shard *shard, struct str prefix, unsigned slot,
			   xap_doc_visit *visit, void *context)
{
	return guard([&] {
		const std::string head = text(prefix);

		for (auto at = shard->db.allterms_begin(head); at != shard->db.allterms_end(head);
		     ++at) {
			const std::string term = *at;
			auto found = shard->db.postlist_begin(term);
			auto number = Xapian::sortable_unserialise(
				shard->db.get_document(*found).get_value(slot));

			if (!visit(context, str_from(borrow(term), head.size()), int64_t(number)))
				return;
		}
	});
}

enum status xap_set_new(struct xap_set **out, struct xap_shard *const *shards, size_t count)
{
	return guard([&] {
		Xapian::Database db;

		for (size_t i = 0; i < count; i++)
			db.add_database(shards[i]->db);
		*out = new xap_set{db, {shards, shards + count}, db.get_doccount()};
	});
}

void xap_set_free(struct xap_set *set)
{
	(void)guard([&] { delete set; });
}

uint32_t xap_set_count(const struct xap_set *set)
{
	return uint32_t(set->docs);
}

enum status xap_set_doc_terms(struct xap_set *set, uint32_t doc, struct str prefix,
			      xap_term_visit *visit, void *context)
{
	return guard([&] {
		const std::string head = text(prefix);
		const auto end = set->db.termlist_end(doc);
		auto at = set->db.termlist_begin(doc);

		for (at.skip_to(head); at != end; ++at) {
			const std::string term = *at;

			if (term.compare(0, head.size(), head) != 0 ||
			    !visit(context, borrow(term), at.get_wdf()))
				return;
		}
	});
}

enum status xap_set_having(struct xap_set *set, struct str term, xap_data_visit *visit,
			   void *context)
{
	return guard([&] {
		const std::string name = text(term);
		const auto end = set->db.postlist_end(name);

		for (auto at = set->db.postlist_begin(name); at != end; ++at) {
			const std::string data = set->db.get_document(*at).get_data();

			if (!visit(context, borrow(data), (*at - 1) % set->members.size()))
				return;
		}
	});
}

enum status xap_set_terms(struct xap_set *set, struct str prefix, xap_term_visit *visit,
			  void *context)
{
	return guard([&] {
		const std::string head = text(prefix);
		const auto end = set->db.allterms_end(head);

		for (auto at = set->db.allterms_begin(head); at != end; ++at)
			if (!visit(context, borrow(*at), at.get_termfreq()))
				return;
	});
}

static void walk(const Xapian::Database &db, const std::string &from, xap_term_step *step,
		 void *context, struct buf *to)
{
	const auto end = db.allterms_end();
	auto at = db.allterms_begin();

	for (at.skip_to(from); at != end;) {
		const enum xap_step next = step(context, borrow(*at), to);

		if (next == XAP_STOP)
			return;
		if (next == XAP_SEEK)
			at.skip_to(text(buf_str(to)));
		else
			++at;
	}
}

enum status xap_set_walk(struct xap_set *set, struct str from, xap_term_step *step, void *context)
{
	AUTO(buf) struct buf to = {};

	return guard([&] {
		for (const struct xap_shard *shard : set->members)
			walk(shard->db, text(from), step, context, &to);
	});
}
