-- table: retrievals
-- grain: one row a source and retrieval_id
-- description: Every GET of every source that was answered, and what it showed: a new capture, one that only repeats what an earlier one says, the same bytes again, or nothing modified.
SELECT
    CAST(retrievals.source AS VARCHAR) AS source, -- source that was retrieved
    CAST(retrievals.retrieval_id AS VARCHAR) AS retrieval_id, -- UTC timestamp and the first twelve digits of the body's hash
    CAST(retrievals.retrieved_at AS TIMESTAMP) AS retrieved_at, -- when the answer came, UTC
    CAST(retrievals.url AS VARCHAR) AS url, -- address that was asked for
    CAST(retrievals.final_url AS VARCHAR) AS final_url, -- address that answered, after redirects
    CAST(retrievals.status AS INTEGER) AS status, -- HTTP status
    CAST(CASE
        WHEN marked.refused IS NOT NULL THEN 'refused'
        WHEN retrievals.status = 304 THEN 'not_modified'
        WHEN retrievals.record_type = 'revisit' THEN 'same_bytes'
        WHEN captures.sighting_of IS NOT NULL THEN 'same_words'
        ELSE 'new'
    END AS VARCHAR) AS outcome, -- new, same_words (other bytes that say the same), same_bytes, not_modified or refused
    CAST(marked.refused AS VARCHAR) AS refused, -- why what it showed yields no facts; NULL when it does
    CAST(retrievals.capture_id AS VARCHAR) AS capture_id, -- capture that holds the bytes it showed; join captures; NULL when the archive has lost it
    CAST(marked.edition AS INTEGER) AS edition, -- reporting year of what it showed
    CAST(retrievals.sample AS BOOLEAN) AS sample, -- whether it is of a bundled sample edition, not of the live page
    CAST(retrievals.warc_file AS VARCHAR) AS warc_file, -- file in the archive, relative to the data folder
    CAST(retrievals.archived_url AS VARCHAR) AS archived_url -- where a web archive keeps it; NULL when it was had from the page itself
FROM base.retrievals AS retrievals
LEFT JOIN base.captures AS captures ON retrievals.source = captures.source AND retrievals.capture_id = captures.capture_id
LEFT JOIN staging.captures AS marked ON retrievals.source = marked.source AND retrievals.capture_id = marked.capture_id
ORDER BY retrievals.source, retrievals.retrieved_at, retrievals.retrieval_id
