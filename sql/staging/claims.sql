-- table: staging.claims
-- kind: view
-- grain: one row a source and fact_id
-- description: Every fact of every reading, exact decimals, with the breakdown as text, the interval its words claim, whether it can speak for a cell of metric_year, and what in its value cannot be believed.
SELECT
    CAST(facts.fact_id AS VARCHAR) AS fact_id, -- identifier, from the capture's bytes, the passage's place and the span
    CAST(facts.source AS VARCHAR) AS source, -- source whose page states it
    CAST(facts.edition AS INTEGER) AS edition, -- reporting year the capture speaks of
    CAST(facts.metric AS VARCHAR) AS metric, -- metric slug; NULL while no rule of the card maps it
    CAST(facts.kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change, change_percent, money, duration or measure
    CAST(facts.value AS DECIMAL(38, 10)) AS value, -- stated number, scale words applied
    CAST(facts.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(facts.value_low AS DECIMAL(38, 10)) AS value_low, -- lower end of what the words claim
    CAST(facts.value_high AS DECIMAL(38, 10)) AS value_high, -- upper end of what the words claim
    CAST(facts.resolution AS DECIMAL(38, 10)) AS resolution, -- place value of the last digit written
    CAST(facts.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(facts.label AS VARCHAR) AS label, -- what it measures, readable
    CAST(facts.period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(facts.year AS INTEGER) AS year, -- reporting year
    CAST(facts.period_start AS DATE) AS period_start, -- first day of the period
    CAST(facts.period_end AS DATE) AS period_end, -- last day of the period
    CAST(facts.period_basis AS VARCHAR) AS period_basis, -- what the period rests on
    CAST(facts.dimensions AS MAP (VARCHAR, VARCHAR)) AS dimensions, -- breakdown by name; empty for a total
    CAST(array_to_string(list_sort([entry.key || '=' || entry.value FOR entry IN map_entries(facts.dimensions)]), ';') AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for a total
    CAST(facts.base_year AS INTEGER) AS base_year, -- earlier year of a comparison
    CAST(facts.attribution AS VARCHAR) AS attribution, -- whose figure it is
    CAST(facts.aggregation AS VARCHAR) AS aggregation, -- rate or average, such as each_year
    CAST(facts.flags AS VARCHAR[]) AS flags, -- remarks on the reading
    CAST(facts.surface AS VARCHAR) AS surface, -- numeral as written
    CAST(facts."start" AS INTEGER) AS "start", -- first code point of the numeral in passage_text, from 0
    CAST(facts."end" AS INTEGER) AS "end", -- code point after the numeral
    CAST(facts.sentence AS VARCHAR) AS sentence, -- sentence it stands in
    CAST(facts.wording AS VARCHAR) AS wording, -- how it is put, whatever its numbers
    CAST(facts.statement AS VARCHAR) AS statement, -- its words, readable: a bare cell or tile with its heads
    CAST(facts.words AS VARCHAR[]) AS words, -- words that say what it speaks of
    CAST(facts.narrowings AS VARCHAR[]) AS narrowings, -- words that narrow the thing it counts
    CAST(facts.passage_text AS VARCHAR) AS passage_text, -- text of the passage
    CAST(facts.passage_index AS INTEGER) AS passage_index, -- position of the passage in the page, from 0
    CAST(facts.headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(facts.xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(facts.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from
    CAST(facts.captured_at AS TIMESTAMP) AS captured_at, -- when the bytes were retrieved, UTC
    CAST(facts.url AS VARCHAR) AS url, -- address of the page
    CAST(facts.archived_url AS VARCHAR) AS archived_url, -- the archive's own address of the capture
    CAST(facts.text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(facts.rule AS VARCHAR) AS rule, -- rule that typed it
    CAST(facts.extractor_version AS VARCHAR) AS extractor_version, -- version that read it
    CAST(claim(facts.value, facts.value_low, facts.value_high, facts.qualifier) AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(
        facts.metric IS NOT NULL
        AND facts.year IS NOT NULL
        AND facts.period_type IN ('year', 'cumulative', 'as_of')
        AND facts.kind IN ('count', 'percent', 'ratio', 'money', 'measure')
        AND (facts.aggregation IS NULL OR (metrics.measure = 'average' AND facts.aggregation <> 'each_year'))
    AS BOOLEAN) AS speaks, -- whether it states a cell: habitual claims, part-year ranges and rates do not
    CAST(CASE
        WHEN metrics.measure = 'share' AND facts.kind = 'percent' AND facts.value NOT BETWEEN 0 AND 100 THEN 'a share outside 0-100'
        WHEN metrics.measure = 'share' AND facts.kind = 'ratio' AND facts.value NOT BETWEEN 0 AND 1 THEN 'a share outside 0-1'
        WHEN facts.kind IN ('count', 'money', 'measure') AND facts.value < 0 THEN 'negative'
        WHEN facts.kind = 'count' AND metrics.measure IN ('flow', 'stock') AND facts.value <> floor(facts.value) THEN 'a count that is not whole'
        WHEN facts.year NOT BETWEEN 1900 AND coalesce(facts.edition, 2100) + 1 THEN 'a year before 1900 or after the edition'
        WHEN facts.value NOT BETWEEN metrics.range_low AND metrics.range_high THEN 'outside the range of its card'
    END AS VARCHAR) AS problem -- why its value cannot be believed; NULL when it can
FROM base.facts AS facts
LEFT JOIN base.metrics AS metrics ON facts.source = metrics.source AND facts.metric = metrics.metric
