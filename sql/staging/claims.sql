-- table: staging.claims
-- kind: view
-- grain: one row a source and fact_id
-- description: Every fact of every reading that nobody excluded, as it was decided, else read, exact decimals, with the breakdown as text, the interval its words claim, whether it can speak for a cell of metric_year, and what in its value cannot be believed.
-- What a person decided stands in the place of what was read.
WITH read AS (
    SELECT
        facts.* EXCLUDE (
            metric, value, qualifier, value_low, value_high, resolution, unit, period_type, year, dimensions,
            period_start, period_end
        ),
        CASE WHEN decided.fact_id IS NULL THEN facts.metric ELSE decided.metric END AS metric,
        CASE WHEN decided.fact_id IS NULL THEN facts.value ELSE decided.value END AS value,
        CASE WHEN decided.fact_id IS NULL THEN facts.qualifier ELSE decided.qualifier END AS qualifier,
        CASE WHEN decided.fact_id IS NULL THEN facts.value_low ELSE decided.value_low END AS value_low,
        CASE WHEN decided.fact_id IS NULL THEN facts.value_high ELSE decided.value_high END AS value_high,
        CASE WHEN decided.fact_id IS NULL THEN facts.resolution ELSE decided.resolution END AS resolution,
        CASE WHEN decided.fact_id IS NULL THEN facts.unit ELSE decided.unit END AS unit,
        CASE WHEN decided.fact_id IS NULL THEN facts.period_type ELSE decided.period_type END AS period_type,
        CASE WHEN decided.fact_id IS NULL THEN facts.year ELSE decided.year END AS year,
        CASE WHEN decided.fact_id IS NULL THEN facts.dimensions ELSE decided.dimensions END AS dimensions,
        CASE WHEN decided.moved THEN NULL ELSE facts.period_start END AS period_start,
        CASE WHEN decided.moved THEN NULL ELSE facts.period_end END AS period_end,
        decided.metric AS decided_metric,
        decided.decision,
        decided.decided_by,
        coalesce(decided.dismissed, FALSE) AS dismissed,
        decided.page_says,
        decided.doubt
    FROM base.facts AS facts
    LEFT JOIN base.decided AS decided ON facts.source = decided.source AND facts.fact_id = decided.fact_id
    WHERE decided.excluded IS NULL
)

SELECT
    CAST(read.fact_id AS VARCHAR) AS fact_id, -- identifier, from the capture's bytes, the passage's place and the span
    CAST(read.source AS VARCHAR) AS source, -- source whose page states it
    CAST(read.edition AS INTEGER) AS edition, -- reporting year the capture speaks of
    CAST(read.metric AS VARCHAR) AS metric, -- metric slug; NULL while neither a person nor a rule of the card maps it
    CAST(read.kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change, change_percent, money, duration or measure
    CAST(read.value AS DECIMAL(38, 10)) AS value, -- stated number, scale words applied
    CAST(read.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(read.value_low AS DECIMAL(38, 10)) AS value_low, -- lower end of what the words claim
    CAST(read.value_high AS DECIMAL(38, 10)) AS value_high, -- upper end of what the words claim
    CAST(read.resolution AS DECIMAL(38, 10)) AS resolution, -- place value of the last digit written
    CAST(read.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(CASE WHEN read.decided_metric IS NULL THEN read.label ELSE metrics.label END AS VARCHAR) AS label, -- what it measures, readable
    CAST(read.period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(read.year AS INTEGER) AS year, -- reporting year
    CAST(read.period_start AS DATE) AS period_start, -- first day of the period
    CAST(read.period_end AS DATE) AS period_end, -- last day of the period
    CAST(read.period_basis AS VARCHAR) AS period_basis, -- what the period rests on
    CAST(read.dimensions AS MAP (VARCHAR, VARCHAR)) AS dimensions, -- breakdown by name; empty for a total
    CAST(array_to_string(list_sort([entry.key || '=' || entry.value FOR entry IN map_entries(read.dimensions)]), ';') AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for a total
    CAST(read.base_year AS INTEGER) AS base_year, -- earlier year of a comparison
    CAST(read.attribution AS VARCHAR) AS attribution, -- whose figure it is
    CAST(read.aggregation AS VARCHAR) AS aggregation, -- rate or average, such as each_year
    CAST(read.flags AS VARCHAR[]) AS flags, -- remarks on the reading
    CAST(read.surface AS VARCHAR) AS surface, -- numeral as written
    CAST(read."start" AS INTEGER) AS "start", -- first code point of the numeral in passage_text, from 0
    CAST(read."end" AS INTEGER) AS "end", -- code point after the numeral
    CAST(read.sentence AS VARCHAR) AS sentence, -- sentence it stands in
    CAST(read.wording AS VARCHAR) AS wording, -- how it is put, whatever its numbers
    CAST(read.statement AS VARCHAR) AS statement, -- its words, readable: a bare cell or tile with its heads
    CAST(read.words AS VARCHAR[]) AS words, -- words that say what it speaks of
    CAST(read.narrowings AS VARCHAR[]) AS narrowings, -- words that narrow the thing it counts
    CAST(read.passage_text AS VARCHAR) AS passage_text, -- text of the passage
    CAST(read.passage_index AS INTEGER) AS passage_index, -- position of the passage in the page, from 0
    CAST(read.headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(read.xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(read.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from
    CAST(read.captured_at AS TIMESTAMP) AS captured_at, -- when the bytes were retrieved, UTC
    CAST(read.url AS VARCHAR) AS url, -- address of the page
    CAST(read.archived_url AS VARCHAR) AS archived_url, -- the archive's own address of the capture
    CAST(read.text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(read.rule AS VARCHAR) AS rule, -- rule that typed it
    CAST(read.extractor_version AS VARCHAR) AS extractor_version, -- version that read it
    CAST(read.decision AS VARCHAR) AS decision, -- decision that a person made about it; NULL when none is applied
    CAST(read.decided_by AS VARCHAR) AS decided_by, -- who made it
    CAST(read.dismissed AS BOOLEAN) AS dismissed, -- whether it is a statistic that is not followed
    CAST(read.page_says AS MAP (VARCHAR, VARCHAR)) AS page_says, -- by column, what was read where the decision says otherwise
    CAST(read.doubt AS VARCHAR) AS doubt, -- why the decision may be about something else now; NULL when it holds
    CAST(claim(read.value, read.value_low, read.value_high, read.qualifier) AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(
        read.metric IS NOT NULL
        AND read.year IS NOT NULL
        AND read.period_type IN ('year', 'cumulative', 'as_of')
        AND read.kind IN ('count', 'percent', 'ratio', 'money', 'measure')
        AND (read.aggregation IS NULL OR (metrics.measure = 'average' AND read.aggregation <> 'each_year'))
    AS BOOLEAN) AS speaks, -- whether it states a cell: habitual claims, part-year ranges and rates do not
    CAST(CASE
        WHEN read.doubt IS NOT NULL THEN read.doubt
        WHEN metrics.measure = 'share' AND read.kind = 'percent' AND read.value NOT BETWEEN 0 AND 100 THEN 'a share outside 0-100'
        WHEN metrics.measure = 'share' AND read.kind = 'ratio' AND read.value NOT BETWEEN 0 AND 1 THEN 'a share outside 0-1'
        WHEN read.kind IN ('count', 'money', 'measure') AND read.value < 0 THEN 'negative'
        WHEN read.kind = 'count' AND metrics.measure IN ('flow', 'stock') AND read.value <> floor(read.value) THEN 'a count that is not whole'
        WHEN read.year NOT BETWEEN 1900 AND coalesce(read.edition, 2100) + 1 THEN 'a year before 1900 or after the edition'
        WHEN read.value NOT BETWEEN metrics.range_low AND metrics.range_high THEN 'outside the range of its card'
    END AS VARCHAR) AS problem -- why its value cannot be believed; NULL when it can
FROM read
LEFT JOIN base.metrics AS metrics ON read.source = metrics.source AND read.metric = metrics.metric
