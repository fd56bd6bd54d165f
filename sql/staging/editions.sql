-- table: staging.editions
-- grain: one row a source and edition
-- description: Every edition that a good capture shows, with the one before it. Working table.
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page it is
    CAST(edition AS INTEGER) AS edition, -- reporting year
    CAST(lag(edition) OVER (PARTITION BY source ORDER BY edition) AS INTEGER) AS edition_before, -- latest earlier edition; NULL of the first
    CAST(edition = max(edition) OVER (PARTITION BY source) AS BOOLEAN) AS is_last -- whether it is the latest
FROM (
    SELECT DISTINCT
        source,
        edition
    FROM staging.captures
    WHERE refused IS NULL AND edition IS NOT NULL
) AS shown
ORDER BY source, edition
