"""What may be asked and what is answered, as the OpenAPI description tells it."""

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from directory.selectors.asked import FARTHEST_M, Asked

MOST_PER_PAGE = 200


def _day(value: object) -> object:
    """A date, or the date of a moment: records know the day they changed."""
    if isinstance(value, str) and len(value) > 10 and value[10] in "T ":
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).date()
    return value


def _not_a_bool(value: object) -> object:
    """True is not one."""
    if isinstance(value, bool):
        raise ValueError("a number was expected")
    return value


def _not_a_number(value: object) -> object:
    """One is not true; the words of an address are."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError("true or false was expected")
    return value


def _local(value: datetime.time) -> datetime.time:
    """Hours are those of the place, whatever zone was written after them."""
    return value.replace(tzinfo=None)


Hour = Annotated[datetime.time, AfterValidator(_local)]
Whole = Annotated[int, BeforeValidator(_not_a_bool)]
Yes = Annotated[bool, BeforeValidator(_not_a_number)]
Age = Annotated[Whole, Field(ge=0, le=120)]


class Paged(Schema):
    """Which page, of what size."""

    model_config = ConfigDict(extra="ignore")
    search: str = Field(
        "", max_length=200, description="Words of its name; accents and capitals do not matter."
    )
    page: Whole = Field(1, ge=1, le=1_000_000)
    per_page: Whole = Field(50, ge=1, le=MOST_PER_PAGE)
    format: Literal["json", "ndjson"] = Field(
        "json", description="ndjson streams everything, one object a line."
    )

    def asked(self) -> Asked:
        """The filters among the parameters."""
        names = Asked.__dataclass_fields__
        return Asked(**{name: value for name, value in self.model_dump().items() if name in names})


class TermFilters(Paged):
    """Filters by what services say."""

    taxonomy_term_id: UUID | None = Field(None, description="Services that say this term.")
    taxonomy_id: UUID | None = Field(None, description="Services that say any term of this taxonomy.")
    full: Yes = Field(False, description="Whole nested objects.")

    def terms(self) -> Asked:
        """What the services of an organisation should say."""
        return Asked(taxonomy_term_id=self.taxonomy_term_id, taxonomy_id=self.taxonomy_id)


class ServiceFilters(TermFilters):
    """Filters of services."""

    search: str = Field(
        "",
        max_length=200,
        description="What a person asks in their own words, read as the public search does: needs and their "
        "synonyms, names, typing errors, a commune or a postal code. Results keep the order of all lists.",
    )
    organization_id: UUID | None = None
    modified_after: Annotated[datetime.date | None, BeforeValidator(_day)] = Field(
        None, description="Changed that day or later; services that ended since are then listed as defunct."
    )
    minimal: Yes = Field(False, description="Identifier and day of change only.")
    minimum_age: Age | None = Field(None, description="Fit for someone of that age or older.")
    maximum_age: Age | None = Field(None, description="Fit for someone of that age or younger.")
    day: Literal["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"] = Field("", description="Open that day.")
    start_time: Hour | None = Field(None, description="Open from that hour.")
    end_time: Hour | None = Field(None, description="Open until that hour.")


class LinkFilters(ServiceFilters):
    """Filters of services at their places."""

    postcode: str = Field("", max_length=5, pattern=r"^([0-9][0-9AB][0-9]{3})?$")
    proximity: Whole | None = Field(
        None, ge=0, le=FARTHEST_M, description="Metres from the middle of the communes of that postal code."
    )


class OrganizationFilters(TermFilters):
    """Filters of organisations."""

    full_service: Yes = Field(False, description="With its services, whole.")


class NestFilter(Schema):
    """How much of an organisation is told."""

    full_service: Yes = False


class LocationFilters(Paged):
    """Filters of places."""

    full: Yes = False


class TermListFilters(Paged):
    """Filters of terms."""

    taxonomy_id: UUID | None = None
    top_only: Yes = False
    parent_id: UUID | None = None


class Object(Schema):
    """An object of HSDS 3.1; only what it must have is written here, the rest is in the specification."""

    model_config = ConfigDict(extra="allow")
    id: UUID


class ServiceOut(Object):
    """A service."""

    name: str
    status: Literal["active", "inactive", "defunct", "temporarily closed"]


class MinimalOut(Object):
    """A service that changed."""

    last_modified: datetime.datetime


class OrganizationOut(Object):
    """An organisation."""

    name: str
    description: str


class LocationOut(Object):
    """A place; a hidden address gives its reason in `description` and nothing else."""

    location_type: Literal["physical", "postal", "virtual"]


class LinkOut(Object):
    """A service at a location."""

    service_id: UUID
    location_id: UUID


class NamedOut(Object):
    """A taxonomy or a term."""

    name: str
    description: str


class Page(Schema):
    """The wrapper of every list."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class ServicePage(Page):
    contents: list[ServiceOut | MinimalOut]


class OrganizationPage(Page):
    contents: list[OrganizationOut]


class LocationPage(Page):
    contents: list[LocationOut]


class LinkPage(Page):
    contents: list[LinkOut]


class NamedPage(Page):
    contents: list[NamedOut]


class Problem(Schema):
    """Why it was not answered."""

    detail: Any


class Publisher(Schema):
    """Who publishes."""

    name: str
    url: str


class About(Schema):
    """This interface."""

    version: str
    profile: str
    openapi_url: str
    description: str
    publisher: Publisher


class Profile(Schema):
    """What of HSDS this publisher uses, and what it adds."""

    name: str
    version: str
    description: str
    required_endpoints: list[str]
    additions: list[str]
    upstream_exceptions: list[str]
