-- table: review_queue
-- grain: one row a source, edition, sentence, place in the sentence and value
-- description: Statistics that neither a person nor a rule of their source's card has given a metric yet, and that nobody dismissed, the latest edition first. Captures of one edition that repeat the words count once.
SELECT
    CAST(facts.source AS VARCHAR) AS source, -- source whose page states it
    CAST(facts.edition AS INTEGER) AS edition, -- edition that states it
    CAST(facts.label AS VARCHAR) AS label, -- suggested label, from the words around the number
    CAST(facts.kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change, change_percent, money, duration or measure
    CAST(facts.value AS DOUBLE) AS value, -- stated number
    CAST(facts.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(facts.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(facts.period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(facts.year AS INTEGER) AS year, -- reporting year
    CAST(facts.aggregation AS VARCHAR) AS aggregation, -- rate or average, such as each_year
    CAST(facts.surface AS VARCHAR) AS surface, -- numeral as written
    CAST(facts.sentence AS VARCHAR) AS sentence, -- the words
    CAST(facts.headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(facts.text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(facts.fact_id AS VARCHAR) AS fact_id, -- fact of the first capture with these words; join facts on source and fact_id
    CAST(suggestions.suggestions AS VARCHAR[]) AS suggestions -- up to three metrics it may be, the likest first, by the words of what is mapped and of the card's labels; a place to begin, nothing is published by it
FROM staging.facts AS facts
INNER JOIN staging.suggestions AS suggestions
    ON facts.source = suggestions.source AND facts.fact_id = suggestions.fact_id
WHERE facts.metric IS NULL AND NOT facts.dismissed
QUALIFY row_number() OVER (
    PARTITION BY facts.source, facts.edition, facts.sentence, facts."start", facts.value, facts.kind
    ORDER BY facts.captured_at, facts.capture_sha256, facts.passage_index, facts.fact_id
) = 1
ORDER BY facts.source, facts.edition DESC NULLS LAST, facts.passage_index, facts."start", facts.fact_id
