"""Trees of pages written in TOML: a home page, the pages under it, the menus that lead to them.

Pages are found again by a key made from their address in the site's language: laying a tree twice changes nothing.
"""

import tomllib
import uuid
from pathlib import Path
from typing import Any

from wagtail.models import Locale, Page
from wagtail.search import index

from cms import models as cms
from cms.founding.notation import NAMESPACE, progress, stream
from cms.models import HomePage, Menu, MenuItem

Spec = dict[str, Any]

ROOT_TITLE = "Pages"  # the same word in French and English; Wagtail calls it "Root" in every language


def read_tree(path: Path) -> Spec:
    """The content of a file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def lay_tree(content: Spec, code: str) -> HomePage:
    """The home page of a language, everything under it, then what points to those pages."""
    locale, _created = Locale.objects.get_or_create(language_code=code)
    home = load_home(content["home"], locale)
    pages: dict[str, Page] = {"": home}
    for spec in content["pages"]:
        key = spec.get("key", spec["slug"])
        pages[key] = load_page(spec, key, pages[spec.get("parent", "")], locale)
    home.service_page = pages.get(content["home"].get("service_page", "-"))
    home.progress = progress(content["home"].get("progress", []), pages)
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
        root = Page.objects.get(depth=1)
        root.title = root.draft_title = ROOT_TITLE
        root.save(update_fields=["title", "draft_title"])
        root.add_child(instance=found)
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
