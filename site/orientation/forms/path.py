"""The questions of the guided path, one form each. `answers` gives what the session keeps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.codes import Mode
from directory.finding.arrays import current
from directory.finding.asked import understand
from directory.models.base import validate_plain_text
from needs.models import Need
from needs.selectors import needs_by_code, search_needs
from orientation.models import HelpRequest
from orientation.models.help import NAME, WORDS
from orientation.services.asking import checked_contact
from orientation.situations import AGES, MOST_NEEDS, SITUATIONS, proposed_needs
from orientation.walk import Walk
from territories.forms import CommuneField

LONGEST_SEARCH = 300
MOST_FOUND = 5


def understood(typed: str) -> list[str]:
    """Codes of the needs a sentence means, as the search of the directory understands it."""
    if not typed.strip():
        return []
    found = understand(typed, current()).needs or [one.need for one in search_needs(typed, limit=MOST_FOUND)]
    return [need.code for need in found if need.family == Need.Family.NEED][:MOST_FOUND]


class StepForm(forms.Form):
    """A question. `easy` asks for easy words; `answers` is what the path keeps."""

    main = ""
    multiple = False

    def __init__(self, data: Any = None, *, walk: Walk, easy: bool = False) -> None:
        self.walk, self.easy = walk, easy
        super().__init__(data, initial=self.kept())
        self.use_required_attribute = False
        self.prepare()

    def kept(self) -> dict[str, Any]:
        """What was answered before, as initial values."""
        return {name: getattr(self.walk, name) for name in self.base_fields if hasattr(self.walk, name)}

    def prepare(self) -> None:
        """Choices that depend on the earlier answers."""

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def blank(self) -> dict[str, Any]:
        """What passing the question keeps."""
        return {
            name: [] if isinstance(value, list) else ""
            for name, value in ((one, getattr(self.walk, one, "")) for one in self.base_fields)
            if hasattr(self.walk, name)
        }


class AboutForm(StepForm):
    main = "about"
    about = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=HelpRequest.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose for whom you look for help.")},
    )

    def prepare(self) -> None:
        if self.walk.counter is not None:
            self.fields["about"].choices = [  # type: ignore[attr-defined]
                (HelpRequest.About.SELF, _("For the person who asks")),
                (HelpRequest.About.RELATIVE, _("For someone this person helps")),
            ]


class AgeForm(StepForm):
    main = "age"
    age = forms.ChoiceField(
        label=gettext_lazy("Age"),
        choices=[(one.code, one.label) for one in AGES],
        widget=forms.RadioSelect,
        required=False,
    )


class SituationForm(StepForm):
    main, multiple = "situations", True
    situations = forms.MultipleChoiceField(
        label=gettext_lazy("Situation"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self) -> None:
        words = [(one.code, one.easy if self.easy else one.label) for one in SITUATIONS]
        self.fields["situations"].choices = words  # type: ignore[attr-defined]


class NeedsForm(StepForm):
    """The needs proposed after the situations; words of one's own are looked up, and what they found is proposed."""

    main, multiple = "needs", True
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs"), widget=forms.CheckboxSelectMultiple, required=False
    )
    search = forms.CharField(
        label=gettext_lazy("Or say it in your own words"),
        required=False,
        max_length=LONGEST_SEARCH,
        help_text=gettext_lazy("For example: someone to do the cleaning. Nothing you write here is kept."),
    )

    def prepare(self) -> None:
        typed = str(self.data.get("search") or "")[:LONGEST_SEARCH] if self.is_bound else ""
        self.found = understood(typed)
        if self.words_first:
            self.fields["search"].label = _("Say it in your own words, or tick below")
        ticked = self.data.getlist("needs") if isinstance(self.data, QueryDict) else self.walk.needs
        codes = dict.fromkeys([*self.found, *self.walk.needs, *ticked, *proposed_needs(self.walk.situations)])
        known = needs_by_code(list(codes)[:80])
        self.fields["needs"].choices = [  # type: ignore[attr-defined]
            (code, (self.easy and known[code].easy_read) or known[code].plain_label)
            for code in codes
            if code in known
        ]

    @property
    def words_first(self) -> bool:
        """Nothing was said yet: the list is long, one's own words are shorter."""
        return not (self.walk.situations or self.walk.needs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        needs, typed = given.get("needs") or [], (given.get("search") or "").strip()
        if len(needs) > MOST_NEEDS:
            self.add_error(
                "needs",
                _("Keep to %(most)d needs: what matters most first.") % {"most": MOST_NEEDS},
            )
        new = [code for code in self.found if code not in needs]
        if typed and new and not set(self.found) & set(needs):
            self.add_error("needs", _("We understood this: tick what is right, then continue."))
        elif typed and not self.found and not needs:
            self.add_error("search", _("We do not understand these words. Use other ones, or tick below."))
        elif not needs and not typed:
            self.add_error("needs", _("Tick at least one line, or write it in your own words."))
        return given

    def answers(self) -> dict[str, Any]:
        return {"needs": self.cleaned_data["needs"]}


class PlaceForm(StepForm):
    commune = CommuneField(label=gettext_lazy("Commune"))

    def answers(self) -> dict[str, Any]:
        return {"commune": self.cleaned_data["commune"].code}


class ModesForm(StepForm):
    main, multiple = "modes", True
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("Where to meet"),
        choices=Mode.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ReachForm(StepForm):
    """How the services reach the person: one way is enough."""

    main = "reach"
    reach = forms.ChoiceField(
        label=gettext_lazy("How may they reach you?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one way.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("Phone number or e-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Only the services you choose will see it."),
        error_messages={"required": gettext_lazy("Write how the service can reach you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def prepare(self) -> None:
        ways = [one for one in HelpRequest.Reach.choices if self.walk.counter or one[0] != "counter"]
        self.fields["reach"].choices = ways  # type: ignore[attr-defined]
        self.fields["contact"].required = not self.walk.counter

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        reach = given.get("reach")
        if reach and not self.has_error("contact"):
            try:
                given["contact"] = checked_contact(reach, given.get("contact") or "")
            except ValidationError as error:
                self.add_error("contact", error.message_dict["contact"])
        return given


class WordsForm(StepForm):
    """What the person wants to add: nothing is required."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"), required=False, max_length=NAME, validators=[validate_plain_text]
    )
    words = forms.CharField(
        label=gettext_lazy("What you want to say to the services"),
        required=False,
        max_length=WORDS,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Up to 1,000 characters. No need to write your address or your illnesses."),
    )


class ConsentForm(forms.Form):
    """Agreement to send; at a counter, how it was given, and whether someone should coordinate."""

    agreed = forms.BooleanField(
        label=gettext_lazy("I agree"),
        error_messages={"required": gettext_lazy("Nothing is sent without your agreement: tick the box.")},
    )
    second = forms.BooleanField(
        label=gettext_lazy("If a service cannot help, my request may be sent to another one that suits"),
        required=False,
    )

    def __init__(self, data: Any = None, *, at_counter: bool = False, by_phone: bool = False) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        if at_counter:
            self.fields["agreed"].label = _("The person agrees")
            self.fields["second"].label = _(
                "The person agrees: if a service cannot help, the request may be sent to another one that suits"
            )
            self.fields["said"] = forms.ChoiceField(
                label=_("How did the person agree?"),
                choices=HelpRequest.Said.choices,
                initial=HelpRequest.Said.PHONE if by_phone else HelpRequest.Said.ALOUD,
                widget=forms.RadioSelect,
            )
