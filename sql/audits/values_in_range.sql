-- audit: values_in_range
-- promise: Shares lie in 0-100, counts are whole and not negative, years are plausible, and values lie in the range their card gives, unless a person accepted the capture that states them.
-- blocking: yes
SELECT
    checked.source,
    checked.metric,
    checked.year,
    checked.breakdown,
    checked.value,
    checked.fact_id,
    checked.problem,
    facts.capture_sha256[1:12] AS capture
FROM (
    SELECT
        metric_year.*,
        CASE
            WHEN metrics.measure = 'share' AND metric_year.kind = 'percent' AND metric_year.value NOT BETWEEN 0 AND 100
                THEN 'a share outside 0-100'
            WHEN metrics.measure = 'share' AND metric_year.kind = 'ratio' AND metric_year.value NOT BETWEEN 0 AND 1
                THEN 'a share outside 0-1'
            WHEN metric_year.kind IN ('count', 'money', 'measure') AND metric_year.value < 0 THEN 'negative'
            WHEN metric_year.kind = 'count' AND metrics.measure IN ('flow', 'stock') AND metric_year.value <> floor(metric_year.value)
                THEN 'a count that is not whole'
            WHEN metric_year.year NOT BETWEEN 1900 AND coalesce(metric_year.edition, 2100) + 1
                THEN 'a year before 1900 or after the edition'
            WHEN metric_year.value NOT BETWEEN metrics.range_low AND metrics.range_high THEN 'outside the range of its card'
        END AS problem
    FROM metric_year
    LEFT JOIN base.metrics AS metrics ON metric_year.source = metrics.source AND metric_year.metric = metrics.metric
) AS checked
INNER JOIN facts ON checked.source = facts.source AND checked.fact_id = facts.fact_id
WHERE
    checked.problem IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM captures
        WHERE
            captures.source = facts.source
            AND captures.sha256 = facts.capture_sha256
            AND captures.accepted IS NOT NULL
    )
