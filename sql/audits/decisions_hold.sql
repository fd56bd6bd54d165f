-- audit: decisions_hold
-- promise: Every decision applies, or is not needed since the rules say so now. What the page, or its reading, has changed under it is told until somebody decides anew.
-- blocking: no
SELECT
    source,
    decision,
    outcome,
    detail,
    action,
    made_by,
    fact_ids
FROM decisions
WHERE outcome NOT IN ('applies', 'not_needed')
