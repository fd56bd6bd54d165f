-- audit: digits_accounted_for
-- promise: Every digit of every passage stands in exactly one numeral.
-- blocking: yes
WITH texts AS (
    SELECT
        text,
        length(regexp_replace(text, '\P{Nd}', '', 'g')) AS digits
    FROM (SELECT DISTINCT text FROM passages)
),

surfaces AS (
    SELECT
        surface,
        length(regexp_replace(surface, '\P{Nd}', '', 'g')) AS digits
    FROM (SELECT DISTINCT surface FROM numerals)
),

in_numerals AS (
    SELECT
        numerals.source,
        numerals.capture_sha256,
        numerals.passage_index,
        sum(surfaces.digits) AS digits
    FROM numerals
    INNER JOIN surfaces ON numerals.surface = surfaces.surface
    GROUP BY numerals.source, numerals.capture_sha256, numerals.passage_index
)

SELECT
    passages.source,
    passages.capture_sha256,
    passages.passage_index,
    passages.text,
    texts.digits AS digits_in_text,
    coalesce(in_numerals.digits, 0) AS digits_in_numerals
FROM passages
INNER JOIN texts ON passages.text = texts.text
LEFT JOIN in_numerals
    ON
        passages.source = in_numerals.source
        AND passages.capture_sha256 = in_numerals.capture_sha256
        AND passages.passage_index = in_numerals.passage_index
WHERE texts.digits <> coalesce(in_numerals.digits, 0)
