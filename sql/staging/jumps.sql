-- table: staging.jumps
-- grain: one row a source, metric, year, period_type, kind and breakdown
-- description: Each figure against that of the year before: not more than so many times as much, or one of so many parts, as its card's bound says. Working table.
WITH taken AS (
    SELECT *
    FROM staging.statements
    WHERE outcome = 'taken' AND period_type IN ('year', 'as_of') AND kind IN ('count', 'money', 'measure') AND value > 0
)

SELECT
    CAST(present.source AS VARCHAR) AS source, -- source whose page states both
    CAST(concat_ws(' ', present.metric, nullif(present.breakdown, ''), 'year on year') AS VARCHAR) AS identity, -- the identity, readable
    CAST(present.metric AS VARCHAR) AS metric, -- metric slug
    CAST(present.edition AS INTEGER) AS edition, -- edition of the later figure
    CAST(present.year AS INTEGER) AS year, -- later year of the two
    CAST(present.period_type AS VARCHAR) AS period_type, -- year or as_of
    CAST(present.kind AS VARCHAR) AS kind, -- count, money or measure
    CAST(present.value AS DOUBLE) AS lhs, -- figure of the year
    CAST(earlier.value AS DOUBLE) AS rhs, -- figure of the year before
    CAST(CASE
        WHEN present.value > earlier.value THEN earlier.value * (bounds.year_on_year - 1)
        ELSE earlier.value * (1 - 1 / bounds.year_on_year)
    END AS DOUBLE) AS tolerance, -- how far they may differ
    CAST(
        greatest(present.value, earlier.value) <= least(present.value, earlier.value) * bounds.year_on_year
    AS BOOLEAN) AS holds, -- whether they differ no more
    CAST([present.fact_id] AS VARCHAR[]) AS part_fact_ids, -- fact of the year
    CAST(earlier.fact_id AS VARCHAR) AS total_fact_id, -- fact of the year before
    CAST(present.fact_id AS VARCHAR) AS fact_id -- fact that is put to the test
FROM taken AS present
INNER JOIN taken AS earlier
    ON
        present.source = earlier.source
        AND present.metric = earlier.metric
        AND present.period_type = earlier.period_type
        AND present.kind = earlier.kind
        AND present.breakdown = earlier.breakdown
        AND present.year = earlier.year + 1
INNER JOIN base.bounds AS bounds ON present.source = bounds.source
ORDER BY source, identity, edition, year, period_type, kind
