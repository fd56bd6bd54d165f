-- table: review_queue
-- grain: one row a source, edition, sentence, place in the sentence and value
-- description: Statistics that no rule of their source's card maps to a metric yet, the latest edition first. Captures of one edition that repeat the words count once.
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(edition AS INTEGER) AS edition, -- edition that states it
    CAST(label AS VARCHAR) AS label, -- suggested label, from the words around the number
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change, change_percent, money, duration or measure
    CAST(value AS DOUBLE) AS value, -- stated number
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(year AS INTEGER) AS year, -- reporting year
    CAST(aggregation AS VARCHAR) AS aggregation, -- rate or average, such as each_year
    CAST(surface AS VARCHAR) AS surface, -- numeral as written
    CAST(sentence AS VARCHAR) AS sentence, -- the words
    CAST(headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words; join facts on source and fact_id
FROM staging.facts
WHERE metric IS NULL
QUALIFY row_number() OVER (
    PARTITION BY source, edition, sentence, "start", value, kind
    ORDER BY captured_at, capture_sha256, passage_index, fact_id
) = 1
ORDER BY source, edition DESC NULLS LAST, passage_index, "start", fact_id
