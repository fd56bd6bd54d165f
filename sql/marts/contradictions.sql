-- table: contradictions
-- grain: one row a source, metric, year, period_type, kind, breakdown and pair of facts
-- description: Two statements that stand together on the page of one edition and whose claims do not meet.
SELECT
    CAST(one.source AS VARCHAR) AS source, -- source whose page states both
    CAST(one.metric AS VARCHAR) AS metric, -- metric slug
    CAST(one.year AS INTEGER) AS year, -- reporting year of the cell
    CAST(one.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(one.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(one.breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total
    CAST(one.edition AS INTEGER) AS edition, -- edition whose page states both
    CAST(one.value AS DOUBLE) AS value, -- what it states
    CAST(one.qualifier AS VARCHAR) AS qualifier, -- how its words bound the number
    CAST(one.sentence AS VARCHAR) AS sentence, -- its words
    CAST(one.fact_id AS VARCHAR) AS fact_id, -- its fact
    CAST(other.value AS DOUBLE) AS other_value, -- what it states
    CAST(other.qualifier AS VARCHAR) AS other_qualifier, -- how its words bound the number
    CAST(other.sentence AS VARCHAR) AS other_sentence, -- its words
    CAST(other.fact_id AS VARCHAR) AS other_fact_id -- its fact
FROM staging.statements AS one
INNER JOIN staging.statements AS other
    ON
        one.source = other.source
        AND one.metric = other.metric
        AND one.year = other.year
        AND one.period_type = other.period_type
        AND one.kind = other.kind
        AND one.breakdown = other.breakdown
        AND one.edition IS NOT DISTINCT FROM other.edition
        AND one.edition_rank < other.edition_rank
WHERE NOT one.is_out AND NOT other.is_out AND NOT claims_meet(one.claim, other.claim)
ORDER BY
    one.source, one.metric, one.year, one.period_type, one.kind, one.breakdown, one.edition,
    one.edition_rank, other.edition_rank
