"""What all pages share: the evidence, where each thing has its address, and the templates."""

from pathlib import Path
from typing import Any

import jinja2

from warehouse.site.evidence import Evidence, Row, grouped
from warehouse.site.wording import FILTERS, words

HERE = Path(__file__).parent
MENU = (
    ("index.html", "Metrics"),
    ("editions.html", "Editions"),
    ("changes.html", "What is new"),
    ("disagreements.html", "Disagreements"),
    ("queue.html", "Queue"),
    ("decisions.html", "Decisions"),
    ("ledger.html", "Ledger"),
    ("docs/index.html", "How to read this"),
)
"""File and name of the pages that every page links to."""
File = tuple[str, str]
"""Name of a file within the site, and its text."""


class Site:
    """The evidence with the addresses of its pages, and a way to fill a template."""

    def __init__(self, evidence: Evidence) -> None:
        """Work out which metric and which text has which page."""
        self.evidence = evidence
        self.sources = {row["source"]: row for row in evidence.sources}
        self.cells = grouped(evidence.cells, "metric", "source")
        self.statements = grouped(evidence.statements, "metric", "source")
        self.slugs = sorted({slug for slug, _ in (*self.cells, *self.statements)})
        """The metrics that have a page: those of which something is stated."""
        self.of_slug = {
            slug: [one for one in self.sources if (slug, one) in self.cells or (slug, one) in self.statements]
            for slug in self.slugs
        }
        """The sources that state a metric; the first has the years as anchors, `#2021`, others `#SOURCE-2021`."""
        self.texts = {(row["source"], row["sha256"]): row["page"] for row in evidence.shown}
        self._metrics = {(row["source"], row["metric"]): row for row in evidence.metrics}
        stated = (*evidence.cells, *evidence.statements)
        self._years = {(row["metric"], row["source"], row["year"]) for row in stated}
        self._templates = self._environment()

    def metric(self, slug: str, source: str) -> Row:
        """What the card says of a metric."""
        unknown = {"metric": slug, "label": words(slug), "unit": "", "measure": "", "description": "", "dimensions": {}}
        return self._metrics.get((source, slug)) or unknown

    def anchor(self, slug: str, source: str, year: int) -> str:
        """Anchor of a year on the page of a metric."""
        return str(year) if self.of_slug[slug][0] == source else f"{source}-{year}"

    def metric_address(self, row: Row) -> str:
        """Where the figures of a row's metric are, at its year where there is one."""
        page = f"metric/{row['metric']}.html"
        if (row["metric"], row["source"], row["year"]) not in self._years:
            return page
        return f"{page}#{self.anchor(row['metric'], row['source'], row['year'])}"

    def fact_address(self, row: Row) -> str:
        """Where the number of a fact stands in its text; empty where the text has no page."""
        page = self.texts.get((row["source"], row["capture_sha256"]))
        return f"edition/{page}.html#f-{row['fact_id']}" if page else ""

    def fill(self, template: str, **values: Any) -> str:
        """A part of a page."""
        return self._templates.get_template(template).render(**values)

    def page(self, template: str, here: str, **values: Any) -> str:
        """A whole page, of the file `here`; without the empty lines of its template."""
        text = self.fill(template, up="../" * here.count("/"), here=here, **values)
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"

    def macros(self, template: str) -> Any:
        """The macros of a template, each a function that gives markup."""
        return self._templates.get_template(template).make_module()

    def _environment(self) -> jinja2.Environment:
        templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=jinja2.StrictUndefined,
        )
        templates.filters |= FILTERS
        templates.filters |= {
            "metric_page": lambda slug: f"metric/{slug}.html",
            "metric_address": self.metric_address,
            "fact_address": self.fact_address,
        }
        templates.globals |= {
            "menu": MENU,
            "release": self.evidence.release,
            "slugs": frozenset(self.slugs),
            "label_of": lambda slug, source: self.metric(slug, source)["label"],
            "organisations": {name: row["organisation"] for name, row in self.sources.items()},
        }
        return templates
