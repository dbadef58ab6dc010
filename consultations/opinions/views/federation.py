"""Pages of federations: what councils passed up, what is joined, and where an opinion may go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.councils.models import Council
from consultations.opinions.federation_forms import JoinForm, PassUpForm
from consultations.opinions.models import Forwarding, ForwardPermission, Opinion
from consultations.opinions.permissions import can_merge, can_read_received
from consultations.opinions.selectors.federation import (
    Received,
    joint_opinions,
    open_joints,
    received_by,
    received_topics,
    words_together,
)
from consultations.opinions.selectors.passages import passage_of
from consultations.opinions.services import federation as services
from consultations.opinions.views.access import (
    INVALID,
    StaffRequest,
    attempt,
    desk,
    opinion_or_refuse,
    page,
    posted,
)
from core.repeats import once


def _federation(request: StaffRequest, slug: str) -> Council:
    found = get_object_or_404(Council.objects.select_related("territory"), slug=slug)
    if not found.is_federation:
        raise Http404
    if not can_read_received(request.user, found):
        raise PermissionDenied(
            _("Only those who sit in this federation, or keep its papers, open this page.")
        )
    return found


@desk
@require_safe
def federation_desk(request: StaffRequest, slug: str) -> HttpResponse:
    """Opinions received, in topics, and the joint ones made of them."""
    federation = _federation(request, slug)
    context = {
        "federation": federation,
        "topics": received_topics(federation),
        "joined": [one for one in received_by(federation) if not one.is_free],
        "joints": joint_opinions(federation, public=False),
        "may_merge": can_merge(request.user, federation),
    }
    return render(request, "opinions/federation/desk.html", context)


@desk
@once
def opinions_join(request: StaffRequest, slug: str) -> HttpResponse:
    """The opinions chosen, each with its vote, and the words they share."""
    federation = _federation(request, slug)
    if not can_merge(request.user, federation):
        raise PermissionDenied(_("Only those who keep this federation join its opinions."))
    chosen = _chosen(request, federation)
    if not chosen:
        messages.error(request, _("Choose at least one opinion."))
        return redirect("federations:desk", slug)
    first = chosen[0].opinion
    initial = {"title": first.title, "text": words_together(chosen), "theme": first.theme}
    form = JoinForm(posted(request), joints=open_joints(federation), initial=initial)
    listed = [one.opinion for one in chosen]

    def join() -> Opinion:
        given = form.cleaned_data
        return services.merge_opinions(
            actor=request.user, federation=federation, opinions=listed, into=given.get("into"),
            title=given["title"], text=given["text"], theme=given["theme"],
        )  # fmt: skip

    joint = attempt(form, join)
    if joint:
        messages.success(request, _("The opinions are joined. Each council’s vote stays with it."))
        return redirect("opinion_desk:detail", joint.pk)
    context = {"federation": federation, "chosen": chosen, "form": form}
    status = INVALID if form.is_bound else 200
    return render(request, "opinions/federation/join.html", context, status=status)


def _chosen(request: StaffRequest, federation: Council) -> list[Received]:
    wanted = set((request.POST or request.GET).getlist("avis"))
    return [one for one in received_by(federation) if str(one.opinion.pk) in wanted]


@desk
@once
def opinion_way(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where this opinion may go, and how far it went; the council's decision is recorded here."""
    opinion = opinion_or_refuse(request, pk)
    passage = passage_of(opinion)
    left = [way.federation for way in passage.ways if way.forwarded_on is None or way.permission is None]
    form = PassUpForm(posted(request), federations=left)
    if attempt(form, lambda: _pass_up(request, opinion, form.cleaned_data)):
        messages.success(request, _("The opinion is passed up."))
        return redirect("federations:way", pk)
    context: dict[str, Any] = {"passage": passage, "left": left}
    return page(request, "opinions/federation/way.html", opinion, form=form, **context)


@transaction.atomic
def _pass_up(request: StaffRequest, opinion: Opinion, given: dict[str, Any]) -> Forwarding:
    services.allow_forwarding(actor=request.user, opinion=opinion, **given)
    return services.forward_opinion(actor=request.user, opinion=opinion, federation=given["federation"])


@desk
@require_POST
@once
def permission_withdraw(request: StaffRequest, pk: UUID, permission_pk: int) -> HttpResponse:
    """The council takes its opinion back from a federation."""
    opinion = opinion_or_refuse(request, pk, "forward")
    permission = get_object_or_404(ForwardPermission, pk=permission_pk, opinion=opinion)
    try:
        services.withdraw_permission(actor=request.user, permission=permission)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The federation no longer has this opinion."))
    return redirect("federations:way", pk)
