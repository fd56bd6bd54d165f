"""The command line and a home, as the tests of the pipeline have them."""

from tests.pipeline.conftest import home, impact

__all__ = ["home", "impact"]
