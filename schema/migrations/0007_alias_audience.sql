-- A former title is known to those who may read the audience in which the article bore it: who came
-- later, when the article was moved to other readers, must not meet it in links, searches or names.

CREATE TABLE alias_of_audience (
	article_id INTEGER NOT NULL REFERENCES article (id),
	title TEXT NOT NULL,
	title_key TEXT NOT NULL,
	audience_id INTEGER NOT NULL REFERENCES audience (id),
	at INTEGER NOT NULL,
	PRIMARY KEY (article_id, title_key, audience_id)
) STRICT;
INSERT INTO alias_of_audience (article_id, title, title_key, audience_id, at)
	SELECT x.article_id, x.title, x.title_key, coalesce((SELECT v.audience_id FROM revision v
		WHERE v.article_id = x.article_id AND v.title = x.title
		ORDER BY v.number DESC LIMIT 1), a.audience_id), x.at
	FROM alias x JOIN article a ON a.id = x.article_id;
DROP TABLE alias;
ALTER TABLE alias_of_audience RENAME TO alias;
CREATE INDEX alias_title ON alias (title_key);
