/*
 * What the index can hold. A kind of document is one row here; the enum, its name in the journal
 * and in `type:`, and the tables of schema/index_feed.c and server/search_kind.c follow from it.
 */
#ifndef SCHEMA_INDEX_KIND_H
#define SCHEMA_INDEX_KIND_H

#include "schema/base/arena.h"

/*
 * Name in C, name in words (object_type of the journal, type in the index), letter of its ids.
 *
 * A new kind X has a row here; index_X_load(), index_X_list() and index_X_of() in schema/index_X.c
 * (what they promise: schema/index_parts.h); search_load_X() and search_plain_X() in
 * server/search_kind.c; a row of DOC_TYPES in indexer/doc.c; a label in server/view_words.c. Its
 * acts write journal rows with that object_type, its id, and the audience of its article;
 * INDEX_FORMAT goes up.
 */
#define INDEX_KINDS(KIND)                                                                          \
	KIND(ARTICLE, article, 'a')                                                                \
	KIND(THREAD, thread, 't')                                                                  \
	KIND(FILE, file, 'f')

#define INDEX_KIND_ENUM(NAME, name, letter) INDEX_##NAME,
enum index_kind { INDEX_KINDS(INDEX_KIND_ENUM) INDEX_KIND_COUNT };

/* For SQL: whether a journal row is about something that is indexed. */
#define INDEX_KIND_SQL(NAME, name, letter) " OR object_type = '" #name "'"
#define JOURNAL_IS_INDEXED " audience_id <> 0 AND (0 = 1" INDEX_KINDS(INDEX_KIND_SQL) ") "

/* One document: its row in the table of its kind. */
struct index_id {
	enum index_kind kind;
	int64_t number;
};

/* "a123", as the index knows it. */
struct str index_id_text(struct arena *mem, struct index_id id) NONNULL;
bool index_id_parse(struct index_id *out, struct str text) NONNULL;

/* "article", "thread" ... */
struct str index_kind_name(enum index_kind kind);
bool index_kind_parse(enum index_kind *out, struct str name) NONNULL;

#endif
