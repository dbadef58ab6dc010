"""What the platform holds about a person: filled by each app that holds something.

An upper app calls `personal_data.register(name, PersonalDataSource(...))` from its `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core.registry import Registry


@dataclass(frozen=True)
class PersonalDataSource:
    """One kind of data about a person.

    `export` returns JSON values about this person only; `erase` removes or pseudonymises them and can
    be run again. `label` says in plain words what is held, `kept` why and how long.
    """

    name: str
    label: Any
    kept: Any
    export: Callable[[User], Any]
    erase: Callable[[User], None]


@dataclass(frozen=True)
class ConsentWording:
    """The exact sentence people agree to; a new text is a new version."""

    purpose: str
    version: str
    text: Any


personal_data: Registry[PersonalDataSource] = Registry("What we hold about a person")
consent_wordings: Registry[ConsentWording] = Registry("What people may agree to")
