-- table: edition_statements
-- grain: one row a source, edition and fact_id
-- description: What each edition states of each series (metric, period_type, kind and breakdown) after its corrections, and how it is put. What is held back is stated too, though not believed. The macro compare reads it.
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(edition AS INTEGER) AS edition, -- edition that states it
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total
    CAST(series AS VARCHAR) AS series, -- metric, period_type, kind and breakdown in one
    CAST(year AS INTEGER) AS year, -- reporting year
    CAST(value AS DOUBLE) AS value, -- stated number
    CAST(claim AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(statement AS VARCHAR) AS statement, -- the words, readable
    CAST(wording AS VARCHAR) AS wording, -- how it is put, whatever its numbers
    CAST(words AS VARCHAR[]) AS words, -- words that say what it speaks of
    CAST(narrowings AS VARCHAR[]) AS narrowings, -- words that narrow the thing it counts
    CAST(is_believed AS BOOLEAN) AS is_believed, -- whether it may speak for a cell of metric_year
    CAST(leads_cell AS BOOLEAN) AS leads_cell, -- whether it speaks for its edition of its year
    CAST(is_latest AS BOOLEAN) AS is_latest, -- whether it is of the latest year that the edition states of the series
    CAST(series_rank AS INTEGER) AS series_rank, -- 1 speaks for the series in its edition
    CAST(fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words; join facts on source and fact_id
FROM staging.stated
ORDER BY source, edition, metric, period_type, kind, breakdown, series_rank
