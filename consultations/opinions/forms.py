"""What is typed about opinions. Forms check shapes; services check rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.councils.forms import OFFICE_HINT
from consultations.councils.models import Council
from consultations.meetings.majority import Votes
from consultations.meetings.models import Meeting
from consultations.opinions.models import AnswerKind, Opinion, Theme
from consultations.opinions.models.answer import LONGEST_ANSWER
from consultations.opinions.models.opinion import LONGEST_EASY, LONGEST_TEXT
from consultations.opinions.selectors.sources import measures, read_node
from consultations.opinions.services.answering import Given
from consultations.process.forms import DateInput
from consultations.process.search import found_needs
from needs.models import Need
from organisations.models import Organisation
from territories.forms import TerritoryField

Area = forms.Textarea
MOST_VOTES = 500
SITUATIONS = [
    ("", _("any")),
    ("overdue", _("answer overdue")),
    ("waiting", _("answer awaited")),
    ("accepted", _("accepted, whole or in part")),
    ("refused", _("refused")),
    ("carried_out", _("carried out")),
    ("withdrawn", _("withdrawn by the council")),
]


class OpinionFilterForm(forms.Form):
    """Words, a place, a subject, and where it stands: each narrows the list."""

    q = forms.CharField(label=_("Words of the opinion or of the council"), max_length=80, required=False)
    territory = TerritoryField(label=_("Place"), required=False)
    theme = forms.ChoiceField(label=_("Subject"), required=False, choices=[("", _("any")), *Theme.choices])
    state = forms.ChoiceField(label=_("Where it stands"), required=False, choices=SITUATIONS)


class OpinionForm(forms.Form):
    """What the council would say; needs are found by search, with or without JavaScript."""

    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("In a few words, for example: dinner at 7 pm.")
    )
    text = forms.CharField(
        label=_("What the council asks"), max_length=LONGEST_TEXT, widget=Area({"rows": 8}),
        help_text=_("Say what should change and why. Never a person's name nor their health."),
    )  # fmt: skip
    easy_read = forms.CharField(
        label=_("The same, easy to read"), max_length=LONGEST_EASY, required=False, widget=Area({"rows": 4}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Subject"), choices=Theme.choices, initial=Theme.DAILY_LIFE)
    needs_query = forms.CharField(label=_("Find a need"), max_length=80, required=False)
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(),
        label=_("Needs it speaks of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_public = forms.BooleanField(
        label=_("Anyone may read it once it is sent"), required=False, initial=True,
        help_text=_("Untick it when a personal situation could be recognised."),
    )  # fmt: skip

    def __init__(self, *args: Any, frozen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if frozen:
            del self.fields["title"], self.fields["text"]
        field: Any = self.fields["needs"]
        field.queryset = Need.objects.current()
        chosen = list(Need.objects.filter(pk__in=_numbers(self["needs"].value() or [])))
        found = found_needs(self["needs_query"].value() or "")
        field.choices = [
            (one.pk, one.plain_label) for one in {one.pk: one for one in [*chosen, *found]}.values()
        ]

    def fields_for_service(self) -> dict[str, Any]:
        """What the services take: everything but the search box."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "needs_query"}
        return {**values, "needs": list(values["needs"])}

    @staticmethod
    def initial_of(opinion: Opinion) -> dict[str, Any]:
        """What the form shows of an opinion."""
        names = ("title", "text", "easy_read", "theme", "is_public")
        needs = [one.pk for one in opinion.needs.all()]
        return {**{name: getattr(opinion, name) for name in names}, "needs": needs}


def _numbers(values: Iterable[Any]) -> list[int]:
    found = [str(getattr(value, "pk", value)) for value in values]
    return [int(value) for value in found if value.isdecimal() and len(value) <= 18]


class DayForm(forms.Form):
    """The day something happened."""

    on = forms.DateField(label=_("Day"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class MeetingDayForm(DayForm):
    """The day, and the meeting when it was held here."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Meeting"), required=False, empty_label=_("not held on this site")
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = Meeting.objects.of(council).held()


class VoteForm(MeetingDayForm):
    """A vote held outside the platform."""

    for_ = forms.IntegerField(label=_("For"), min_value=0, max_value=MOST_VOTES)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST_VOTES)
    abstain = forms.IntegerField(label=_("Abstention"), min_value=0, max_value=MOST_VOTES, initial=0)
    note = forms.CharField(
        label=_("Where this vote is recorded"),
        max_length=300,
        help_text=_("For example: minutes of 12 March."),
    )

    def fields_for_service(self) -> dict[str, Any]:
        """What the service takes."""
        values = dict(self.cleaned_data)
        votes = Votes(values.pop("for_"), values.pop("against"), values.pop("abstain"))
        return {**values, "votes": votes}


class SendForm(DayForm):
    """Who has to answer."""

    sent_to = forms.ModelChoiceField(Organisation.objects.none(), label=_("Sent to"), empty_label=_("Choose"))
    to_title = forms.CharField(
        label=_("To the attention of (title)"), max_length=120, required=False, help_text=OFFICE_HINT
    )
    to_email = forms.EmailField(
        label=_("Address for reminders"), required=False,
        help_text=_("They can answer from there without an account. Leave empty when they have one."),
    )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        own = council.organisations.first()
        kwargs["initial"] = {"sent_to": own.pk if own else None, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sent_to"]
        field.queryset = Organisation.objects.order_by("name")


class AnswerForm(DayForm):
    """What is answered; the service says what each kind needs."""

    kind = forms.ChoiceField(label=_("Answer"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is answered to the council"), max_length=LONGEST_ANSWER, widget=Area({"rows": 6})
    )
    reasons = forms.CharField(
        label=_("Reasons"), max_length=LONGEST_ANSWER, required=False, widget=Area({"rows": 4}),
        help_text=_("Needed when it is refused or accepted in part."),
    )  # fmt: skip
    easy_read = forms.CharField(
        label=_("The same, easy to read"), max_length=2000, required=False, widget=Area({"rows": 3}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip
    decide_by = forms.DateField(
        label=_("Final answer promised for"), required=False, widget=DateInput,
        help_text=_("Needed when it is under study."),
    )  # fmt: skip
    by_title = forms.CharField(label=_("Answered by (title)"), max_length=120, help_text=OFFICE_HINT)
    field_order = ("kind", "text", "reasons", "easy_read", "decide_by", "by_title", "on")

    def given(self) -> Given:
        """What the service takes."""
        return Given(**self.cleaned_data)


class CodeForm(forms.Form):
    """The code of the letter."""

    code = forms.CharField(
        label=_("Your code"), max_length=120, help_text=_("Four words and two digits, in the letter you received."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=1000, widget=Area({"rows": 3}))


class CarryOutForm(DayForm):
    """What was done."""

    text = forms.CharField(label=_("What was done"), max_length=2000, widget=Area({"rows": 4}))
    field_order = ("text", "on")


class EvaluateForm(DayForm):
    """What it changed, and what measured it."""

    text = forms.CharField(label=_("What it changed for people"), max_length=2000, widget=Area({"rows": 4}))
    measured_by = forms.ChoiceField(label=_("Measured by a poll or a survey"), required=False)
    field_order = ("text", "measured_by", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["measured_by"]
        field.choices = [("", _("none")), *measures()]

    def fields_for_service(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "measured_by": read_node(self.cleaned_data["measured_by"])}


class SourceForm(forms.Form):
    """Words to look for."""

    q = forms.CharField(label=_("Words to look for"), max_length=80, required=False)
