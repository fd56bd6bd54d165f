-- audit: cells_explain_themselves
-- promise: Every row of metric_year leads to its fact, that fact's passage and the capture's bytes, and says what the fact says.
-- blocking: yes
SELECT
    metric_year.source,
    metric_year.metric,
    metric_year.year,
    metric_year.breakdown,
    metric_year.fact_id
FROM metric_year
LEFT JOIN facts ON metric_year.source = facts.source AND metric_year.fact_id = facts.fact_id
LEFT JOIN passages
    ON
        facts.source = passages.source
        AND facts.capture_sha256 = passages.capture_sha256
        AND facts.passage_index = passages.passage_index
LEFT JOIN metrics ON metric_year.source = metrics.source AND metric_year.metric = metrics.metric
WHERE
    facts.value IS DISTINCT FROM metric_year.value
    OR facts.metric IS DISTINCT FROM metric_year.metric
    OR facts.year IS DISTINCT FROM metric_year.year
    OR passages.text IS NULL
    OR metrics.metric IS NULL
    OR NOT EXISTS (
        SELECT 1
        FROM captures
        WHERE captures.source = facts.source AND captures.sha256 = facts.capture_sha256
    )
