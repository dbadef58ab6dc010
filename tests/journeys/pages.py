"""Which pages are looked at by axe and by `make shots`: entry points by role, and all they lead to.

Pages are found by following links, one example for each address of `urls.py` and each page of the CMS,
so that a new page is looked at without being listed.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

ENTRIES: dict[str, list[str]] = {
    "": [
        "/",
        "/participer/",
        "/suivre/",
        "/annuaire/",
        "/annuaire/?q=repas+et+courses&lieu=Lauzun",
        "/annuaire/comparer/?s=portage-repas-lauzun&s=aide-domicile-duras-lauzun",
        "/annuaire/guichets/47086/",
        "/actions/partenaires/?organisation=cms-agen",
        "/annuaire/ma-liste/",
        "/observatoire/",
        "/ateliers/",
        "/atelier/",
        "/syntheses/",
        "/conseils/",
        "/voter/",
        "/conseils/cvs-ehpad-agen/",
        "/conseils/federation-cvs-47/",
        "/avis/",
        "/actions/",
        "/actions/repit-et-accueils-temporaires/",
        "/actions/programmes/schema-autonomie-demo/",
        "/besoins/sans-reponse/",
        "/observatoire/besoins-sans-reponse/",
        "/observatoire/besoins-et-services/",
        "/participer/vieillir-chez-soi-en-pays-de-duras/suites/",
        "/territoires/",
        "/annuaire/service/mdph-47-accueil/",
        "/annuaire/dispositifs/",
        "/orientation/",
        "/recherche/",
        "/accessibilite",
        "/plan-du-site/",
        "/compte/login/",
        "/compte/login/code/",
        "/compte/signup/",
        "/compte/password/reset/",
        "/compte/password/reset/done/",
        "/compte/inactive/",
        "/affichage/",
        "/styleguide/",
        "/demo/",
        "/en/",
    ],
    "habitante": [
        "/compte/",
        "/compte/mes-donnees/",
        "/compte/mes-donnees/effacer/",
        "/compte/double-verification/",
        "/compte/email/",
        "/compte/password/change/",
        "/compte/reauthenticate/",
        "/compte/2fa/",
        "/compte/2fa/totp/activate/",
        "/compte/2fa/webauthn/",
        "/compte/2fa/webauthn/add/",
        "/compte/logout/",
    ],
    "organisatrice": [
        "/espace/",
        "/compte/",
        "/compte/2fa/",
        "/compte/2fa/reauthenticate/",
        "/compte/2fa/totp/deactivate/",
        "/compte/2fa/recovery-codes/generate/",
    ],
    "observatoire": ["/espace/"],
    "coordinatrice": ["/espace/orientation/"],
    "referente-cms": ["/espace/actions/", "/espace/orientation/"],
    "animatrice": ["/espace/ateliers/", "/espace/syntheses/"],
    "secretaire": ["/espace/conseils/", "/espace/reunions/", "/espace/elections/", "/espace/avis/"],
    "presidente-cvs": ["/conseils/cvs-ehpad-agen/membres/"],
}
ALWAYS = {"wagtail_serve"}  # every page of the CMS is a page of its own
NEVER = re.compile(
    r"^/(gestion|documents|static|media|_util|compte/logout|demo/entrer)|\.(csv|xlsx|ics|pdf|odt|xml|json|svg|txt|png|webp)$"
)
LINK = re.compile(r"<a\b[^>]*\shref=\"([^\"#]+)")
# The footer's door for staff: anyone else is told why it stays closed.
MAY_REFUSE = {"/espace/", "/en/espace/"}
OTHERS_LETTERS = {"/demo/courrier/"}  # they lead where only their readers may go
OWN = re.compile(r"^/(espace|compte|ecriture)/")  # what is not for everybody: the visitor looks at the rest
MOST_CMS_PAGES, MOST_EXAMPLES = 40, 1


@dataclass(frozen=True)
class FoundPage:
    """An address and who looks at it; an empty role is a visitor."""

    role: str
    path: str
    status: int = 200

    @property
    def is_theirs(self) -> bool:
        """False for a page that shows a signed-in person what it shows a visitor, who looks at it already."""
        return not self.role or bool(OWN.match(self.path)) or self.path in ENTRIES[self.role]

    @property
    def name(self) -> str:
        """A file name that says both."""
        words = re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-") or "accueil"
        return f"{self.role or 'visiteur'}-{words[:70]}"


def view_name(path: str) -> str:
    """What answers at this address; French pages have no prefix, so both trees are told apart."""
    try:
        return resolve(path).view_name or path
    except Resolver404:
        return path


def links_of(address: str, path: str, html: str) -> list[str]:
    """Addresses of this site the page leads to."""
    found = [urlsplit(urljoin(address + path, unescape(link))) for link in LINK.findall(html)]
    return [
        link.path
        for link in found
        if f"{link.scheme}://{link.netloc}" == address and not NEVER.search(link.path)
    ]


def discover(request: APIRequestContext, address: str, role: str) -> list[FoundPage]:
    """Every kind of page this role reaches from its entry points, in the order they are met."""
    waiting, seen, counts, found = list(ENTRIES[role]), set[str](), dict[str, int](), list[FoundPage]()
    while waiting:
        path = waiting.pop(0)
        name = view_name(path)
        limit = MOST_CMS_PAGES if name in ALWAYS else MOST_EXAMPLES
        if path in seen or (counts.get(name, 0) >= limit and path not in ENTRIES[role]):
            continue
        seen.add(path)
        answer = request.get(address + path)
        is_page = "text/html" in answer.headers.get("content-type", "")
        if answer.status == 403 and path in MAY_REFUSE:
            continue
        if answer.status >= 400 and path not in ENTRIES[role]:
            found.append(FoundPage(role, path, status=answer.status))
        if answer.status >= 400 or not is_page:
            continue
        counts[name] = counts.get(name, 0) + 1
        found.append(FoundPage(role, urlsplit(answer.url).path, answer.status))
        if path not in OTHERS_LETTERS:
            waiting += links_of(address, path, answer.text())
    return list(dict.fromkeys(found))
