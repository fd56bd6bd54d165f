-- table: staging.stated
-- grain: one row a source, edition and fact
-- description: What each edition states of each series of metric_year, after its corrections, with how it is put. What is held back is stated too, though not believed. Working table.
SELECT
    CAST(statements.source AS VARCHAR) AS source, -- source whose page states it
    CAST(statements.edition AS INTEGER) AS edition, -- edition that states it
    CAST(statements.metric AS VARCHAR) AS metric, -- metric slug
    CAST(statements.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(statements.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(statements.breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for the total
    CAST(concat_ws(' ', statements.metric, statements.period_type, statements.kind, statements.breakdown) AS VARCHAR) AS series, -- metric, period_type, kind and breakdown in one
    CAST(statements.year AS INTEGER) AS year, -- reporting year
    CAST(statements.value AS DECIMAL(38, 10)) AS value, -- stated number
    CAST(statements.claim AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(statements.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(facts.resolution AS DECIMAL(38, 10)) AS resolution, -- place value of the last digit written
    CAST(statements.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(statements.period_start AS DATE) AS period_start, -- first day of the period
    CAST(facts.aggregation AS VARCHAR) AS aggregation, -- rate or average
    CAST(facts.statement AS VARCHAR) AS statement, -- the words, readable
    CAST(facts.wording AS VARCHAR) AS wording, -- how it is put, whatever its numbers
    CAST(facts.words AS VARCHAR[]) AS words, -- words that say what it speaks of
    CAST(facts.narrowings AS VARCHAR[]) AS narrowings, -- words that narrow the thing it counts
    CAST(statements.held_back IS NULL AS BOOLEAN) AS is_believed, -- whether it may speak for a cell
    CAST(statements.held_back IS NULL AND statements.edition_rank = 1 AS BOOLEAN) AS leads_cell, -- whether it speaks for its edition
    CAST(statements.year = max(statements.year) OVER series AS BOOLEAN) AS is_latest, -- whether it is of the latest year that the edition states of the series
    CAST(row_number() OVER (
        series ORDER BY statements.year DESC, statements.held_back IS NOT NULL, statements.edition_rank, statements.fact_id
    ) AS INTEGER) AS series_rank, -- 1 speaks for the series in its edition
    CAST(statements.fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words
FROM staging.statements AS statements
INNER JOIN staging.facts AS facts ON statements.source = facts.source AND statements.fact_id = facts.fact_id
WHERE statements.edition IS NOT NULL AND (NOT statements.is_out OR statements.held_back IS NOT NULL)
WINDOW series AS (
    PARTITION BY
        statements.source, statements.edition, statements.metric, statements.period_type, statements.kind,
        statements.breakdown
)
ORDER BY source, edition, metric, period_type, kind, breakdown, series_rank
