"""Fields that Django lacks: lines of text, territories by their names, yes or no or unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.folding import words_in
from core.text import fold
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory
from territories.names import search_key
from territories.selectors import TerritoryError, resolve_code

YES_NO = (("", gettext_lazy("not said")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))
LONGEST_LINE = 200


class LinesField(forms.CharField):
    """One thing per line, as a list of texts; empty lines are left out."""

    widget = forms.Textarea({"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        """The model checks the lines, as it does for imports."""


class TerritoriesField(forms.CharField):
    """Territories, one per line: a name, a name with its level, or a code; errors name the line."""

    widget = forms.Textarea({"rows": 4})
    most = 400

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(written(one) for one in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        if len(lines) > self.most:
            raise ValidationError(_("Keep to %(most)d lines.") % {"most": self.most})
        found, problems = [], []
        for number, line in enumerate(lines, start=1):
            if line:
                try:
                    found.append(territory_of(line))
                except ValidationError as error:
                    where = {"line": number, "message": error.messages[0]}
                    problems.append(_("Line %(line)d: %(message)s") % where)
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(found))


def written(territory: Territory) -> str:
    """As it is written back in the box: the name and the level, which tell homonyms apart."""
    return f"{territory.name} ({territory.level.name})"


def territory_of(line: str) -> Territory:
    """The current territory meant by a line; raises ValidationError in words."""
    text, _open, level = line[:LONGEST_LINE].rpartition(" (")
    name, level = (
        (text, level.rstrip(")").strip()) if text and line.endswith(")") else (line[:LONGEST_LINE], "")
    )
    rows = Territory.objects.current().filter(search_name=search_key(name)).select_related("level")
    if level:
        rows = rows.filter(level__name=level)
    found = list(rows[:10])
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        return _only_one(line, found)
    try:
        return resolve_code(name)
    except TerritoryError as error:
        raise ValidationError(
            _("“%(name)s” is not a place of the territory: check the spelling.") % {"name": name[:80]}
        ) from error


def _only_one(line: str, found: Iterable[Territory]) -> Territory:
    """A bare name means the commune; else the person chooses."""
    rows = list(found)
    communes = [one for one in rows if one.level_id == "commune"]
    if len(communes) == 1:
        return communes[0]
    names = ", ".join(written(one) for one in rows)
    raise ValidationError(
        _("“%(name)s” means several places: write one of %(names)s.") % {"name": line[:80], "names": names}
    )


class YesNoField(forms.ChoiceField):
    """True, False, or None when nobody said."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class OrganisationField(forms.CharField):
    """An organisation by its name; one not found proposes those that look like it."""

    most = 5

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_LINE, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        name = str(super().clean(value)).strip()
        if not name:
            return None
        found = list(Organisation.objects.filter(Q(name__iexact=name) | Q(slug=name))[:2])
        if len(found) == 1:
            return found[0]
        near = Organisation.objects.order_by("name", "pk")
        near = near.filter(name__iexact=name) if found else near.filter(words_in(name, "name"))
        names = [one.slug if found else one.name for one in near[: self.most]]
        told = {"name": name[:80], "names": ", ".join(names)}
        if found:
            raise ValidationError(
                _("Several organisations are called “%(name)s”: write one of %(names)s.") % told
            )
        if names:
            raise ValidationError(_("No organisation is called “%(name)s”. Perhaps: %(names)s.") % told)
        raise ValidationError(
            _("No organisation is called “%(name)s”: check the spelling, or ask the steward to add it.")
            % told
        )


class NeedsField(forms.ModelMultipleChoiceField):
    """Needs by their plain wording."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.plain_label)


@dataclass(frozen=True)
class NeedBox:
    """One box, and the words that find it."""

    box: Any
    words: str


@dataclass(frozen=True)
class NeedGroup:
    """The boxes of one heading of the nomenclature, those ticked counted."""

    label: str
    boxes: list[NeedBox]

    @property
    def ticked(self) -> int:
        return sum(bool(one.box.data["selected"]) for one in self.boxes)


def need_groups(field: BoundField) -> list[NeedGroup]:
    """The boxes of a field of needs under their headings (1.1, 1.2…), in the order of the nomenclature."""
    queryset: Any = getattr(field.field, "queryset")  # noqa: B009 - a field of models
    needs = {str(one.pk): one for one in queryset}
    headings = {
        one.code: one for one in Need.objects.current().filter(code__in=map(_heading, needs.values()))
    }
    groups: dict[str, NeedGroup] = {}
    for box in field:
        need = needs.get(str(box.data["value"]))
        if need is not None:
            code = _heading(need)
            label = headings[code].plain_label if code in headings else need.plain_label
            words = " ".join([need.plain_label, need.official_label, need.code, *need.synonyms])
            groups.setdefault(code, NeedGroup(label, [])).boxes.append(NeedBox(box, fold(words)))
    return list(groups.values())


def _heading(need: Need) -> str:
    return ".".join(need.code.split(".")[:2])
