"""Writes shared by every app."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from core.models import AuditEntry


def record_audit(
    *,
    actor: AbstractBaseUser | AnonymousUser | None,
    verb: str,
    target: Model,
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that `actor` did `verb` (a past-tense code such as `survey_published`) to `target`.

    `changes` holds JSON values, never answers or free text given by participants.
    """
    user: Any = actor if isinstance(actor, AbstractBaseUser) else None
    return AuditEntry.objects.create(
        actor=user,
        actor_label=str(user)[:200] if user else "",
        verb=verb,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        changes=dict(changes or {}),
    )
