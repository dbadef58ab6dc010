"""HSDS as tables: the columns we use, the description of the data package, objects to rows and rows to objects.

The order of tables is that of their references. Programs are not a table here: HSDS gives each table of programs one
row per organisation; schemes and rights travel as terms and attributes.
"""

from collections.abc import Iterator
from typing import Any

from directory.exchange.hsds.terms import Json

FILES = {
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
    "organization": "organizations",
    "organization_identifier": "organization_identifiers",
    "location": "locations",
    "address": "addresses",
    "accessibility": "accessibility",
    "service": "services",
    "service_at_location": "service_at_location",
    "contact": "contacts",
    "phone": "phones",
    "schedule": "schedules",
    "service_area": "service_areas",
    "language": "languages",
    "cost_option": "cost_options",
    "required_document": "required_documents",
    "unit": "units",
    "service_capacity": "service_capacity",
    "attribute": "attributes",
}
COLUMNS = {
    "taxonomy": "id! name! description! version",
    "taxonomy_term": "id! code name! description! parent_id:uuid taxonomy language taxonomy_id>taxonomy term_uri",
    "organization": "id! name! description email website parent_organization_id:uuid",
    "organization_identifier": "id! organization_id!>organization identifier_scheme identifier_type! identifier!",
    "location": "id! location_type! organization_id>organization name description transportation latitude:number"
    " longitude:number",
    "address": "id! location_id>location address_1! address_2 city! state_province! postal_code! country!"
    " address_type!",
    "accessibility": "id! location_id>location description details url",
    "service": "id! organization_id!>organization name! description url email status! fees_description wait_time"
    " eligibility_description minimum_age:number maximum_age:number assured_date:date alert last_modified:datetime",
    "service_at_location": "id! service_id!>service location_id!>location",
    "contact": "id! organization_id>organization service_id>service location_id>location name title department email",
    "phone": "id! location_id>location service_id>service organization_id>organization contact_id>contact number! type"
    " description",
    "schedule": "id! service_id>service location_id>location service_at_location_id>service_at_location"
    " valid_from:date valid_to:date wkst freq interval:number byday description opens_at:time closes_at:time notes",
    "service_area": "id! service_id>service name extent extent_type",
    "language": "id! service_id>service name code",
    "cost_option": "id! service_id!>service option currency amount:number amount_description",
    "required_document": "id! service_id>service document",
    "unit": "id! name!",
    "service_capacity": "id! service_id!>service unit_id!>unit available:number maximum:number updated:datetime",
    "attribute": "id! link_id!:uuid taxonomy_term_id!>taxonomy_term link_type link_entity! value label",
}
NESTED = {
    "organization_identifiers": "organization_identifier",
    "contacts": "contact",
    "phones": "phone",
    "addresses": "address",
    "accessibility": "accessibility",
    "schedules": "schedule",
    "service_areas": "service_area",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "capacities": "service_capacity",
    "service_at_locations": "service_at_location",
    "attributes": "attribute",
}
"""Lists of an object by the table that holds them."""
CHILDREN: dict[str, tuple[str, ...]] = {
    "organization": ("organization_identifiers", "contacts", "phones", "attributes"),
    "location": ("addresses", "accessibility", "contacts", "phones", "schedules", "attributes"),
    "service": (
        "contacts", "phones", "schedules", "service_areas", "languages", "cost_options", "required_documents",
        "capacities", "service_at_locations", "attributes",
    ),
    "service_at_location": ("schedules",),
    "contact": ("phones",),
    "service_capacity": ("attributes",),
}  # fmt: skip
PARENT = {"attribute": "link_id"}


class Column:
    """One column: its name, its type, whether each row must have it, the table it refers to."""

    def __init__(self, written: str) -> None:
        head, _arrow, self.refers = written.partition(">")
        head, _colon, kind = head.partition(":")
        self.name, self.is_needed = head.rstrip("!"), head.endswith("!")
        self.kind = kind or ("uuid" if self.refers or self.name == "id" else "string")

    def described(self) -> Json:
        """As a field of a table schema."""
        kind = {"type": "string", "format": "uuid"} if self.kind == "uuid" else {"type": self.kind}
        field: Json = {"name": self.name, **kind}
        needs = {"required": True} if self.is_needed else {}
        return field | (
            {"constraints": needs | ({"unique": True} if self.name == "id" else {})} if needs else {}
        )


def columns(table: str) -> list[Column]:
    return [Column(written) for written in COLUMNS[table].split()]


def package(title: str, tables: dict[str, int]) -> Json:
    """The description of a data package with these tables; numbers are those of their rows."""
    return {
        "name": "diapason-directory",
        "title": title,
        "profile": "tabular-data-package",
        "version": "3.1.0",
        "homepage": "http://docs.openreferral.org",
        "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0"}],
        "resources": [_resource(table) for table in FILES if tables.get(table)],
    }


def _resource(table: str) -> Json:
    listed = columns(table)
    keys = [
        {"fields": [one.name], "reference": {"resource": one.refers, "fields": ["id"]}}
        for one in listed
        if one.refers
    ]
    schema: Json = {"fields": [one.described() for one in listed], "primaryKey": ["id"]}
    return {
        "name": table,
        "path": f"{FILES[table]}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def flattened(table: str, one: Json) -> Iterator[tuple[str, Json]]:
    """An object as rows: its own, then those of what it holds."""
    kept = {name: value for name, value in one.items() if not isinstance(value, list | dict)}
    yield table, kept
    for name in CHILDREN.get(table, ()):
        for child in one.get(name, ()):
            if unit := child.get("unit"):
                yield "unit", unit
            yield from flattened(NESTED[name], child)


def cells(table: str, row: Json) -> list[str]:
    """The row as text, in the order of the columns."""
    return [_cell(one, row.get(one.name)) for one in columns(table)]


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "time" and value:
        return f"{value}:00" if len(str(value)) == 5 else str(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)
