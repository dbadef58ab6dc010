"""Imports: what was staged, what each line did, and what each source last said of each record."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.storage import private_storage
from directory.models.record import Source


class DirectoryImport(models.Model):
    """One file or folder taken in: read, staged, then applied as a whole; it can be undone as a whole.

    A table people filled in has no source: what it says is what they say, and it is applied as soon as it is confirmed.
    """

    TABLE = "table"

    class State(models.TextChoices):
        RECEIVED = "received", _("to be read")
        REFUSED = "refused", _("refused")
        STAGED = "staged", _("waiting")
        APPLIED = "applied", _("done")
        UNDONE = "undone", _("undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.CharField(_("format"), max_length=20)
    name = models.CharField(_("file or folder"), max_length=200)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("source")
    )
    file = models.FileField(storage=private_storage, upload_to="directory_imports/%Y/", blank=True)
    is_whole = models.BooleanField(_("what it does not name ends"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.STAGED)
    counts = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of the directory")
        verbose_name_plural = _("imports of the directory")

    def __str__(self) -> str:
        return f"{self.name} · {self.get_state_display()}"


class ImportedLine(models.Model):
    """One record of an import: what the file says; once applied, what it did and how to undo it."""

    class Action(models.TextChoices):
        WAITING = "", _("waiting")
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        GONE = "gone", _("no longer named")

    run = models.ForeignKey(DirectoryImport, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=12)
    uid = models.UUIDField()
    file = models.CharField(max_length=120, blank=True)
    line = models.PositiveIntegerField(default=0)
    said = models.JSONField()
    action = models.CharField(max_length=9, choices=Action, default=Action.WAITING, blank=True)
    local_uid = models.UUIDField(null=True, blank=True)
    before = models.JSONField(default=dict, blank=True)
    kept = models.JSONField(default=list, blank=True)
    baseline = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        constraints = [models.UniqueConstraint(fields=["run", "kind", "uid"], name="imported_line_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class SourceRecord(models.Model):
    """What a source last said of a record: it tells a correction made here from a change made there."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="records")
    kind = models.CharField(max_length=12)
    uid = models.UUIDField()
    local_uid = models.UUIDField(db_index=True)
    said = models.JSONField()
    gone_on = models.DateField(_("no longer named since"), null=True, blank=True)

    class Meta:
        ordering = ["source", "kind", "pk"]
        verbose_name = _("record as its source says it")
        verbose_name_plural = _("records as their sources say them")
        constraints = [models.UniqueConstraint(fields=["source", "kind", "uid"], name="source_record_key")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.uid}"
