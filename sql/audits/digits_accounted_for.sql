-- audit: digits_accounted_for
-- promise: Every digit of every passage stands in exactly one numeral.
-- blocking: yes
WITH in_numerals AS (
    SELECT
        source,
        capture_sha256,
        passage_index,
        sum(length(regexp_replace(surface, '\P{Nd}', '', 'g'))) AS digits
    FROM numerals
    GROUP BY source, capture_sha256, passage_index
)

SELECT
    passages.source,
    passages.capture_sha256,
    passages.passage_index,
    passages.text,
    length(regexp_replace(passages.text, '\P{Nd}', '', 'g')) AS digits_in_text,
    coalesce(in_numerals.digits, 0) AS digits_in_numerals
FROM passages
LEFT JOIN in_numerals
    ON
        passages.source = in_numerals.source
        AND passages.capture_sha256 = in_numerals.capture_sha256
        AND passages.passage_index = in_numerals.passage_index
WHERE length(regexp_replace(passages.text, '\P{Nd}', '', 'g')) <> coalesce(in_numerals.digits, 0)
