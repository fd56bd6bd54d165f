-- table: reconciliations
-- grain: one row a source, identity, edition, year, period_type and kind
-- description: Identities of the source's card, checked within an edition: parts and total, shares and 100. Listed only when complete, every member stated with two ends. A rounded number may be off by its resolution, a percentage by half of it.
WITH margins AS (
    SELECT
        *,
        CASE
            WHEN kind = 'percent' AND qualifier = 'exact' THEN CAST(resolution * 0.5 AS DECIMAL(38, 10))
            ELSE greatest(claim.high - value, value - claim.low)
        END AS margin
    FROM staging.statements
    WHERE edition_rank = 1 AND claim.low IS NOT NULL AND claim.high IS NOT NULL
),

members AS (
    SELECT
        *,
        unnest(members) AS member
    FROM base.identities
),

parts AS (
    SELECT
        members.source,
        members.identity,
        members.rule,
        members.metric,
        members.dimension,
        margins.edition,
        margins.year,
        margins.period_type,
        margins.kind,
        sum(margins.value) AS value,
        sum(margins.margin) AS margin,
        list(margins.fact_id ORDER BY margins.breakdown) AS fact_ids
    FROM members
    INNER JOIN margins
        ON
            members.source = margins.source
            AND members.metric = margins.metric
            AND margins.breakdown = members.dimension || '=' || members.member
    GROUP BY ALL
    HAVING count(*) = max(len(members.members))
),

both_sides AS (
    SELECT
        parts.*,
        CASE WHEN parts.rule = 'shares' THEN 100 ELSE total.value END AS total_value,
        CASE WHEN parts.rule = 'shares' THEN 0 ELSE total.margin END AS total_margin,
        total.fact_id AS total_fact_id
    FROM parts
    LEFT JOIN margins AS total
        ON
            parts.rule = 'sum'
            AND parts.source = total.source
            AND parts.metric = total.metric
            AND parts.edition IS NOT DISTINCT FROM total.edition
            AND parts.year = total.year
            AND parts.period_type = total.period_type
            AND parts.kind = total.kind
            AND total.breakdown = ''
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose card states the identity
    CAST(identity AS VARCHAR) AS identity, -- the identity, readable
    CAST(rule AS VARCHAR) AS rule, -- sum (the parts add up to the total) or shares (they add up to 100)
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(dimension AS VARCHAR) AS dimension, -- dimension whose members are the parts
    CAST(edition AS INTEGER) AS edition, -- edition that states all of them
    CAST(year AS INTEGER) AS year, -- reporting year
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(value AS DOUBLE) AS lhs, -- sum of the parts
    CAST(total_value AS DOUBLE) AS rhs, -- total as stated, or 100
    CAST(margin + total_margin AS DOUBLE) AS tolerance, -- how far both sides may differ for want of digits
    CAST(CASE WHEN abs(value - total_value) <= margin + total_margin THEN 'holds' ELSE 'fails' END AS VARCHAR) AS outcome, -- holds or fails
    CAST(fact_ids AS VARCHAR[]) AS part_fact_ids, -- facts of the parts, by member
    CAST(total_fact_id AS VARCHAR) AS total_fact_id -- fact of the total; NULL for shares
FROM both_sides
WHERE total_value IS NOT NULL
ORDER BY source, identity, edition, year, period_type, kind
