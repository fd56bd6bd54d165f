-- table: staging.captures
-- grain: one row a source and capture_id
-- description: Every capture with its mark: refused, held back in part, or good. A capture that only repeats what an earlier one says bears the mark of that one. Working table; analysts read captures.
WITH broken AS (
    SELECT
        source,
        capture_sha256,
        count(*) FILTER (WHERE certain) AS certain,
        string_agg(
            format('{} {}: the parts make {}, stated is {}', identity, year, number(lhs), number(rhs)),
            '; ' ORDER BY identity, year, period_type, kind
        ) AS identities
    FROM staging.identities
    WHERE NOT holds
    GROUP BY source, capture_sha256
),

unbelieved AS (
    SELECT
        source,
        capture_sha256,
        string_agg(format('{} {} is {}', surface, metric, problem), '; ' ORDER BY passage_index, "start", fact_id) AS values
    FROM staging.claims
    WHERE speaks AND problem IS NOT NULL
    GROUP BY source, capture_sha256
)

SELECT
    CAST(captures.source AS VARCHAR) AS source, -- source that was captured
    CAST(captures.capture_id AS VARCHAR) AS capture_id, -- identifier of the capture
    CAST(first.sha256 AS VARCHAR) AS reading_sha256, -- SHA-256 of the first capture that says the same; its facts speak for this one
    CAST(CASE WHEN captures.refused IS NULL THEN readings.edition END AS INTEGER) AS edition, -- reporting year it speaks of
    CAST(CASE WHEN captures.refused IS NULL THEN readings.edition_basis END AS VARCHAR) AS edition_basis, -- what the edition rests on
    CAST(CASE
        WHEN captures.refused IS NOT NULL THEN captures.refused
        WHEN captures.accepted IS NULL AND first.archived_url IS NULL AND broken.certain > 0 THEN 'an identity does not hold: ' || broken.identities
    END AS VARCHAR) AS refused, -- why it yields no facts; NULL when it does
    CAST(
        CASE WHEN captures.refused IS NULL AND captures.accepted IS NULL
            AND (first.archived_url IS NOT NULL OR coalesce(broken.certain, 0) = 0)
            THEN nullif(concat_ws('; ', broken.identities, unbelieved.values), '')
        END
    AS VARCHAR) AS held_back -- what of it is not believed and speaks for no cell; NULL when all is
FROM base.captures AS captures
INNER JOIN base.captures AS first
    ON captures.source = first.source AND coalesce(captures.sighting_of, captures.capture_id) = first.capture_id
LEFT JOIN base.readings AS readings ON first.source = readings.source AND first.sha256 = readings.capture_sha256
LEFT JOIN broken ON first.source = broken.source AND first.sha256 = broken.capture_sha256
LEFT JOIN unbelieved ON first.source = unbelieved.source AND first.sha256 = unbelieved.capture_sha256
ORDER BY captures.source, captures.capture_id
