-- table: staging.statements
-- grain: one row a source, metric, year, period_type, kind, breakdown, edition, sentence, value and qualifier
-- description: Every distinct statement that speaks for a cell of metric_year, ranked by precedence: exact before rounded or bounded, then the later edition, the narrower claim, the later sighting, the place in the page.
WITH sighted AS (
    SELECT
        source,
        sha256,
        max(captured_at) AS last_seen
    FROM base.captures
    GROUP BY source, sha256
),

speaking AS (
    SELECT
        facts.*,
        coalesce(sighted.last_seen, facts.captured_at) AS page_last_seen,
        facts.claim.low = facts.claim.high AS is_exact,
        facts.claim.high - facts.claim.low AS width
    FROM staging.facts AS facts
    LEFT JOIN base.metrics AS metrics ON facts.source = metrics.source AND facts.metric = metrics.metric
    LEFT JOIN sighted ON facts.source = sighted.source AND facts.capture_sha256 = sighted.sha256
    WHERE
        facts.metric IS NOT NULL
        AND facts.year IS NOT NULL
        AND facts.period_type IN ('year', 'cumulative', 'as_of')
        AND facts.kind IN ('count', 'percent', 'ratio', 'money', 'measure')
        AND (facts.aggregation IS NULL OR (metrics.measure = 'average' AND facts.aggregation <> 'each_year'))
),

sightings AS (
    SELECT
        *,
        min(captured_at) OVER same_words AS first_seen,
        max(page_last_seen) OVER same_words AS last_seen,
        row_number() OVER (same_words ORDER BY captured_at, capture_sha256, passage_index, "start", fact_id) AS sighting
    FROM speaking
    WINDOW same_words AS (
        PARTITION BY source, metric, year, period_type, kind, breakdown, edition, sentence, value, qualifier
    )
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown
            ORDER BY coalesce(is_exact, FALSE) DESC, coalesce(edition, 0) DESC, width NULLS LAST,
                last_seen DESC, passage_index, "start", fact_id
        ) AS cell_rank,
        row_number() OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown, edition
            ORDER BY coalesce(is_exact, FALSE) DESC, width NULLS LAST, last_seen DESC, passage_index, "start", fact_id
        ) AS edition_rank
    FROM sightings
    WHERE sighting = 1
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(year AS INTEGER) AS year, -- reporting year of the cell
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for the total
    CAST(cell_rank AS INTEGER) AS cell_rank, -- precedence among all statements of the cell; 1 is the one taken
    CAST(edition_rank AS INTEGER) AS edition_rank, -- precedence among the statements of its edition; 1 speaks for the edition
    CAST(edition AS INTEGER) AS edition, -- edition that states it
    CAST(sentence AS VARCHAR) AS sentence, -- the words
    CAST(value AS DECIMAL(38, 10)) AS value, -- stated number
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(value_low AS DECIMAL(38, 10)) AS value_low, -- lower end of what the words claim
    CAST(value_high AS DECIMAL(38, 10)) AS value_high, -- upper end of what the words claim
    CAST(resolution AS DECIMAL(38, 10)) AS resolution, -- place value of the last digit written
    CAST(claim AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(coalesce(is_exact, FALSE) AS BOOLEAN) AS is_exact, -- whether the claim is one number
    CAST(width AS DECIMAL(38, 10)) AS width, -- width of the claim; NULL when unbounded
    CAST(unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(period_start AS DATE) AS period_start, -- first day of the period
    CAST(period_end AS DATE) AS period_end, -- last day of the period
    CAST(first_seen AS TIMESTAMP) AS first_seen, -- first capture with these words, UTC
    CAST(last_seen AS TIMESTAMP) AS last_seen, -- last retrieval of a page with these words, changed or not, UTC
    CAST(fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words
FROM ranked
ORDER BY source, metric, year, period_type, kind, breakdown, cell_rank
