-- table: revisions
-- grain: one row a source, metric, year, period_type, kind, breakdown and fact that was restated or corrected
-- description: The same cell stated differently: by an earlier edition, with the first later edition whose claim does not meet it; or by the same edition before its page was corrected, dated between two retrievals.
WITH restated AS (
    SELECT
        earlier.*,
        later.edition AS later_edition,
        later.value AS later_value,
        later.qualifier AS later_qualifier,
        later.sentence AS later_sentence,
        later.fact_id AS later_fact_id,
        {'unit': later.unit, 'narrowings': later.narrowings, 'words': later.words} AS later_put,
        CAST(NULL AS TIMESTAMP) AS last_seen_before,
        CAST(NULL AS TIMESTAMP) AS first_seen_after
    FROM staging.statements AS earlier
    INNER JOIN staging.statements AS later
        ON
            earlier.source = later.source
            AND earlier.metric = later.metric
            AND earlier.year = later.year
            AND earlier.period_type = later.period_type
            AND earlier.kind = later.kind
            AND earlier.breakdown = later.breakdown
            AND earlier.edition < later.edition
    WHERE
        earlier.edition_rank = 1
        AND later.edition_rank = 1
        AND NOT earlier.is_out
        AND NOT later.is_out
        AND NOT claims_meet(earlier.claim, later.claim)
    QUALIFY row_number() OVER (PARTITION BY earlier.source, earlier.fact_id ORDER BY later.edition) = 1
),

good AS (
    SELECT
        retrievals.source,
        coalesce(captures.edition, 0) AS edition,
        retrievals.retrieved_at
    FROM base.retrievals AS retrievals
    INNER JOIN staging.captures AS captures
        ON retrievals.source = captures.source AND retrievals.capture_id = captures.capture_id
    WHERE captures.refused IS NULL
),

-- The next retrieval of the edition's page after the words were last seen that is good shows the correction.
corrected AS (
    SELECT
        earlier.*,
        later.edition AS later_edition,
        later.value AS later_value,
        later.qualifier AS later_qualifier,
        later.sentence AS later_sentence,
        later.fact_id AS later_fact_id,
        {'unit': later.unit, 'narrowings': later.narrowings, 'words': later.words} AS later_put,
        earlier.last_seen AS last_seen_before,
        good.retrieved_at AS first_seen_after
    FROM staging.statements AS earlier
    INNER JOIN staging.statements AS later
        ON
            earlier.source = later.source
            AND earlier.metric = later.metric
            AND earlier.year = later.year
            AND earlier.period_type = later.period_type
            AND earlier.kind = later.kind
            AND earlier.breakdown = later.breakdown
            AND earlier.edition IS NOT DISTINCT FROM later.edition
    ASOF LEFT JOIN good
        ON
            earlier.source = good.source
            AND coalesce(earlier.edition, 0) = good.edition
            AND earlier.last_seen < good.retrieved_at
    WHERE earlier.is_out AND earlier.held_back IS NULL AND NOT later.is_out AND later.edition_rank = 1
)

SELECT
    CAST(revised.source AS VARCHAR) AS source, -- source whose page states both
    CAST(revised.metric AS VARCHAR) AS metric, -- metric slug
    CAST(revised.year AS INTEGER) AS year, -- reporting year of the cell
    CAST(revised.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(revised.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(revised.breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total
    CAST(revised.edition AS INTEGER) AS earlier_edition, -- edition that was restated
    CAST(revised.value AS DOUBLE) AS earlier_value, -- what it states
    CAST(revised.qualifier AS VARCHAR) AS earlier_qualifier, -- how its words bound the number
    CAST(revised.sentence AS VARCHAR) AS earlier_sentence, -- its words
    CAST(revised.fact_id AS VARCHAR) AS earlier_fact_id, -- its fact
    CAST(revised.later_edition AS INTEGER) AS later_edition, -- first later edition that does not agree; the same one where its page was corrected
    CAST(revised.later_value AS DOUBLE) AS later_value, -- what it states
    CAST(revised.later_qualifier AS VARCHAR) AS later_qualifier, -- how its words bound the number
    CAST(revised.later_sentence AS VARCHAR) AS later_sentence, -- its words
    CAST(revised.later_fact_id AS VARCHAR) AS later_fact_id, -- its fact
    CAST(revised.later_value - revised.value AS DOUBLE) AS difference, -- later value less earlier value
    CAST(differs_in(
        revised.later_put,
        {'unit': revised.unit, 'narrowings': revised.narrowings, 'words': revised.words},
        metrics.unit, metrics.words, revised.breakdown
    ) AS VARCHAR) AS differs_in, -- what else their words differ in, so that it may be no restatement: unit (another thing is counted), scope (narrowed or widened); else NULL
    CAST(revised.last_seen_before AS TIMESTAMP) AS last_seen_before, -- last retrieval that showed the words before they were corrected, UTC; NULL between editions
    CAST(revised.first_seen_after AS TIMESTAMP) AS first_seen_after -- first retrieval of the edition's page without them, UTC; NULL between editions
FROM (FROM restated UNION ALL FROM corrected) AS revised
INNER JOIN base.metrics AS metrics ON revised.source = metrics.source AND revised.metric = metrics.metric
ORDER BY
    revised.source, revised.metric, revised.year, revised.period_type, revised.kind, revised.breakdown,
    earlier_edition, earlier_fact_id
