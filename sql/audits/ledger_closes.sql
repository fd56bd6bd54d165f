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
    CASE count(numerals.surface) WHEN 0 THEN 'fact without a numeral' ELSE 'fact with several numerals' END AS problem
FROM facts
LEFT JOIN numerals
    ON
        facts.source = numerals.source
        AND facts.fact_id = numerals.fact_id
        AND facts.capture_sha256 = numerals.capture_sha256
        AND facts.passage_index = numerals.passage_index
        AND facts."start" = numerals."start"
        AND facts."end" = numerals."end"
GROUP BY facts.source, facts.fact_id, facts.capture_sha256, facts.passage_index, facts.surface
HAVING count(numerals.surface) <> 1
