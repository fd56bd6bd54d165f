-- audit: spans_exact
-- promise: Every span of a numeral or a fact cuts its surface out of its passage, and spans do not overlap.
-- blocking: yes
SELECT
    spans.source,
    spans.capture_sha256,
    spans.passage_index,
    spans.surface,
    spans.problem
FROM (
    SELECT
        numerals.source,
        numerals.capture_sha256,
        numerals.passage_index,
        numerals.surface,
        CASE
            WHEN substr(passages.text, numerals."start" + 1, numerals."end" - numerals."start") IS DISTINCT FROM numerals.surface
                THEN 'numeral: the span does not cut out the surface'
            WHEN numerals.passage_text IS DISTINCT FROM passages.text THEN 'numeral: the text is not that of its passage'
        END AS problem
    FROM numerals
    LEFT JOIN passages
        ON
            numerals.source = passages.source
            AND numerals.capture_sha256 = passages.capture_sha256
            AND numerals.passage_index = passages.passage_index
    UNION ALL
    -- Without the text of the passages, which a window would hold for all numerals at once.
    SELECT
        source,
        capture_sha256,
        passage_index,
        surface,
        CASE WHEN "start" < lag("end") OVER (
            PARTITION BY source, capture_sha256, passage_index
            ORDER BY "start", "end"
        ) THEN 'numeral: the span overlaps the one before' END AS problem
    FROM numerals
    UNION ALL
    SELECT
        facts.source,
        facts.capture_sha256,
        facts.passage_index,
        facts.surface,
        CASE
            WHEN substr(facts.passage_text, facts."start" + 1, facts."end" - facts."start") IS DISTINCT FROM facts.surface
                THEN 'fact: the span does not cut out the surface'
            WHEN facts.passage_text IS DISTINCT FROM passages.text THEN 'fact: the text is not that of its passage'
        END AS problem
    FROM facts
    LEFT JOIN passages
        ON
            facts.source = passages.source
            AND facts.capture_sha256 = passages.capture_sha256
            AND facts.passage_index = passages.passage_index
) AS spans
WHERE spans.problem IS NOT NULL
