"""What a release is made from, as hashes: equal ones mean that there is nothing to build."""

import hashlib
import json
from importlib.metadata import version

from pipeline.survey import Survey
from warehouse.models import SCHEMA_VERSION, load_audits, load_models, macros, published_macros


def statements_key(found: Survey) -> str:
    """One hash over all that can change a statement: a retrieval that shows again what was shown is no part of it."""
    return _hash(_software() | {
        "cards": {source: hashlib.sha256(text).hexdigest() for source, text in found.card_texts.items()},
        "accepted": found.acceptances,
        "decisions": {
            source: [one.model_dump(mode="json") for one in made] for source, made in found.decisions.items()
        },
        "captures": [
            (one.capture.capture_id, one.refused, one.place and one.place.reading)
            for one in found.responses
            if not one.sighting_of
        ],
        "turns": found.turns(),
    })  # fmt: skip


def inputs_key(found: Survey, statements: str) -> str:
    """One hash over all that the tables but `releases` are made from, every retrieval included."""
    return _hash({"statements": statements, "retrievals": [(one.source, one.capture_id) for one in found.retrievals]})


def models_key(beside: object) -> str:
    """One hash over the models, this software, and what else they are given."""
    return _hash(_software() | {"beside": beside})


def _software() -> dict[str, object]:
    models = [model.sql for model in load_models()] + [audit.sql for audit in load_audits()]
    models += [macros(), published_macros()]
    return {
        "software": version("impact-ledger"),
        "schema": SCHEMA_VERSION,
        "models": [hashlib.sha256(text.encode()).hexdigest() for text in models],
    }


def _hash(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
