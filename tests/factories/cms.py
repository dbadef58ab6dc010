"""A small site: both home pages, and pages under them."""

import itertools
import json
import uuid
from typing import Any

from wagtail.models import Locale, Page, Site

from cms import models as cms
from cms.models import HomePage, SiteIdentity

_numbers = itertools.count(1)


def locale(code: str = "fr") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def site(**identity: Any) -> Site:
    """The default site on a French home page, with its identity."""
    found = Site.objects.get(is_default_site=True)
    found.hostname, found.port, found.root_page = "testserver", 80, home()
    found.save()
    fields = {"name": "Diapason 47", "email": "contact@example.org", "phone": "05 36 49 00 47"}
    SiteIdentity.objects.update_or_create(site=found, defaults=fields | identity)
    return found


def home(code: str = "fr", **fields: Any) -> HomePage:
    """The home page of a language; the English one translates the French one."""
    found = HomePage.objects.filter(locale=locale(code)).first()
    if found:
        return found
    french = HomePage.objects.filter(locale=locale("fr")).first()
    defaults = {
        "title": f"Accueil {code}",
        "slug": f"accueil-{code}",
        "headline": "Ce que vous dites change ce que nous faisons.",
        "lead": "En Lot-et-Garonne.",
        "translation_key": french.translation_key if french else uuid.uuid4(),
    }
    page = HomePage(locale=locale(code), **(defaults | fields))
    Page.objects.get(depth=1).add_child(instance=page)
    return page


def page(kind: str = "ArticlePage", /, *, under: Page | None = None, body: Any = (), **fields: Any) -> Any:
    """A published page of a kind; `body` is a list of (block type, value)."""
    parent = under or home()
    number = next(_numbers)
    stream = json.dumps([{"type": name, "value": value} for name, value in body])
    defaults = {"title": f"Page {number}", "slug": f"page-{number}", "locale": parent.locale, "body": stream}
    created = getattr(cms, kind)(**(defaults | fields))
    parent.add_child(instance=created)
    return created
