"""Councils and mandates as tables: previewed line by line, saved by the services, exported as imported."""

from typing import Any

import pytest

from accounts.models import Role, User
from accounts.privacy import personal_data
from accounts.services import erase_account
from consultations.councils.imports import COUNCILS, MANDATES
from consultations.councils.models import Council, Mandate
from consultations.councils.resources import CouncilResource, MandateResource
from consultations.lineage.registries import lineage_kinds
from core.imports.preview import run_import
from core.tabular import read_table
from tests.factories.councils import council, full_council, member_of
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def imported(kind: Any, text: str, actor: User, *, keep: bool = True) -> Any:
    return run_import(kind, read_table(text.encode(), name="conseils.csv"), actor=actor, keep=keep)


def administrator() -> User:
    return person(Role.ADMINISTRATOR, on=place())


def test_councils_come_in_through_the_services() -> None:
    home = body(place("Duras"))
    where = f"{home.territory.level_id}:{home.territory.code}"
    text = (
        "slug;name;kind;territory;establishments;created_on\n"
        f"cvs-duras;CVS de Duras;cvs;{where};{home.slug};2025-01-06\n"
        f"cvs-perdu;CVS perdu;cvs;{where};inconnu;2025-01-06\n"
        f"cvs-seul;CVS seul;cvs;{where};;2025-01-06\n"
        f"cvs-flou;CVS flou;conseil;{where};{home.slug};2025-01-06\n"
        f"cvs-jamais;CVS jamais;cvs;{where};{home.slug};un jour\n"
    )
    actor = administrator()
    preview = imported(COUNCILS, text, actor)
    assert not Council.objects.exists()
    assert [row.status for row in preview.rows] == ["new", *["error"] * 4]
    words = " ".join(str(problem) for problem in preview.problems)
    assert "« un jour » n’est pas un jour" in words
    assert "establishments : Établissement inconnu" in words
    assert (
        "inconnu" in words
        and "ligne 3" in words
        and "un seul établissement" in words
        and "members_assembly" in words
    )
    good = "\n".join(text.splitlines()[:2])
    assert imported(COUNCILS, good, actor).counts["new"] == 1
    assert imported(COUNCILS, good, actor).counts["unchanged"] == 1
    assert list(Council.objects.get().organisations.all()) == [home]


def test_mandates_come_in_and_each_refusal_names_its_line() -> None:
    of = council()
    text = (
        "council;constituency;rank;person_name;starts_on;late_reason\n"
        f"{of.slug};families;full;Nadia B.;2026-01-06;Registre papier\n"
        f"{of.slug};families;full;Ali C.;2026-01-06;\n"
        f"{of.slug};volunteers;full;Rose D.;2026-01-06;Registre papier\n"
        "nulle-part;families;full;Jean E.;2026-01-06;Registre papier\n"
    )
    actor = administrator()
    preview = imported(MANDATES, text, actor)
    assert [row.status for row in preview.rows] == ["new", "error", "error", "error"]
    words = " ".join(str(problem) for problem in preview.problems)
    assert "dans le passé" in words and "nulle-part" in words and not Mandate.objects.exists()
    good = "\n".join(text.splitlines()[:2])
    assert imported(MANDATES, good, actor).counts["new"] == 1
    ended = (
        "council;constituency;rank;person_name;starts_on;ended_on;end_reason\n"
        f"{of.slug};families;full;Nadia B.;2026-01-06;2026-02-01;left\n"
    )
    assert imported(MANDATES, ended, actor).counts["changed"] == 1
    assert Mandate.objects.get().end_reason == "left"


def test_what_is_exported_is_imported_without_a_change() -> None:
    full_council()
    actor = administrator()
    for kind, resource in ((COUNCILS, CouncilResource), (MANDATES, MandateResource)):
        preview = imported(kind, resource().export().csv, actor)
        assert not preview.problems, preview.problems
        assert preview.counts["new"] == preview.counts["changed"] == 0 < preview.counts["unchanged"]


def test_erasing_an_account_keeps_the_seat_and_its_dates() -> None:
    of = council()
    user = member_of(of, person_name="Nadia B.")
    exported = personal_data["mandates"].export(user)
    assert exported[0]["name"] == "Nadia B." and exported[0]["council"] == of.name
    erase_account(actor=user, user=user)
    held = of.mandates.get()
    assert held.user is None and "Nadia" not in held.name and held.starts_on and held.constituency


def test_lineage_names_public_councils_only() -> None:
    public, hidden = council(), council(is_public=False, name="Conseil secret")
    items = lineage_kinds["council"].resolve_many([str(public.pk), str(hidden.pk), "x"])
    assert items[str(public.pk)].url == f"/conseils/{public.slug}/"
    assert items[str(hidden.pk)].url == "" and "secret" not in items[str(hidden.pk)].title
    assert len(items) == 2
