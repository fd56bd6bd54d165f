"""Read, build, check and publish once, after captures of the past were added."""

from pipeline import building
from pipeline.refresh import Refresh
from warehouse.build import run_audits


def publish_additions(refresh: Refresh) -> None:
    """Publish what the archive says now, unless the published release says it already.

    What was added may be of any time: that a capture of it is refused, or that the page's latest is, is no reason to
    hold back the others; `refresh` was begun without fetching.

    Raises:
        ImpactError: the tables do not pass a check, or the disk refuses.
    """
    refresh.read()
    if refresh.told():
        return
    with building.building(refresh) as con:
        for _ in building.tables(refresh, con):
            pass
        building.finish(refresh, con, run_audits(con))
    refresh.publish()
