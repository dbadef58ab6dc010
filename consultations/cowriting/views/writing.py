"""The page where texts are written together. Without JavaScript it is a form whose texts are merged."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from consultations.cowriting.models import Manuscript
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import manuscript_kinds
from consultations.cowriting.selectors import writing_boxes
from consultations.cowriting.services.writing import open_manuscript_room, write_texts
from consultations.cowriting.views.access import CONFLICT, INVALID, manuscript_or_refuse, page, signed_in
from consultations.process.views.access import StaffRequest

BEFORE = "before-"


@signed_in
@never_cache
def write(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The texts, to write for those who may, to read for the others."""
    manuscript = manuscript_or_refuse(request, pk)
    if request.method == "POST":
        return _keep(request, manuscript)
    return _page(request, manuscript)


def _page(request: StaffRequest, manuscript: Manuscript, status: int = 200, **shown: object) -> HttpResponse:
    boxes = writing_boxes(manuscript, request.user, **shown)  # type: ignore[arg-type]
    may_write = any(box.may_write for box in boxes)
    room = open_manuscript_room(manuscript=manuscript, actor=request.user) if may_write else None
    return page(request, "cowriting/write.html", manuscript, "write", status=status, boxes=boxes, room=room)


def _keep(request: StaffRequest, manuscript: Manuscript) -> HttpResponse:
    names = [one.name for one in manuscript_kinds[manuscript.kind].fields]
    typed = {name: request.POST[name] for name in names if name in request.POST}
    typed = {name: text for name, text in typed.items() if can("write", request.user, manuscript, name)}
    before = {name: request.POST.get(BEFORE + name, "") for name in typed}
    try:
        written = write_texts(actor=request.user, manuscript=manuscript, before=before, texts=typed)
    except ValidationError as error:
        errors = {name: " ".join(said) for name, said in error.message_dict.items()}
        return _page(request, manuscript, INVALID, typed=typed, errors=errors)
    if written.clashes:
        return _page(request, manuscript, CONFLICT, clashes=written.clashes)
    if written.changed:
        count = len(written.changed)
        messages.success(
            request, ngettext("%(count)s text kept.", "%(count)s texts kept.", count) % {"count": count}
        )
    else:
        messages.info(request, _("Nothing had changed."))
    return redirect("cowriting:write", manuscript.pk)
