-- table: edition_changes
-- grain: one row a source, edition, metric, period_type, kind and breakdown that the edition or the one before states; one a year where it is restated
-- description: Each edition against the one before it: what is new, restated, dropped, reworded or unchanged, with both statements. A series whose figure has moved on to another year, in the same words, is unchanged. The first edition of a source has no rows.
-- Each statement beside those that the edition before makes of the same metric.
WITH paired AS (
    SELECT
        present.source,
        present.edition,
        present.series,
        present.fact_id,
        earlier.fact_id AS fact_id_before,
        present.leads_cell AND earlier.leads_cell AND present.year = earlier.year
        AND NOT claims_meet(present.claim, earlier.claim) AS is_restated,
        present.is_latest AND earlier.is_latest AS are_latest,
        present.wording = earlier.wording AS are_alike,
        present.series_rank,
        earlier.series_rank AS series_rank_before
    FROM staging.stated AS present
    INNER JOIN staging.editions AS editions ON present.source = editions.source AND present.edition = editions.edition
    INNER JOIN staging.stated AS earlier
        ON
            present.source = earlier.source
            AND editions.edition_before = earlier.edition
            AND present.series = earlier.series
),

restated AS (
    SELECT *
    FROM paired
    WHERE is_restated
),

-- Of the latest year each of them states, the two statements that are put alike, else those that lead.
kept AS (
    SELECT *
    FROM paired
    WHERE are_latest
    QUALIFY row_number() OVER (
        PARTITION BY paired.source, paired.edition, paired.series ORDER BY are_alike DESC, series_rank, series_rank_before
    ) = 1
),

came AS (
    SELECT
        stated.*,
        count(*) OVER (PARTITION BY stated.source, stated.edition, stated.metric, stated.kind) AS of_metric
    FROM staging.stated AS stated
    INNER JOIN staging.editions AS editions ON stated.source = editions.source AND stated.edition = editions.edition
    WHERE
        stated.series_rank = 1
        AND editions.edition_before IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM kept
            WHERE kept.source = stated.source AND kept.edition = stated.edition AND kept.series = stated.series
        )
),

went AS (
    SELECT
        stated.* REPLACE (editions.edition AS edition),
        count(*) OVER (PARTITION BY stated.source, stated.edition, stated.metric, stated.kind) AS of_metric
    FROM staging.stated AS stated
    INNER JOIN staging.editions AS editions
        ON stated.source = editions.source AND stated.edition = editions.edition_before
    WHERE stated.series_rank = 1 AND NOT EXISTS (
        SELECT 1
        FROM kept
        WHERE kept.source = stated.source AND kept.edition = editions.edition AND kept.series = stated.series
    )
),

-- One statement that is now of another period, or of a part where it was of the whole: not one that came and one that went.
moved AS (
    SELECT
        came.source,
        came.edition,
        came.fact_id,
        went.fact_id AS fact_id_before
    FROM came
    INNER JOIN went
        ON
            came.source = went.source
            AND came.edition = went.edition
            AND came.metric = went.metric
            AND came.kind = went.kind
    WHERE
        came.breakdown = went.breakdown
        OR (came.of_metric = 1 AND went.of_metric = 1 AND (came.breakdown = '' OR went.breakdown = ''))
    QUALIFY
        row_number() OVER (PARTITION BY came.source, came.fact_id ORDER BY went.period_type) = 1
        AND row_number() OVER (PARTITION BY went.source, went.fact_id ORDER BY came.period_type) = 1
),

compared AS (
    SELECT
        restated.source,
        restated.edition,
        'restated' AS change,
        fact_id,
        fact_id_before
    FROM restated
    UNION ALL
    SELECT
        kept.source,
        kept.edition,
        CASE WHEN are_alike THEN 'unchanged' ELSE 'reworded' END AS change,
        fact_id,
        fact_id_before
    FROM kept
    ANTI JOIN restated USING (source, edition, series)
    UNION ALL
    SELECT
        moved.source,
        moved.edition,
        'reworded' AS change,
        fact_id,
        fact_id_before
    FROM moved
    UNION ALL
    SELECT
        came.source,
        came.edition,
        'new' AS change,
        fact_id,
        NULL AS fact_id_before
    FROM came
    ANTI JOIN moved USING (source, fact_id)
    UNION ALL
    SELECT
        went.source,
        went.edition,
        'dropped' AS change,
        NULL AS fact_id,
        went.fact_id AS fact_id_before
    FROM went
    ANTI JOIN moved ON went.source = moved.source AND went.fact_id = moved.fact_id_before
)

SELECT
    CAST(compared.source AS VARCHAR) AS source, -- source whose editions they are
    CAST(compared.edition AS INTEGER) AS edition, -- edition that is compared
    CAST(editions.edition_before AS INTEGER) AS edition_before, -- edition it is compared with: the latest earlier one that a good capture shows
    CAST(coalesce(present.metric, earlier.metric) AS VARCHAR) AS metric, -- metric slug
    CAST(coalesce(present.period_type, earlier.period_type) AS VARCHAR) AS period_type, -- year, cumulative or as_of; where that has changed, what it is now
    CAST(coalesce(present.kind, earlier.kind) AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(coalesce(present.breakdown, earlier.breakdown) AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total; where that has changed, what it is now
    CAST(compared.change AS VARCHAR) AS change, -- new, restated (both state the year, and their claims do not meet), dropped, reworded (stated in both, put otherwise) or unchanged (put the same)
    CAST(CASE
        WHEN compared.change = 'restated' AND present.value > earlier.value THEN 'up'
        WHEN compared.change = 'restated' THEN 'down'
        WHEN compared.change <> 'reworded' THEN NULL
        WHEN present.series <> earlier.series THEN 'scope'
        ELSE coalesce(
            differs_in(
                {'unit': present.unit, 'narrowings': present.narrowings, 'words': present.words},
                {'unit': earlier.unit, 'narrowings': earlier.narrowings, 'words': earlier.words},
                metrics.unit, metrics.words, present.breakdown
            ),
            'words'
        )
    END AS VARCHAR) AS detail, -- of restated: up or down; of reworded: unit (another thing is counted), scope (narrowed, widened, or of another period) or words; else NULL
    CAST(present.year AS INTEGER) AS year, -- reporting year of the statement; NULL when dropped
    CAST(present.value AS DOUBLE) AS value, -- what it states
    CAST(present.statement AS VARCHAR) AS statement, -- its words, readable
    CAST(compared.fact_id AS VARCHAR) AS fact_id, -- its fact; join facts on source and fact_id
    CAST(earlier.year AS INTEGER) AS year_before, -- reporting year of the statement of the edition before; NULL when new
    CAST(earlier.value AS DOUBLE) AS value_before, -- what it states
    CAST(earlier.statement AS VARCHAR) AS statement_before, -- its words, readable
    CAST(compared.fact_id_before AS VARCHAR) AS fact_id_before -- its fact
FROM compared
INNER JOIN staging.editions AS editions ON compared.source = editions.source AND compared.edition = editions.edition
LEFT JOIN staging.stated AS present ON compared.source = present.source AND compared.fact_id = present.fact_id
LEFT JOIN staging.stated AS earlier ON compared.source = earlier.source AND compared.fact_id_before = earlier.fact_id
LEFT JOIN base.metrics AS metrics ON compared.source = metrics.source AND coalesce(present.metric, earlier.metric) = metrics.metric
ORDER BY compared.source, compared.edition, metric, period_type, kind, breakdown, present.year, earlier.year
