"""The demo's pages, menus and settings, from `data/pages_fr.toml` and `data/pages_en.toml`.

A new site is founded as `create_site` does; the demo's content then takes the place of what it starts with.
"""

from pathlib import Path

from django.db import transaction

from cms.founding.site import found_site, is_founded, say_in
from cms.founding.trees import Spec, lay_tree, read_tree
from cms.models import SiteIdentity
from cms.stamps import bump_version
from territories.models import Territory

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load() -> None:
    """Both trees, their menus, and the identity of the site."""
    content = {code: read(code) for code in ("fr", "en")}
    if not is_founded():
        found_site(name=content["fr"]["identity"]["name"])
    for code, tree in content.items():
        lay_tree(tree, code)
    load_identity(content)
    bump_version()


def read(code: str) -> Spec:
    """The content in one language."""
    return read_tree(DATA / f"pages_{code}.toml")


def load_identity(content: dict[str, Spec]) -> None:
    """The settings of the demo's site, placed on the department."""
    department = Territory.objects.filter(level_id="departement", code="47", valid_to=None).first()
    identity = SiteIdentity.objects.get(site__is_default_site=True)
    for name, value in {**content["fr"]["identity"], "territory": department}.items():
        setattr(identity, name, value)
    identity.full_clean()
    identity.save()
    say_in(identity, "en", content["en"]["identity"])
