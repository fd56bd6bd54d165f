"""A property that is read once for each instance. Nothing else."""

from collections.abc import Callable
from typing import Generic, TypeVar

X = TypeVar("X")
A = TypeVar("A")


class once(Generic[X, A]):  # written like a property
    """As `functools.cached_property`, without the lock that takes longer than most of what is read here."""

    def __init__(self, read: Callable[[X], A]) -> None:
        """Take the method."""
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    def __get__(self, instance: X, owner: type[X]) -> A:
        """What the method returned; it stands in the instance from now on, and this is not asked again."""
        value = instance.__dict__[self._name] = self._read(instance)
        return value
