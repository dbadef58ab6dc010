"""Writes shared by every app."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Model

from core.models import AuditEntry, Receipt
from core.receipts import derive_code, hash_code


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


MAX_COLLISIONS = 5


def issue_receipt(*, seed: str, subject_kind: str, subject_id: str, on: datetime.date) -> str:
    """The secret code that leads to the subject; the same one when asked again with the same seed.

    `seed` is the random key of the sender's browser: it is what makes a retry find its first receipt.
    """
    for attempt in range(MAX_COLLISIONS):
        code = derive_code("receipt", seed, attempt=attempt)
        code_hash = hash_code("receipt", code)
        try:
            with transaction.atomic():
                Receipt.objects.create(
                    code_hash=code_hash, subject_kind=subject_kind, subject_id=subject_id, issued_on=on
                )
        except IntegrityError:
            known = Receipt.objects.filter(code_hash=code_hash, subject_kind=subject_kind)
            if not known.filter(subject_id=subject_id).exists():
                continue
        return code
    raise RuntimeError(f"No free receipt code after {MAX_COLLISIONS} attempts.")
