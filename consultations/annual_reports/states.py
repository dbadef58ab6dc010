"""The life of an annual report as data. Nothing deletes: a signed report is taken up again, its version stays."""

from django.utils.translation import gettext_lazy as _

from consultations.annual_reports.models import AnnualReport
from consultations.meetings.states import Part
from core.states import StateMachine, any_of, transition

S = AnnualReport.State
EVERY = tuple(S)
FIXED = (S.SIGNED, S.PUBLISHED)
KEEPERS = any_of(Part.PRESIDENT, Part.SECRETARY, Part.CLERK)
CONVENERS = any_of(Part.PRESIDENT, Part.CLERK)
PRESIDENTS = any_of(Part.PRESIDENT)
READERS = any_of(*Part)

LIFE = StateMachine(
    "annual_report",
    dict(S.choices),
    (
        transition("read", _("read it"), EVERY, may=READERS),
        transition("write", _("write in it"), S.DRAFT, may=KEEPERS),
        transition("sign", _("sign the report"), S.DRAFT, S.SIGNED, may=PRESIDENTS),
        transition("attach_signed", _("attach the report signed on paper"), S.DRAFT, S.SIGNED, may=KEEPERS,
                   requires=["scan"]),
        transition("correct", _("correct a signed report"), FIXED, S.DRAFT, may=CONVENERS, requires=["reason"]),
        transition("present", _("record that it was presented"), FIXED, may=KEEPERS),
        transition("publish", _("publish the report"), S.SIGNED, S.PUBLISHED, may=CONVENERS),
        transition("withdraw", _("no longer show it to anyone"), S.PUBLISHED, S.SIGNED, may=CONVENERS),
    ),
)  # fmt: skip
