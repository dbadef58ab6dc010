"""What surrounds every public page: identity, menus, languages. Cached until something public changes."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale, Page, Site

from cms import themes
from cms.models import AccessibilityState, HomePage, LegalPage, Menu, MenuItem, SiteIdentity, SiteWording
from cms.models.wording import WORDED
from cms.stamps import at_hand
from core.languages import Written

LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Link:
    """A link as templates draw it."""

    label: str
    url: str


@dataclass(frozen=True)
class Identity:
    """The settings of the site, as plain values."""

    name: str
    baseline: str
    logo_url: str
    place: str
    publisher: str
    director: str
    host: str
    email: str
    phone: str
    phone_hours: str
    postal_address: str
    dpo_name: str
    dpo_email: str
    dpo_address: str
    accessibility_state: str
    audited_on: datetime.date | None
    audited_by: str
    audit_percent: int | None
    has_language_switch: bool
    social_links: tuple[Link, ...]
    css: str

    @property
    def accessibility_label(self) -> str:
        return str(AccessibilityState(self.accessibility_state).label)

    @property
    def phone_href(self) -> str:
        return "tel:" + "".join(character for character in self.phone if character in "+0123456789")


@dataclass(frozen=True)
class LanguageLink:
    """Where the reader goes to read on in another language."""

    code: str
    name: str
    url: str
    is_current: bool
    is_same_page: bool


def language() -> str:
    """The language pages are shown in; the default one when the active language has no pages."""
    active = get_language() or settings.LANGUAGE_CODE
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def identity(request: HttpRequest | None) -> Identity:
    """Who the site is, in the active language where that was written; defaults when nothing was set."""
    host = request.get_host() if request else ""
    return at_hand(
        ("identity", host, language()),
        lambda: _read_identity(Site.find_for_request(request) if request else None),
    )


def _read_identity(site: Site | None) -> Identity:
    found = SiteIdentity.objects.filter(site=site).select_related("logo", "territory").first()
    stored = found or SiteIdentity()
    logo = stored.logo.get_rendition("max-320x96").url if stored.logo else ""
    accent = themes.accent_for(stored.accent, stored.accent_dark)
    same = {name: getattr(stored, name) for name in Identity.__dataclass_fields__ if hasattr(stored, name)}
    return Identity(
        **same
        | {
            **_worded(stored),
            "logo_url": logo,
            "place": stored.territory.name if stored.territory else "",
            "social_links": tuple(Link(b.value["label"], b.value["address"]) for b in stored.social_links),
            "css": themes.stylesheet(accent),
        }
    )


def _worded(stored: SiteIdentity) -> dict[str, Written]:
    """Each text in the active language, or in the site's own: the text says which."""
    said = SiteWording.objects.filter(identity=stored.pk, language=language()).first() if stored.pk else None
    return {
        name: Written(text, language())
        if (text := getattr(said, name, ""))
        else Written(getattr(stored, name))
        for name in WORDED
    }


def menu(place: str, request: HttpRequest | None = None) -> tuple[Link, ...]:
    """The links of a place in the active language; a link to a page that is not published is left out."""
    code = language()
    menus: dict[str, tuple[Link, ...]] = at_hand(("menus", code), lambda: _read_menus(code, request))
    return menus.get(place, ())


def _read_menus(code: str, request: HttpRequest | None) -> dict[str, tuple[Link, ...]]:
    items = MenuItem.objects.select_related("page").order_by("sort_order")
    menus = Menu.objects.filter(locale__language_code=code).prefetch_related(Prefetch("items", items))
    drawn = {found.place: [_menu_link(item, request) for item in found.items.all()] for found in menus}
    return {place: tuple(link for link in links if link) for place, links in drawn.items()}


def _menu_link(item: MenuItem, request: HttpRequest | None) -> Link | None:
    if item.page is None:
        return Link(item.label, item.address) if item.address else None
    url = item.page.get_url(request) if item.page.live else None
    return Link(item.label or item.page.title, url) if url else None


def home_url(code: str) -> str:
    """The home page of a language, as an address."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def offered_languages() -> list[str]:
    """Languages that have a published home page, the default one first."""
    return at_hand("languages", _read_languages)


def _read_languages() -> list[str]:
    found = set(HomePage.objects.live().values_list("locale__language_code", flat=True))
    return [code for code, _name in settings.LANGUAGES if code in found or code == settings.LANGUAGE_CODE]


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """The same content in each language when it exists, else the home page of that language."""
    page: Page | None = getattr(request, "cms_page", None)
    translated = _page_addresses(page, request) if page else {}
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"].capitalize(),
            url=translated.get(code) or ("" if page else _view_address(request, code)) or home_url(code),
            is_current=code == language(),
            is_same_page=code in translated,
        )
        for code in offered_languages()
    ]


def _page_addresses(page: Page, request: HttpRequest) -> dict[str, str]:
    translations = page.get_translations(inclusive=True).live().select_related("locale")
    return {found.locale.language_code: found.get_url(request) or "" for found in translations}


def _view_address(request: HttpRequest, code: str) -> str:
    """The address of the same view in another language; empty when it is not a view of ours."""
    try:
        resolve(request.path_info)
    except Resolver404:
        return ""
    full = request.get_full_path()
    return translate_url(request.path if len(full) > LONGEST_ADDRESS else full, code)


def locale() -> Locale:
    """The locale of the active language; the default one when it has none."""
    return Locale.objects.filter(language_code=language()).first() or Locale.get_default()


def home_page(request: HttpRequest) -> Page | None:
    """The home page in the active language, or the default one."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    root: Page = site.root_page
    return root.get_translations(inclusive=True).live().filter(locale=locale()).first() or root


def legal_page(kind: str) -> LegalPage | None:
    """The published page of that kind in the active language."""
    return LegalPage.objects.live().filter(kind=kind, locale__language_code=language()).first()


def theme_url(request: HttpRequest) -> str:
    """The stylesheet of the chosen accent; empty when the design system's own is kept."""
    css = identity(request).css
    return reverse("cms:theme", args=[themes.content_hash(css)]) if css else ""
