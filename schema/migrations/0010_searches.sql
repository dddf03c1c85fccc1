-- What searches teach: what was asked and opened, what managers recommend, what people ask again.

-- One finished search of a person. Rows are written some seconds late and forgotten after
-- `search_days`; nobody is shown a row, only what three different people asked alike.
CREATE TABLE search_log (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	person_id INTEGER NOT NULL REFERENCES person (id),
	mark TEXT NOT NULL,                          -- stands in the addresses of its hits
	query TEXT NOT NULL,                         -- as typed
	key TEXT NOT NULL,                           -- folded
	lang TEXT NOT NULL,                          -- of the interface
	hits INTEGER NOT NULL,
	opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1))
) STRICT;
CREATE INDEX search_log_at ON search_log (at);
-- All that the report asks of a row, in the order in which it counts.
CREATE INDEX search_log_key ON search_log (key, at, person_id, hits, opened, query);
CREATE INDEX search_log_mark ON search_log (person_id, mark, at);

-- The spaces that a search has to do with: asked for alone, found in, opened in.
CREATE TABLE search_log_space (
	search_id INTEGER NOT NULL REFERENCES search_log (id),
	space_id INTEGER NOT NULL REFERENCES space (id),
	asked INTEGER NOT NULL DEFAULT 0 CHECK (asked IN (0, 1)),
	found INTEGER NOT NULL DEFAULT 0 CHECK (found IN (0, 1)),
	opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1)),
	PRIMARY KEY (search_id, space_id)
) STRICT;

CREATE TABLE search_log_click (
	search_id INTEGER NOT NULL REFERENCES search_log (id),
	article_id INTEGER NOT NULL REFERENCES article (id),
	PRIMARY KEY (search_id, article_id)
) STRICT;

-- What is left of a forgotten week: queries that three different people asked, without the people.
CREATE TABLE search_past (
	week INTEGER NOT NULL,                       -- weeks of 604,800 seconds since 1970
	key TEXT NOT NULL,
	people INTEGER NOT NULL CHECK (people >= 3),
	PRIMARY KEY (week, key)
) STRICT;

-- Articles that managers of a space show first for a query.
CREATE TABLE bet (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	space_id INTEGER NOT NULL REFERENCES space (id),
	key TEXT NOT NULL,                           -- folded
	query TEXT NOT NULL,                         -- as written
	article_id INTEGER NOT NULL REFERENCES article (id),
	creator_id INTEGER REFERENCES person (id),   -- NULL: the operator
	created_at INTEGER NOT NULL,
	UNIQUE (space_id, key, article_id)
) STRICT;
CREATE INDEX bet_key ON bet (key);

-- Searches that a person keeps under a name, and what they found since.
CREATE TABLE saved_search (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	address TEXT NOT NULL,                       -- what follows "/search?"
	alert INTEGER NOT NULL CHECK (alert BETWEEN 0 AND 2), -- none, daily, weekly
	created_at INTEGER NOT NULL,
	since INTEGER NOT NULL,                      -- later changes are news
	ran_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_search_person ON saved_search (person_id, id);
CREATE INDEX saved_search_due ON saved_search (alert, ran_at);

-- Ids only: what an article is called, and whether it may be named at all, is asked when it is shown.
CREATE TABLE saved_search_hit (
	saved_id INTEGER NOT NULL REFERENCES saved_search (id),
	article_id INTEGER NOT NULL REFERENCES article (id),
	modified_at INTEGER NOT NULL,                -- of the article, when it was found
	at INTEGER NOT NULL,
	seen INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
	PRIMARY KEY (saved_id, article_id)
) STRICT;
