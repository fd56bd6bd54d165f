"""Read, build, check and publish once, after captures of the past were added."""

import logging

from pipeline.refresh import Refresh
from warehouse.build import run_audits

log = logging.getLogger("impact")


def publish_additions(refresh: Refresh) -> None:
    """Publish what the archive says now, unless the published release says it already.

    What was added may be of any time: that a capture of it is refused, or that the page's latest is, is no reason to
    hold back the others.

    Raises:
        ImpactError: the tables do not pass a check, or the disk refuses.
    """
    refresh.read()
    if refresh.told():
        return
    with refresh.building() as con:
        for _ in refresh.tables(con):
            pass
        refresh.finish(con, run_audits(con), of_the_past=True)
    refresh.publish()
