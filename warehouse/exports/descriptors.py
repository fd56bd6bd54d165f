"""What describes an export to machines and to people: a Frictionless data package, Croissant, a data dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.exports.tables import Column, Table

NAME = "impact-ledger"
TITLE = "Impact Ledger: what organisations state on their impact pages, year by year"
FIELD_TYPES = {
    "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date",
    "TIMESTAMP": "datetime", "VARCHAR": "string",
}  # fmt: skip
"""Types of Frictionless, of columns that are not nested."""
CROISSANT_TYPES = {
    "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime",
}  # fmt: skip
"""Types of Croissant; all others are sc:Text."""
OF_FACTS = ("changes", "edition_statements", "metric_year", "review_queue", "statements")
"""Tables of which every row names a fact."""
OF_METRICS = ("coverage", "metric_year", "statements")
"""Tables of which every row names a metric of a card."""
CSV_NOTE = (
    "Lists, maps and records are JSON. Moments are UTC. Text that a spreadsheet would take for a formula (it begins "
    "with =, +, - or @, also after white space, or with a tab or a line break) has an apostrophe before it; take one "
    "apostrophe away to have the text. NULL and the empty text are both empty."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A page that is followed."""

    source: str
    organisation: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of the export, as its descriptors name it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """Which release the export is made of."""

    release_id: str
    last_retrieval: str | None


def description(sources: Sequence[Source], release: Release) -> str:
    """One paragraph on what this is."""
    pages = "; ".join(f"{one.organisation}, “{one.title}”" for one in sources)
    until = f", as retrieved up to {release.last_retrieval}" if release.last_retrieval else ""
    return (
        f"The statistics that {pages} states in its text{until}: tidy figures by metric and year, every statement "
        f"behind them, and the characters of the archived page that each was read from. Release {release.release_id}."
    )


def datapackage(
    tables: Sequence[Table], sources: Sequence[Source], release: Release, files: Mapping[str, File]
) -> dict[str, Any]:
    """A Frictionless data package over the CSV files, which `files` gives by table."""
    names = {table.name for table in tables}
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "description": f"{description(sources, release)} {CSV_NOTE}",
        "version": release.release_id,
        "sources": [{"title": f"{one.organisation}, {one.title}", "path": one.url} for one in sources],
        "resources": [_resource(table, files[table.name], names) for table in tables],
    }


def _resource(table: Table, file: File, names: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    columns = {column.name for column in table.columns}
    keys = [("sources", ["source"])] if "source" in columns and table.name != "sources" else []
    keys += [("facts", ["source", "fact_id"])] if table.name in OF_FACTS else []
    keys += [("metrics", ["source", "metric"])] if table.name in OF_METRICS else []
    foreign = [{"fields": on, "reference": {"resource": to, "fields": on}} for to, on in keys if to in names]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file.path,
        "description": table.comment,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": field_type(column), "description": column.comment}


def field_type(column: Column) -> str:
    """The type that Frictionless gives a column; a nested one is JSON of a list or of an object."""
    if column.nested:
        return "array" if column.type.endswith("[]") else "object"
    return FIELD_TYPES.get(column.type, "string")


CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip
"""The context that the specification of Croissant 1.0 prescribes."""


def croissant(
    tables: Sequence[Table], sources: Sequence[Source], release: Release, files: Mapping[str, File]
) -> dict[str, Any]:
    """Croissant 1.0 over the CSV files: a record set a table. Nested columns are their JSON."""
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "description": f"{description(sources, release)} {CSV_NOTE}",
        "version": "1.0.0",
        "url": sources[0].url if sources else "",
        "creator": [{"@type": "sc:Organization", "name": one.organisation} for one in sources],
        "citeAs": "; ".join(f"{one.organisation}: {one.title}, {one.url}" for one in sources),
        "isBasedOn": [one.url for one in sources],
        "distribution": [_file_object(table, files[table.name]) for table in tables],
        "recordSet": [_record_set(table) for table in tables if table.rows],
    }
    if release.last_retrieval:
        described["datePublished"] = release.last_retrieval[:10]
    return described


def _file_object(table: Table, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.csv",
        "name": f"{table.name}.csv",
        "description": table.comment,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.comment,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": column.comment,
                "dataType": CROISSANT_TYPES.get(field_type(column), "sc:Text"),
                "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }


def dictionary(tables: Sequence[Table], sources: Sequence[Source], release: Release) -> str:
    """The data dictionary, in Markdown: every table, its grain, its columns, from their comments."""
    lines = [
        "# Data dictionary", "", description(sources, release), "",
        "`csv/` and `parquet/` hold a file a table, `impact.sqlite` all of them with the views `figures` and "
        "`not_taken`; `datapackage.json` and `croissant.json` describe the CSV files, `metadata.json` the SQLite file "
        "to Datasette.",
        "", f"In the CSV files: {CSV_NOTE}", "", "| table | rows |", "| --- | ---: |",
    ]  # fmt: skip
    lines += [f"| [{table.name}](#{table.name}) | {table.rows:,} |" for table in tables]
    for table in tables:
        lines += ["", *explained(table)]
    return "\n".join(lines) + "\n"


def explained(table: Table) -> list[str]:
    """The section of a table in a data dictionary."""
    lines = [f"## {table.name}", "", table.comment, "", "| column | type | meaning |", "| --- | --- | --- |"]
    return lines + [f"| `{one.name}` | {one.type} | {in_table(one.comment)} |" for one in table.columns]


def in_table(text: str) -> str:
    """A text as a cell of a Markdown table takes it."""
    return text.replace("|", "\\|")
