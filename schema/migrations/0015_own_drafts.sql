-- The first page lists one's own unpublished articles: without this it walked through all articles there are.
CREATE INDEX article_own_draft ON article (creator_id, modified_at) WHERE status = 0;
