-- table: revisions
-- grain: one row a source, metric, year, period_type, kind, breakdown and edition that was restated
-- description: The same cell stated differently by different editions: what an edition says, and the first later edition whose claim does not meet it.
SELECT
    CAST(earlier.source AS VARCHAR) AS source, -- source whose page states both
    CAST(earlier.metric AS VARCHAR) AS metric, -- metric slug
    CAST(earlier.year AS INTEGER) AS year, -- reporting year of the cell
    CAST(earlier.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(earlier.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(earlier.breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total
    CAST(earlier.edition AS INTEGER) AS earlier_edition, -- edition that was restated
    CAST(earlier.value AS DOUBLE) AS earlier_value, -- what it states
    CAST(earlier.qualifier AS VARCHAR) AS earlier_qualifier, -- how its words bound the number
    CAST(earlier.sentence AS VARCHAR) AS earlier_sentence, -- its words
    CAST(earlier.fact_id AS VARCHAR) AS earlier_fact_id, -- its fact
    CAST(later.edition AS INTEGER) AS later_edition, -- first later edition that does not agree
    CAST(later.value AS DOUBLE) AS later_value, -- what it states
    CAST(later.qualifier AS VARCHAR) AS later_qualifier, -- how its words bound the number
    CAST(later.sentence AS VARCHAR) AS later_sentence, -- its words
    CAST(later.fact_id AS VARCHAR) AS later_fact_id, -- its fact
    CAST(later.value - earlier.value AS DOUBLE) AS difference -- later value less earlier value
FROM staging.statements AS earlier
INNER JOIN staging.statements AS later
    ON
        earlier.source = later.source
        AND earlier.metric = later.metric
        AND earlier.year = later.year
        AND earlier.period_type = later.period_type
        AND earlier.kind = later.kind
        AND earlier.breakdown = later.breakdown
        AND earlier.edition < later.edition
WHERE
    earlier.edition_rank = 1
    AND later.edition_rank = 1
    AND NOT claims_meet(earlier.claim, later.claim)
QUALIFY row_number() OVER (
    PARTITION BY earlier.source, earlier.metric, earlier.year, earlier.period_type, earlier.kind, earlier.breakdown,
        earlier.edition
    ORDER BY later.edition
) = 1
ORDER BY
    earlier.source, earlier.metric, earlier.year, earlier.period_type, earlier.kind, earlier.breakdown, earlier.edition
