-- audit: grains_unique
-- promise: metric_year has one row a cell, facts one row a fact, numerals one row a span, passages one row a passage.
-- blocking: yes
SELECT
    'metric_year' AS table_name,
    concat_ws(' ', source, metric, year, period_type, kind, breakdown) AS grain,
    count(*) AS row_count
FROM metric_year
GROUP BY source, metric, year, period_type, kind, breakdown
HAVING count(*) > 1
UNION ALL
SELECT
    'facts' AS table_name,
    concat_ws(' ', source, fact_id) AS grain,
    count(*) AS row_count
FROM facts
GROUP BY source, fact_id
HAVING count(*) > 1
UNION ALL
SELECT
    'numerals' AS table_name,
    concat_ws(' ', source, capture_sha256, passage_index, "start") AS grain,
    count(*) AS row_count
FROM numerals
GROUP BY source, capture_sha256, passage_index, "start"
HAVING count(*) > 1
UNION ALL
SELECT
    'passages' AS table_name,
    concat_ws(' ', source, capture_sha256, passage_index) AS grain,
    count(*) AS row_count
FROM passages
GROUP BY source, capture_sha256, passage_index
HAVING count(*) > 1
