-- What is known: articles, their revisions, names, links, tags and fields.

CREATE TABLE article (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	public_id TEXT NOT NULL UNIQUE,
	space_id INTEGER NOT NULL REFERENCES space (id),
	audience_id INTEGER NOT NULL REFERENCES audience (id),
	parent_id INTEGER REFERENCES article (id),
	key TEXT NOT NULL,                           -- of the import; the public id for others
	title TEXT NOT NULL,
	title_key TEXT NOT NULL,                     -- folded
	slug TEXT NOT NULL,
	lang TEXT NOT NULL,
	kind TEXT NOT NULL DEFAULT 'article',
	status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2), -- draft, published, archived
	translation TEXT NOT NULL DEFAULT '',        -- the same for all translations of one article
	owner_office_id INTEGER REFERENCES office (id),
	owner_person_id INTEGER REFERENCES person (id),
	review_at INTEGER,
	revision INTEGER NOT NULL,                   -- number of the current one, 1 ...
	creator_id INTEGER NOT NULL REFERENCES person (id),
	created_at INTEGER NOT NULL,
	author_id INTEGER NOT NULL REFERENCES person (id), -- of the current revision
	modified_at INTEGER NOT NULL,
	deleted_at INTEGER,
	UNIQUE (space_id, key)
) STRICT;
CREATE INDEX article_title ON article (title_key);
CREATE INDEX article_parent ON article (space_id, parent_id, title_key);
CREATE INDEX article_below ON article (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX article_audience ON article (audience_id, modified_at);
CREATE INDEX article_modified ON article (modified_at);
CREATE INDEX article_translation ON article (translation) WHERE translation <> '';
CREATE INDEX article_review ON article (review_at) WHERE review_at IS NOT NULL;

CREATE TABLE revision (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	article_id INTEGER NOT NULL REFERENCES article (id),
	number INTEGER NOT NULL,
	base INTEGER NOT NULL,                       -- number it was written upon; 0 for the first
	title TEXT NOT NULL,
	tags TEXT NOT NULL DEFAULT '',               -- one a line, so that restoring brings them back
	author_id INTEGER NOT NULL REFERENCES person (id),
	at INTEGER NOT NULL,
	comment TEXT NOT NULL DEFAULT '',
	minor INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1)),
	kind TEXT NOT NULL DEFAULT 'edit',           -- edit, import, restore, move
	size INTEGER NOT NULL,                       -- bytes of the Markdown
	space_id INTEGER NOT NULL REFERENCES space (id),
	audience_id INTEGER NOT NULL REFERENCES audience (id), -- it was saved under: needed to read it
	form_key TEXT,                               -- of the form sent: twice sent is saved once
	UNIQUE (article_id, number)
) STRICT;
CREATE UNIQUE INDEX revision_form ON revision (author_id, form_key) WHERE form_key IS NOT NULL;
CREATE INDEX revision_author ON revision (author_id, at);

-- The texts stand apart so that lists stay small. The tree comes first: pages read only it.
CREATE TABLE revision_text (
	revision_id INTEGER PRIMARY KEY REFERENCES revision (id),
	tree BLOB,                                   -- see indexer/tree.h; NULL: shown as plain text
	plain TEXT NOT NULL,
	body TEXT NOT NULL                           -- Markdown
) STRICT;

CREATE TABLE alias (
	article_id INTEGER NOT NULL REFERENCES article (id),
	title TEXT NOT NULL,
	title_key TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (article_id, title_key)
) STRICT;
CREATE INDEX alias_title ON alias (title_key);

-- Links of the current revision. A wiki link has a folded title as target, others a public id.
CREATE TABLE link (
	article_id INTEGER NOT NULL REFERENCES article (id),
	position INTEGER NOT NULL,
	target_key TEXT NOT NULL DEFAULT '',
	target_id TEXT NOT NULL DEFAULT '',
	title TEXT NOT NULL DEFAULT '',              -- as written
	PRIMARY KEY (article_id, position)
) STRICT;
CREATE INDEX link_key ON link (target_key) WHERE target_key <> '';
CREATE INDEX link_id ON link (target_id) WHERE target_id <> '';

CREATE TABLE tag (
	article_id INTEGER NOT NULL REFERENCES article (id),
	key TEXT NOT NULL,                           -- folded
	name TEXT NOT NULL,
	PRIMARY KEY (article_id, key)
) STRICT;
CREATE INDEX tag_key ON tag (key, article_id);

CREATE TABLE field (
	article_id INTEGER NOT NULL REFERENCES article (id),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (article_id, name)
) STRICT;

-- The folded title from each of its words on, for completion; cut by audience before anything else.
CREATE TABLE completion (
	audience_id INTEGER NOT NULL REFERENCES audience (id),
	key TEXT NOT NULL,
	article_id INTEGER NOT NULL REFERENCES article (id),
	PRIMARY KEY (audience_id, key, article_id)
) STRICT;
CREATE INDEX completion_article ON completion (article_id);
