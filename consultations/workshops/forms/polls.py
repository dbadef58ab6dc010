"""A question put to a room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.polls.forms import PollForm
from consultations.polls.models import Poll


class RoomPollForm(PollForm):
    """What is asked in a room: one vote per device, opened and closed by hand, so without dates or codes."""

    secrecy = forms.ChoiceField(
        label=_("What it is about"),
        choices=[
            (Poll.Secrecy.SECRET, _("what people live: nothing is shown about fewer than 11")),
            (Poll.Secrecy.OPEN, _("a choice of the room: a show of hands, counted as it is")),
        ],
        initial=Poll.Secrecy.SECRET,
        widget=forms.RadioSelect,
    )
    field_order = ["question", "easy_question", "kind", "options", "most", "points", "may_abstain", "secrecy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("access", "opens_on", "closes_on"):
            del self.fields[name]
