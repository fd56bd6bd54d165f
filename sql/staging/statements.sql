-- table: staging.statements
-- grain: one row a source, metric, year, period_type, kind, breakdown, edition, sentence, value, qualifier, occurrence and whether it is held back
-- description: Every distinct statement that speaks for a cell of metric_year, and what becomes of it. (1) What has gone from its edition's page while the page went on to state the cell otherwise was corrected, and is out. (2) The latest edition leads. (3) Of what meets the leader's claim the exact is taken, then the narrower, then the later. (4) What does not meet it is revised or contradicts.
WITH speaking AS (
    SELECT
        source,
        fact_id,
        capture_sha256,
        metric,
        year,
        period_type,
        kind,
        breakdown,
        edition,
        sentence,
        value,
        qualifier,
        held_back,
        row_number() OVER (
            PARTITION BY
                source, capture_sha256, metric, year, period_type, kind, breakdown, sentence, value, qualifier,
                held_back IS NULL
            ORDER BY passage_index, "start", fact_id
        ) AS occurrence
    FROM staging.facts
    WHERE speaks
),

-- The same words on the same page, over all captures that show them.
on_page AS (
    SELECT
        speaking.source,
        speaking.metric,
        speaking.year,
        speaking.period_type,
        speaking.kind,
        speaking.breakdown,
        speaking.edition,
        speaking.sentence,
        speaking.value,
        speaking.qualifier,
        speaking.occurrence,
        speaking.held_back IS NOT NULL AS is_held_back,
        pages.page,
        pages.page_until,
        min_by(speaking.fact_id, (pages.first_shown, speaking.capture_sha256)) AS fact_id,
        min(pages.first_shown) AS first_seen,
        max(pages.last_shown) AS last_seen
    FROM speaking
    INNER JOIN staging.pages AS pages
        ON speaking.source = pages.source AND speaking.capture_sha256 = pages.capture_sha256
    GROUP BY ALL
),

-- Whether the words still stood there when the page last stated the cell for that edition, at its latest address that does.
standing AS (
    SELECT
        *,
        NOT is_held_back
        AND last_seen = max(last_seen) FILTER (WHERE NOT is_held_back) OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown, edition, page
        )
        AND page_until = max(page_until) FILTER (WHERE NOT is_held_back) OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown, edition
        ) AS stands
    FROM on_page
),

stated AS (
    SELECT
        source,
        metric,
        year,
        period_type,
        kind,
        breakdown,
        edition,
        sentence,
        value,
        qualifier,
        occurrence,
        is_held_back,
        min_by(fact_id, (first_seen, page)) AS fact_id,
        min(first_seen) AS first_seen,
        max(last_seen) AS last_seen,
        bool_or(stands) AS stands
    FROM standing
    GROUP BY ALL
),

described AS (
    SELECT
        stated.*,
        facts.value_low,
        facts.value_high,
        facts.resolution,
        facts.claim,
        coalesce(facts.claim.low = facts.claim.high, FALSE) AS is_exact,
        facts.claim.high - facts.claim.low AS width,
        facts.unit,
        facts.statement,
        facts.words,
        facts.narrowings,
        facts.period_start,
        facts.period_end,
        facts.held_back,
        facts.passage_index,
        facts."start",
        -- Said again in other words it was not corrected.
        stated.is_held_back OR NOT (
            stated.stands
            OR bool_or(stated.stands) OVER (
                PARTITION BY
                    stated.source, stated.metric, stated.year, stated.period_type, stated.kind, stated.breakdown,
                    stated.edition, stated.value, stated.qualifier, facts.value_low, facts.value_high
            )
        ) AS is_out
    FROM stated
    INNER JOIN staging.facts AS facts ON stated.source = facts.source AND stated.fact_id = facts.fact_id
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown
            ORDER BY is_out, coalesce(edition, 0) DESC, is_exact DESC, width NULLS LAST, stands DESC, last_seen DESC,
                passage_index, "start", fact_id
        ) AS lead_rank,
        row_number() OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown, edition
            ORDER BY is_out, is_exact DESC, width NULLS LAST, stands DESC, last_seen DESC, passage_index, "start", fact_id
        ) AS edition_rank
    FROM described
),

led AS (
    SELECT
        ranked.*,
        leader.fact_id AS leader_id,
        leader.edition AS leader_edition,
        NOT ranked.is_out AND claims_meet(ranked.claim, leader.claim) AS meets_leader
    FROM ranked
    INNER JOIN ranked AS leader
        ON
            ranked.source = leader.source
            AND ranked.metric = leader.metric
            AND ranked.year = leader.year
            AND ranked.period_type = leader.period_type
            AND ranked.kind = leader.kind
            AND ranked.breakdown = leader.breakdown
            AND leader.lead_rank = 1
),

chosen AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY source, metric, year, period_type, kind, breakdown
            ORDER BY is_out, meets_leader DESC, is_exact DESC, width NULLS LAST, coalesce(edition, 0) DESC, stands DESC,
                last_seen DESC, passage_index, "start", fact_id
        ) AS cell_rank
    FROM led
),

-- Statements of one edition that stand together and do not meet, unless a later edition has settled it.
at_odds AS (
    SELECT DISTINCT
        one.source,
        one.fact_id
    FROM chosen AS one
    INNER JOIN chosen AS other
        ON
            one.source = other.source
            AND one.metric = other.metric
            AND one.year = other.year
            AND one.period_type = other.period_type
            AND one.kind = other.kind
            AND one.breakdown = other.breakdown
            AND one.edition IS NOT DISTINCT FROM other.edition
            AND one.fact_id <> other.fact_id
    WHERE
        NOT one.is_out
        AND NOT other.is_out
        AND (one.meets_leader OR one.edition IS NOT DISTINCT FROM one.leader_edition)
        AND (other.meets_leader OR other.edition IS NOT DISTINCT FROM other.leader_edition)
        AND NOT claims_meet(one.claim, other.claim)
)

SELECT
    CAST(chosen.source AS VARCHAR) AS source, -- source whose page states it
    CAST(chosen.metric AS VARCHAR) AS metric, -- metric slug
    CAST(chosen.year AS INTEGER) AS year, -- reporting year of the cell
    CAST(chosen.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(chosen.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(chosen.breakdown AS VARCHAR) AS breakdown, -- dimensions as text, sorted; empty for the total
    CAST(chosen.cell_rank AS INTEGER) AS cell_rank, -- precedence among all statements of the cell
    CAST(chosen.edition_rank AS INTEGER) AS edition_rank, -- precedence among the statements of its edition; 1 speaks for the edition, unless it is out
    CAST(chosen.edition AS INTEGER) AS edition, -- edition that states it
    CAST(chosen.sentence AS VARCHAR) AS sentence, -- the words
    CAST(chosen.statement AS VARCHAR) AS statement, -- the words, readable: a bare cell or tile with its heads
    CAST(chosen.occurrence AS INTEGER) AS occurrence, -- which of the places on the page that say these words
    CAST(chosen.value AS DECIMAL(38, 10)) AS value, -- stated number
    CAST(chosen.qualifier AS VARCHAR) AS qualifier, -- how the words bound the number
    CAST(chosen.value_low AS DECIMAL(38, 10)) AS value_low, -- lower end of what the words claim
    CAST(chosen.value_high AS DECIMAL(38, 10)) AS value_high, -- upper end of what the words claim
    CAST(chosen.claim AS STRUCT(low DECIMAL(38, 10), low_open BOOLEAN, high DECIMAL(38, 10), high_open BOOLEAN)) AS claim, -- interval the words claim, with open ends
    CAST(chosen.is_exact AS BOOLEAN) AS is_exact, -- whether the claim is one number
    CAST(chosen.width AS DECIMAL(38, 10)) AS width, -- width of the claim; NULL when unbounded
    CAST(chosen.unit AS VARCHAR) AS unit, -- what is counted, as the text says it
    CAST(chosen.words AS VARCHAR[]) AS words, -- words that say what it speaks of
    CAST(chosen.narrowings AS VARCHAR[]) AS narrowings, -- words that narrow the thing it counts
    CAST(chosen.period_start AS DATE) AS period_start, -- first day of the period
    CAST(chosen.period_end AS DATE) AS period_end, -- last day of the period
    CAST(chosen.first_seen AS TIMESTAMP) AS first_seen, -- first retrieval of a page with these words, UTC
    CAST(chosen.last_seen AS TIMESTAMP) AS last_seen, -- last retrieval of a page with these words, changed or not, UTC
    CAST(chosen.stands AS BOOLEAN) AS stands, -- whether they still stood there when their edition's page last stated the cell
    CAST(chosen.is_out AS BOOLEAN) AS is_out, -- corrected or held back
    CAST(chosen.held_back AS VARCHAR) AS held_back, -- why it is not believed
    CAST(chosen.fact_id = chosen.leader_id AS BOOLEAN) AS leads, -- whether it leads the cell
    CAST(CASE
        WHEN chosen.held_back IS NOT NULL THEN 'held_back'
        WHEN chosen.is_out THEN 'revised'
        WHEN chosen.cell_rank = 1 THEN 'taken'
        WHEN NOT chosen.meets_leader AND chosen.edition IS DISTINCT FROM chosen.leader_edition THEN 'revised'
        WHEN at_odds.fact_id IS NOT NULL THEN 'contradicts'
        WHEN NOT claims_meet(chosen.claim, taken.claim) THEN 'revised'
        ELSE 'agrees'
    END AS VARCHAR) AS outcome, -- taken, agrees, revised, contradicts or held_back
    CAST(chosen.fact_id AS VARCHAR) AS fact_id -- fact of the first capture with these words
FROM chosen
INNER JOIN chosen AS taken
    ON
        chosen.source = taken.source
        AND chosen.metric = taken.metric
        AND chosen.year = taken.year
        AND chosen.period_type = taken.period_type
        AND chosen.kind = taken.kind
        AND chosen.breakdown = taken.breakdown
        AND taken.cell_rank = 1
LEFT JOIN at_odds ON chosen.source = at_odds.source AND chosen.fact_id = at_odds.fact_id
ORDER BY
    chosen.source, chosen.metric, chosen.year, chosen.period_type, chosen.kind, chosen.breakdown, chosen.cell_rank
