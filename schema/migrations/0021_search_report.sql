-- The report of a space reads what searches had to do with it, without looking into every search.
CREATE INDEX search_log_place ON search_log_space (space_id, search_id, asked, found, opened);
