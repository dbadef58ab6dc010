"""Each step of an opinion's life, by those who may take it: one small form a step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.opinions import forms
from consultations.opinions.models import Opinion
from consultations.opinions.services import after, answering, life
from consultations.opinions.views.access import StaffRequest, attempt, desk, opinion_or_refuse, page, posted
from core.repeats import once


@dataclass(frozen=True)
class Step:
    """A step: its verb in the table of states, what it asks for, the service that does it, and its words."""

    verb: str
    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    form: Callable[[Any, Opinion], Form]
    act: Callable[[User, Opinion, Any], Any]


def _fields(form: Any) -> dict[str, Any]:
    made: dict[str, Any] = getattr(form, "fields_for_service", lambda: form.cleaned_data)()
    return made


def _calling(service: Callable[..., Any]) -> Callable[[User, Opinion, Any], Any]:
    return lambda actor, opinion, form: service(actor=actor, opinion=opinion, **_fields(form))


STEPS = {
    "debat": Step(
        "debate", _("Record that it was debated"),
        _("Only for a meeting that was not held on this site: there, the treated item does it by itself."),
        _("Record the debate"), _("The debate is recorded."),
        lambda data, one: forms.MeetingDayForm(data, council=one.council), _calling(life.record_debate),
    ),
    "vote": Step(
        "vote", _("Record the vote"),
        _("Only for a vote that was not held on this site. It is adopted when more than half of those present "
          "voted for; otherwise it is not adopted."),
        _("Record the vote"), _("The vote is recorded."),
        lambda data, one: forms.VoteForm(data, council=one.council), _calling(life.record_vote),
    ),
    "envoi": Step(
        "send", _("Send the opinion"),
        _("From that day, the body asked has the time your rules give to answer. Everyone will see that day."),
        _("Send"), _("The opinion is sent. The day its answer is due is public."),
        lambda data, one: forms.SendForm(data, council=one.council), _calling(life.send_opinion),
    ),
    "reception": Step(
        "acknowledge", _("Record that it was received"), _("The body asked says that it has it."),
        _("Record"), _("Recorded: it was received."),
        lambda data, one: forms.DayForm(data), _calling(answering.acknowledge_opinion),
    ),
    "reponse": Step(
        "answer", _("Answer the opinion"),
        _("The council reads this answer at its next meeting. Everyone reads it on the page of the opinion."),
        _("Record the answer"), _("The answer is recorded. It offers itself for the next agenda of the council."),
        lambda data, one: forms.AnswerForm(data, initial={"by_title": one.sent_to_title}),
        lambda actor, one, form: answering.answer_opinion(actor=actor, opinion=one, given=form.given()),
    ),
    "mise-en-oeuvre": Step(
        "carry_out", _("Record that it is carried out"), _("Say what was done, so that people can see it."),
        _("Record"), _("Recorded: it is carried out."),
        lambda data, one: forms.CarryOutForm(data), _calling(after.carry_out_opinion),
    ),
    "bilan": Step(
        "evaluate", _("Say what it changed"), _("In the words of the council, with a poll or a survey when there is one."),
        _("Record"), _("Recorded: thank you for telling what it changed."),
        lambda data, one: forms.EvaluateForm(data), _calling(after.evaluate_opinion),
    ),
    "retrait": Step(
        "withdraw", _("Withdraw the opinion"),
        _("It is not deleted: it stays readable where it was, with your reason."),
        _("Withdraw"), _("The opinion is withdrawn."),
        lambda data, one: forms.WithdrawForm(data), _calling(life.withdraw_opinion),
    ),
}  # fmt: skip


@desk
@once
def opinion_step(request: StaffRequest, pk: UUID, step: str) -> HttpResponse:
    """Take a step, or say at its place what is missing."""
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    opinion = opinion_or_refuse(request, pk, taken.verb)
    form = taken.form(posted(request), opinion)
    if attempt(form, lambda: taken.act(request.user, opinion, form)):
        messages.success(request, str(taken.done))
        return redirect("opinion_desk:detail", pk)
    return page(request, "opinions/desk/step.html", opinion, form=form, step=taken)


@desk
@once
def answer_read(request: StaffRequest, pk: UUID, answer_pk: UUID) -> HttpResponse:
    """Record that an answer was read in a meeting that was not held here."""
    opinion = opinion_or_refuse(request, pk, "read_back")
    answer = get_object_or_404(opinion.answers, pk=answer_pk)
    form = forms.MeetingDayForm(posted(request), council=opinion.council)
    taken = {
        "title": _("Record that the answer was read"),
        "lead": _(
            "Only for a meeting that was not held on this site: there, the treated item does it by itself."
        ),
        "button": _("Record"),
    }
    if attempt(
        form, lambda: answering.mark_read_back(actor=request.user, answer=answer, **form.cleaned_data)
    ):
        messages.success(request, str(_("Recorded: the council heard the answer.")))
        return redirect("opinion_desk:detail", pk)
    return page(request, "opinions/desk/step.html", opinion, form=form, step=taken)
