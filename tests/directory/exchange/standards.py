"""Other people's descriptions of HSDS 3.1. They are not ours to ship (CC BY-SA): `HSDS_SCHEMA_DIR` says where they are,
by default in the data shared next to the repository; without them the tests of conformance are left out, and told."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from tests.repository import ROOT

FOLDER = Path(os.environ.get("HSDS_SCHEMA_DIR") or ROOT.parent / "shared/data/hsds-3.1")
needs_standards = pytest.mark.skipif(
    not (FOLDER / "schema/service.json").exists(),
    reason="HSDS_SCHEMA_DIR does not hold the schemas of HSDS 3.1",
)


def schema(name: str) -> Any:
    return json.loads((FOLDER / "schema" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    files = (FOLDER / "schema").glob("*.json")
    resources = [
        (path.name, Resource.from_contents(json.loads(path.read_text()), _dialect())) for path in files
    ]
    registry: Any = Registry().with_resources(resources)
    return jsonschema.Draft202012Validator(
        {"$ref": f"{name}.json"}, registry=registry, format_checker=jsonschema.FormatChecker()
    )


def _dialect() -> Any:
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

    return DRAFT202012


def errors(name: str, data: object) -> list[str]:
    """What the schema of that object refuses, each with its place."""
    return [f"{error.json_path}: {error.message}"[:300] for error in _validator(name).iter_errors(data)]
