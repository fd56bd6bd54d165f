-- table: statements
-- grain: one row a source, metric, year, period_type, kind, breakdown, edition, sentence, value and qualifier
-- description: Every distinct statement behind a cell of metric_year, the one taken first, with what became of the others and why.
WITH compared AS (
    SELECT
        statements.*,
        chosen.is_exact AS chosen_is_exact,
        chosen.edition AS chosen_edition,
        chosen.width AS chosen_width,
        chosen.last_seen AS chosen_last_seen,
        claims_meet(statements.claim, chosen.claim) AS agrees,
        count(*) OVER cell AS in_cell,
        count(*) FILTER (WHERE NOT statements.is_exact) OVER cell AS inexact_in_cell,
        min(statements.edition) OVER cell < max(statements.edition) OVER cell AS several_editions
    FROM staging.statements AS statements
    INNER JOIN staging.statements AS chosen
        ON
            statements.source = chosen.source
            AND statements.metric = chosen.metric
            AND statements.year = chosen.year
            AND statements.period_type = chosen.period_type
            AND statements.kind = chosen.kind
            AND statements.breakdown = chosen.breakdown
            AND chosen.cell_rank = 1
    WINDOW cell AS (
        PARTITION BY
            statements.source, statements.metric, statements.year, statements.period_type, statements.kind,
            statements.breakdown
    )
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(year AS INTEGER) AS year, -- reporting year of the cell
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for the total
    CAST(cell_rank AS INTEGER) AS precedence, -- 1 is the statement the cell takes
    CAST(CASE
        WHEN cell_rank = 1 THEN 'taken'
        WHEN agrees THEN 'agrees'
        WHEN edition < chosen_edition THEN 'revised'
        ELSE 'contradicts'
    END AS VARCHAR) AS outcome, -- taken, agrees (the claims meet), revised (a later edition restates it) or contradicts
    CAST(CASE
        WHEN in_cell = 1 THEN 'the only statement'
        WHEN cell_rank = 1 AND is_exact AND inexact_in_cell > 0 THEN 'the latest exact statement'
        WHEN cell_rank = 1 AND several_editions THEN 'from the latest edition that states it'
        WHEN cell_rank = 1 THEN 'first in precedence within its edition'
        WHEN chosen_is_exact AND NOT is_exact THEN 'rounded or bounded; the statement taken is exact'
        WHEN edition IS DISTINCT FROM chosen_edition THEN 'a later edition states it'
        WHEN width IS DISTINCT FROM chosen_width THEN 'same edition; the statement taken claims less room'
        WHEN last_seen < chosen_last_seen THEN 'same edition; no longer on the page when last captured'
        ELSE 'same edition; the statement taken stands first on the page'
    END AS VARCHAR) AS reason, -- why it was taken or not
    CAST(edition AS INTEGER) AS edition, -- edition that states it
    CAST(sentence AS VARCHAR) AS sentence, -- the words
    CAST(value AS DOUBLE) AS value, -- stated number; whole numbers are exact below 2^53
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(value_low AS DOUBLE) AS value_low, -- lower end of what the words claim
    CAST(value_high AS DOUBLE) AS value_high, -- upper end of what the words claim
    CAST(unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(first_seen AS TIMESTAMP) AS first_seen, -- first capture with these words, UTC
    CAST(last_seen AS TIMESTAMP) AS last_seen, -- last retrieval of a page with these words, changed or not, UTC
    CAST(fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words; join facts on source and fact_id
FROM compared
ORDER BY source, metric, year, period_type, kind, breakdown, precedence
