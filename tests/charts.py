"""What tests of charts need: the library that draws them, which not everybody has."""

from importlib.util import find_spec

import pytest

DRAWN = bool(find_spec("altair") and find_spec("vl_convert"))
needs_charts = pytest.mark.skipif(not DRAWN, reason="what draws the charts is not installed; `make site` installs it")
