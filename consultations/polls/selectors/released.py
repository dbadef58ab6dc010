"""What anyone may read of a poll, from the published cells of its last release and nothing else."""

from django.urls import reverse

from consultations.polls.models import Poll
from consultations.polls.protection import Group, Shown
from observatory.indicators.figures import ReleaseRef
from observatory.indicators.models import PublishedCell, Release, Slice

SUBJECT, PREFIX = "poll", "sondage-"
POINTS, SATISFACTION = "points", "satisfaction"


def code_of(poll: Poll) -> str:
    """The permanent code of its figures."""
    return f"{PREFIX}{poll.slug}"


def results_address(release: Release | ReleaseRef) -> str:
    """The page that shows a release of a poll."""
    return reverse("polls:results", args=[release.slug.removeprefix(PREFIX)])


def last_release(poll: Poll) -> Release | None:
    """The last release of a poll that was not withdrawn."""
    return Release.objects.of(SUBJECT, str(poll.pk)).filter(withdrawn_on=None).order_by("-number").first()


def shown_release(poll: Poll) -> Release | None:
    """The release anyone finds in the observatory now, if any."""
    return Release.objects.of(SUBJECT, str(poll.pk)).filter(is_latest=True, withdrawn_on=None).first()


def released_state(poll: Poll) -> Shown | None:
    """The state as it was published, empty when it was withdrawn; None when nothing ever was."""
    releases = list(Release.objects.of(SUBJECT, str(poll.pk)).order_by("-number"))
    release = next((one for one in releases if one.withdrawn_on is None), None)
    if release is None:
        return Shown() if releases else None
    cells: dict[str, list[PublishedCell]] = {}
    for cell in release.cells.filter(status=PublishedCell.Status.PUBLISHED).order_by("slice_order", "pk"):
        cells.setdefault(cell.indicator_code, []).append(cell)
    code = code_of(poll)
    points = {cell.slice_key: cell.value for cell in cells.get(f"{code}--{POINTS}", [])}
    groups = tuple(
        Group(tuple(cell.slice_key.split("+")), int(cell.value or 0), points.get(cell.slice_key))
        for cell in cells.get(code, [])
        if cell.slice_key != Slice.TOTAL
    )
    colleges = {
        name.removeprefix(f"{code}--").replace("none", ""): {
            "count": found[0].base_count or 0,
            **{cell.slice_key: int(cell.value or 0) for cell in found},
        }
        for name, found in cells.items()
        if name not in (code, f"{code}--{POINTS}", f"{code}--{SATISFACTION}")
    }
    return Shown(
        count=release.base_count,
        groups=groups,
        winners=tuple(release.report["winners"]),
        leaving=tuple(tuple(codes) for codes in release.report["leaving"]),
        colleges=colleges,
    )
