"""What a person sets for a home: `settings.yaml`, read and never written.

```yaml
webhook: https://hooks.example.org/impact    # is told of each change: docs/notices.md
robots: honour                               # fetch no page that its host's robots.txt keeps from programs
collections:                                 # read in bulk from the UI: docs/scale.md
  charities-2024: s3://library/charities-2024/*.warc.gz
```
"""

import re
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator

from extractors.errors import InputError
from extractors.links import public_url
from extractors.metrics.yaml_text import MAX_CHARACTERS, NotPlain, nodes_of, plain_data
from extractors.records import Record
from warehouse.decisions import nearest
from warehouse.home import Home, HomeUnreadable

COLLECTION = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""Name of a collection: a folder and a partition are called so."""


class BadSettings(InputError):
    """The settings of the home cannot be used. Correct the line that the message names."""


class Settings(Record):
    """The settings of a home; a home without the file has the defaults."""

    webhook: str | None = None
    """Where each notice is sent to."""
    robots: Literal["honour", "ignore"] = "ignore"
    """Whether a host's robots.txt is asked before its page; SECURITY.md says why it is not by itself."""
    collections: dict[str, str] = Field(default_factory=dict)
    """Web-archive collections that are read in bulk: where their files are, by a name."""

    @field_validator("webhook", mode="after")
    @classmethod
    def _is_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        try:
            parts = urlsplit(url)
            usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable or any(letter.isspace() for letter in url):
            raise ValueError(f"{public_url(url)!r} is no address that starts with http:// or https://")
        return url

    @field_validator("collections", mode="after")
    @classmethod
    def _are_named(cls, collections: dict[str, str]) -> dict[str, str]:
        for name, files in collections.items():
            if not COLLECTION.fullmatch(name):
                raise ValueError(f"{name[:60]!r} is no name of a collection: small letters, digits and hyphens")
            if not files.strip():
                raise ValueError(f"the collection {name} lacks the path of its files")
        return collections


def load(home: Home) -> Settings:
    """The settings of a home.

    Raises:
        BadSettings: the file cannot be used; with file and line.
        HomeUnreadable: the disk refuses.
    """
    path = home.settings
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path}: is no UTF-8 text") from error
    except OSError as error:
        raise HomeUnreadable.because(path, error) from error
    if len(text) > MAX_CHARACTERS:
        raise BadSettings(f"{path}: holds more than {MAX_CHARACTERS:,} characters")
    try:
        data = plain_data(text)
    except NotPlain as error:
        raise BadSettings(f"{path}{error}") from error
    if data is None:
        return Settings()
    known = ", ".join(Settings.model_fields)
    if not isinstance(data, dict):
        raise BadSettings(f"{path}:1: settings are lines such as `webhook: https://…`; known are {known}")
    try:
        return Settings.model_validate(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    key = str(first["loc"][0])
    where = f"{path}:{_line(text, key)}"
    if first["type"] == "extra_forbidden":
        raise BadSettings(f"{where}: unknown setting {key[:60]!r}{nearest(key, Settings.model_fields)}")
    problem = str(first["msg"]).removeprefix("Value error, ")
    raise BadSettings(f"{where}: {key}: {problem[:1].lower()}{problem[1:]}")


def _line(text: str, key: str) -> int:
    root = nodes_of(text)
    for name, _ in root.value:
        if name.value == key:
            return int(name.start_mark.line) + 1
    return 1
