"""Reading source cards: what one YAML file says about one followed page, checked, with errors a person can act on.

Here: from a file to a `SourceCard`, and the bundled ones. The shape of a card stands in `card_models` and
`card_language`, how its wordings are applied in `mapping`. Reads card files and nothing else from disk.
"""

from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from extractors.errors import InputError
from extractors.metrics.card_errors import first_error, kind_of, nearest
from extractors.metrics.card_language import Metric
from extractors.metrics.card_models import Bounds, SourceCard
from extractors.metrics.old_language import OldCard, is_old
from extractors.metrics.yaml_text import MAX_CHARACTERS, NotPlain, plain_data

SOURCES = Path(__file__).parents[1] / "sources"
"""The bundled cards, one `ID.yaml` each."""
SAMPLES = SOURCES / "samples"
"""The bundled sample pages, which `sample.pages` of a card names relative to this folder."""


def bundled_sources() -> list[str]:
    """Ids of the bundled cards, sorted."""
    return sorted(path.stem for path in SOURCES.glob("*.yaml"))


@lru_cache(maxsize=16)
def bundled_card(source_id: str) -> SourceCard:
    """The bundled card with this id; `InputError` that suggests the nearest id when there is none."""
    known = bundled_sources()
    if source_id not in known:
        raise InputError(f"unknown source {source_id!r}{nearest(source_id, known)}; known: {', '.join(known)}")
    return load_card(SOURCES / f"{source_id}.yaml")


def load_card(path: str | Path) -> SourceCard:
    """Read and check a card file; `InputError`, one line with file and place, when it cannot be used."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(4 * MAX_CHARACTERS + 1)
        text = raw.decode("utf-8-sig") if len(raw) <= 4 * MAX_CHARACTERS else None
    except OSError as error:
        raise InputError(f"{path}: cannot read the source card: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the source card is not UTF-8 text (byte {error.start})") from error
    except ValueError as error:  # a null character in the name
        raise InputError(f"{str(path)!r}: cannot read the source card: {error}") from error
    if text is None or len(text) > MAX_CHARACTERS:
        raise InputError(f"{path}: the source card holds more than {MAX_CHARACTERS:,} characters; is it a card?")
    try:
        data = plain_data(text)
    except NotPlain as error:
        raise InputError(f"{path}{error}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: a source card is a mapping that starts with `id: …`, not {kind_of(data)}")
    model: type[SourceCard] = OldCard if is_old(data) else SourceCard
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(f"{path}: {first_error(error, model)}") from error


__all__ = ["SAMPLES", "SOURCES", "Bounds", "Metric", "SourceCard", "bundled_card", "bundled_sources", "load_card"]
