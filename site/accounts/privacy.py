"""What the platform holds about a person: filled by each app that holds something.

An upper app calls `personal_data.register(name, PersonalDataSource(...))` from its `AppConfig.ready()`; where it only keeps who
made something, `traces_source` writes the two functions. `tests/accounts/test_privacy_sources.py` refuses a column that leads to a person and
that no source covers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.registry import Registry

LONGEST_TITLE = 200


@dataclass(frozen=True)
class PersonalDataSource:
    """One kind of data about a person.

    `export` returns JSON values about this person only; `erase` removes or pseudonymises them and can
    be run again. `label` says in plain words what is held, `kept` why and how long. `covers` names the columns
    that lead to the person, as `app.Model.column`.
    """

    name: str
    label: Any
    kept: Any
    export: Callable[[User], Any]
    erase: Callable[[User], None]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trace:
    """A column that says who made a row: what erasing an account does of it.

    `KEEP` leaves it on the account, which has no name any more (the work must still be accounted for); `CUT`
    empties it, and the columns of `blanked` with it; `DELETE` removes the row.
    """

    KEEP, CUT, DELETE = "keep", "cut", "delete"

    column: str
    erase: str = KEEP
    day: str = ""
    blanked: tuple[tuple[str, Any], ...] = ()

    def rows(self, user: User) -> QuerySet[Any]:
        """What this person made."""
        model, _dot, column = self.column.rpartition(".")
        return apps.get_model(model)._base_manager.filter(**{column: user})

    def export(self, user: User) -> list[dict[str, str | None]]:
        """What it is, its title and its day: never what other people said in it."""
        return [
            {
                "kind": str(row._meta.verbose_name),
                "title": str(row)[:LONGEST_TITLE],
                "on": getattr(row, self.day).isoformat() if self.day and getattr(row, self.day) else None,
            }
            for row in self.rows(user)
        ]

    def forget(self, user: User) -> None:
        """Do what erasing the account asks."""
        column = self.column.rpartition(".")[2]
        if self.erase == self.DELETE:
            self.rows(user).delete()
        if self.erase == self.CUT:
            self.rows(user).update(**{column: None, **dict(self.blanked)})


def traces_source(name: str, label: Any, kept: Any, *traces: Trace) -> PersonalDataSource:
    """A source for an app that keeps who made what, and nothing more about people."""

    def export(user: User) -> list[dict[str, str | None]]:
        return [line for trace in traces for line in trace.export(user)]

    def erase(user: User) -> None:
        for trace in traces:
            trace.forget(user)

    return PersonalDataSource(name, label, kept, export, erase, tuple(trace.column for trace in traces))


@dataclass(frozen=True)
class ConsentWording:
    """The exact sentence people agree to; a new text is a new version."""

    purpose: str
    version: str
    text: Any


@dataclass(frozen=True)
class StandingProcessing:
    """A processing that belongs to no consultation, as Article 30 of the GDPR asks to describe it."""

    title: Any
    purpose: Any
    legal_basis: Any
    people: Any
    data: Any
    recipients: Any
    retention: Any


personal_data: Registry[PersonalDataSource] = Registry("What we hold about a person")
consent_wordings: Registry[ConsentWording] = Registry("What people may agree to")
standing_processings: Registry[StandingProcessing] = Registry("Processings that belong to no consultation")
PUBLIC_TASK = _("Task carried out in the public interest (GDPR, article 6, 1, e)")
