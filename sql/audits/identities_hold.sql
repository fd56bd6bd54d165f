-- audit: identities_hold
-- promise: Parts add up to their total and shares to 100, on what each capture states and within the digits it gives. What does not is held back until a person accepts the capture.
-- blocking: no
SELECT
    source,
    identity,
    edition,
    year,
    period_type,
    lhs,
    rhs,
    tolerance,
    capture_sha256[1:12] AS capture
FROM reconciliations
WHERE rule IN ('sum', 'shares') AND outcome <> 'holds' AND accepted IS NULL
