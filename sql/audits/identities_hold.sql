-- audit: identities_hold
-- promise: Parts add up to their total and shares to 100, within an edition and the digits it gives, unless a person accepted the capture that states them.
-- blocking: yes
SELECT
    reconciliations.source,
    reconciliations.identity,
    reconciliations.edition,
    reconciliations.year,
    reconciliations.period_type,
    reconciliations.lhs,
    reconciliations.rhs,
    reconciliations.tolerance,
    max_by(captures.sha256[1:12], captures.captured_at) AS capture
FROM reconciliations
INNER JOIN facts
    ON
        reconciliations.source = facts.source
        AND list_contains(list_append(reconciliations.part_fact_ids, reconciliations.total_fact_id), facts.fact_id)
INNER JOIN captures ON facts.source = captures.source AND facts.capture_sha256 = captures.sha256
WHERE reconciliations.outcome <> 'holds'
GROUP BY ALL
HAVING count(captures.accepted) = 0
