-- table: column_lineage
-- grain: one row a table_name, column_name, from_table and from_column
-- description: Which columns each column is made from, read from the SQL itself, one step back: follow from_table on to the base tables, which hold what was read of the captures and the cards. What only joins or filters rows is no part of it. Tables called staging or base are working tables, and not in this file.
WITH years AS (
    SELECT DISTINCT year
    FROM metric_year
)

SELECT
    CAST(lineage.table_name AS VARCHAR) AS table_name, -- table that has the column
    CAST(coalesce(CAST(years.year AS VARCHAR), lineage.column_name) AS VARCHAR) AS column_name, -- column that is made
    CAST(lineage.from_table AS VARCHAR) AS from_table, -- table it is made from
    CAST(lineage.from_column AS VARCHAR) AS from_column -- column of that table; * where its rows are counted
FROM base.column_lineage AS lineage
LEFT JOIN years ON lineage.column_name = '{year}'
WHERE lineage.column_name <> '{year}' OR years.year IS NOT NULL
ORDER BY table_name, column_name, from_table, from_column
