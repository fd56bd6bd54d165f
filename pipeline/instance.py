"""DAGSTER_HOME: where it is and what it holds before Dagster is first asked. Does not import Dagster."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from warehouse.durable import write_file
from warehouse.home import Home
from warehouse.plain_paths import plain_folder


@contextmanager
def prepared(home: Home) -> Iterator[None]:
    """The home's Dagster folder, made ready, and this process and its children pointed at it, until the block ends.

    Raises:
        HomeUnwritable: the home cannot be written.
        InputError: Dagster needs another path to the folder, and there is no place for a link.
    """
    home.create()
    settings = files("pipeline").joinpath("dagster.yaml").read_bytes()
    path = home.dagster / "dagster.yaml"
    if not path.is_file() or path.read_bytes() != settings:
        write_file(path, settings)
    with plain_folder(home.dagster) as plain:
        os.environ["IMPACT_HOME"] = str(home.root)
        os.environ["DAGSTER_HOME"] = str(plain)
        yield
