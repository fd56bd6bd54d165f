-- table: reconciliations
-- grain: one row a source, identity, edition, year, period_type, kind, lhs and rhs
-- description: Figures that must agree with one another, both sides and their difference: parts and total, shares and 100, on what each capture states by itself; a share of a total and the part; a total to date and its years, or what it was before; a change and the two values; a year and the year before. Listed only when complete; a rounded number may be off by its resolution, a percentage of a sum by half of it. Captures of one edition that state the same count once.
WITH compared AS (
    SELECT
        'share_of_total' AS rule,
        *
    FROM staging.shares_of_total
    UNION ALL
    SELECT
        'sum_of_years' AS rule,
        *
    FROM staging.sums_of_years
    UNION ALL
    SELECT
        'to_date' AS rule,
        *
    FROM staging.totals_to_date
    UNION ALL
    SELECT
        'stated_change' AS rule,
        *
    FROM staging.stated_changes
    UNION ALL
    SELECT
        'jump' AS rule,
        *
    FROM staging.jumps
),

reconciled AS (
    SELECT
        source,
        identity,
        rule,
        metric,
        dimension,
        edition,
        year,
        period_type,
        kind,
        lhs,
        rhs,
        tolerance,
        holds,
        capture_sha256,
        part_fact_ids,
        total_fact_id
    FROM staging.identities
    UNION ALL
    SELECT
        compared.source,
        compared.identity,
        compared.rule,
        compared.metric,
        NULL AS dimension,
        compared.edition,
        compared.year,
        compared.period_type,
        compared.kind,
        compared.lhs,
        compared.rhs,
        compared.tolerance,
        compared.holds,
        facts.capture_sha256,
        compared.part_fact_ids,
        compared.total_fact_id
    FROM compared
    INNER JOIN staging.facts AS facts ON compared.source = facts.source AND compared.fact_id = facts.fact_id
)

SELECT
    CAST(reconciled.source AS VARCHAR) AS source, -- source whose figures they are
    CAST(reconciled.identity AS VARCHAR) AS identity, -- the identity, readable
    CAST(reconciled.rule AS VARCHAR) AS rule, -- sum (the parts add up to the total), shares (they add up to 100), share_of_total (a share times the total is the part), sum_of_years (the years add up to the total to date), to_date (a total to date does not fall), stated_change (the two values make the change that is stated) or jump (a year is not beyond the card's bound against the year before)
    CAST(reconciled.metric AS VARCHAR) AS metric, -- metric slug
    CAST(reconciled.dimension AS VARCHAR) AS dimension, -- of sum and shares: dimension whose members are the parts
    CAST(reconciled.edition AS INTEGER) AS edition, -- edition that states them, of several the latest
    CAST(reconciled.year AS INTEGER) AS year, -- reporting year
    CAST(reconciled.period_type AS VARCHAR) AS period_type, -- year, cumulative or as_of
    CAST(reconciled.kind AS VARCHAR) AS kind, -- count, percent, ratio, money or measure
    CAST(reconciled.lhs AS DOUBLE) AS lhs, -- what its parts make: their sum, share times total, the change of the two values; of to_date and jump the later figure
    CAST(reconciled.rhs AS DOUBLE) AS rhs, -- what is stated of them: total, 100, part, change; of to_date and jump the earlier figure
    CAST(CAST(reconciled.lhs AS DOUBLE) - CAST(reconciled.rhs AS DOUBLE) AS DOUBLE) AS difference, -- lhs less rhs
    CAST(reconciled.tolerance AS DOUBLE) AS tolerance, -- how far both sides may differ for want of digits; of jump the card's bound
    CAST(CASE WHEN reconciled.holds THEN 'holds' ELSE 'fails' END AS VARCHAR) AS outcome, -- holds or fails; a sum or shares that fail are held back unless a person accepted the capture, the other rules warn
    CAST(captures.accepted AS VARCHAR) AS accepted, -- why a person let the capture through; NULL when nobody did
    CAST(reconciled.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the first capture that states them so; join captures
    CAST(reconciled.part_fact_ids AS VARCHAR[]) AS part_fact_ids, -- facts of the left side: the parts by member, share and total, years, the two values by year, the later figure
    CAST(reconciled.total_fact_id AS VARCHAR) AS total_fact_id -- fact of the right side; NULL for shares
FROM reconciled
INNER JOIN base.captures AS captures
    ON
        reconciled.source = captures.source
        AND reconciled.capture_sha256 = captures.sha256
        AND captures.sighting_of IS NULL
INNER JOIN staging.captures AS marked
    ON captures.source = marked.source AND captures.capture_id = marked.capture_id AND marked.refused IS NULL
QUALIFY row_number() OVER (
    PARTITION BY
        reconciled.source, reconciled.identity, reconciled.edition, reconciled.year, reconciled.period_type,
        reconciled.kind, reconciled.lhs, reconciled.rhs
    ORDER BY captures.captured_at, captures.capture_id
) = 1
ORDER BY
    reconciled.source, reconciled.identity, reconciled.edition, reconciled.year, reconciled.period_type,
    reconciled.kind, captures.captured_at, captures.capture_id
