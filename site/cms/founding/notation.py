"""Turns the short notation of the TOML files into Wagtail's stream data, with stable identifiers."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from wagtail.models import Page

NAMESPACE = uuid.UUID("8f1d3d0e-2a55-4a49-9d0e-47d1a9a50047")
Spec = dict[str, Any]


def _id(*parts: object) -> str:
    return str(uuid.uuid5(NAMESPACE, ":".join(map(str, parts))))


def _items(values: list[Spec], *parts: object) -> list[Spec]:
    return [{"type": "item", "value": value, "id": _id(*parts, place)} for place, value in enumerate(values)]


def _figures(spec: Spec, key: str) -> Spec:
    figures = [{"figure": figure, "label": label, "note": ""} for figure, label in spec["figures"]]
    return {"title": spec.get("title", ""), "figures": _items(figures, key), "source": spec["source"]}


def _questions(spec: Spec, key: str) -> Spec:
    questions = [{"question": question, "answer": answer} for question, answer in spec["items"]]
    return {"title": spec["title"], "questions": _items(questions, key)}


def _table(spec: Spec, _key: str) -> Spec:
    return {
        "caption": spec["caption"],
        "columns": [{"type": "text", "heading": heading} for heading in spec["columns"]],
        "rows": [{"values": row} for row in spec["rows"]],
    }


def _call(spec: Spec, _key: str) -> Spec:
    link = {"label": spec["label"], "page": None, "address": spec["address"]}
    return {"title": spec["title"], "text": spec.get("text", ""), "link": link}


VALUES: dict[str, Callable[[Spec, str], Any]] = {
    "text": lambda spec, _key: spec["html"],
    "quote": lambda spec, _key: {"text": spec["text"], "role": spec["role"]},
    "key_figures": _figures,
    "questions": _questions,
    "table": _table,
    "call_to_action": _call,
}


def stream(specs: list[Spec], key: str) -> str:
    """The JSON of a page's body."""
    return json.dumps(
        [
            {
                "type": spec["type"],
                "value": VALUES[spec["type"]](spec, f"{key}:{place}"),
                "id": _id("block", key, place),
            }
            for place, spec in enumerate(specs)
        ]
    )


def progress(specs: list[Spec], pages: dict[str, Page]) -> str:
    """The JSON of what moves and what waits."""
    values = [
        {"state": spec["state"], "badge": spec.get("badge", ""), "title": spec["title"], "text": spec["text"]}
        | {"page": pages[spec["page"]].pk if "page" in spec else None}
        for spec in specs
    ]
    return json.dumps(_items(values, "progress"))
