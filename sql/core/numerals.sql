-- table: numerals
-- grain: one row a source, capture_sha256, passage_index and start
-- description: The ledger: every number mention of every capture and what became of it.
SELECT
    CAST(numerals.source AS VARCHAR) AS source, -- source whose page holds it
    CAST(numerals.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from; join captures
    CAST(numerals.surface AS VARCHAR) AS surface, -- numeral as written
    CAST(numerals."start" AS INTEGER) AS "start", -- first code point of the numeral in passage_text, from 0
    CAST(numerals."end" AS INTEGER) AS "end", -- code point after the numeral
    CAST(numerals.passage_text AS VARCHAR) AS passage_text, -- text of the passage, white space normalised
    CAST(numerals.passage_index AS INTEGER) AS passage_index, -- position of the passage in the page, from 0
    CAST(numerals.xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(numerals.value AS DOUBLE) AS value, -- the number, when it is one; NULL beyond 10^28
    CAST(numerals.value_low AS DOUBLE) AS value_low, -- lower end of what the words claim; NULL when unbounded
    CAST(numerals.value_high AS DOUBLE) AS value_high, -- upper end of what the words claim; NULL when unbounded
    CAST(numerals.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(numerals.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(numerals.class AS VARCHAR) AS class, -- statistic, duration, age, date, time, ordinal, identifier, reference or idiom
    CAST(CASE WHEN decided.excluded IS NULL THEN numerals.disposition ELSE 'excluded' END AS VARCHAR) AS disposition, -- fact or excluded
    CAST(CASE WHEN decided.excluded IS NULL THEN numerals.reason ELSE 'decided: ' || decided.excluded END AS VARCHAR) AS reason, -- why it was excluded; begins with "decided: " when a person did
    CAST(CASE WHEN decided.excluded IS NULL THEN numerals.fact_id END AS VARCHAR) AS fact_id -- the fact it became
FROM base.numerals AS numerals
LEFT JOIN base.decided AS decided ON numerals.source = decided.source AND numerals.fact_id = decided.fact_id
WHERE EXISTS (
    SELECT 1
    FROM staging.captures AS captures
    WHERE
        captures.source = numerals.source
        AND captures.reading_sha256 = numerals.capture_sha256
        AND captures.refused IS NULL
)
ORDER BY numerals.source, numerals.capture_sha256, numerals.passage_index, numerals."start", numerals."end"
