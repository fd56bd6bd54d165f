-- audit: figures_agree
-- promise: Shares of a total make the parts that are stated, years add up to totals to date, which do not fall, changes are what their two values make, and no figure jumps beyond the bound of its card. What does not is told and stays published.
-- blocking: no
SELECT
    source,
    identity,
    rule,
    edition,
    year,
    lhs,
    rhs,
    difference,
    tolerance,
    capture_sha256[1:12] AS capture
FROM reconciliations
WHERE rule NOT IN ('sum', 'shares') AND outcome <> 'holds' AND accepted IS NULL
