-- table: staging.held_back
-- grain: one row a source and fact_id
-- description: Facts that state a cell of an identity that does not hold on their page. Working table.
WITH broken AS (
    SELECT
        source,
        capture_sha256,
        metric,
        year,
        period_type,
        kind,
        unnest(breakdowns) AS breakdown,
        identity
    FROM staging.identities
    WHERE NOT holds
)

SELECT
    CAST(claims.source AS VARCHAR) AS source, -- source whose page states it
    CAST(claims.fact_id AS VARCHAR) AS fact_id, -- the fact
    CAST(string_agg(DISTINCT broken.identity, '; ' ORDER BY broken.identity) AS VARCHAR) AS identities -- what does not hold
FROM staging.claims AS claims
INNER JOIN broken
    ON
        claims.source = broken.source
        AND claims.capture_sha256 = broken.capture_sha256
        AND claims.metric = broken.metric
        AND claims.year = broken.year
        AND claims.period_type = broken.period_type
        AND claims.kind = broken.kind
        AND claims.breakdown = broken.breakdown
WHERE claims.speaks
GROUP BY claims.source, claims.fact_id
ORDER BY source, fact_id
