"""Public code reads published cells: it cannot name a fact or a response."""

import ast

import pytest

from config.env import ROOT

INTERNAL = {"Fact", "Response", "AnswerFact", "DatasetVersion", "Draft", "delivery_of", "closed_answers"}
PUBLIC = [
    *sorted((ROOT / "observatory" / "indicators" / "selectors").glob("*.py")),
    ROOT / "observatory" / "indicators" / "figures.py",
    *[
        ROOT / "observatory" / "portal" / name
        for name in (
            "views.py", "api.py", "exports.py", "payload.py", "pages.py", "selectors.py", "portraits.py",
            "drawing.py", "addresses.py", "cards.py", "urls.py",
        )
    ],
]  # fmt: skip
FEEDS = {
    "observatory.portal.feeds.surveys",
    "observatory.portal.feeds.populations",
    "observatory.portal.services",
}


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_public_code_imports_nothing_unprotected(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & INTERNAL
    assert not modules & FEEDS
    assert not attributes & {"facts", "responses"}
    assert not any(module and module.startswith("consultations.surveys") for module in modules)
