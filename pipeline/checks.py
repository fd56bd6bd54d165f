"""The checks that stand between a capture and a release.

What would be a fault of this program blocks. What the content of a page breaks is held back, and its check warns.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import dagster as dg

from pipeline.tables import markdown_text, shown_sql, table_key, table_of
from warehouse.models import Audit, load_models
from warehouse.release import Release

if TYPE_CHECKING:
    from warehouse.build import AuditResult

LONGEST_ROW = 1000
"""Letters that are shown of a row that breaks a promise."""
LATE = dt.timedelta(days=2)
"""After it a source that is asked for daily has been missed twice."""

FIT = dg.AssetCheckSpec(
    "captures_are_fit",
    asset="readings",
    blocking=True,
    description="What the page shows now is a whole HTML page that can be read, not an error page, a block page or cut "
    "short, and states at least the share of statistics that its card asks for of the last capture of its edition.",
)

LATELY = dg.AssetCheckSpec(
    "sources_seen_lately",
    asset="release",
    description=f"Each source that the release tells of was asked for not more than {LATE.days} days ago. "
    "`impact status` tells why one was not.",
)


def verdict(spec: dg.AssetCheckSpec, reason: str | None, *, blocks: bool) -> dg.AssetCheckResult:
    """The result of a check on what was captured: passed when nothing is against it, else it warns or blocks."""
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=reason is None,
        severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
        description=markdown_text(reason) if reason else None,
    )


def audit_spec(audit: Audit) -> dg.AssetCheckSpec:
    """The check that one audit under sql/ makes, on the first table it reads."""
    return dg.AssetCheckSpec(
        audit.name,
        asset=table_key(_audited_table(audit)),
        blocking=audit.blocking,
        description=f"{audit.promise}\n\n{shown_sql(audit.sql)}",
    )


def audit_result(spec: dg.AssetCheckSpec, result: "AuditResult") -> dg.AssetCheckResult:
    """What an audit found, with its first bad rows."""
    metadata: dict[str, dg.MetadataValue[Any]] = {"bad_rows": dg.MetadataValue.int(result.bad_rows)}
    if result.sample:
        # In one column, which wraps: a table of all of them would be wider than any page.
        metadata["first_bad_rows"] = table_of(["row"], [[_in_words(row)] for row in result.sample], longest=LONGEST_ROW)
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=result.passed,
        severity=dg.AssetCheckSeverity.ERROR if result.blocking else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


def still_passed(spec: dg.AssetCheckSpec, current: Release | None) -> dg.AssetCheckResult:
    """The result of a blocking check when nothing is new: the published release passed it when it was built."""
    said = f"Nothing is new: release {current.id} passed when it was built." if current else None
    return dg.AssetCheckResult(asset_key=spec.asset_key, check_name=spec.name, passed=True, description=said)


def seen_lately(retrieved: object) -> dg.AssetCheckResult:
    """Whether each source was asked for lately, by the times of the last retrievals that a release knows of."""
    last = {str(source): str(at) for source, at in retrieved.items()} if isinstance(retrieved, dict) else {}
    now = dt.datetime.now(dt.UTC)
    late = [source for source, at in last.items() if now - dt.datetime.fromisoformat(at) > LATE]
    return dg.AssetCheckResult(
        asset_key=LATELY.asset_key,
        check_name=LATELY.name,
        passed=not late,
        severity=dg.AssetCheckSeverity.WARN,
        description=markdown_text(f"not asked for lately: {', '.join(late)}") if late else None,
        metadata={
            "sources_late": len(late),
            "last_retrievals": table_of(["source", "last retrieval"], [(name, at[:16]) for name, at in last.items()]),
        },
    )


def _in_words(row: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in row.items() if value not in (None, ""))


def _audited_table(audit: Audit) -> str:
    tables = [model.table for model in load_models()]
    read = re.findall(r"\b(?:FROM|JOIN)\s+([a-z_.]+)", audit.sql)
    return next((table for table in read if table in tables), tables[-1])
