"""What every exported row has, and the checks of free text and links."""

import re
import unicodedata
import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHORT, LINE, PARAGRAPH, LONG = 120, 200, 1000, 10_000
"""Longest texts, in characters: a name, a line, a paragraph, a description."""
PHONE = re.compile(r"\+?[0-9][0-9 .()/-]{1,24}")
WEB = URLValidator(schemes=["http", "https"])


class Exported(models.Model):
    """A row that has a universal identifier of its own, the same in every export for ever."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


def validate_plain_text(value: str) -> None:
    """Refuse what nobody types: control characters and marks that turn the direction of reading."""
    if any(
        unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in "\n\r\t\u200d\u00ad"
        for char in value
    ):
        raise ValidationError(_("Take away the invisible characters: type the text instead of pasting it."))


def validate_phone(value: str) -> None:
    """Digits as people write them, short numbers such as 15 or 3977 included."""
    if not PHONE.fullmatch(value.strip()):
        raise ValidationError(_("Write the number with digits and spaces only, for example 05 53 00 00 00."))


def validate_web_address(value: str) -> None:
    """A page of the web: nothing that runs in the browser, nothing that hides its host behind a name."""
    try:
        WEB(value)
    except ValidationError as error:
        raise ValidationError(_("Write a whole address that starts with https://.")) from error
    if "@" in value.split("/")[2]:
        raise ValidationError(_("This address hides where it leads: write it without a name before “@”."))


@deconstructible
class CodesOf:
    """A list of codes, each once and known; one that says “everyone” stands alone."""

    def __init__(self, known: Collection[str], alone: str = "") -> None:
        self.known, self.alone = sorted(known), alone

    def __call__(self, value: object) -> None:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ValidationError(_("Give a list of codes."))
        if strange := [one for one in value if one not in self.known]:
            said = {"codes": ", ".join(strange)[:200], "known": ", ".join(self.known)[:600]}
            raise ValidationError(_("Unknown code: %(codes)s. Known codes: %(known)s.") % said)
        if len(set(value)) != len(value):
            raise ValidationError(_("A code is given twice."))
        if self.alone in value and len(value) > 1:
            raise ValidationError(_("“Everyone” says it all: choose it alone, or choose the others."))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CodesOf) and (self.known, self.alone) == (other.known, other.alone)

    def __hash__(self) -> int:
        return hash((tuple(self.known), self.alone))


@deconstructible
class Lines:
    """An ordered list of short texts."""

    def __init__(self, most: int, longest: int) -> None:
        self.most, self.longest = most, longest

    def __call__(self, value: object) -> None:
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise ValidationError(_("Write one thing per line."))
        if len(value) > self.most:
            raise ValidationError(_("Keep to %(most)d lines.") % {"most": self.most})
        for one in value:
            if len(one) > self.longest:
                raise ValidationError(
                    _("Keep each line under %(longest)d characters: “%(start)s…”.")
                    % {"longest": self.longest, "start": one[:40]}
                )
            validate_plain_text(one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lines) and (self.most, self.longest) == (other.most, other.longest)

    def __hash__(self) -> int:
        return hash((self.most, self.longest))


def text(label: object, longest: int = PARAGRAPH, **options: object) -> "models.TextField[str, str]":
    """A bounded paragraph of plain text, optional unless said otherwise."""
    given = {"blank": True, "validators": [MaxLengthValidator(longest), validate_plain_text], **options}
    return models.TextField(label, **given)  # type: ignore[arg-type]


def line(label: object, longest: int = LINE, **options: object) -> "models.CharField[str, str]":
    """A bounded line of plain text, optional unless said otherwise."""
    given = {"blank": True, "max_length": longest, "validators": [validate_plain_text], **options}
    return models.CharField(label, **given)  # type: ignore[arg-type]


def phone(label: object = gettext_lazy("phone")) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=30, blank=True, validators=[validate_phone])  # type: ignore[arg-type]


def web(label: object) -> "models.CharField[str, str]":
    """A link; never one that runs anything."""
    return models.CharField(label, max_length=500, blank=True, validators=[validate_web_address])  # type: ignore[arg-type]


def codes(label: object, known: Collection[str], alone: str = "") -> "models.JSONField":
    """A list of codes among `known`."""
    return models.JSONField(label, default=list, blank=True, validators=[CodesOf(known, alone)])  # type: ignore[arg-type]
