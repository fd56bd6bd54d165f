-- table: staging.totals_to_date
-- grain: one row a source, edition, metric, kind and breakdown
-- description: A total to date against the same one in the last edition before that states it: it must not have fallen. One that another edition counts from another beginning is not the same. Working table.
WITH totals AS (
    SELECT *
    FROM staging.stated
    WHERE period_type = 'cumulative' AND kind IN ('count', 'money', 'measure') AND leads_cell AND series_rank = 1
),

compared AS (
    SELECT
        present.*,
        earlier.value AS value_before,
        earlier.fact_id AS fact_id_before,
        coalesce(earlier.claim.low, earlier.value) AS least_before,
        -- "More than 5 million" may be said of 5.2 million, "more than 50,000" of what was more than 52,000 may not.
        coalesce(present.claim.high, present.value + CASE
            WHEN present.resolution > 1 THEN present.resolution
            WHEN earlier.claim.high IS NULL THEN 0
            ELSE power(10, length(regexp_extract(CAST(CAST(present.value AS HUGEINT) AS VARCHAR), '0*$')))
        END) AS most
    FROM totals AS present
    INNER JOIN totals AS earlier
        ON present.source = earlier.source AND present.series = earlier.series AND present.edition > earlier.edition
    WHERE
        present.year > earlier.year
        AND coalesce(present.period_start = earlier.period_start, TRUE)
    QUALIFY row_number() OVER (
        PARTITION BY present.source, present.edition, present.series ORDER BY earlier.edition DESC
    ) = 1
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose pages state both
    CAST(concat_ws(' ', metric, nullif(breakdown, ''), 'to date, edition by edition') AS VARCHAR) AS identity, -- the identity, readable
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(edition AS INTEGER) AS edition, -- later edition
    CAST(year AS INTEGER) AS year, -- year at which its figure stands
    CAST(period_type AS VARCHAR) AS period_type, -- cumulative
    CAST(kind AS VARCHAR) AS kind, -- count, money or measure
    CAST(value AS DOUBLE) AS lhs, -- its figure
    CAST(value_before AS DOUBLE) AS rhs, -- figure of the earlier edition
    CAST(greatest(most - value, 0) + greatest(value_before - least_before, 0) AS DOUBLE) AS tolerance, -- how far it may seem to fall for want of digits
    CAST(most >= least_before AS BOOLEAN) AS holds, -- whether it may stand at least where the earlier one stood
    CAST([fact_id] AS VARCHAR[]) AS part_fact_ids, -- fact of the later edition
    CAST(fact_id_before AS VARCHAR) AS total_fact_id, -- fact of the earlier edition
    CAST(fact_id AS VARCHAR) AS fact_id -- fact that is put to the test
FROM compared
ORDER BY source, identity, edition, year, kind
