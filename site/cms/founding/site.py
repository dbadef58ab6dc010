"""A new site: home page, legal pages, menus and settings in French and English; never over an existing one."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Site, Task, Workflow

from cms.founding.trees import Spec, lay_tree, read_tree
from cms.models import HomePage, SiteIdentity, SiteWording
from cms.services import grant_page_roles
from cms.stamps import bump_version
from core.services import record_audit
from territories.models import Territory

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("fr", "en")


def is_founded() -> bool:
    """Whether the site already has a home page of ours."""
    return HomePage.objects.exists()


@transaction.atomic
def found_site(
    *, name: str, email: str = "", publisher: str = "", territory: Territory | None = None
) -> Site:
    """Create what a site needs before its first visitor, with words to complete in the admin.

    Raises ValidationError, and writes nothing, when there are pages already.
    """
    if is_founded() or _pages_but_welcome().exists():
        raise ValidationError(_("This site already has pages: nothing was written."))
    if email:
        validate_email(email)
    grant_page_roles()
    content = {code: _named(read_tree(DATA / f"site_{code}.toml"), name) for code in LANGUAGES}
    homes = {code: lay_tree(tree, code) for code, tree in content.items()}
    site = _default_site(homes["fr"], name)
    identity = SiteIdentity(site=site, name=name, email=email, publisher=publisher, territory=territory)
    for field, value in content["fr"]["identity"].items():
        setattr(identity, field, value)
    identity.full_clean()
    identity.save()
    say_in(identity, "en", content["en"]["identity"])
    Workflow.objects.update(name=_("Review before publication"))
    Task.objects.update(name=_("Review by a page publisher"))
    record_audit(actor=None, verb="site_founded", target=site)
    bump_version()
    return site


def say_in(identity: SiteIdentity, language: str, words: dict[str, Any]) -> None:
    """The settings in another language."""
    SiteWording.objects.update_or_create(identity=identity, language=language, defaults=words)


def _named(content: Spec, name: str) -> Spec:
    """The content with the name of the site on its home page."""
    return {**content, "home": {**content["home"], "title": name}}


def _pages_but_welcome() -> QuerySet[Page]:
    """Pages somebody made: all but the root and the page Wagtail's installation leaves."""
    return Page.objects.filter(depth__gt=1).exclude(pk__in=_welcome())


def _welcome() -> QuerySet[Page]:
    is_plain = {"content_type__app_label": "wagtailcore", "content_type__model": "page"}
    return Page.objects.filter(depth=2, numchild=0, slug="home", **is_plain)


def _default_site(home: HomePage, name: str) -> Site:
    """The default site answers at the public address and shows the French tree."""
    public = urlsplit(settings.PUBLIC_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = public.hostname or "localhost"
    site.port = public.port or (443 if public.scheme == "https" else 80)
    site.site_name, site.root_page = name, home
    site.save()
    for page in _welcome():
        page.delete()
    return site
