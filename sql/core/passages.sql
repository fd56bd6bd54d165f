-- table: passages
-- grain: one row a source, capture_sha256 and passage_index
-- description: Every block of readable text of every capture, in document order.
SELECT
    CAST(passages.source AS VARCHAR) AS source, -- source whose page holds it
    CAST(passages.capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from; join captures
    CAST(passages.passage_index AS INTEGER) AS passage_index, -- position in the page, from 0
    CAST(passages.kind AS VARCHAR) AS kind, -- heading, paragraph, list_item, table_cell, table_header, tile, caption or footnote_mark
    CAST(passages.region AS VARCHAR) AS region, -- content, boilerplate (navigation, footer), or repeat (a second copy)
    CAST(passages.text AS VARCHAR) AS text, -- the text, white space normalised
    CAST(passages.xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(passages.headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(passages.lead AS VARCHAR) AS lead, -- for a list item: the text that introduces the list
    CAST(passages.labels AS VARCHAR[]) AS labels, -- for a stat tile: what names it, outer group first
    CAST(passages.caption AS VARCHAR) AS caption, -- for a table cell: the table's caption
    CAST(passages.row_headers AS VARCHAR[]) AS row_headers, -- for a table cell: headers beside it, outermost first
    CAST(passages.column_headers AS VARCHAR[]) AS column_headers -- for a table cell: headers above it, outermost first
FROM base.passages AS passages
WHERE EXISTS (
    SELECT 1
    FROM staging.captures AS captures
    WHERE
        captures.source = passages.source
        AND captures.reading_sha256 = passages.capture_sha256
        AND captures.refused IS NULL
)
ORDER BY source, capture_sha256, passage_index
