-- table: reconciliations
-- grain: one row a source, identity, edition, year, period_type, kind, lhs and rhs
-- description: Identities of the source's card, checked on what each capture states by itself: parts and total, shares and 100. Listed only when complete, every member stated with two ends. A rounded number may be off by its resolution, a percentage by half of it. Captures of one edition that state the same count once.
SELECT
    CAST(identities.source AS VARCHAR) AS source, -- source whose card states the identity
    CAST(identities.identity AS VARCHAR) AS identity, -- the identity, readable
    CAST(identities.rule AS VARCHAR) AS rule, -- sum (the parts add up to the total) or shares (they add up to 100)
    CAST(identities.metric AS VARCHAR) AS metric, -- metric slug
    CAST(identities.dimension AS VARCHAR) AS dimension, -- dimension whose members are the parts
    CAST(identities.edition AS INTEGER) AS edition, -- edition that states all of them
    CAST(identities.year AS INTEGER) AS year, -- reporting year
    CAST(identities.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(identities.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(identities.lhs AS DOUBLE) AS lhs, -- sum of the parts
    CAST(identities.rhs AS DOUBLE) AS rhs, -- total as stated, or 100
    CAST(identities.tolerance AS DOUBLE) AS tolerance, -- how far both sides may differ for want of digits
    CAST(CASE WHEN identities.holds THEN 'holds' ELSE 'fails' END AS VARCHAR) AS outcome, -- holds or fails; what fails is held back unless a person accepted the capture
    CAST(captures.accepted AS VARCHAR) AS accepted, -- why a person let the capture through; NULL when nobody did
    CAST(identities.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the first capture that states them so; join captures
    CAST(identities.part_fact_ids AS VARCHAR[]) AS part_fact_ids, -- facts of the parts, by member
    CAST(identities.total_fact_id AS VARCHAR) AS total_fact_id -- fact of the total; NULL for shares
FROM staging.identities AS identities
INNER JOIN base.captures AS captures
    ON
        identities.source = captures.source
        AND identities.capture_sha256 = captures.sha256
        AND captures.sighting_of IS NULL
INNER JOIN staging.captures AS marked
    ON captures.source = marked.source AND captures.capture_id = marked.capture_id AND marked.refused IS NULL
QUALIFY row_number() OVER (
    PARTITION BY
        identities.source, identities.identity, identities.edition, identities.year, identities.period_type,
        identities.kind, identities.lhs, identities.rhs
    ORDER BY captures.captured_at, captures.capture_id
) = 1
ORDER BY source, identity, edition, year, period_type, kind, captures.captured_at, captures.capture_id
