"""What is typed about opinions that go up. Forms check shapes; services check rules."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Council
from consultations.opinions.models import Opinion, Theme
from consultations.opinions.models.opinion import LONGEST_TEXT
from consultations.process.forms import DateInput


class PassUpForm(forms.Form):
    """The council's decision to let a federation have an opinion."""

    federation = forms.ModelChoiceField(
        Council.objects.none(), label=_("Federation"), to_field_name="slug", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Where the council decided it"), max_length=200,
        help_text=_("For instance: minutes of 12 March, item 4."),
    )  # fmt: skip
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput)

    def __init__(self, *args: Any, federations: list[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["federation"]
        field.queryset = Council.objects.filter(pk__in=[one.pk for one in federations])
        self.initial.setdefault("decided_on", timezone.localdate())
        if len(federations) == 1:
            self.initial.setdefault("federation", federations[0].slug)


class JoinForm(forms.Form):
    """The words of a joint opinion, or the one that takes more councils in."""

    into = forms.ModelChoiceField(
        Opinion.objects.none(), label=_("Join them in"), required=False, empty_label=_("a new joint opinion"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    title = forms.CharField(label=_("Title of the joint opinion"), max_length=160, required=False)
    text = forms.CharField(
        label=_("What the councils ask together"), max_length=LONGEST_TEXT, required=False,
        help_text=_("The words of each council are below: make one text of them. Left as it is when an opinion "
                    "takes more councils in."),
        widget=forms.Textarea({"rows": 8}),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Subject"), choices=Theme.choices, required=False)

    def __init__(self, *args: Any, joints: list[Opinion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = Opinion.objects.filter(pk__in=[one.pk for one in joints])
        if not joints:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        """A new one needs words."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("into"):
            for name in ("title", "text"):
                if not given.get(name, "").strip():
                    self.add_error(name, _("Write it: a new joint opinion needs a title and a text."))
        return given
