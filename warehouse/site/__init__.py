"""The evidence site: static pages that show every figure with the words behind it, made from the published file alone.

rows (`evidence`) → pages (`metric_pages`, `edition_pages`, `list_pages`, `docs_pages`, and `search`, which fill the
templates through `site`) → files (`writing`). `charts` draws, `paging` parts long lists, `wording` and `text` put rows
and the text of a page for people. Nothing here reads the network, the archive or the clock: the same release gives the
same bytes. What a page says is text in all of it, never markup.
"""
