-- table: sources
-- grain: one row a source
-- description: The pages whose statements are followed.
WITH seen AS (
    SELECT
        source,
        count(*) FILTER (WHERE record_type = 'response') AS captures,
        min(retrieved_at) AS first_captured_at,
        max(retrieved_at) AS last_checked_at
    FROM base.retrievals
    GROUP BY source
),

shown AS (
    SELECT
        source,
        max(retrieved_at) FILTER (WHERE refused IS NULL AND capture_id IS NOT NULL) AS last_good_at,
        arg_max_null(refused, (retrieved_at, retrieval_id)) AS refused
    FROM retrievals
    GROUP BY source
),

editions AS (
    SELECT
        source,
        count(DISTINCT edition) AS editions,
        max(edition) AS last_edition
    FROM staging.captures
    WHERE refused IS NULL
    GROUP BY source
)

SELECT
    CAST(sources.source AS VARCHAR) AS source, -- identifier, from the source's card
    CAST(sources.organisation AS VARCHAR) AS organisation, -- whose page it is
    CAST(sources.title AS VARCHAR) AS title, -- the page's title
    CAST(sources.url AS VARCHAR) AS url, -- address that is followed
    CAST(coalesce(seen.captures, 0) AS BIGINT) AS captures, -- retrievals that brought new bytes
    CAST(seen.first_captured_at AS TIMESTAMP) AS first_captured_at, -- first retrieval, UTC
    CAST(seen.last_checked_at AS TIMESTAMP) AS last_checked_at, -- last retrieval, changed or not, UTC
    CAST(shown.last_good_at AS TIMESTAMP) AS last_good_at, -- last retrieval whose page is believed, UTC
    CAST(shown.refused AS VARCHAR) AS refused, -- why what the last retrieval showed is not believed; NULL when it is
    CAST(coalesce(editions.editions, 0) AS BIGINT) AS editions, -- distinct editions read
    CAST(editions.last_edition AS INTEGER) AS last_edition -- latest edition read
FROM base.sources AS sources
LEFT JOIN seen ON sources.source = seen.source
LEFT JOIN shown ON sources.source = shown.source
LEFT JOIN editions ON sources.source = editions.source
ORDER BY sources.source
