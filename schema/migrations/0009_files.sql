-- Files that are attached to articles. Who reads the article reads its files; their contents lie in the
-- folder "files" of the data folder, each under its hash.

CREATE TABLE file (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	article_id INTEGER NOT NULL REFERENCES article (id),
	name TEXT NOT NULL,
	type TEXT NOT NULL,                          -- the extension that it was judged by: "pdf"
	size INTEGER NOT NULL CHECK (size >= 0),
	hash BLOB NOT NULL,                          -- BLAKE2b-256 of the content as it is kept
	uploader_id INTEGER REFERENCES person (id),  -- NULL: the operator
	at INTEGER NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- text pending, there, none, not readable
	reason TEXT NOT NULL DEFAULT '',             -- why the text cannot be read
	lang TEXT NOT NULL DEFAULT '',               -- of the text
	tries INTEGER NOT NULL DEFAULT 0,            -- of reading the text
	deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX file_name ON file (article_id, name) WHERE deleted_at IS NULL;
CREATE INDEX file_article ON file (article_id);
CREATE INDEX file_hash ON file (hash);
CREATE INDEX file_state ON file (state, id);

-- What was read out of a file, for searching. Apart, so that lists stay small.
CREATE TABLE file_text (
	file_id INTEGER PRIMARY KEY REFERENCES file (id),
	plain TEXT NOT NULL
) STRICT;
