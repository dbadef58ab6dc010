"""The papers of a meeting as files."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.councils.writing import FORMATS, Paper
from consultations.meetings import papers
from consultations.meetings.models import Meeting
from consultations.meetings.selectors.sending import letters_to_print
from consultations.meetings.tables import TABLES
from consultations.meetings.views.access import StaffRequest, desk, meeting_or_refuse
from core import tables as sheets

WHAT = ("convocation", "lettres", "emargement", "releve")


@desk
@require_safe
def meeting_file(request: StaffRequest, pk: UUID, what: str, extension: str) -> HttpResponse:
    """A paper in a format; letters carry members' codes, so only those who send them get them."""
    if what in TABLES and extension in sheets.FORMATS:
        return _table(request, pk, what, extension)
    if what not in WHAT or extension not in FORMATS:
        raise Http404
    meeting = meeting_or_refuse(request, pk, "prove" if what == "lettres" else "read")
    made = FORMATS[extension]
    response = HttpResponse(made.write(_papers(meeting, what)), content_type=made.content_type)
    name = slugify(f"{meeting.council.slug}-{meeting.number}-{what}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


def _table(request: StaffRequest, pk: UUID, what: str, extension: str) -> HttpResponse:
    """A table, for those who keep or read the papers of the meeting."""
    meeting = meeting_or_refuse(request, pk, "read")
    return sheets.table_file(
        TABLES[what](meeting), slugify(f"{meeting.council.slug}-{meeting.number}-{what}"), extension
    )


def _papers(meeting: Meeting, what: str) -> list[Paper]:
    if what == "emargement":
        return [papers.attendance_paper(meeting)]
    if what == "releve":
        kept = getattr(meeting, "minutes", None)
        is_signed = meeting.state in {Meeting.State.MINUTES_SIGNED, Meeting.State.MINUTES_ADOPTED}
        return [papers.minutes_paper(meeting, kept.versions.last() if kept and is_signed else None)]
    last = meeting.convenings.select_related("meeting__council").order_by("-number").first()
    if last is None:
        raise Http404(_("No notice was sent yet."))
    if what == "convocation":
        return [papers.notice_paper(last)]
    rows = letters_to_print(last) or list(
        last.proofs.filter(way="post").select_related("mandate", "convening__meeting")
    )
    if not rows:
        raise Http404
    return papers.letters(rows) + [paper for _name, paper in papers.minutes_to_send(meeting)]
