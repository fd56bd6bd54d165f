"""What the search of the first page looks into: a script, since pages that are opened from disk may not fetch."""

import json

from warehouse.site.site import Site
from warehouse.site.text import visible
from warehouse.site.wording import words


def search_index(site: Site) -> str:
    """Every metric and every sentence with its address, as a script of ASCII letters."""
    metrics = []
    for slug, sources in site.of_slug.items():
        metric = site.metric(slug, sources[0])
        metrics.append([f"metric/{slug}.html", metric["label"], f"{words(slug)}. {metric['description'] or ''}"])
    sentences: dict[tuple[str, int | None, str], list[str]] = {}
    for row in (*site.evidence.statements, *site.evidence.queue):
        address = site.fact_address(row)
        if address:
            found = [address, visible(row["sentence"]), f"edition {row['edition'] or 'unknown'}"]
            sentences.setdefault((row["source"], row["edition"], row["sentence"]), found)
    found_by = json.dumps({"metrics": metrics, "sentences": [*sentences.values()]}, indent=0)
    return f"window.impactIndex = {found_by};\n"
