-- table: staging.shares_of_total
-- grain: one row a source, edition, share, year and period_type
-- description: A share of a total against the part that is stated in numbers, where one edition states all three: the metric's own percentage, or that of a metric whose card names the whole. Working table.
WITH stated AS (
    SELECT
        stated.*,
        coalesce(metrics.share_of, stated.metric) AS whole
    FROM staging.stated AS stated
    INNER JOIN base.metrics AS metrics ON stated.source = metrics.source AND stated.metric = metrics.metric
    WHERE stated.leads_cell
),

compared AS (
    SELECT
        share.source,
        share.edition,
        share.year,
        share.period_type,
        share.breakdown,
        share.metric AS share_metric,
        total.metric,
        total.kind,
        CASE share.kind WHEN 'percent' THEN 0.01 ELSE 1.0 END AS one,
        CAST(share.value AS DOUBLE) AS share_value,
        CAST(total.value AS DOUBLE) AS total_value,
        CAST(part.value AS DOUBLE) AS part_value,
        share.claim AS share_claim,
        total.claim AS total_claim,
        part.claim AS part_claim,
        share.fact_id AS share_fact_id,
        total.fact_id AS total_fact_id,
        part.fact_id AS part_fact_id
    FROM stated AS share
    INNER JOIN stated AS total
        ON
            share.source = total.source
            AND share.edition = total.edition
            AND share.whole = total.metric
            AND share.year = total.year
            AND share.period_type = total.period_type
            AND total.breakdown = ''
    INNER JOIN stated AS part
        ON
            total.source = part.source
            AND total.edition = part.edition
            AND total.metric = part.metric
            AND total.year = part.year
            AND total.period_type = part.period_type
            AND total.kind = part.kind
            AND share.breakdown = part.breakdown
    WHERE
        share.kind IN ('percent', 'ratio')
        AND share.breakdown <> ''
        AND total.kind IN ('count', 'money', 'measure')
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states all of them
    CAST(format('{} of {}, {}', share_metric, metric, breakdown) AS VARCHAR) AS identity, -- the identity, readable
    CAST(metric AS VARCHAR) AS metric, -- metric of the whole
    CAST(edition AS INTEGER) AS edition, -- edition that states all of them
    CAST(year AS INTEGER) AS year, -- reporting year
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, money or measure
    CAST(round(share_value * total_value * one, 6) AS DOUBLE) AS lhs, -- the share times the total
    CAST(part_value AS DOUBLE) AS rhs, -- the part as stated
    CAST(
        (margin(share_value, share_claim) * total_value + share_value * margin(total_value, total_claim)) * one
        + margin(part_value, part_claim)
    AS DOUBLE) AS tolerance, -- how far both sides may differ for want of digits
    CAST(claims_meet(
        between_ends(share_claim.low * total_claim.low * one, share_claim.high * total_claim.high * one), part_claim
    ) AS BOOLEAN) AS holds, -- whether some number is both
    CAST([share_fact_id, total_fact_id] AS VARCHAR[]) AS part_fact_ids, -- facts of the left side
    CAST(part_fact_id AS VARCHAR) AS total_fact_id, -- fact of the right side
    CAST(share_fact_id AS VARCHAR) AS fact_id -- fact that is put to the test
FROM compared
ORDER BY source, identity, edition, year, period_type, kind
