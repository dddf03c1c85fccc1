-- Who is signed in, and what was typed but not yet saved.

CREATE TABLE session (
	hash BLOB PRIMARY KEY,                       -- BLAKE2b-256 of the cookie's value
	person_id INTEGER NOT NULL REFERENCES person (id),
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	proved_at INTEGER NOT NULL,                  -- password last given
	address TEXT NOT NULL DEFAULT '',
	agent TEXT NOT NULL DEFAULT '',
	flash TEXT NOT NULL DEFAULT ''               -- one message for the next page
) STRICT;
CREATE INDEX session_person ON session (person_id, seen_at);

CREATE TABLE token (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	hash BLOB NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person (id),
	name TEXT NOT NULL DEFAULT '',
	writes INTEGER NOT NULL CHECK (writes IN (0, 1)),
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT;
CREATE INDEX token_person ON token (person_id);

-- The text of a form that could not be saved (session ended, conflict), and drafts.
CREATE TABLE draft (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person (id),
	article_id INTEGER REFERENCES article (id),  -- NULL for a new article
	space_key TEXT NOT NULL DEFAULT '',
	base INTEGER NOT NULL DEFAULT 0,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	comment TEXT NOT NULL DEFAULT '',
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_person ON draft (person_id, at);
