-- audit: whole_numbers_exact
-- promise: No count lost digits on its way into the published tables, whose numbers are DOUBLE.
-- blocking: no
SELECT
    source,
    fact_id,
    value
FROM staging.facts
WHERE value = floor(value) AND abs(value) > 9007199254740992
