-- audit: metrics_still_stated
-- promise: What the edition before the latest stated, the latest states too. What has gone missing is told, with the statistic of the review queue that is likeliest it.
-- blocking: no
SELECT
    coverage.source,
    coverage.metric,
    coverage.edition,
    coverage.state,
    coverage.value_before,
    coverage.statement_before,
    coverage.value AS likeliest_value,
    coverage.statement AS likeliest,
    coverage.fact_id AS likeliest_fact_id
FROM coverage
INNER JOIN sources ON coverage.source = sources.source AND coverage.edition = sources.last_edition
WHERE coverage.state IN ('queued', 'gone') AND coverage.last_stated = coverage.edition_before
