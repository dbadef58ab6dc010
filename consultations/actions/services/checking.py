"""What every write of a sheet begins with."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import ActionSheet
from consultations.actions.permissions import can

SLUG_LENGTH = 70
RESERVED = {"programmes", "conventions", "groupements", "tableau", "exports", "fiches"}
"""Addresses beside those of sheets (`urls`)."""


def lock(sheet: ActionSheet) -> ActionSheet:
    """The sheet as it is now, held until the end of the transaction."""
    return ActionSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


def hold_dependencies() -> None:
    """Held until the end of the transaction: what waits for what is written by one person at a time.

    Two people each adding half of a circle hold different sheets; this one row makes the second wait, then see the
    first half. Taken before any sheet is locked, so that nobody waits for the other. SQLite writes one at a time anyway.
    """
    ContentType.objects.select_for_update(no_key=True).get(
        app_label=ActionSheet._meta.app_label, model=ActionSheet._meta.model_name
    )


def check(verb: str, *, actor: User | None, sheet: ActionSheet) -> None:
    """Refuse what the table of states does not give this person now; a command (no actor) is trusted."""
    if actor is not None and not can(verb, actor, sheet):
        raise PermissionDenied(_("You may not do this with this action sheet, or not in its present state."))


def free_slug(title: str, taken_of: Callable[[str], Iterable[str]], fallback: str) -> str:
    """An address made from the title that nothing has yet."""
    base = slugify(title)[:SLUG_LENGTH].strip("-") or fallback
    taken = {*taken_of(base), *RESERVED}
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def leads_back(start: Any, targets: Iterable[Any]) -> bool:
    """True when following `depends_on` from one of `targets` comes back to `start`: it would wait for itself."""
    seen, frontier = set(), {one.pk for one in targets}
    links = type(start).depends_on.through.objects
    source, target = (f"from_{type(start)._meta.model_name}_id", f"to_{type(start)._meta.model_name}_id")
    while frontier:
        if start.pk in frontier:
            return True
        seen |= frontier
        found = links.filter(**{f"{source}__in": frontier}).values_list(target, flat=True)
        frontier = set(found) - seen
    return False
