"""DAGSTER_HOME: where it is and what it holds before Dagster is first asked. Does not import Dagster."""

import os
from importlib.resources import files

from warehouse.durable import write_file
from warehouse.home import Home


def prepare(home: Home) -> None:
    """Make the home's Dagster folder ready and point this process and its children at it.

    Raises:
        HomeUnwritable: the home cannot be written.
    """
    home.create()
    settings = files("pipeline").joinpath("dagster.yaml").read_bytes()
    path = home.dagster / "dagster.yaml"
    if not path.is_file() or path.read_bytes() != settings:
        write_file(path, settings)
    os.environ["IMPACT_HOME"] = str(home.root)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
