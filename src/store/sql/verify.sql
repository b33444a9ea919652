-- name: verify_attachments :many
-- in: after_id int64, max_n int64
SELECT id, bytes, sha256, removed_at FROM attachment
 WHERE id > :after_id ORDER BY id LIMIT :max_n;

-- name: verify_chunk :maybe
-- in: attachment_id int64, no int64
-- The next chunk from number no on.
SELECT no, bytes FROM attachment_chunk
 WHERE attachment_id = :attachment_id AND no >= :no ORDER BY no LIMIT 1;
