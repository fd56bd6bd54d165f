-- table: staging.pages
-- grain: one row a source, capture_sha256 and page
-- description: When each good capture was on its page: first and last retrieval that showed it, or showed another capture that says the same. Working table.
SELECT
    CAST(retrievals.source AS VARCHAR) AS source, -- source whose page it is
    CAST(captures.reading_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the first capture that says the same
    CAST(retrievals.page AS VARCHAR) AS page, -- which page of the source: its address
    CAST(max(coalesce(retrievals.page_until, 9999)) AS INTEGER) AS page_until, -- last year in which the page stood at that address; 9999 while it does
    CAST(min(retrievals.retrieved_at) AS TIMESTAMP) AS first_shown, -- first retrieval that showed it, UTC
    CAST(max(retrievals.retrieved_at) AS TIMESTAMP) AS last_shown -- last retrieval that showed it, changed or not, UTC
FROM base.retrievals AS retrievals
INNER JOIN staging.captures AS captures
    ON retrievals.source = captures.source AND retrievals.capture_id = captures.capture_id AND captures.refused IS NULL
GROUP BY retrievals.source, captures.reading_sha256, retrievals.page
ORDER BY source, capture_sha256, page
