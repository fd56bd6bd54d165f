-- table: staging.stated_changes
-- grain: one row a source and fact that states a change
-- description: A change that is stated ("up 28%") against the values of its two years, the year before where no other is named, as the edition and those before it state them: of several the pair that agrees, else the latest. Working table.
WITH changed AS (
    SELECT
        facts.* EXCLUDE (base_year),
        -- Where nothing else is said, "up 28%" is said of the year before.
        coalesce(
            facts.base_year,
            CASE WHEN NOT regexp_matches(lower(facts.sentence), '\b(since|decade|past|years|months)\b') THEN facts.year - 1 END
        ) AS base_year,
        list_contains(facts.flags, 'percentage_points') AS is_of_points,
        -- "Fell by more than 12%" is below -12. A number of times is said of what it rounds to: 1.9 is doubled.
        CASE
            WHEN facts.value < 0 AND (facts.claim.low IS NULL) <> (facts.claim.high IS NULL) THEN {
                'low': facts.claim.high, 'low_open': facts.claim.high_open,
                'high': facts.claim.low, 'high_open': facts.claim.low_open
            }
            WHEN facts.kind = 'multiplier' AND facts.claim.low = facts.claim.high THEN {
                'low': facts.claim.low - 0.5, 'low_open': FALSE, 'high': facts.claim.high + 0.5, 'high_open': FALSE
            }
            ELSE facts.claim
        END AS claimed
    FROM changes
    INNER JOIN staging.facts AS facts ON changes.source = facts.source AND changes.fact_id = facts.fact_id
    WHERE facts.metric IS NOT NULL AND facts.aggregation IS NULL
),

valued AS (
    SELECT
        changed.*,
        present.kind AS cell_kind,
        present.edition AS present_edition,
        earlier.edition AS earlier_edition,
        present.series_rank,
        present.fact_id AS present_fact_id,
        earlier.fact_id AS earlier_fact_id,
        CAST(present.value AS DOUBLE) AS present_value,
        CAST(earlier.value AS DOUBLE) AS earlier_value,
        CAST(present.claim.low AS DOUBLE) AS present_low,
        CAST(present.claim.high AS DOUBLE) AS present_high,
        CAST(earlier.claim.low AS DOUBLE) AS earlier_low,
        CAST(earlier.claim.high AS DOUBLE) AS earlier_high
    FROM changed
    INNER JOIN staging.stated AS present
        ON
            changed.source = present.source
            AND changed.metric = present.metric
            AND changed.period_type = present.period_type
            AND changed.breakdown = present.breakdown
            AND changed.year = present.year
            AND changed.edition >= present.edition
    INNER JOIN staging.stated AS earlier
        ON present.source = earlier.source AND present.series = earlier.series AND changed.base_year = earlier.year
    WHERE
        changed.base_year < changed.year
        AND changed.edition >= earlier.edition
        AND present.is_believed
        AND earlier.is_believed
        AND earlier.value > 0
        AND CASE WHEN changed.is_of_points THEN present.kind = 'percent' ELSE present.kind IN ('count', 'money', 'measure') END
),

computed AS (
    SELECT
        *,
        CASE kind
            WHEN 'change' THEN present_value - earlier_value
            WHEN 'multiplier' THEN present_value / earlier_value
            ELSE (present_value - earlier_value) / earlier_value * 100
        END AS made,
        CASE kind
            WHEN 'change' THEN present_low - earlier_high
            WHEN 'multiplier' THEN present_low / nullif(earlier_high, 0)
            ELSE (present_low / nullif(earlier_high, 0) - 1) * 100
        END AS made_low,
        CASE kind
            WHEN 'change' THEN present_high - earlier_low
            WHEN 'multiplier' THEN present_high / nullif(earlier_low, 0)
            ELSE (present_high / nullif(earlier_low, 0) - 1) * 100
        END AS made_high,
        claims_meet(between_ends(round(made_low, 6), round(made_high, 6)), claimed) AS holds
    FROM valued
    QUALIFY row_number() OVER (
        PARTITION BY source, fact_id
        ORDER BY
            holds DESC, present_edition DESC, earlier_edition DESC, cell_kind, series_rank, present_fact_id,
            earlier_fact_id
    ) = 1
)

SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page states it
    CAST(concat_ws(' ', metric, nullif(breakdown, ''), 'against', base_year) AS VARCHAR) AS identity, -- the identity, readable
    CAST(metric AS VARCHAR) AS metric, -- metric slug
    CAST(edition AS INTEGER) AS edition, -- edition that states the change
    CAST(year AS INTEGER) AS year, -- later year of the two
    CAST(period_type AS VARCHAR) AS period_type, -- year or as_of
    CAST(cell_kind AS VARCHAR) AS kind, -- kind of the two values: count, percent, money or measure
    CAST(round(made, 6) AS DOUBLE) AS lhs, -- change that the two values make: in per cent, in times, or in what they count
    CAST(value AS DOUBLE) AS rhs, -- change as stated
    CAST(margin(made, between_ends(made_low, made_high)) + margin(value, claimed) AS DOUBLE) AS tolerance, -- how far both sides may differ for want of digits
    CAST(holds AS BOOLEAN) AS holds, -- whether some number is both
    CAST([earlier_fact_id, present_fact_id] AS VARCHAR[]) AS part_fact_ids, -- facts of the two values
    CAST(fact_id AS VARCHAR) AS total_fact_id, -- fact of the change
    CAST(fact_id AS VARCHAR) AS fact_id -- fact that is put to the test
FROM computed
ORDER BY source, identity, edition, year, period_type, kind, fact_id
