-- audit: everything_commented
-- promise: Every table and every column carries a comment.
-- blocking: yes
SELECT
    table_name,
    NULL AS column_name
FROM duckdb_tables()
WHERE schema_name = 'main' AND NOT internal AND coalesce(comment, '') = ''
UNION ALL
SELECT
    table_name,
    column_name
FROM duckdb_columns()
WHERE schema_name = 'main' AND NOT internal AND coalesce(comment, '') = ''
