"""Writes about people, one door each."""

from accounts.services.consents import give_consent, withdraw_consent
from accounts.services.memberships import (
    close_expired_rights,
    end_membership,
    grant_membership,
    sync_wagtail_groups,
)
from accounts.services.people import (
    change_profile,
    find_or_open_account,
    invite_first_administrator,
    invite_user,
    register_user,
)
from accounts.services.privacy import erase_account, export_personal_data

__all__ = [
    "change_profile",
    "close_expired_rights",
    "end_membership",
    "erase_account",
    "export_personal_data",
    "find_or_open_account",
    "give_consent",
    "grant_membership",
    "invite_first_administrator",
    "invite_user",
    "register_user",
    "sync_wagtail_groups",
    "withdraw_consent",
]
