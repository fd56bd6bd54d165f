"""The evidence site: static pages that show every figure with the words behind it, made from the published file alone.

`evidence` reads the published tables, `charts` draws, `text` marks the numbers of a page's text, `pages` fills the
templates, `writing` puts all files into a folder. Nothing here reads the network, the archive or the clock: the same
release gives the same bytes. What a page says is text in all of it, never markup.
"""
