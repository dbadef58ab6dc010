"""The bylaws of a council, version after version."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.councils.models.council import Council


class BylawVersion(models.Model):
    """The rules a council gave itself, from a day on; what it does not say follows the default in force.

    `values` maps keys of `bylaws.BYLAW_RULES` to JSON values: only what differs from the default.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="bylaw_versions")
    valid_from = models.DateField(_("applies from"))
    values = models.JSONField(default=dict)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-valid_from", "-recorded_at"]
        verbose_name = _("version of bylaws")
        verbose_name_plural = _("versions of bylaws")

    def __str__(self) -> str:
        return f"{self.council} {self.valid_from}"
