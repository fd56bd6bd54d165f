-- audit: ledger_closes
-- promise: Every numeral is a fact or excluded with a reason, and every fact has exactly one numeral.
-- blocking: yes
SELECT
    numerals.source,
    numerals.capture_sha256,
    numerals.passage_index,
    numerals.surface,
    CASE
        WHEN numerals.disposition = 'excluded' THEN 'excluded without a reason'
        WHEN numerals.disposition = 'fact' THEN 'its fact is missing'
        ELSE 'neither a fact nor excluded'
    END AS problem
FROM numerals
LEFT JOIN facts ON numerals.source = facts.source AND numerals.fact_id = facts.fact_id
WHERE
    numerals.disposition NOT IN ('fact', 'excluded')
    OR (numerals.disposition = 'excluded' AND coalesce(trim(numerals.reason), '') = '')
    OR (numerals.disposition = 'fact' AND facts.fact_id IS NULL)
UNION ALL
SELECT
    facts.source,
    facts.capture_sha256,
    facts.passage_index,
    facts.surface,
    CASE WHEN lines.numerals IS NULL THEN 'fact without a numeral' ELSE 'fact with several numerals' END AS problem
FROM facts
LEFT JOIN (
    SELECT
        source,
        fact_id,
        capture_sha256,
        passage_index,
        "start",
        "end",
        count(*) AS numerals
    FROM numerals
    WHERE fact_id IS NOT NULL
    GROUP BY source, fact_id, capture_sha256, passage_index, "start", "end"
) AS lines
    ON
        facts.source = lines.source
        AND facts.fact_id = lines.fact_id
        AND facts.capture_sha256 = lines.capture_sha256
        AND facts.passage_index = lines.passage_index
        AND facts."start" = lines."start"
        AND facts."end" = lines."end"
WHERE coalesce(lines.numerals, 0) <> 1
