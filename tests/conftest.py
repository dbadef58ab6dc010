"""The strict test run: what every test may rely on and what none may do."""

import os
from collections.abc import Generator, Iterator
from functools import cache as cache_forever
from pathlib import Path

import hypothesis
import polib
import pytest
from django.conf import settings
from django.core import management
from django.core.cache import cache
from django.test import SimpleTestCase, override_settings
from django.utils.translation.reloader import translation_file_changed

from cms import stamps
from config.env import ROOT
from core import throttle
from tests import strictness
from tests.factories.accounts import SignedInClient
from tests.migrated import from_what_is_kept

ONE_LONG_MINUTE = 10**8  # seconds: a test that counts hits must not fall across two minutes
# A busy machine draws slowly: time is for the benches, laws are for the tests.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


USES_DATABASE = {"db", "transactional_db", "django_db_serialized_rollback", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--with-services`: what another database or Redis can change; the rest was run once."""
    parser.addoption(
        "--with-services", action="store_true", help="Only tests of the database, the cache or Redis."
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Gather the tests: none of them may depend on the day on which it was gathered."""
    with strictness.clock_out_of_reach():
        return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what they cannot change, when asked."""
    if not config.getoption("--with-services"):
        return
    kept = [item for item in items if uses_services(item)]
    config.hook.pytest_deselected(items=[item for item in items if not uses_services(item)])
    items[:] = kept


def uses_services(item: pytest.Item) -> bool:
    """True for a test that asks for the database by mark, fixture or class, or whose module names Redis or the cache."""
    asked = USES_DATABASE & set(getattr(item, "fixturenames", ()))
    case = getattr(item, "cls", None)
    in_database = asked or item.get_closest_marker("django_db") or (case and issubclass(case, SimpleTestCase))
    return bool(in_database or names_services(item.path))


@cache_forever
def names_services(path: Path) -> bool:
    text = path.read_text(encoding="utf-8").lower()
    return "redis" in text or "cache" in text


def pytest_configure(config: pytest.Config) -> None:
    """After pytest-django has loaded the apps."""
    for folder in ("static", "collected"):  # WhiteNoise warns about a folder that is not there
        (ROOT / "build" / folder).mkdir(parents=True, exist_ok=True)
    compile_stale_translations()
    give_each_worker_its_cache()
    strictness.refuse_undefined_variables()
    strictness.shuffle_unordered_querysets()
    strictness.refuse_outside_network()


def give_each_worker_its_cache() -> None:
    """Workers of one run share a Redis: each empties a database of its own, not the others'."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if settings.REDIS_URL:
        settings.CACHES["default"]["LOCATION"] = f"{settings.REDIS_URL.rpartition('/')[0]}/{worker}"


def compile_stale_translations() -> None:
    """Tests read French: what `make setup` compiled may be older than the catalogue."""
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))
            translation_file_changed(None, compiled)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Before the test database is made: migrations carried out by an earlier run are not carried out again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", from_what_is_kept(management.call_command))
        yield


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing cached by another test; files written into a folder of this test only; no second or minute ends."""
    monkeypatch.setattr(throttle, "WINDOW", ONE_LONG_MINUTE)
    monkeypatch.setattr(stamps, "FRESH_SECONDS", ONE_LONG_MINUTE)
    cache.clear()
    stamps.forget_at_hand()
    with override_settings(MEDIA_ROOT=tmp_path / "media", VAR_DIR=tmp_path):
        yield
    cache.clear()


@pytest.fixture
def client() -> SignedInClient:
    """A browser; `client.force_login(user)` enters staff pages, `second_factor=False` stops at their door."""
    return SignedInClient()
