"""What can go wrong for a user, one family.

The command line prints the message of any `ImpactError` as one line and leaves with `exit_status`.
A message says what is wrong, where, and what to do next.
"""


class ImpactError(Exception):
    """The job could not be done; nothing published was touched. Exit status 1."""

    exit_status = 1


class InputError(ImpactError):
    """The user's input cannot be used as it is (a card, a page, a name); correct it and call again. Exit status 2."""

    exit_status = 2
