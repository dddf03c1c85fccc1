/* The name of a space as a row of the record gives it; shared by the files that list what is in spaces. */
#ifndef SCHEMA_SPACE_ROW_H
#define SCHEMA_SPACE_ROW_H

#include "schema/db.h"
#include "schema/space_text.h"

/*
 * For a space s. In the language `tag`, the number of a parameter; else for Uzbek in Cyrillic the one in
 * Latin, which whoever shows it converts; else the first one. Two columns, for space_text_read().
 */
#define SPACE_NAME SPACE_TEXT("name")
#define SPACE_TEXT(column)                                                                         \
	"coalesce(nullif(own." column ", ''), nullif(latin." column ", ''), sn." column "),"       \
	" CASE WHEN own." column " <> '' THEN own.lang WHEN latin." column                         \
	" <> '' THEN latin.lang ELSE s.lang END"
#define SPACE_NAME_FROM(tag)                                                                       \
	" JOIN space_name sn ON sn.space_id = s.id AND sn.lang = ''"                               \
	" LEFT JOIN space_name own ON own.space_id = s.id AND own.lang <> '' AND own.lang = " tag  \
	" LEFT JOIN space_name latin ON latin.space_id = s.id AND latin.lang = 'uz-Latn'"          \
	" AND s.lang <> 'uz-Cyrl' AND 'uz-Cyrl' = " tag " "

static inline struct space_text space_text_read(struct rows *r, struct arena *mem)
{
	struct str text = row_str(r, mem);

	return (struct space_text){text, row_str(r, mem)};
}

#endif
