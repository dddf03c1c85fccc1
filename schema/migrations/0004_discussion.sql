-- What is said about an article.

CREATE TABLE thread (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	article_id INTEGER NOT NULL REFERENCES article (id),
	title TEXT NOT NULL,
	quote TEXT NOT NULL DEFAULT '',              -- the passage it is about
	author_id INTEGER NOT NULL REFERENCES person (id),
	created_at INTEGER NOT NULL,
	modified_at INTEGER NOT NULL,
	resolved_at INTEGER,
	resolved_by INTEGER REFERENCES person (id),
	posts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX thread_article ON thread (article_id, modified_at);

CREATE TABLE post (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	thread_id INTEGER NOT NULL REFERENCES thread (id),
	number INTEGER NOT NULL,
	author_id INTEGER NOT NULL REFERENCES person (id),
	at INTEGER NOT NULL,
	edited_at INTEGER,
	deleted_at INTEGER,
	lang TEXT NOT NULL DEFAULT '',
	tree BLOB,
	plain TEXT NOT NULL,
	body TEXT NOT NULL,
	form_key TEXT,
	UNIQUE (thread_id, number)
) STRICT;
CREATE INDEX post_author ON post (author_id, at);
CREATE UNIQUE INDEX post_form ON post (author_id, form_key) WHERE form_key IS NOT NULL;
