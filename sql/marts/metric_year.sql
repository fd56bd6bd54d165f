-- table: metric_year
-- grain: one row a source, metric, year, period_type, kind and breakdown
-- description: The tidy table: what each source states for each metric and year. The cell takes the exact statement before the rounded or bounded one, then the later edition. Habitual claims, part-year ranges and rates are left out.
WITH cells AS (
    SELECT
        source,
        metric,
        year,
        period_type,
        kind,
        breakdown,
        count(DISTINCT {'edition': edition, 'sentence': sentence}) AS statements,
        count(*) FILTER (WHERE outcome = 'contradicts') AS contradicting,
        count(*) FILTER (WHERE outcome = 'revised') AS revised
    FROM statements
    GROUP BY source, metric, year, period_type, kind, breakdown
)

SELECT
    CAST(taken.source AS VARCHAR) AS source, -- source whose page states it
    CAST(taken.metric AS VARCHAR) AS metric, -- metric slug; see metrics
    CAST(taken.year AS INTEGER) AS year, -- reporting year; for cumulative and as_of the year at which the figure stands
    CAST(taken.period_type AS VARCHAR) AS period_type, -- year, cumulative (a flow since a beginning) or as_of (a stock at a moment)
    CAST(taken.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(taken.breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public, several joined by semicolons; empty for the total
    CAST(taken.value AS DOUBLE) AS value, -- stated number; percent as 0-100; whole numbers are exact below 2^53
    CAST(taken.value_low AS DOUBLE) AS value_low, -- lower end of what the words claim; NULL when unbounded
    CAST(taken.value_high AS DOUBLE) AS value_high, -- upper end of what the words claim; NULL when unbounded
    CAST(taken.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(taken.qualifier AS VARCHAR) AS qualifier, -- exact, more_than, at_least, less_than, at_most, up_to, about, nearly, range or order_of_magnitude
    CAST(taken.period_start AS DATE) AS period_start, -- first day of the period, when known
    CAST(taken.period_end AS DATE) AS period_end, -- last day of the period, when known
    CAST(CASE
        WHEN cells.contradicting > 0 THEN 'contradicted'
        WHEN cells.revised > 0 THEN 'revised'
        WHEN cells.statements > 1 THEN 'agreed'
        ELSE 'single'
    END AS VARCHAR) AS status, -- single (one statement), agreed (all claims meet the one taken), revised (a later edition restates it), contradicted (a statement of the same edition, or a later one less exact, does not agree)
    CAST(cells.statements AS INTEGER) AS statements, -- distinct statements: edition and sentence
    CAST(taken.edition AS INTEGER) AS edition, -- edition of the statement taken
    CAST(taken.fact_id AS VARCHAR) AS fact_id -- fact taken; join facts on source and fact_id
FROM staging.statements AS taken
INNER JOIN cells
    ON
        taken.source = cells.source
        AND taken.metric = cells.metric
        AND taken.year = cells.year
        AND taken.period_type = cells.period_type
        AND taken.kind = cells.kind
        AND taken.breakdown = cells.breakdown
WHERE taken.cell_rank = 1
ORDER BY source, metric, year, period_type, kind, breakdown
