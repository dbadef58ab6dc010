"""What account pages show."""

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from accounts.models import Consent, User
from accounts.permissions import active_memberships, is_staff_member
from accounts.privacy import PersonalDataSource, consent_wordings, personal_data


@dataclass(frozen=True)
class RoleLine:
    """One role in force, in words."""

    role: str
    place: str
    ends_on: datetime.date | None


@dataclass(frozen=True)
class AccountSummary:
    """The first page of an account."""

    roles: list[RoleLine]
    has_password: bool
    factor_kinds: list[str]
    needs_second_factor: bool


@dataclass(frozen=True)
class Agreement:
    """One thing people may agree to, and what this person answered last."""

    purpose: str
    text: str
    current: Consent | None
    history: list[Consent]


def account_summary(user: User) -> AccountSummary:
    """Roles and ways of signing in of one person."""
    kinds = list(Authenticator.objects.filter(user=user).order_by("pk").values_list("type", flat=True))
    return AccountSummary(
        roles=[RoleLine(m.get_role_display(), str(m.place), m.ends_on) for m in active_memberships(user)],
        has_password=user.has_usable_password(),
        factor_kinds=kinds,
        needs_second_factor=is_staff_member(user) and not kinds,
    )


def agreements(user: User) -> list[Agreement]:
    """Everything people may agree to, each with the very words this person agreed to."""
    given = list(user.consents.all())
    lines = []
    for wording in consent_wordings:
        history = [consent for consent in given if consent.purpose == wording.purpose]
        current = next((consent for consent in history if consent.withdrawn_at is None), None)
        text = current.wording if current else str(wording.text)
        lines.append(Agreement(wording.purpose, text, current, history))
    return lines


def held_data() -> list[PersonalDataSource]:
    """The kinds of personal data held, in the order apps declared them."""
    return list(personal_data)
