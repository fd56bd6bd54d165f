-- table: staging.identities
-- grain: one row a source, capture_sha256, identity, year, period_type and kind
-- description: Identities of the source's card, checked on what one capture states by itself: parts and total, shares and 100. Listed only when complete, every member stated with two ends. A rounded number may be off by its resolution, a percentage by half of it.
WITH stated AS MATERIALIZED (
    SELECT
        source,
        fact_id,
        capture_sha256,
        edition,
        metric,
        year,
        period_type,
        kind,
        breakdown,
        value,
        CASE
            WHEN kind = 'percent' AND qualifier = 'exact' THEN CAST(resolution * 0.5 AS DECIMAL(38, 10))
            ELSE greatest(claim.high - value, value - claim.low)
        END AS margin
    FROM staging.claims
    WHERE speaks AND problem IS NULL AND claim.low IS NOT NULL AND claim.high IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY source, capture_sha256, metric, year, period_type, kind, breakdown
        ORDER BY claim.low = claim.high DESC, claim.high - claim.low, passage_index, "start", fact_id
    ) = 1
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
        members.certain,
        members.metric,
        members.dimension,
        stated.capture_sha256,
        stated.edition,
        stated.year,
        stated.period_type,
        stated.kind,
        sum(stated.value) AS value,
        sum(stated.margin) AS margin,
        list(stated.fact_id ORDER BY stated.breakdown) AS fact_ids,
        list(stated.breakdown ORDER BY stated.breakdown) AS breakdowns
    FROM members
    INNER JOIN stated
        ON
            members.source = stated.source
            AND members.metric = stated.metric
            AND members.dimension || '=' || members.member = stated.breakdown
    GROUP BY ALL
    HAVING count(*) = max(len(members.members))
),

both_sides AS (
    SELECT
        parts.*,
        total.fact_id AS total_fact_id,
        CASE WHEN parts.rule = 'shares' THEN 100 ELSE total.value END AS total_value,
        parts.margin + CASE WHEN parts.rule = 'shares' THEN 0 ELSE total.margin END AS tolerance
    FROM parts
    LEFT JOIN stated AS total
        ON
            parts.rule = 'sum'
            AND parts.source = total.source
            AND parts.capture_sha256 = total.capture_sha256
            AND parts.metric = total.metric
            AND parts.year = total.year
            AND parts.period_type = total.period_type
            AND parts.kind = total.kind
            AND total.breakdown = ''
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose card states the identity
    CAST(capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the capture that states all of them
    CAST(identity AS VARCHAR) AS identity, -- the identity, readable
    CAST(rule AS VARCHAR) AS rule, -- sum (the parts add up to the total) or shares (they add up to 100)
    CAST(certain AS BOOLEAN) AS certain, -- whether its card says that it holds by definition
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(dimension AS VARCHAR) AS dimension, -- dimension whose members are the parts
    CAST(edition AS INTEGER) AS edition, -- edition of the capture
    CAST(year AS INTEGER) AS year, -- reporting year
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(value AS DECIMAL(38, 10)) AS lhs, -- sum of the parts
    CAST(total_value AS DECIMAL(38, 10)) AS rhs, -- total as stated, or 100
    CAST(tolerance AS DECIMAL(38, 10)) AS tolerance, -- how far both sides may differ for want of digits
    CAST(abs(value - total_value) <= tolerance AS BOOLEAN) AS holds, -- whether it holds
    CAST(CASE WHEN rule = 'sum' THEN list_prepend('', breakdowns) ELSE breakdowns END AS VARCHAR[]) AS breakdowns, -- cells it joins: the total's and its parts'
    CAST(fact_ids AS VARCHAR[]) AS part_fact_ids, -- facts of the parts, by member
    CAST(total_fact_id AS VARCHAR) AS total_fact_id -- fact of the total; NULL for shares
FROM both_sides
WHERE total_value IS NOT NULL
ORDER BY source, capture_sha256, identity, year, period_type, kind
