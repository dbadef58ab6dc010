"""How cells of the tables of the directory are read and written: what cannot be read is told with what was found."""

import re
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from import_export import widgets

from directory.codes import Access
from directory.exchange.ids import as_uid
from directory.hours_osm import UnreadHours, read_hours
from organisations.models import Organisation

BAR = re.compile(r"\s*\|\s*")
NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,12})?")
YES, NO = frozenset({"1", "true", "vrai", "oui", "yes"}), frozenset({"0", "false", "faux", "non", "no"})


def parts_of(value: Any) -> list[str]:
    """Codes or lines separated by bars."""
    return [part for part in BAR.split(str(value or "").strip()) if part]


def text_of(value: Any) -> str:
    return str("" if value is None else value).strip()


class CodesWidget(widgets.Widget):
    """A list in one cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return parts_of(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(value or [])


class NumberWidget(widgets.Widget):
    """A number, with a comma or a point."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = text_of(value)
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            raise ValueError(_("“%(value)s” is not a number") % {"value": text[:60]})
        return self.number(text.replace(",", "."))

    def number(self, text: str) -> Any:
        return float(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class WholeWidget(NumberWidget):
    """A whole number."""

    def number(self, text: str) -> int:
        if float(text) != int(float(text)):
            raise ValueError(_("“%(value)s” is not a whole number") % {"value": text})
        return int(float(text))


class AmountWidget(NumberWidget):
    """Euros and cents."""

    def number(self, text: str) -> Decimal:
        try:
            return Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation as error:
            raise ValueError(_("“%(value)s” is not a number") % {"value": text}) from error


class YesNoWidget(widgets.Widget):
    """Yes or no, as spreadsheets and people write them; empty is no."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = text_of(value).lower()
        if text and text not in YES | NO:
            raise ValueError(_("“%(value)s”: write 1 for yes, 0 for no") % {"value": text[:60]})
        return text in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "1" if value else "0"


class OrganisationWidget(widgets.Widget):
    """The short name of an organisation."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Organisation | None:
        slug = text_of(value)
        found = Organisation.objects.filter(slug=slug).first()
        if slug and found is None:
            raise ValueError(_("no organisation has the short name “%(slug)s”") % {"slug": slug[:60]})
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


class UidWidget(widgets.Widget):
    """An identifier; a new one when the cell is empty."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> uuid.UUID:
        text = text_of(value)
        found = as_uid(text) if text else uuid.uuid4()
        if found is None:
            raise ValueError(
                _("“%(value)s” is not an identifier: leave it empty for a new record") % {"value": text[:60]}
            )
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return text_of(value)


class AccessWidget(widgets.Widget):
    """`step_free | !parking`: what is there, and with a mark what is not."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dict[str, bool]:
        said = parts_of(value)
        unknown = [part for part in said if part.lstrip("!") not in Access.values]
        if unknown:
            words = {"codes": ", ".join(unknown)[:200], "known": ", ".join(Access.values)}
            raise ValueError(_("Unknown code: %(codes)s. Known codes: %(known)s.") % words)
        return {part.lstrip("!"): not part.startswith("!") for part in said}

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(("" if said else "!") + code for code, said in sorted((value or {}).items()))


class HoursWidget(widgets.Widget):
    """Hours as OpenStreetMap writes them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = text_of(value)
        try:
            read_hours(text)
        except UnreadHours as error:
            raise ValueError(str(error)) from error
        return text
