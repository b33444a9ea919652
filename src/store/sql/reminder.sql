-- What the program reminds of by itself. Which parties are behind is core's question.

-- name: reminder_rounds :many
-- in: state int64, now_at int64, until_at int64, before_s int64
-- Rounds under way whose deadline is near, and that were opened before it was.
SELECT r.pid
  FROM round r JOIN matter m ON m.id = r.matter_id
 WHERE r.closed_at = 0 AND r.cancelled_at = 0 AND m.state = :state
   AND r.deadline_at > :now_at AND r.deadline_at <= :until_at
   AND r.opened_at < r.deadline_at - :before_s
   AND EXISTS (SELECT 1 FROM round_party t
                WHERE t.round_id = r.id AND t.answered_at = 0
                  AND t.reminded_at < r.deadline_at - :before_s)
 ORDER BY r.deadline_at, r.id LIMIT 100;

-- name: reminder_decisions :many
-- in: before_at int64
-- Decisions under way that somebody was told of before then, has not confirmed, and has not
-- been reminded of.
SELECT d.id
  FROM decision d
 WHERE d.closed_at = 0 AND d.due_day >= 0 AND d.final_at > 0 AND d.replaced_by_id = 0
   AND EXISTS (SELECT 1 FROM followup f
                WHERE f.decision_id = d.id AND f.sent_at > 0 AND f.sent_at < :before_at
                  AND f.seen_at = 0 AND f.reminded_at = 0 AND f.status <= 3)
 ORDER BY d.due_day, d.id LIMIT 100;
