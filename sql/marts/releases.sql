-- table: releases
-- grain: one row a release
-- description: What was published when, up to and with this release, also what is no longer kept.
SELECT
    CAST(release_id AS VARCHAR) AS release_id, -- folder under releases while it is kept: the last ten that changed a statement, and the published one
    CAST(published_at AS TIMESTAMP) AS published_at, -- when it was built for publication, UTC
    CAST(captures AS BIGINT) AS captures, -- captures it was built from
    CAST(facts AS BIGINT) AS facts, -- facts it holds
    CAST(last_retrieval AS TIMESTAMP) AS last_retrieval, -- last retrieval of any source that it holds, UTC
    CAST(changed AS BOOLEAN) AS changed, -- whether a statement is new, gone or other than in the release before
    CAST(schema_version AS INTEGER) AS schema_version, -- raised when a table, a column or a meaning changes
    CAST(software_version AS VARCHAR) AS software_version -- version that built it
FROM base.releases
ORDER BY published_at, release_id
