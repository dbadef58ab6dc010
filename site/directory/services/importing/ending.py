"""Services a source named and no longer names end; nothing is deleted, and they come back when they are named again."""

from collections.abc import Iterator

from django.utils import timezone

from directory.codes import Status
from directory.finding.services import index_services
from directory.models import Change, DirectoryImport, ImportedLine, Service, SourceRecord
from directory.services.importing.lines import BATCH
from directory.services.importing.progress import tell
from directory.services.importing.report import ImportReport


def end_what_is_gone(run: DirectoryImport, report: ImportReport, *, total: int, keep: bool) -> None:
    """A file that names no service says nothing of them."""
    named = run.lines.filter(kind="service").exclude(action=ImportedLine.Action.GONE).values("uid")
    if not named.exists():
        return
    for records in _batches(run):
        uids = [one.uid for one in records]
        kept = set(named.filter(uid__in=uids).values_list("uid", flat=True))
        gone = [one for one in records if one.uid not in kept]
        if ended := _end(run, gone):
            report.count("service", "gone", len(ended))
            if keep:
                index_services(one.pk for one in ended)
        tell(run.pk, report.total, total)


def _batches(run: DirectoryImport) -> Iterator[list[SourceRecord]]:
    last = 0
    rows = SourceRecord.objects.filter(source=run.source, kind="service", gone_on=None).order_by("pk")
    while records := list(rows.filter(pk__gt=last)[:BATCH]):
        yield records
        last = records[-1].pk


def _end(run: DirectoryImport, gone: list[SourceRecord]) -> list[Service]:
    today = timezone.localdate()
    for one in gone:
        one.gone_on = today
    SourceRecord.objects.bulk_update(gone, ["gone_on"])
    known = {one.local_uid: one for one in gone}
    services = list(Service.objects.filter(uid__in=known, merged_into=None).exclude(status=Status.DEFUNCT))
    changes, lines = [], []
    for service in services:
        one, before = known[service.uid], service.status
        service.status, service.updated_on = Status.DEFUNCT, today
        told = {"target": "service", "target_uid": service.uid, "source": run.source, "field": "status"}
        changes.append(Change(**told, previous=before, replacement=Status.DEFUNCT.value))
        lines.append(
            ImportedLine(
                run=run,
                kind="service",
                uid=one.uid,
                local_uid=service.uid,
                said=one.said,
                action=ImportedLine.Action.GONE,
                before={"status": before},
            )
        )
    Service.objects.bulk_update(services, ["status", "updated_on"])
    Change.objects.bulk_create(changes)
    ImportedLine.objects.bulk_create(lines)
    return services
