-- table: captures
-- grain: one row a source and capture_id
-- description: Every retrieval of every source: the bytes, when they came, and what became of them.
WITH statistics AS (
    SELECT
        source,
        capture_sha256,
        count(*) AS numerals,
        count(*) FILTER (WHERE disposition = 'fact') AS facts
    FROM base.numerals
    GROUP BY source, capture_sha256
)

SELECT
    CAST(captures.source AS VARCHAR) AS source, -- source that was captured
    CAST(captures.capture_id AS VARCHAR) AS capture_id, -- UTC timestamp and the first twelve digits of the hash
    CAST(captures.captured_at AS TIMESTAMP) AS captured_at, -- when the bytes were retrieved, UTC
    CAST(captures.url AS VARCHAR) AS url, -- address that was asked for
    CAST(captures.final_url AS VARCHAR) AS final_url, -- address that answered, after redirects
    CAST(captures.status AS INTEGER) AS status, -- HTTP status
    CAST(captures.sha256 AS VARCHAR) AS sha256, -- SHA-256 of the body
    CAST(captures.size AS BIGINT) AS size, -- length of the body in bytes
    CAST(captures.record_type AS VARCHAR) AS record_type, -- response (new bytes) or revisit (checked, unchanged)
    CAST(captures.sample AS BOOLEAN) AS sample, -- whether it is a bundled sample edition, not the live page
    CAST(captures.warc_file AS VARCHAR) AS warc_file, -- file in the archive, relative to the data folder
    CAST(captures.refused AS VARCHAR) AS refused, -- why it yields no facts; NULL when it does
    CAST(captures.accepted AS VARCHAR) AS accepted, -- why a person let it through; NULL when nobody did
    CAST(readings.edition AS INTEGER) AS edition, -- reporting year it speaks of
    CAST(readings.edition_basis AS VARCHAR) AS edition_basis, -- what the edition rests on: given, titled (the one year the page gives itself), stated (a third of its dated statistics), latest (any of them) or none
    CAST(coalesce(statistics.numerals, 0) AS BIGINT) AS numerals, -- number mentions in its bytes
    CAST(coalesce(statistics.facts, 0) AS BIGINT) AS facts -- statistics in its bytes
FROM base.captures AS captures
LEFT JOIN base.readings AS readings
    ON captures.source = readings.source AND captures.sha256 = readings.capture_sha256 AND captures.refused IS NULL
LEFT JOIN statistics
    ON captures.source = statistics.source AND captures.sha256 = statistics.capture_sha256 AND captures.refused IS NULL
ORDER BY captures.source, captures.captured_at, captures.capture_id
