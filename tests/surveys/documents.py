"""Questionnaire documents for tests."""

from typing import Any


def question(code: str, kind: str = "single", **more: Any) -> dict[str, Any]:
    """A valid question of this type, with `more` on top."""
    document: dict[str, Any] = {"code": code, "type": kind, "label": {"fr": f"Question {code} ?"}}
    if kind in {"single", "multiple"}:
        document["choices"] = [
            {"code": "oui", "label": {"fr": "Oui, tout à fait"}},
            {"code": "non", "label": {"fr": "Non, pas du tout"}},
        ]
    if kind == "scale":
        document |= {"min": 0, "max": 10}
    return document | more


def questionnaire(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "intro": {"fr": "Bonjour"}, "questions": list(questions)}


def every_type() -> dict[str, Any]:
    """One question of each type, two conditions and one quotation."""
    return questionnaire(
        question("seul", required=True, why={"fr": "Pour comprendre l’isolement."}),
        question("age", "number", min=0, max=120, unit={"fr": "ans"}),
        question(
            "gestes",
            "multiple",
            visible_when="age >= 65",
            choices=[
                {"code": "repas", "label": {"fr": "Les repas"}, "needs": ["1.1.2"]},
                {"code": "toilette", "label": {"fr": "La toilette"}},
                {"code": "aucun", "label": {"fr": "Aucun"}, "exclusive": True},
            ],
        ),
        question("satisfaction", "scale", min=1, max=5, min_label={"fr": "Pas du tout"}),
        question("commune", "commune", role="territory"),
        question("depuis", "date", label={"fr": "Depuis quand, avec {age} ans ?"}),
        question("mots", "text", needs=["1.1.2"], max_length=200),
    )
