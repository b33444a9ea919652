-- What a search asks of each hit before it is ranked, without the row that carries the text.
CREATE INDEX search_doc_facts ON search_doc (id, kind, object_id, year, body_id, at, is_public);
