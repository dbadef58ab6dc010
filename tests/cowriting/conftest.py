"""Every test of this folder has leaflets."""

from collections.abc import Iterator

import pytest

from accounts.models import User
from consultations.cowriting.models import Manuscript
from consultations.cowriting.registries import ManuscriptKind
from consultations.cowriting.services.writing import start_manuscript
from tests.cowriting import leaflet
from tests.factories.accounts import UserFactory

TEXTS = {"context": "Le chat dort sur le toit rouge.", "aim": "Le réveiller."}


@pytest.fixture(autouse=True)
def leaflet_kind() -> Iterator[ManuscriptKind]:
    with leaflet.registered() as kind:
        yield kind


@pytest.fixture
def writer(db: None) -> User:
    return UserFactory(email="write.comment.suggest.decide.name_version@example.org", display_name="Ada")


@pytest.fixture
def other_writer(db: None) -> User:
    return UserFactory(email="write.comment@example.org", display_name="Bruno")


@pytest.fixture
def reader(db: None) -> User:
    return UserFactory(email="comment.suggest@example.org", display_name="Chloé")


@pytest.fixture
def stranger(db: None) -> User:
    return UserFactory(email="nothing@example.org")


@pytest.fixture
def manuscript(writer: User) -> Manuscript:
    return start_manuscript(actor=writer, kind=leaflet.KIND, key="1", texts=TEXTS)
