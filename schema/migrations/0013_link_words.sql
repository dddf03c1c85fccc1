-- The words with which articles link to each other, which find the target too; and which articles were
-- touched by the links of another: they are indexed anew with its journal row.

ALTER TABLE link ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- shown; empty: the title

CREATE TABLE linked (
	article_id INTEGER PRIMARY KEY REFERENCES article (id),
	seq INTEGER NOT NULL,                  -- newest journal row that changed links to it
	hidden_seq INTEGER NOT NULL DEFAULT 0  -- newest that hid an article with such links
) STRICT;
CREATE INDEX linked_seq ON linked (seq);
CREATE INDEX linked_hidden ON linked (hidden_seq) WHERE hidden_seq <> 0;
