-- table: metric_year
-- grain: one row a source, metric, year, period_type, kind and breakdown
-- description: The tidy table: what each source states for each metric and year. What has gone from its edition's page while the page states the cell otherwise is out; the latest edition leads; of what meets its claim the exact statement is taken, then the narrower, then the later. Habitual claims, part-year ranges, rates, and statements that are held back are left out.
WITH cells AS (
    SELECT
        source,
        metric,
        year,
        period_type,
        kind,
        breakdown,
        count(*) FILTER (WHERE outcome <> 'held_back') AS statements,
        count(*) FILTER (WHERE outcome = 'contradicts') AS contradicting,
        count(*) FILTER (WHERE outcome = 'revised') AS revised
    FROM staging.statements
    GROUP BY source, metric, year, period_type, kind, breakdown
)

SELECT
    CAST(taken.source AS VARCHAR) AS source, -- source whose page states it
    CAST(taken.metric AS VARCHAR) AS metric, -- metric slug; see metrics
    CAST(taken.year AS INTEGER) AS year, -- reporting year; for cumulative and as_of the year at which the figure stands
    CAST(taken.period_type AS VARCHAR) AS period_type, -- year, cumulative (a flow since a beginning) or as_of (a stock at a moment)
    CAST(taken.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(taken.breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public, several joined by semicolons; empty for the total
    CAST(metrics.label AS VARCHAR) AS label, -- the metric's readable name
    CAST(taken.value AS DOUBLE) AS value, -- stated number; percent as 0-100; whole numbers are exact below 2^53
    CAST(taken.value_low AS DOUBLE) AS value_low, -- lower end of what the words claim; NULL when unbounded
    CAST(taken.value_high AS DOUBLE) AS value_high, -- upper end of what the words claim; NULL when unbounded
    CAST(CASE
        WHEN taken.kind = 'ratio' AND metrics.unit = 'percent' THEN 'ratio'
        ELSE metrics.unit
    END AS VARCHAR) AS unit, -- what is counted, as the source's card says it of the metric; ratio for a share put as one in so many
    CAST(taken.unit AS VARCHAR) AS unit_stated, -- what is counted, as the text says it; NULL when it does not say
    CAST(
        taken.kind = 'count'
        AND taken.unit IS NOT NULL
        AND counted_noun(taken.unit) <> counted_noun(metrics.unit)
    AS BOOLEAN) AS unit_differs, -- whether the text's noun names another thing than the metric's unit
    CAST(taken.qualifier AS VARCHAR) AS qualifier, -- exact, more_than, at_least, less_than, at_most, up_to, about, nearly, range or order_of_magnitude
    CAST(taken.period_start AS DATE) AS period_start, -- first day of the period, when known
    CAST(taken.period_end AS DATE) AS period_end, -- last day of the period, when known
    CAST(CASE
        WHEN cells.contradicting > 0 THEN 'contradicted'
        WHEN cells.revised > 0 THEN 'revised'
        WHEN cells.statements > 1 THEN 'agreed'
        ELSE 'single'
    END AS VARCHAR) AS status, -- the first that applies of contradicted (two statements stand on the page of one edition and do not meet), revised (corrected, or restated by a later edition), agreed (several statements, whose claims meet), single
    CAST(cells.statements AS INTEGER) AS statements, -- distinct statements: edition and place
    CAST(taken.edition AS INTEGER) AS edition, -- edition of the statement taken
    CAST(taken.fact_id AS VARCHAR) AS fact_id, -- fact taken; join facts on source and fact_id
    CAST(taken.statement AS VARCHAR) AS statement, -- its words, readable: the sentence; of a bare cell or tile its heads and value
    CAST(CASE
        WHEN
            taken.breakdown <> ''
            AND taken.kind IN ('count', 'money', 'measure')
            AND metrics.measure IN ('flow', 'stock')
            THEN CAST(taken.value AS DOUBLE) / nullif(CAST(total.value AS DOUBLE), 0)
    END AS DOUBLE) AS share_of_total, -- of a part: its value by that of its total, as 0-1; NULL for a total, without one, and of what does not add up (shares, averages)
    CAST(decided.decision AS VARCHAR) AS decision, -- decision of a person by which that fact says this, see decisions; NULL when the rules say so
    CAST(decided.decided_by AS VARCHAR) AS decided_by -- who made that decision
FROM staging.statements AS taken
INNER JOIN cells
    ON
        taken.source = cells.source
        AND taken.metric = cells.metric
        AND taken.year = cells.year
        AND taken.period_type = cells.period_type
        AND taken.kind = cells.kind
        AND taken.breakdown = cells.breakdown
LEFT JOIN base.metrics AS metrics ON taken.source = metrics.source AND taken.metric = metrics.metric
LEFT JOIN base.decided AS decided ON taken.source = decided.source AND taken.fact_id = decided.fact_id
LEFT JOIN staging.statements AS total
    ON
        taken.source = total.source
        AND taken.metric = total.metric
        AND taken.year = total.year
        AND taken.period_type = total.period_type
        AND taken.kind = total.kind
        AND total.breakdown = ''
        AND total.outcome = 'taken'
WHERE taken.outcome = 'taken'
ORDER BY taken.source, taken.metric, taken.year, taken.period_type, taken.kind, taken.breakdown
