-- Which editor a person opens first: the text's source, or the visual one.
ALTER TABLE person ADD COLUMN visual INTEGER NOT NULL DEFAULT 0 CHECK (visual IN (0, 1));

-- Who else is writing at an article just now.
CREATE INDEX draft_article ON draft (article_id, at);
