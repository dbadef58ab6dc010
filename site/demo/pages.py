"""The demo's pages, menus and settings, from `data/pages_fr.toml` and `data/pages_en.toml`.

Pages are found again by a key made from their French address: loading twice changes nothing.
"""

import tomllib
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site, Task, Workflow
from wagtail.search import index

from cms import models as cms
from cms.models import HomePage, Menu, MenuItem, SiteIdentity, SiteWording
from cms.services import grant_page_roles
from cms.stamps import bump_version
from demo.pages_blocks import NAMESPACE, progress, stream
from territories.models import Territory

DATA = Path(__file__).resolve().parent / "data"
Spec = dict[str, Any]


@transaction.atomic
def load() -> None:
    """Both trees, their menus, the identity of the site and who may edit."""
    grant_page_roles()
    home = load_tree("fr")
    load_tree("en")
    load_identity(load_site(home))
    Workflow.objects.update(name="Relecture avant publication")
    Task.objects.update(name="Relecture par un responsable de publication")
    bump_version()


def read(code: str) -> Spec:
    """The content in one language."""
    return tomllib.loads((DATA / f"pages_{code}.toml").read_text(encoding="utf-8"))


def load_tree(code: str) -> Page:
    """The home page of a language, everything under it, then what points to those pages."""
    content = read(code)
    locale, _created = Locale.objects.get_or_create(language_code=code)
    home = load_home(content["home"], locale)
    pages: dict[str, Page] = {"": home}
    for spec in content["pages"]:
        key = spec.get("key", spec["slug"])
        pages[key] = load_page(spec, key, pages[spec.get("parent", "")], locale)
    home.service_page = pages[content["home"]["service_page"]]
    home.progress = progress(content["home"]["progress"], pages)
    publish(home)
    for place, links in content["menus"].items():
        load_menu(place, links, locale, pages)
    return home


def key_of(name: str) -> uuid.UUID:
    """The same for the same name, in every language: translations share it."""
    return uuid.uuid5(NAMESPACE, f"page:{name}")


def load_home(spec: Spec, locale: Locale) -> HomePage:
    """The home page of a language, directly under the root; it takes the place of Wagtail's welcome page."""
    fields = {key: value for key, value in spec.items() if key not in {"summary", "progress", "service_page"}}
    fields["search_description"] = spec["summary"]
    found = HomePage.objects.filter(translation_key=key_of(""), locale=locale).first()
    if found is None:
        found = HomePage(translation_key=key_of(""), locale=locale, **fields)
        Page.objects.get(depth=1).add_child(instance=found)
    return assign(found, fields)


def load_page(spec: Spec, key: str, parent: Page, locale: Locale) -> Page:
    """One page under its parent, created or brought back to the demo's content, and published."""
    fields = {
        name: value
        for name, value in spec.items()
        if name not in {"type", "parent", "key", "summary", "body"}
    }
    fields |= {"search_description": spec["summary"], "body": stream(spec.get("body", []), key)}
    model = getattr(cms, spec["type"])
    found = model.objects.filter(translation_key=key_of(key), locale=locale).first()
    if found is None:
        found = model(translation_key=key_of(key), locale=locale, **fields)
        parent.add_child(instance=found)
    return publish(assign(found, fields))


def assign(page: Any, fields: Spec) -> Any:
    """Give the page these values."""
    for name, value in fields.items():
        setattr(page, name, value)
    return page


def publish(page: Any) -> Any:
    """Publish through a revision when something differs from the published one, and index it at once."""
    latest = page.latest_revision
    content = page.serializable_data()
    if latest is None or any(str(latest.content.get(name)) != str(content[name]) for name in written(page)):
        page.save_revision(changed=False, clean=True).publish()
        index.insert_or_update_object(page)
    return page


def written(page: Any) -> list[str]:
    """The fields an editor writes: those of our own models, and the few of Wagtail's page."""
    own = {field.name for field in page._meta.local_concrete_fields if not field.primary_key}
    return sorted({*own, "title", "slug", "search_description"})


def load_menu(place: str, links: list[list[str]], locale: Locale, pages: dict[str, Page]) -> None:
    """A menu with exactly these links, in this order."""
    key = uuid.uuid5(NAMESPACE, f"menu:{place}")
    menu, _created = Menu.objects.get_or_create(place=place, locale=locale, defaults={"translation_key": key})
    menu.items.all().delete()
    for order, (label, target) in enumerate(links):
        name = target.removeprefix("page:")
        page = pages[name] if target.startswith("page:") else None
        address = "" if page else target
        MenuItem.objects.create(menu=menu, sort_order=order, label=label, page=page, address=address)


def load_site(home: Page) -> Site:
    """The default site answers at the public address and shows the French tree."""
    public = urlsplit(settings.PUBLIC_URL)
    port = public.port or (443 if public.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.site_name, site.root_page = public.hostname, port, "Diapason 47", home
    site.save()
    Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")).delete()
    return site


def load_identity(site: Site) -> None:
    """The settings of the demo's site, placed on the department."""
    department = Territory.objects.filter(level_id="departement", code="47", valid_to=None).first()
    fields = read("fr")["identity"] | {"territory": department}
    identity, _created = SiteIdentity.objects.update_or_create(site=site, defaults=fields)
    SiteWording.objects.update_or_create(identity=identity, language="en", defaults=read("en")["identity"])
