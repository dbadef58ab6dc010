"""How an opinion goes up: the federations its council allows, what was passed up, and the joint opinion it is in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Council


class ForwardPermission(models.Model):
    """The council lets this federation have this opinion: who recorded it, when, decided where. Never deleted."""

    opinion = models.ForeignKey("Opinion", models.PROTECT, related_name="forward_permissions")
    federation = models.ForeignKey(Council, models.PROTECT, related_name="+")
    decided_on = models.DateField(_("decided on"))
    note = models.CharField(
        _("where the council decided it"), max_length=200,
        help_text=_("For instance: minutes of 12 March, item 4."),
    )  # fmt: skip
    actor_role = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = _("permission to pass an opinion up")
        verbose_name_plural = _("permissions to pass opinions up")
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "federation"],
                condition=Q(withdrawn_on=None),
                name="forward_permission_key",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("decided_on")),
                name="forward_permission_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion} → {self.federation}"


class Forwarding(models.Model):
    """An opinion a federation has received; `joint` is the opinion of the federation it was joined into."""

    opinion = models.ForeignKey("Opinion", models.PROTECT, related_name="forwardings")
    federation = models.ForeignKey(Council, models.PROTECT, related_name="received")
    forwarded_on = models.DateField(_("passed up on"))
    joint = models.ForeignKey("Opinion", models.PROTECT, null=True, blank=True, related_name="joined")
    joined_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["forwarded_on", "pk"]
        verbose_name = _("opinion passed up")
        verbose_name_plural = _("opinions passed up")
        constraints = [
            models.UniqueConstraint(fields=["opinion", "federation"], name="forwarded_once"),
            models.CheckConstraint(
                condition=Q(joint=None, joined_on=None) | Q(joint__isnull=False, joined_on__isnull=False),
                name="forwarding_joined_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(joint=None) | ~Q(joint=F("opinion")), name="forwarding_no_self"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion} → {self.federation}"
