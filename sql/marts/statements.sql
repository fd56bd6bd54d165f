-- table: statements
-- grain: one row a source, metric, year, period_type, kind, breakdown, edition, sentence, value, qualifier, occurrence and whether it is held back
-- description: Every distinct statement about a cell of metric_year, the one taken first, with what became of the others, why, and which of the four steps decided.
WITH compared AS (
    SELECT
        statements.*,
        leader.fact_id AS leading_fact_id,
        leader.is_exact AS leader_is_exact,
        taken.edition AS taken_edition,
        taken.is_exact AS taken_is_exact,
        taken.width AS taken_width,
        count(*) OVER cell AS in_cell,
        min(statements.edition) OVER cell < max(statements.edition) OVER cell AS several_editions
    FROM staging.statements AS statements
    INNER JOIN staging.statements AS taken
        ON
            statements.source = taken.source
            AND statements.metric = taken.metric
            AND statements.year = taken.year
            AND statements.period_type = taken.period_type
            AND statements.kind = taken.kind
            AND statements.breakdown = taken.breakdown
            AND taken.cell_rank = 1
    INNER JOIN staging.statements AS leader
        ON
            statements.source = leader.source
            AND statements.metric = leader.metric
            AND statements.year = leader.year
            AND statements.period_type = leader.period_type
            AND statements.kind = leader.kind
            AND statements.breakdown = leader.breakdown
            AND leader.leads
    WINDOW cell AS (
        PARTITION BY
            statements.source, statements.metric, statements.year, statements.period_type, statements.kind,
            statements.breakdown
    )
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(year AS INTEGER) AS year, -- reporting year of the cell
    CAST(period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for the total
    CAST(cell_rank AS INTEGER) AS precedence, -- 1 is the statement the cell takes, unless it is held back
    CAST(outcome AS VARCHAR) AS outcome, -- taken, agrees (the claims meet), revised (corrected, or restated by a later edition), contradicts (another statement beside it on the same page) or held_back (not believed)
    CAST(CASE
        WHEN outcome = 'held_back' THEN NULL
        WHEN is_out THEN 1
        WHEN outcome IN ('revised', 'contradicts') THEN 4
        WHEN outcome = 'taken' AND leads THEN 2
        ELSE 3
    END AS INTEGER) AS step, -- the step that decided: 1 corrected on its page, 2 the latest edition leads, 3 the exact, narrower or later of what meets the leader, 4 does not meet it; NULL when held back
    CAST(CASE
        WHEN outcome = 'held_back' THEN held_back
        WHEN is_out THEN 'no longer on the page of its edition, which states it otherwise'
        WHEN in_cell = 1 THEN 'the only statement'
        WHEN outcome = 'taken' AND leads AND several_editions THEN 'from the latest edition that states it'
        WHEN outcome = 'taken' AND leads THEN 'first in precedence within its edition'
        WHEN outcome = 'taken' AND is_exact AND NOT leader_is_exact THEN 'exact, and within what the latest edition says'
        WHEN outcome = 'taken' THEN 'claims less room, within what the latest edition says'
        WHEN outcome = 'contradicts' THEN 'stands beside the other on the page of one edition and does not agree'
        WHEN outcome = 'revised' THEN 'a later edition states it otherwise'
        WHEN taken_is_exact AND NOT is_exact THEN 'rounded or bounded; the statement taken is exact'
        WHEN width IS DISTINCT FROM taken_width THEN 'the statement taken claims less room'
        WHEN edition IS DISTINCT FROM taken_edition THEN 'a later edition states it'
        WHEN NOT stands THEN 'its page now says it in other words'
        ELSE 'the statement taken stands first on the page'
    END AS VARCHAR) AS reason, -- why it was taken or not
    CAST(edition AS INTEGER) AS edition, -- edition that states it
    CAST(sentence AS VARCHAR) AS sentence, -- the words
    CAST(occurrence AS INTEGER) AS occurrence, -- which of the places on the page that say these words
    CAST(value AS DOUBLE) AS value, -- stated number; whole numbers are exact below 2^53
    CAST(qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(value_low AS DOUBLE) AS value_low, -- lower end of what the words claim
    CAST(value_high AS DOUBLE) AS value_high, -- upper end of what the words claim
    CAST(unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(first_seen AS TIMESTAMP) AS first_seen, -- first retrieval of a page with these words, UTC
    CAST(last_seen AS TIMESTAMP) AS last_seen, -- last retrieval of a page with these words, changed or not, UTC
    CAST(fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words; join facts on source and fact_id
FROM compared
ORDER BY source, metric, year, period_type, kind, breakdown, precedence
