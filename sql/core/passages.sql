-- table: passages
-- grain: one row a source, capture_sha256 and passage_index
-- description: Every block of readable text of every capture, in document order.
SELECT
    CAST(source AS VARCHAR) AS source, -- source whose page holds it
    CAST(capture_sha256 AS VARCHAR) AS capture_sha256, -- SHA-256 of the bytes it came from; join captures
    CAST(passage_index AS INTEGER) AS passage_index, -- position in the page, from 0
    CAST(kind AS VARCHAR) AS kind, -- heading, paragraph, list_item, table_cell, table_header, tile, caption or footnote_mark
    CAST(region AS VARCHAR) AS region, -- content, or boilerplate (navigation, footer)
    CAST(text AS VARCHAR) AS text, -- the text, white space normalised
    CAST(xpath AS VARCHAR) AS xpath, -- place in the page
    CAST(headings AS VARCHAR[]) AS headings, -- headings it stands under, outermost first
    CAST(lead AS VARCHAR) AS lead, -- for a list item: the text that introduces the list
    CAST(labels AS VARCHAR[]) AS labels, -- for a stat tile: what names it, outer group first
    CAST(caption AS VARCHAR) AS caption, -- for a table cell: the table's caption
    CAST(row_headers AS VARCHAR[]) AS row_headers, -- for a table cell: headers beside it, outermost first
    CAST(column_headers AS VARCHAR[]) AS column_headers -- for a table cell: headers above it, outermost first
FROM base.passages
ORDER BY source, capture_sha256, passage_index
