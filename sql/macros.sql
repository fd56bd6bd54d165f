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

-- number(value) is a number as people write it: 29,397,681; 93.5.
CREATE OR REPLACE MACRO number(value) AS
    format('{:,}', CAST(trunc(value) AS BIGINT))
    || CASE WHEN value = trunc(value) THEN '' ELSE rtrim(substr(CAST(abs(value - trunc(value)) AS VARCHAR), 2), '0') END;

-- counted_noun(unit) is the noun that a unit comes down to, so that two wordings of one thing are equal: its last word
-- before a preposition or a relative clause, lower case, singular ("CyberTipline reports of abuse": report).
CREATE OR REPLACE MACRO counted_noun(unit) AS list_transform(
    [regexp_extract(regexp_replace(lower(unit), ' (of|in|on|from|by|to|for|with|who|that|which) .*', ''), '([\w-]+)\W*$', 1)],
    lambda noun: CASE
        WHEN noun IN ('people', 'persons', 'individuals', 'individual') THEN 'person'
        WHEN noun = 'children' THEN 'child'
        WHEN ends_with(noun, 'ies') THEN noun[:-4] || 'y'
        WHEN regexp_matches(noun, '(ss|x|ch|sh|z)es$') THEN noun[:-3]
        WHEN ends_with(noun, 's') AND NOT ends_with(noun, 'ss') THEN noun[:-2]
        ELSE noun
    END
)[1];

-- margin(value, claim) is how far a claim with two ends reaches from its value; 0 where it has none.
CREATE OR REPLACE MACRO margin(value, claim) AS coalesce(greatest(claim.high - value, value - claim.low), 0);

-- between_ends(low, high) is a claim that was computed, as claims_meet takes it: its ends are part of it, NULL is unbounded.
CREATE OR REPLACE MACRO between_ends(low, high) AS {'low': low, 'low_open': FALSE, 'high': high, 'high_open': FALSE};

-- narrows(narrowings, known, breakdown) is true when one of the narrowings, such as "confirmed" or "from parent", is new
-- beside the words that are known; of a part only a single word is, since "from the public" is what makes it the part.
CREATE OR REPLACE MACRO narrows(narrowings, known, breakdown) AS len(list_filter(
    narrowings,
    lambda one: NOT list_contains(known, one)
        AND NOT list_contains(known, string_split(one, ' ')[-1])
        AND (breakdown = '' OR NOT contains(one, ' '))
)) > 0;

-- differs_in(present, earlier, metric_unit, metric_words, breakdown) tells whether two statements of a series count one
-- thing: unit where their nouns differ, scope where one is narrowed and the other is not, else NULL. Both are structs of
-- unit, narrowings and words. A part goes by the name of its member, or by that of the whole.
CREATE OR REPLACE MACRO differs_in(present, earlier, metric_unit, metric_words, breakdown) AS CASE
    WHEN
        counted_noun(present.unit) <> counted_noun(earlier.unit)
        AND (
            breakdown = ''
            OR counted_noun(metric_unit) NOT IN (counted_noun(present.unit), counted_noun(earlier.unit))
        )
        THEN 'unit'
    WHEN
        narrows(present.narrowings, earlier.narrowings || earlier.words || metric_words, breakdown)
        OR narrows(earlier.narrowings, present.narrowings || present.words || metric_words, breakdown)
        THEN 'scope'
END;
