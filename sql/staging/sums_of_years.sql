-- table: staging.sums_of_years
-- grain: one row a source, metric, year, kind and breakdown
-- description: A total to date against the sum of its years, where it has a stated beginning and every year since is known. Working table.
WITH taken AS (
    SELECT *
    FROM staging.statements
    WHERE outcome = 'taken' AND kind IN ('count', 'money', 'measure')
),

-- One that begins or ends within a year holds a part of that year's figure only.
summed AS (
    SELECT
        total.source,
        total.metric,
        total.edition,
        total.year,
        total.period_type,
        total.kind,
        total.breakdown,
        total.value,
        total.claim,
        total.fact_id,
        sum(years.value) AS of_years,
        CASE WHEN count(years.claim.low) = count(*) THEN sum(years.claim.low) END AS low,
        CASE WHEN count(years.claim.high) = count(*) THEN sum(years.claim.high) END AS high,
        sum(margin(years.value, years.claim)) AS margin,
        list(years.fact_id ORDER BY years.year) AS fact_ids
    FROM taken AS total
    INNER JOIN taken AS years
        ON
            total.source = years.source
            AND total.metric = years.metric
            AND total.kind = years.kind
            AND total.breakdown = years.breakdown
            AND years.period_type = 'year'
            AND years.year BETWEEN year(total.period_start) AND total.year
    WHERE
        total.period_type = 'cumulative'
        AND total.period_start = make_date(year(total.period_start), 1, 1)
        AND coalesce(total.period_end = make_date(total.year, 12, 31), TRUE)
    GROUP BY ALL
    HAVING count(*) = total.year - any_value(year(total.period_start)) + 1
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states the total
    CAST(concat_ws(' ', metric, nullif(breakdown, ''), 'to date, year by year') AS VARCHAR) AS identity, -- the identity, readable
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(edition AS INTEGER) AS edition, -- edition that states the total
    CAST(year AS INTEGER) AS year, -- year at which it stands
    CAST(period_type AS VARCHAR) AS period_type, -- cumulative
    CAST(kind AS VARCHAR) AS kind, -- count, money or measure
    CAST(of_years AS DOUBLE) AS lhs, -- sum of the years
    CAST(value AS DOUBLE) AS rhs, -- the total as stated
    CAST(margin + margin(value, claim) AS DOUBLE) AS tolerance, -- how far both sides may differ for want of digits
    CAST(claims_meet(between_ends(low, high), claim) AS BOOLEAN) AS holds, -- whether some number is both
    CAST(fact_ids AS VARCHAR[]) AS part_fact_ids, -- facts of the years
    CAST(fact_id AS VARCHAR) AS total_fact_id, -- fact of the total
    CAST(fact_id AS VARCHAR) AS fact_id -- fact that is put to the test
FROM summed
ORDER BY source, identity, edition, year, kind
