-- table: staging.facts
-- kind: view
-- grain: one row a source and fact_id
-- description: Every fact of every capture that is not refused, with why it is held back from the tidy table. Working table; analysts read facts.
SELECT
    CAST(claims.fact_id AS VARCHAR) AS fact_id, -- identifier, from the capture's bytes, the passage's place and the span
    CAST(claims.source AS VARCHAR) AS source, -- source whose page states it
    CAST(claims.edition AS INTEGER) AS edition, -- reporting year the capture speaks of
    CAST(claims.metric AS VARCHAR) AS metric, -- metric slug; NULL while neither a person nor a rule of the card maps it
    CAST(claims.kind AS VARCHAR) AS kind, -- count, percent, ratio, multiplier, change, change_percent, money, duration or measure
    CAST(claims.value AS DECIMAL(38, 10)) AS value, -- stated number, scale words applied
    CAST(claims.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(claims.value_low AS DECIMAL(38, 10)) AS value_low, -- lower end of what the words claim
    CAST(claims.value_high AS DECIMAL(38, 10)) AS value_high, -- upper end of what the words claim
    CAST(claims.resolution AS DECIMAL(38, 10)) AS resolution, -- place value of the last digit written
    CAST(claims.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(claims.label AS VARCHAR) AS label, -- what it measures, readable
    CAST(claims.period_type AS VARCHAR) AS period_type, -- year, range, cumulative, as_of or unknown
    CAST(claims.year AS INTEGER) AS year, -- reporting year
    CAST(claims.period_start AS DATE) AS period_start, -- first day of the period
    CAST(claims.period_end AS DATE) AS period_end, -- last day of the period
    CAST(claims.period_basis AS VARCHAR) AS period_basis, -- what the period rests on
    CAST(claims.dimensions AS MAP (VARCHAR, VARCHAR)) AS dimensions, -- breakdown by name; empty for a total
    CAST(claims.breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for a total
    CAST(claims.base_year AS INTEGER) AS base_year, -- earlier year of a comparison
    CAST(claims.attribution AS VARCHAR) AS attribution, -- whose figure it is
    CAST(claims.aggregation AS VARCHAR) AS aggregation, -- rate or average, such as each_year
    CAST(claims.flags AS VARCHAR[]) AS flags, -- remarks on the reading
    CAST(claims.surface AS VARCHAR) AS surface, -- numeral as written
    CAST(claims."start" AS INTEGER) AS "start", -- first code point of the numeral in passage_text, from 0
    CAST(claims."end" AS INTEGER) AS "end", -- code point after the numeral
    CAST(claims.sentence AS VARCHAR) AS sentence, -- sentence it stands in
    CAST(claims.wording AS VARCHAR) AS wording, -- how it is put, whatever its numbers
    CAST(claims.statement AS VARCHAR) AS statement, -- its words, readable: a bare cell or tile with its heads
    CAST(claims.words AS VARCHAR[]) AS words, -- words that say what it speaks of
    CAST(claims.narrowings AS VARCHAR[]) AS narrowings, -- words that narrow the thing it counts
    CAST(claims.passage_text AS VARCHAR) AS passage_text, -- text of the passage
    CAST(claims.passage_index AS INTEGER) AS passage_index, -- position of the passage in the page, from 0
    CAST(claims.headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(claims.xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(claims.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from
    CAST(claims.captured_at AS TIMESTAMP) AS captured_at, -- when the bytes were retrieved, UTC
    CAST(claims.url AS VARCHAR) AS url, -- address of the page
    CAST(claims.archived_url AS VARCHAR) AS archived_url, -- the archive's own address of the capture
    CAST(claims.text_fragment_url AS VARCHAR) AS text_fragment_url, -- link that opens the page with the words highlighted
    CAST(claims.rule AS VARCHAR) AS rule, -- rule that typed it
    CAST(claims.extractor_version AS VARCHAR) AS extractor_version, -- version that read it
    CAST(claims.decision AS VARCHAR) AS decision, -- decision that a person made about it; NULL when none is applied
    CAST(claims.decided_by AS VARCHAR) AS decided_by, -- who made it
    CAST(claims.dismissed AS BOOLEAN) AS dismissed, -- whether it is a statistic that is not followed
    CAST(claims.page_says AS MAP (VARCHAR, VARCHAR)) AS page_says, -- by column, what was read where the decision says otherwise
    CAST(claims.claim AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(claims.speaks AS BOOLEAN) AS speaks, -- whether it states a cell of metric_year
    CAST(CASE
        WHEN claims.speaks AND claims.doubt IS NOT NULL THEN claims.doubt
        WHEN captures.accepted IS NOT NULL OR NOT claims.speaks THEN NULL
        WHEN claims.problem IS NOT NULL THEN claims.problem
        WHEN held.identities IS NOT NULL THEN 'does not hold: ' || held.identities
    END AS VARCHAR) AS held_back -- why it is not believed and speaks for no cell; NULL when it may speak
FROM staging.claims AS claims
INNER JOIN base.captures AS captures ON claims.source = captures.source AND claims.capture_sha256 = captures.sha256
INNER JOIN staging.captures AS marked
    ON captures.source = marked.source AND captures.capture_id = marked.capture_id AND marked.refused IS NULL
LEFT JOIN staging.held_back AS held ON claims.source = held.source AND claims.fact_id = held.fact_id
WHERE captures.sighting_of IS NULL
