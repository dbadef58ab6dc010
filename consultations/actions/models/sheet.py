"""The sheet itself, its texts and the days it changed state."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a sheet stands; who may move it is in `states.py`."""

    PROPOSED = "proposed", pgettext_lazy("action sheet", "proposed")
    WRITING = "writing", pgettext_lazy("action sheet", "being written")
    COMMENTS = "comments", pgettext_lazy("action sheet", "open to comments")
    ADOPTED = "adopted", pgettext_lazy("action sheet", "adopted")
    UNDER_WAY = "under_way", pgettext_lazy("action sheet", "under way")
    SUSPENDED = "suspended", pgettext_lazy("action sheet", "suspended")
    DONE = "done", pgettext_lazy("action sheet", "done")
    ABANDONED = "abandoned", pgettext_lazy("action sheet", "abandoned")
    EVALUATED = "evaluated", pgettext_lazy("action sheet", "evaluated")


class ActionSheetQuerySet(models.QuerySet["ActionSheet"]):
    def public(self) -> Self:
        """Those whose page anyone may read; their texts show later (`ActionSheet.shows_texts`)."""
        return self.exclude(announced_on=None)


class ActionSheet(models.Model):
    """A *fiche action*. `announced_on` makes its title and state public; its texts show once open to comments."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    programme = models.ForeignKey(
        "Programme", models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name=_("programme")
    )
    axis = models.ForeignKey(
        "Axis", models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name=_("axis")
    )
    number = models.PositiveSmallIntegerField(_("number of the sheet"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    state_since = models.DateField(default=timezone.localdate)
    announced_on = models.DateField(null=True, blank=True)
    consultation = models.ForeignKey(
        "process.Consultation", models.PROTECT, null=True, blank=True, related_name="action_sheets",
        verbose_name=_("consultation"),
    )  # fmt: skip
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="action_sheets", verbose_name=_("territory")
    )
    places = models.ManyToManyField(
        "territories.Territory",
        related_name="action_sheets_there",
        blank=True,
        verbose_name=_("where it acts"),
    )
    audiences = models.JSONField(_("people concerned"), default=list, blank=True)
    needs = models.ManyToManyField(
        "needs.Need", related_name="action_sheets", blank=True, verbose_name=_("needs it answers")
    )
    lead = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="sheets_led",
        verbose_name=_("lead organisation"),
    )  # fmt: skip
    co_lead = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="sheets_co_led",
        verbose_name=_("co-lead organisation"),
    )  # fmt: skip
    lead_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="sheets_led",
        verbose_name=_("person in charge"),
    )  # fmt: skip
    depends_on: models.ManyToManyField = models.ManyToManyField(
        "self", symmetrical=False, related_name="needed_by", blank=True, verbose_name=_("needs first")
    )
    decision = models.CharField(_("who adopted it, and by what decision"), max_length=400, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    reason_public = models.TextField(_("public reason"), blank=True, validators=[MaxLengthValidator(1000)])
    last_news_on = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_on = models.DateField(default=timezone.localdate)

    objects = ActionSheetQuerySet.as_manager()

    class Meta:
        ordering = [models.F("number").asc(nulls_last=True), "title", "pk"]
        verbose_name = _("action sheet")
        verbose_name_plural = _("action sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="sheet_number_key",
                violation_error_message=_("Another sheet of this programme has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["abandoned", "suspended"]) | ~Q(reason_public=""),
                name="sheet_reason",
                violation_error_message=_("Write the reason: everyone will read it."),
            ),
        ]
        indexes = [models.Index(fields=["announced_on", "state"], name="sheet_public_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def listed_partners(self) -> list[Any]:
        """Its partners; those given to a table before they are saved."""
        given: list[Any] | None = self.__dict__.get("given_partners")
        if given is not None or self._state.adding:
            return given or []
        return [partner.organisation for partner in self.partners.all()]

    @listed_partners.setter
    def listed_partners(self, value: list[Any]) -> None:
        self.__dict__["given_partners"] = value

    @property
    def is_public(self) -> bool:
        return self.announced_on is not None

    @property
    def is_stopped(self) -> bool:
        """Suspended or abandoned: its reason is shown first."""
        return self.state in {State.SUSPENDED, State.ABANDONED}


class StateChange(models.Model):
    """One day of a sheet's life: the state it came to, and why; never changed."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=State)
    on = models.DateField(default=timezone.localdate)
    words = models.TextField(_("decision or reason"), blank=True, validators=[MaxLengthValidator(1000)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("day of an action sheet")
        verbose_name_plural = _("days of action sheets")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"
