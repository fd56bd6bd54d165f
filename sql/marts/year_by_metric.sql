-- table: year_by_metric
-- grain: one row a source, metric, period_type, kind and breakdown
-- description: The tidy table, wide: a row a series, a column for each year of metric_year.
-- repeat {year}: SELECT DISTINCT year FROM metric_year ORDER BY year
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(metric AS VARCHAR) AS metric, -- metric slug; see metrics
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(breakdown AS VARCHAR) AS breakdown, -- part of the total, as reporter=public; empty for the total
    CAST(max(value) FILTER (WHERE year = {year}) AS DOUBLE) AS "{year}", -- value for {year}; NULL when no edition states one
FROM metric_year
GROUP BY source, metric, period_type, kind, breakdown
ORDER BY source, metric, period_type, kind, breakdown
