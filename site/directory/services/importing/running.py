"""From a file that was sent to an import: read, rehearsed, then applied or forgotten; in the background when it is long.

Each step is a job whose state anyone entitled may see. A step that fails leaves the import as it was before it.
"""

import logging
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from core.models import Job
from core.problems import ImportRefused, Problem
from directory.exchange.received import put_down
from directory.models import DirectoryImport, Source
from directory.permissions import can_import_records
from directory.services.importing import progress
from directory.services.importing.applying import apply_import
from directory.services.importing.staging import stage_lines
from directory.services.importing.undoing import check_order, undo_import

JOBS = "directory.import"
AT_ONCE, AT_ONCE_PACKED, FEW, MOST_BYTES = 100_000, 10_000, 100, 200_000_000
"""Bytes, as they are or packed, read and lines written while the person waits; bytes of a file that may be sent."""
GIVEN_UP, KEPT = timedelta(hours=2), timedelta(days=7)
SHOWN_PROBLEMS = 500
State = DirectoryImport.State
logger = logging.getLogger(__name__)


@transaction.atomic
def receive_import(
    *, actor: User, form: str, source: str, upload: UploadedFile, is_whole: bool = True
) -> DirectoryImport:
    """Keep a file and read it; nothing of the directory changes before it is confirmed."""
    if not can_import_records(actor):
        raise PermissionDenied
    slug = slugify(source)[:60]
    if not slug:
        raise ValidationError({"source": _("Write a name in letters.")})
    if (upload.size or 0) > MOST_BYTES:
        size = MOST_BYTES // 1_000_000
        raise ValidationError({"file": _("the file is larger than %(size)s MB") % {"size": size}})
    kept, _made = Source.objects.get_or_create(slug=slug, defaults={"name": source[:120]})
    run = DirectoryImport.objects.create(
        form=form,
        name=(upload.name or "")[-200:],
        source=kept,
        state=State.RECEIVED,
        is_whole=is_whole,
        actor=actor,
        file=upload,
    )
    most = AT_ONCE_PACKED if run.name.lower().endswith(".zip") else AT_ONCE
    _start(actor, run, "read", is_short=(upload.size or 0) <= most)
    return run


@transaction.atomic
def confirm_import(*, actor: User, run: DirectoryImport) -> None:
    """Write what was shown, as it would be now."""
    _require(actor, run, State.STAGED)
    _start(actor, run, "apply", is_short=run.lines.count() <= FEW)


@transaction.atomic
def take_back_import(*, actor: User, run: DirectoryImport) -> None:
    """Undo an applied import; why it cannot be is told at once."""
    lines = run.lines.count()
    if run.form == DirectoryImport.TABLE or lines <= FEW:
        undo_import(actor=actor, run=run)
        return
    _require(actor, run, State.APPLIED)
    check_order(run)
    _start(actor, run, "undo", is_short=False)


@transaction.atomic
def forget_import(*, actor: User, run: DirectoryImport) -> None:
    """Leave a file that was not applied."""
    _require(actor, run, State.STAGED, State.REFUSED, State.RECEIVED)
    _erase(run)


def _erase(run: DirectoryImport) -> None:
    if run.file:
        run.file.delete(save=False)
    run.delete()


def _require(actor: User, run: DirectoryImport, *states: str) -> None:
    if not can_import_records(actor):
        raise PermissionDenied
    locked = DirectoryImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.state not in states or job_of(run) is not None:
        raise ValidationError(_("This import is not waiting for that any more: look at it again."))


def job_of(run: DirectoryImport) -> Job | None:
    """The step under way, unless it was given up long ago."""
    going = Job.objects.filter(
        kind=JOBS, arguments__run=str(run.pk), created_at__gt=timezone.now() - GIVEN_UP
    )
    return (
        going.filter(status__in=[Job.Status.WAITING, Job.Status.RUNNING])
        .order_by("-created_at", "-pk")
        .first()
    )


def last_job_of(run: DirectoryImport) -> Job | None:
    """The last step, whatever became of it."""
    return Job.objects.filter(kind=JOBS, arguments__run=str(run.pk)).order_by("-created_at", "-pk").first()


def _start(actor: User, run: DirectoryImport, step: str, *, is_short: bool) -> None:
    """Once the transaction is committed: at once when it is short, else in the background."""
    job = Job.objects.create(
        kind=JOBS, arguments={"run": str(run.pk), "step": step}, total_count=run.lines.count(), actor=actor
    )
    progress.tell(run.pk, 0)
    work: Callable[[str], Any] = carry_out_step if is_short else take_step.enqueue
    transaction.on_commit(lambda: work(str(job.pk)))


@task()
def take_step(job_id: str) -> None:
    """One step, in the background."""
    carry_out_step(job_id)


def carry_out_step(job_id: str) -> None:
    """Whatever the file holds, it ends with a state and words that people can read."""
    job = Job.objects.get(pk=job_id)
    run = DirectoryImport.objects.select_related("source", "actor").filter(pk=job.arguments["run"]).first()
    taken = Job.objects.filter(pk=job_id, status=Job.Status.WAITING).update(status=Job.Status.RUNNING)
    if run is None or not taken:
        return
    status, message = Job.Status.DONE, ""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            if job.actor is None:  # gone since: nobody answers for it any more
                raise PermissionDenied
            STEPS[job.arguments["step"]](run, job.actor)
    except ImportRefused as refused:
        _refuse(run, refused)
    except PermissionDenied:
        status, message = Job.Status.FAILED, "PermissionDenied"
    except Exception as error:
        logger.exception("Import %s could not be carried out", run.pk)
        status, message = Job.Status.FAILED, type(error).__name__
    Job.objects.filter(pk=job_id).update(status=status, message=message, finished_at=timezone.now())


def _read(run: DirectoryImport, actor: User) -> None:
    """Lines that wait, and what applying them would do."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder, run.file.open("rb") as file:
        path = put_down(file, run.name, Path(folder))
        with transaction.atomic():
            run.lines.all().delete()
            notices = stage_lines(run, path)
            report = apply_import(actor=actor, run=_staged(run), keep=False, is_whole=run.is_whole)
            report.notices = notices
            _keep(run, State.STAGED, report.as_json())
    run.file.delete(save=True)


def _staged(run: DirectoryImport) -> DirectoryImport:
    run.state = State.STAGED
    run.save(update_fields=["state"])
    return run


def _apply(run: DirectoryImport, actor: User) -> None:
    """The report is that of what was done: it may differ from what was shown if records changed meanwhile."""
    notices = run.report.get("notices", {})
    with transaction.atomic():
        report = apply_import(actor=actor, run=run, is_whole=run.is_whole)
        report.notices = notices
        DirectoryImport.objects.filter(pk=run.pk).update(report=report.as_json())


def _undo(run: DirectoryImport, actor: User) -> None:
    undo_import(actor=actor, run=run)


STEPS: Mapping[str, Callable[[DirectoryImport, User], None]] = {"read": _read, "apply": _apply, "undo": _undo}


def _refuse(run: DirectoryImport, refused: ImportRefused) -> None:
    """Said on the page of the import; its lines and its file are not needed any more."""
    run.lines.all().delete()
    problems = [Problem.as_json(one) for one in refused.problems[:SHOWN_PROBLEMS]]
    _keep(run, State.REFUSED, {"problems": problems})
    if run.file:
        run.file.delete(save=True)


def _keep(run: DirectoryImport, state: str, report: Mapping[str, Any]) -> None:
    run.state, run.report = state, dict(report)
    run.counts = run.report.get("counts", {})
    run.save(update_fields=["state", "report", "counts"])


def purge_waiting_imports() -> int:
    """Forget what nobody confirmed in a week, and what was refused; run by the tick."""
    old = DirectoryImport.objects.filter(
        state__in=[State.RECEIVED, State.REFUSED, State.STAGED], created_at__lt=timezone.now() - KEPT
    )
    rows = list(old[:50])
    for run in rows:
        _erase(run)
    return len(rows)
