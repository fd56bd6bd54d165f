-- audit: identities_hold
-- promise: Parts add up to their total and shares to 100, within an edition and the digits it gives.
-- blocking: yes
SELECT
    source,
    identity,
    edition,
    year,
    period_type,
    lhs,
    rhs,
    tolerance
FROM reconciliations
WHERE outcome <> 'holds'
