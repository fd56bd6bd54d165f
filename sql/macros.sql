-- What a statement's words claim, and when two statements agree. Every model and audit uses these two macros.
--
-- claim(...) is the interval a statement allows, as a struct; a NULL end is unbounded, an open end is not itself claimed:
--   more_than is open below; an exact figure that was rounded or cut (value_low < value_high) is open at both ends;
--   less_than is open above; every other end is closed. An exact figure with a lower end alone is a running total that
--   was passed ("its 10,000th volunteer"): unbounded above.
CREATE OR REPLACE MACRO claim(value, value_low, value_high, qualifier) AS {
    'low': CASE
        WHEN value_low IS NULL AND qualifier IN ('exact', 'more_than', 'at_least') THEN value
        ELSE value_low
    END,
    'low_open': coalesce(qualifier = 'more_than' OR (qualifier = 'exact' AND value_low < value_high), FALSE),
    'high': CASE
        WHEN value_high IS NULL AND qualifier IN ('less_than', 'at_most', 'up_to') THEN value
        WHEN value_high IS NULL AND value_low IS NULL AND qualifier = 'exact' THEN value
        ELSE value_high
    END,
    'high_open': coalesce(qualifier = 'less_than' OR (qualifier = 'exact' AND value_low < value_high), FALSE)
};

-- claims_meet(a, b) is true when some number satisfies both claims. Two ends that only touch meet if both are closed.
CREATE OR REPLACE MACRO claims_meet(a, b) AS (
    coalesce(a.low < b.high OR (a.low = b.high AND NOT a.low_open AND NOT b.high_open), TRUE)
    AND coalesce(b.low < a.high OR (b.low = a.high AND NOT b.low_open AND NOT a.high_open), TRUE)
);
