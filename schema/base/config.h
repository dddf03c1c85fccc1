/* The settings of an installation: one table in config.c names, checks and documents them. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "schema/base/arena.h"
#include "schema/base/err.h"

/* Texts live in the arena given to config_load(). */
struct config {
	struct str data;       /* the data folder */
	struct str listen;     /* "127.0.0.1:8080" */
	struct str public_url; /* "https://devon.example"; empty: the listener */
	struct str proxies;    /* addresses, comma separated, whose X-Forwarded-For is believed */
	struct str site_name;  /* shown in the page's head */
	struct str language;   /* of the interface where nothing else is known */
	struct str notice;     /* the official-use line of every page */
	int64_t workers, queue;
	int64_t connections, connections_each;
	int64_t header_seconds, form_seconds, upload_seconds, answer_seconds;
	int64_t convert_children, search_children;
	int64_t convert_ms, search_ms;
	/* limits of use (security.md 4.8) */
	int64_t rate_search, rate_suggest, rate_save, rate_upload, rate_upload_day, rate_export;
	int64_t rate_read, rate_token, rate_sign_in;
	int64_t alert_reads; /* different articles a day and account; then auditors are told */
	int64_t search_days; /* after these a search is forgotten */
	int64_t file_mib, files_gib; /* of one file; of the files of one audience */
	int64_t extract_ms;          /* for reading the text of one file */
	int64_t free_mib;            /* below so much free disk, writes are refused */
};

/*
 * Defaults, then the file where `path` is not NULL: lines "name = value", "#" begins a comment.
 * INVALID names the line of an unknown setting or a value out of range.
 */
enum status config_load(struct config *out, struct arena *mem, const char *path)
	__attribute__((nonnull(1, 2))) MUST_USE;

/* Set one by its name, with the same checks: for options of the command line. */
enum status config_set(struct config *config, struct arena *mem, struct str name, struct str value)
	NONNULL MUST_USE;

/* Walk the table for the status command; false behind the last. `value` lives in `mem`. */
bool config_show(const struct config *config, struct arena *mem, size_t index, const char **name,
		 struct str *value) NONNULL;

#endif
