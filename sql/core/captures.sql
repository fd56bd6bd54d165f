-- table: captures
-- grain: one row a source and capture_id
-- description: Every retrieval that brought new bytes: when they came, and what became of them. Retrievals that found them unchanged stand in retrievals.
WITH counted AS (
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
    CAST(captures.sample AS BOOLEAN) AS sample, -- whether it is a bundled sample edition, not the live page
    CAST(captures.warc_file AS VARCHAR) AS warc_file, -- file in the archive, relative to the data folder
    CAST(captures.archived_url AS VARCHAR) AS archived_url, -- where a web archive keeps it; NULL when it was had from the page itself
    CAST(captures.sighting_of AS VARCHAR) AS sighting_of, -- first capture that says the same, word for word, whose facts speak for this one; NULL when it is new
    CAST(marked.refused AS VARCHAR) AS refused, -- why it yields no facts; NULL when it does
    CAST(marked.held_back AS VARCHAR) AS held_back, -- what of it is not believed and speaks for no cell; NULL when all is believed
    CAST(captures.accepted AS VARCHAR) AS accepted, -- why a person let it through; NULL when nobody did
    CAST(marked.edition AS INTEGER) AS edition, -- reporting year it speaks of
    CAST(marked.edition_basis AS VARCHAR) AS edition_basis, -- what the edition rests on: given, titled (the one year the page gives itself), stated (a third of its dated statistics), latest (any of them) or none
    CAST(CASE WHEN marked.refused IS NULL THEN coalesce(counted.numerals, 0) ELSE 0 END AS BIGINT) AS numerals, -- number mentions in it
    CAST(CASE WHEN marked.refused IS NULL THEN coalesce(counted.facts, 0) ELSE 0 END AS BIGINT) AS facts -- statistics in it
FROM base.captures AS captures
INNER JOIN staging.captures AS marked ON captures.source = marked.source AND captures.capture_id = marked.capture_id
LEFT JOIN counted ON marked.source = counted.source AND marked.reading_sha256 = counted.capture_sha256
ORDER BY captures.source, captures.captured_at, captures.capture_id
