-- table: staging.facts
-- grain: one row a source and fact_id
-- description: Every fact of every capture, exact decimals, with the breakdown as text and the interval its words claim. Working table; analysts read facts.
SELECT
    CAST(fact_id AS VARCHAR) AS fact_id, -- identifier, from the capture's bytes, the passage's place and the span
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(edition AS INTEGER) AS edition, -- reporting year the capture speaks of
    CAST(metric AS VARCHAR) AS metric, -- metric slug; NULL while no rule of the card maps it
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change, change_percent, money, duration or measure
    CAST(value AS DECIMAL(38, 10)) AS value, -- stated number, scale words applied
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(value_low AS DECIMAL(38, 10)) AS value_low, -- lower end of what the words claim
    CAST(value_high AS DECIMAL(38, 10)) AS value_high, -- upper end of what the words claim
    CAST(resolution AS DECIMAL(38, 10)) AS resolution, -- place value of the last digit written
    CAST(unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(label AS VARCHAR) AS label, -- what it measures, readable
    CAST(period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(year AS INTEGER) AS year, -- reporting year
    CAST(period_start AS DATE) AS period_start, -- first day of the period
    CAST(period_end AS DATE) AS period_end, -- last day of the period
    CAST(period_basis AS VARCHAR) AS period_basis, -- what the period rests on
    CAST(dimensions AS MAP (VARCHAR, VARCHAR)) AS dimensions, -- breakdown by name; empty for a total
    CAST(array_to_string(list_sort([entry.key || '=' || entry.value FOR entry IN map_entries(dimensions)]), ';') AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for a total
    CAST(base_year AS INTEGER) AS base_year, -- earlier year of a comparison
    CAST(attribution AS VARCHAR) AS attribution, -- whose figure it is
    CAST(aggregation AS VARCHAR) AS aggregation, -- rate or average, such as each_year
    CAST(flags AS VARCHAR[]) AS flags, -- remarks on the reading
    CAST(surface AS VARCHAR) AS surface, -- numeral as written
    CAST("start" AS INTEGER) AS "start", -- first code point of the numeral in passage_text, from 0
    CAST("end" AS INTEGER) AS "end", -- code point after the numeral
    CAST(sentence AS VARCHAR) AS sentence, -- sentence it stands in
    CAST(passage_text AS VARCHAR) AS passage_text, -- text of the passage
    CAST(passage_index AS INTEGER) AS passage_index, -- position of the passage in the page, from 0
    CAST(headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from
    CAST(captured_at AS TIMESTAMP) AS captured_at, -- when the bytes were retrieved, UTC
    CAST(url AS VARCHAR) AS url, -- address of the page
    CAST(archived_url AS VARCHAR) AS archived_url, -- the archive's own address of the capture
    CAST(text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(rule AS VARCHAR) AS rule, -- rule that typed it
    CAST(extractor_version AS VARCHAR) AS extractor_version, -- version that read it
    CAST(claim(value, value_low, value_high, qualifier) AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim -- interval the words claim, with open ends
FROM base.facts
ORDER BY source, captured_at, capture_sha256, passage_index, "start", fact_id
