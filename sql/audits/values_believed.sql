-- audit: values_believed
-- promise: Every statement lies in the range its card gives, shares in 0-100, counts whole and not negative. What does not is held back until a person accepts the capture.
-- blocking: no
SELECT
    source,
    metric,
    year,
    breakdown,
    value,
    held_back AS problem,
    fact_id,
    capture_sha256[1:12] AS capture
FROM facts
WHERE held_back IS NOT NULL
