-- name: x :many
SELECT r.id FROM thing t RIGHT JOIN remark r ON r.id = t.id;
--! 1: x: write RIGHT and FULL JOIN as LEFT JOIN
