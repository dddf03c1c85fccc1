-- Completion reads nothing but this table's own key: with the article beside each row, half a thousand titles
-- cost over a millisecond in a large record. `later` is 0 for whole titles, which come first.
CREATE TABLE completion_listed (
	audience_id INTEGER NOT NULL REFERENCES audience (id),
	listed INTEGER NOT NULL CHECK (listed IN (0, 1)), -- neither draft nor deleted
	later INTEGER NOT NULL CHECK (later IN (0, 1)),   -- from another word than the first on
	key TEXT NOT NULL,
	article_id INTEGER NOT NULL REFERENCES article (id),
	PRIMARY KEY (audience_id, listed, later, key, article_id)
) STRICT;
INSERT INTO completion_listed (audience_id, listed, later, key, article_id)
SELECT c.audience_id, CASE WHEN a.deleted_at IS NULL AND a.status <> 0 THEN 1 ELSE 0 END,
	-- Long ones are cut at 80 bytes, perhaps within a letter.
	CASE WHEN c.key = a.title_key OR (length(c.key) >= 20
		AND substr(c.key, 1, length(c.key) - 1) = substr(a.title_key, 1, length(c.key) - 1))
	THEN 0 ELSE 1 END, c.key, c.article_id
FROM completion c JOIN article a ON a.id = c.article_id;
DROP TABLE completion;
ALTER TABLE completion_listed RENAME TO completion;
CREATE INDEX completion_article ON completion (article_id);
