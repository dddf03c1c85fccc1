/* The glossary from files: shared by devon term and devon init. */
#ifndef CLI_TERM_H
#define CLI_TERM_H

#include "schema/term.h"
#include "tools/cli/cli.h"

/* True for files of a starter folder that hold terms: glossary*.csv. */
bool cli_is_glossary(struct str name);

/* All rows of one file, or none; INVALID names the file and the line. Says on standard error what was done. */
enum status cli_import_terms(struct app *app, struct command_io *io, const struct reader *who,
			     struct str name, struct str content, enum term_import how)
	NONNULL MUST_USE;

#endif
