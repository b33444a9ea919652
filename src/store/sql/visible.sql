-- The one predicate for what somebody may see. Every list, count, search and page uses it.

-- fragment: visible(kind, object)
EXISTS (SELECT 1 FROM access x
         WHERE x.kind = kind AND x.object_id = object AND x.audience_id IN (:audiences));
