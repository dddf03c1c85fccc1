-- The language of the page that a search was asked on was never read.
ALTER TABLE search_log DROP COLUMN lang;
