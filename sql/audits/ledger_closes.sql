-- audit: ledger_closes
-- promise: Every numeral is a fact or excluded with a reason, and every fact has exactly one numeral.
-- blocking: yes
-- Numerals and facts are told by their ids alone, in one aggregate: joins of both would hold millions of each in memory.
SELECT
    source,
    concat_ws(' ', capture_sha256, passage_index, surface) AS place,
    CASE
        WHEN disposition = 'excluded' THEN 'excluded without a reason'
        WHEN disposition = 'fact' THEN 'its fact is missing'
        ELSE 'neither a fact nor excluded'
    END AS problem
FROM numerals
WHERE
    disposition NOT IN ('fact', 'excluded')
    OR (disposition = 'excluded' AND coalesce(trim(reason), '') = '')
    OR (disposition = 'fact' AND fact_id IS NULL)
UNION ALL
SELECT
    source,
    fact_id AS place,
    CASE
        WHEN facts = 0 THEN 'its fact is missing'
        WHEN numerals = 0 THEN 'fact without a numeral'
        WHEN numerals > 1 THEN 'fact with several numerals'
        ELSE 'fact whose numeral stands elsewhere'
    END AS problem
FROM (
    SELECT
        source,
        fact_id,
        count(*) FILTER (WHERE of_a_fact) AS facts,
        count(*) FILTER (WHERE NOT of_a_fact) AS numerals,
        min(span) <> max(span) AS is_moved
    FROM (
        SELECT
            source,
            fact_id,
            FALSE AS of_a_fact,
            hash(capture_sha256, passage_index, "start", "end") AS span
        FROM numerals
        WHERE fact_id IS NOT NULL
        UNION ALL
        SELECT
            source,
            fact_id,
            TRUE AS of_a_fact,
            hash(capture_sha256, passage_index, "start", "end") AS span
        FROM facts
    )
    GROUP BY source, fact_id
)
WHERE facts = 0 OR numerals <> 1 OR is_moved
