"""Our commands speak the site's language, report in JSON with English keys, and explain themselves."""

import importlib
import io
import json

import pytest
from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands
from django.utils import translation

from core.commands import ProductCommand

OURS = ("core", "config", "cms", "demo", "needs", "territories", "observatory.portal", "consultations")
DJANGOS = {"makemessages"}


def ours() -> list[tuple[str, BaseCommand]]:
    names = [
        (name, app)
        for name, app in sorted(get_commands().items())
        if isinstance(app, str) and app.startswith(OURS) and name not in DJANGOS
    ]
    return [
        (name, importlib.import_module(f"{app}.management.commands.{name}").Command()) for name, app in names
    ]


@pytest.mark.parametrize(("name", "command"), ours(), ids=[name for name, _command in ours()])
def test_every_command_of_ours_shares_the_same_ways(name: str, command: BaseCommand) -> None:
    assert isinstance(command, ProductCommand), "Inherit core.commands.ProductCommand"
    with translation.override(settings.LANGUAGE_CODE):
        help_text = command.create_parser("manage.py", name).format_help()
    with translation.override("en"):
        english = importlib.import_module(command.__module__).Command().create_parser("manage.py", name)
    assert str(command.help) in " ".join(help_text.split()), "The help says what the command does"
    assert english.description != command.help, "Translate its help"
    undocumented = [one.dest for one in english._actions if not one.help]
    assert not undocumented


@pytest.mark.django_db
def test_words_are_french_and_keys_english_whatever_the_language_around() -> None:
    out, err = io.StringIO(), io.StringIO()
    with translation.override("en"):
        call_command("check_lineage", "--json", stdout=out, stderr=err)
    assert json.loads(out.getvalue()) == {"ok": True, "links": 0, "dead": [], "gaps": []}
    assert "existent" in err.getvalue()
