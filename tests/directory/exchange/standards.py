"""What HSDS 3.1 asks of each object, held against everything we write.

Its JSON Schemas are not ours to ship (CC BY-SA): `HSDS_SCHEMA_DIR` says where they are, by default in the data shared next
to the repository. Without them, as in continuous integration, the same facts are read from `hsds_facts.json`: names,
kinds and closed lists, no words. Where the schemas are, a test holds the facts to them.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.repository import ROOT

FOLDER = Path(os.environ.get("HSDS_SCHEMA_DIR") or ROOT.parent / "shared/data/hsds-3.1")
HAS_SCHEMAS = (FOLDER / "schema/service.json").exists()
FACTS = Path(__file__).with_name("hsds_facts.json")
needs_schemas = pytest.mark.skipif(
    not HAS_SCHEMAS, reason="HSDS_SCHEMA_DIR does not hold the schemas of HSDS 3.1"
)
Json = dict[str, Any]


def facts_of(schema: Json) -> Json:
    """A schema without its words: required names, and each property by its kind."""
    facts: Json = {"required": schema.get("required", [])}
    for name, said in schema["properties"].items():
        kind, value = _kind(said)
        held = facts.setdefault(kind, [] if value is None else {})
        if value is None:
            held.append(name)
        else:
            held[name] = value
    return facts


def _kind(said: Json) -> tuple[str, Any]:
    if "$ref" in said:
        return "one", said["$ref"].removesuffix(".json")
    if said["type"] == "array" and "$ref" in said.get("items", {}):
        return "many", said["items"]["$ref"].removesuffix(".json")
    if "enum" in said:
        return "closed", said["enum"]
    return said.get("format") or said["type"], None


def schema_of(facts: Json) -> Json:
    """The schema those facts make."""
    properties: Json = {}
    for kind, names in facts.items():
        if kind == "one":
            properties |= {name: {"$ref": f"{target}.json"} for name, target in names.items()}
        elif kind == "many":
            many = {name: {"type": "array", "items": {"$ref": f"{one}.json"}} for name, one in names.items()}
            properties |= many
        elif kind == "closed":
            properties |= {name: {"type": "string", "enum": values} for name, values in names.items()}
        elif kind in {"string", "number", "integer", "boolean", "array", "object"}:
            properties |= {name: {"type": kind} for name in names}
        elif kind != "required":
            properties |= {name: {"type": "string", "format": kind} for name in names}
    return {"type": "object", "required": facts["required"], "properties": properties}


def schemas() -> dict[str, Json]:
    """By object: those of the standard where they are, else those the facts make."""
    if not HAS_SCHEMAS:
        facts = json.loads(FACTS.read_text(encoding="utf-8"))
        return {name: schema_of(one) for name, one in facts.items()}
    files = [path for path in (FOLDER / "schema").glob("*.json") if path.stem != "openapi"]
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    resources = [
        (f"{one}.json", Resource.from_contents(schema, DRAFT202012)) for one, schema in schemas().items()
    ]
    registry: Any = Registry().with_resources(resources)
    return jsonschema.Draft202012Validator(
        {"$ref": f"{name}.json"}, registry=registry, format_checker=jsonschema.FormatChecker()
    )


def errors(name: str, data: object) -> list[str]:
    """What the schema of that object refuses, each with its place."""
    return [f"{error.json_path}: {error.message}"[:300] for error in _validator(name).iter_errors(data)]
