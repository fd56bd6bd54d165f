-- table: coverage
-- grain: one row a source, metric and edition
-- description: Whether each edition states each metric of the card. What an earlier edition stated and this one does not is queued when a statistic of its review queue is likely it, else gone.
WITH states AS (
    SELECT *
    FROM staging.stated
    QUALIFY row_number() OVER (
        PARTITION BY source, edition, metric
        ORDER BY NOT is_believed, breakdown <> '', period_type = 'cumulative', year DESC, kind, series, series_rank
    ) = 1
),

surveyed AS (
    SELECT
        metrics.source,
        metrics.metric,
        metrics.unit AS unit_of_metric,
        metrics.words AS words_of_metric,
        metrics.range_low,
        metrics.range_high,
        editions.edition,
        editions.edition_before,
        states.edition AS last_stated,
        states.edition = editions.edition AS is_stated,
        states.kind,
        states.period_type,
        states.aggregation,
        states.value,
        states.unit,
        states.words,
        states.statement,
        states.fact_id
    FROM base.metrics AS metrics
    INNER JOIN staging.editions AS editions ON metrics.source = editions.source
    LEFT JOIN states
        ON metrics.source = states.source AND metrics.metric = states.metric AND states.edition <= editions.edition
    QUALIFY row_number() OVER (
        PARTITION BY metrics.source, metrics.metric, editions.edition ORDER BY states.edition DESC NULLS LAST
    ) = 1
),

-- Of the same kind and unit, of a size that the card allows, else not beyond three times or a third, and alike in two words.
likely AS (
    SELECT
        surveyed.source,
        surveyed.metric,
        surveyed.edition,
        queued.fact_id,
        queued.value,
        queued.statement,
        queued.passage_index,
        queued."start",
        len(list_intersect(queued.words, list_concat(surveyed.words, surveyed.words_of_metric))) AS shared,
        queued.period_type = surveyed.period_type AS is_of_period,
        abs(queued.value - surveyed.value) AS distance
    FROM surveyed
    INNER JOIN review_queue AS waiting ON surveyed.source = waiting.source AND surveyed.edition = waiting.edition
    INNER JOIN staging.facts AS queued ON waiting.source = queued.source AND waiting.fact_id = queued.fact_id
    WHERE
        NOT surveyed.is_stated
        AND queued.kind = surveyed.kind
        AND queued.aggregation IS NOT DISTINCT FROM surveyed.aggregation
        AND queued.period_type <> 'unknown'
        AND NOT list_contains(queued.flags, 'target')
        AND counted_noun(queued.unit) IN (counted_noun(surveyed.unit), counted_noun(surveyed.unit_of_metric))
        AND CASE
            WHEN surveyed.range_low IS NULL
                THEN greatest(queued.value, surveyed.value) <= 3 * least(queued.value, surveyed.value)
            ELSE queued.value BETWEEN surveyed.range_low AND surveyed.range_high
        END
        AND len(list_intersect(queued.words, list_concat(surveyed.words, surveyed.words_of_metric))) >= 2
    QUALIFY row_number() OVER (
        PARTITION BY surveyed.source, surveyed.edition, queued.fact_id
        ORDER BY shared DESC, is_of_period DESC, distance, surveyed.metric
    ) = 1
),

likeliest AS (
    SELECT *
    FROM likely
    QUALIFY row_number() OVER (
        PARTITION BY source, metric, edition
        ORDER BY shared DESC, is_of_period DESC, distance, passage_index, "start", fact_id
    ) = 1
)

SELECT
    CAST(surveyed.source AS VARCHAR) AS source, -- source whose card defines the metric
    CAST(surveyed.metric AS VARCHAR) AS metric, -- metric slug
    CAST(surveyed.edition AS INTEGER) AS edition, -- edition that a good capture shows
    CAST(CASE
        WHEN surveyed.is_stated THEN 'stated'
        WHEN likeliest.fact_id IS NOT NULL THEN 'queued'
        WHEN surveyed.last_stated IS NOT NULL THEN 'gone'
        ELSE 'never'
    END AS VARCHAR) AS state, -- stated; queued (an earlier edition states it, and a statistic in this one's review queue is likely it); gone (an earlier edition states it); never (neither this nor an earlier one does)
    CAST(surveyed.edition_before AS INTEGER) AS edition_before, -- latest earlier edition; NULL of the first
    CAST(surveyed.last_stated AS INTEGER) AS last_stated, -- latest edition up to this one that states it; NULL when never
    CAST(CASE WHEN surveyed.is_stated THEN surveyed.fact_id ELSE likeliest.fact_id END AS VARCHAR) AS fact_id, -- fact that states it, the total before its parts; when queued the likeliest: of its kind and unit, its size within the card's bound, and like words
    CAST(CASE WHEN surveyed.is_stated THEN surveyed.value ELSE likeliest.value END AS DOUBLE) AS value, -- its number
    CAST(CASE WHEN surveyed.is_stated THEN surveyed.statement ELSE likeliest.statement END AS VARCHAR) AS statement, -- its words, readable
    CAST(CASE WHEN NOT surveyed.is_stated THEN surveyed.fact_id END AS VARCHAR) AS fact_id_before, -- when gone or queued: fact of the edition that stated it last
    CAST(CASE WHEN NOT surveyed.is_stated THEN surveyed.value END AS DOUBLE) AS value_before, -- its number
    CAST(CASE WHEN NOT surveyed.is_stated THEN surveyed.statement END AS VARCHAR) AS statement_before -- its words, readable
FROM surveyed
LEFT JOIN likeliest
    ON
        surveyed.source = likeliest.source
        AND surveyed.metric = likeliest.metric
        AND surveyed.edition = likeliest.edition
ORDER BY surveyed.source, surveyed.metric, surveyed.edition
