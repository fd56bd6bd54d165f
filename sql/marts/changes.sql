-- table: changes
-- grain: one row a source, edition, sentence, place in the sentence and value
-- description: Changes and multipliers, as stated, with the year they compare with. Captures of one edition that repeat the words count once.
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(metric AS VARCHAR) AS metric, -- metric slug; NULL while no rule of the card maps it
    CAST(label AS VARCHAR) AS label, -- what it measures, readable
    CAST(kind AS VARCHAR) AS kind, -- change (absolute), change_percent or multiplier
    CAST(breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total
    CAST(base_year AS INTEGER) AS base_year, -- earlier year of the comparison, when stated
    CAST(year AS INTEGER) AS year, -- later year of the comparison
    CAST(period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(period_start AS DATE) AS period_start, -- first day of the period, when known
    CAST(period_end AS DATE) AS period_end, -- last day of the period, when known
    CAST(value AS DOUBLE) AS value, -- stated number; a decrease is negative; doubled is 2
    CAST(value_low AS DOUBLE) AS value_low, -- lower end of what the words claim
    CAST(value_high AS DOUBLE) AS value_high, -- upper end of what the words claim
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(unit AS VARCHAR) AS unit, -- percent, or what is counted
    CAST(edition AS INTEGER) AS edition, -- edition that states it
    CAST(sentence AS VARCHAR) AS sentence, -- the words
    CAST(fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words; join facts on source and fact_id
FROM staging.facts
WHERE kind IN ('change', 'change_percent', 'multiplier')
QUALIFY row_number() OVER (
    PARTITION BY source, edition, sentence, "start", value, kind, metric, breakdown
    ORDER BY captured_at, capture_sha256, passage_index, fact_id
) = 1
ORDER BY source, metric, year, base_year, kind, breakdown, edition, passage_index, "start", fact_id
