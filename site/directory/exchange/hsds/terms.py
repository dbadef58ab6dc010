"""The taxonomies we publish and their terms: codes of closed lists, needs, schemes, and fields HSDS does not have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from directory.codes import Access, Audience, Fee, Mode, Network, Reach, ReachedBy, ServiceKind
from directory.exchange.ids import made_id

Json = dict[str, Any]
CODES: Mapping[str, Any] = {
    "kind": ServiceKind,
    "mode": Mode,
    "audience": Audience,
    "reach": Reach,
    "reached_by": ReachedBy,
    "fee": Fee,
    "access": Access,
    "network": Network,
}
"""Closed lists by taxonomy."""
NEEDS, SCHEMES, FIELDS = "need", "scheme", "field"
FIELD_NAMES = (
    "easy_read", "situations", "remaining_words", "closed_until", "closed_reason", "eligible_territory",
    "takes_requests", "average_delay_days", "holidays", "checked_words", "review_months", "capacity",
    "capacity_state", "capacity_waiting", "identifier", "address_hidden", "commune", "address_1", "address_2",
    "postal_code", "slug", "organisation_kind", "territory", "application_link", "scheme_need", "scheme_url",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One code of one taxonomy."""

    taxonomy: str
    code: str
    name: str
    description: str
    uid: UUID
    parent: UUID | None = None
    url: str = ""

    @property
    def public_code(self) -> str:
        """HSDS wants codes unique among all taxonomies: only needs keep theirs bare."""
        return self.code if self.taxonomy == NEEDS else f"{self.taxonomy}:{self.code}"


def taxonomy_id(taxonomy: str) -> UUID:
    return made_id("taxonomy", taxonomy)


def term_id(taxonomy: str, code: str) -> UUID:
    """The identifier of a term; a scheme keeps its own."""
    return made_id("term", taxonomy, code)


def taxonomy_words() -> dict[str, tuple[str, str]]:
    """Name and description of each taxonomy."""
    return {
        NEEDS: (_("Needs and services"), _("SERAFIN-PH 2023.1.0 (Licence Ouverte 2.0) and our additions.")),
        SCHEMES: (_("Schemes and rights"), _("What services take part in.")),
        "kind": (_("Kinds of service"), _("The types of data·inclusion v1.")),
        "mode": (_("Where it meets people"), _("At the desk, at home, by phone or online, near you.")),
        "audience": (_("For whom"), _("The publics of data·inclusion v1.")),
        "reach": (_("How to get in touch"), _("The ways data·inclusion v1 names.")),
        "reached_by": (_("Who may get in touch"), _("People themselves or professionals.")),
        "fee": (_("Price"), _("Free, paid, or according to income.")),
        "access": (_("Access"), _("What a building or a welcome makes possible.")),
        "network": (_("Networks"), _("The networks of data·inclusion v1.")),
        FIELDS: (_("Other fields"), _("What HSDS has no field for; the value says it.")),
    }


def taxonomy_json(taxonomy: str) -> Json:
    """A taxonomy object."""
    name, description = taxonomy_words()[taxonomy]
    version = "2023.1.0" if taxonomy == NEEDS else "1"
    return {"id": str(taxonomy_id(taxonomy)), "name": name, "description": description, "version": version}


def taxonomies_json() -> list[Json]:
    return [taxonomy_json(one) for one in taxonomy_words()]


def code_terms() -> Iterator[Term]:
    """Terms of the closed lists and of the fields."""
    for taxonomy, choices in CODES.items():
        for code, label in choices.choices:
            yield Term(taxonomy, code, str(label), str(label), term_id(taxonomy, code))
    for name in FIELD_NAMES:
        yield Term(FIELDS, name, name, name.replace("_", " "), term_id(FIELDS, name))


def term_json(term: Term) -> Json:
    """A taxonomy term object."""
    given = {
        "id": str(term.uid),
        "code": term.public_code,
        "name": term.name,
        "description": term.description or term.name,
        "parent_id": str(term.parent) if term.parent else "",
        "taxonomy": taxonomy_words()[term.taxonomy][0],
        "taxonomy_id": str(taxonomy_id(term.taxonomy)),
        "language": "fr",
        "term_uri": term.url,
    }
    return {name: value for name, value in given.items() if value}


class Vocabulary:
    """Every term, by taxonomy and code; needs and schemes come from the database."""

    def __init__(self, more: Iterable[Term] = ()) -> None:
        terms = [*code_terms(), *more]
        self.terms = {(one.taxonomy, one.code): one for one in terms}
        self._drawn: dict[tuple[str, str], Json] = {}

    def json(self, taxonomy: str, code: str) -> Json:
        """The term object, drawn once; one that is no longer in force still has its identifier."""
        key = taxonomy, code
        if key not in self._drawn:
            known = self.terms.get(key) or Term(taxonomy, code, code, code, term_id(taxonomy, code))
            self._drawn[key] = term_json(known)
        return self._drawn[key]


@cache
def coded_terms() -> Mapping[str, tuple[str, str]]:
    """By identifier, the taxonomy and code of the terms whose identifier is made of them."""
    return {str(one.uid): (one.taxonomy, one.code) for one in code_terms()}
