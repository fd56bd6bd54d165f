-- table: metrics
-- grain: one row a source and metric
-- description: What the facts of a source measure, from its card.
WITH stated AS (
    SELECT
        source,
        metric,
        count(*) AS facts,
        min(year) AS first_year,
        max(year) AS last_year
    FROM staging.facts
    WHERE metric IS NOT NULL
    GROUP BY source, metric
)

SELECT
    CAST(metrics.source AS VARCHAR) AS source, -- source whose card defines it
    CAST(metrics.metric AS VARCHAR) AS metric, -- stable slug
    CAST(metrics.label AS VARCHAR) AS label, -- readable name
    CAST(metrics.unit AS VARCHAR) AS unit, -- what is counted
    CAST(metrics.measure AS VARCHAR) AS measure, -- flow (adds up over time), stock (stands at a moment), share or average
    CAST(metrics.description AS VARCHAR) AS description, -- what it measures
    CAST(metrics.words AS VARCHAR[]) AS words, -- words of its label that say what it speaks of
    CAST(metrics.dimensions AS MAP (VARCHAR, VARCHAR[])) AS dimensions, -- breakdowns and their members
    CAST(coalesce(stated.facts, 0) AS BIGINT) AS facts, -- facts that state it, over all captures
    CAST(stated.first_year AS INTEGER) AS first_year, -- earliest year stated
    CAST(stated.last_year AS INTEGER) AS last_year -- latest year stated
FROM base.metrics AS metrics
LEFT JOIN stated ON metrics.source = stated.source AND metrics.metric = stated.metric
ORDER BY metrics.source, metrics.metric
