-- audit: claims_hold_values
-- promise: What a statement's words claim holds the number it states, and its ends are in order.
-- blocking: yes
SELECT
    source,
    fact_id,
    value,
    value_low,
    value_high,
    qualifier
FROM staging.facts
WHERE value_low > value_high OR value < value_low OR value > value_high
