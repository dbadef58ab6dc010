"""What an administrator says of the site: its name, colours, place, contacts and accessibility."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from cms import colours, themes
from cms.blocks.social import SocialLinksBlock
from cms.models.wording import other_languages


class AccessibilityState(models.TextChoices):
    """The three states of the French law; without a valid audit it is the first."""

    NONE = "none", _("not compliant")
    PARTIAL = "partial", _("partially compliant")
    FULL = "full", _("fully compliant")


def validate_hex(colour: str) -> None:
    """Refuse anything but `#` and six hexadecimal digits."""
    if not colours.is_hex(colour):
        raise ValidationError(_("Write the colour as # and six letters or digits, for instance #6a2350."))


@register_setting(icon="cogs")
class SiteIdentity(ClusterableModel, BaseSiteSetting):
    """Identity of one site of the instance."""

    name = models.CharField(_("name"), max_length=60, default="Diapason")
    baseline = models.CharField(_("baseline"), max_length=160, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Empty: the tuning fork. The name is always written beside it."),
    )
    accent = models.CharField(
        _("accent colour"), max_length=7, default=themes.DEFAULT.light, validators=[validate_hex]
    )
    accent_dark = models.CharField(
        _("accent colour on a dark background"),
        max_length=7,
        blank=True,
        validators=[validate_hex],
        help_text=_("Empty: worked out from the accent colour."),
    )
    territory = models.ForeignKey(
        "territories.Territory",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
    )
    publisher = models.CharField(_("organisation that publishes the site"), max_length=160, blank=True)
    director = models.CharField(_("director of publication (role)"), max_length=160, blank=True)
    host = models.TextField(_("who hosts the site"), max_length=400, blank=True)
    email = models.EmailField(_("contact e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    phone_hours = models.CharField(_("when someone answers"), max_length=120, blank=True)
    postal_address = models.TextField(_("postal address"), max_length=300, blank=True)
    dpo_name = models.CharField(_("data-protection officer (role or body)"), max_length=160, blank=True)
    dpo_email = models.EmailField(_("e-mail for personal data"), blank=True)
    dpo_address = models.TextField(_("postal address for personal data"), max_length=300, blank=True)
    accessibility_state = models.CharField(
        _("accessibility"), max_length=8, choices=AccessibilityState, default=AccessibilityState.NONE
    )
    audited_on = models.DateField(_("date of the audit"), null=True, blank=True)
    audited_by = models.CharField(_("who made the audit"), max_length=160, blank=True)
    audit_percent = models.PositiveSmallIntegerField(_("criteria met, in percent"), null=True, blank=True)
    stated_on = models.DateField(_("date of the statement"), null=True, blank=True)
    has_language_switch = models.BooleanField(_("show the language switch"), default=True)
    social_links = StreamField(SocialLinksBlock(), verbose_name=_("social networks"), blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("baseline"),
                    FieldPanel("logo"),
                    MultiFieldPanel([FieldPanel("accent"), FieldPanel("accent_dark")], heading=_("Colours")),
                    FieldPanel("territory"),
                    FieldPanel("has_language_switch"),
                    FieldPanel("social_links"),
                ],
                heading=_("Identity"),
            ),
            ObjectList(
                [
                    FieldPanel("email"),
                    FieldPanel("phone"),
                    FieldPanel("phone_hours"),
                    FieldPanel("postal_address"),
                    MultiFieldPanel(
                        [FieldPanel("publisher"), FieldPanel("director"), FieldPanel("host")],
                        heading=_("Legal notice"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("dpo_name"), FieldPanel("dpo_email"), FieldPanel("dpo_address")],
                        heading=_("Personal data"),
                    ),
                ],
                heading=_("Contacts"),
            ),
            ObjectList(
                [
                    FieldPanel("accessibility_state"),
                    FieldPanel("audited_on"),
                    FieldPanel("audited_by"),
                    FieldPanel("audit_percent"),
                    FieldPanel("stated_on"),
                ],
                heading=_("Accessibility"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "wordings",
                        heading=_("In other languages"),
                        label=_("Language"),
                        help_text=_("What is left empty is shown in French."),
                        max_num=len(other_languages()),
                    )
                ],
                heading=_("Other languages"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("settings of the site")
        verbose_name_plural = _("settings of the sites")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accessibility_state="none")
                | models.Q(audited_on__isnull=False, audit_percent__isnull=False),
                name="identity_state_needs_audit",
                violation_error_message=_(
                    "Without an audit the state is “not compliant”: give the date and the result of the audit."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {name: text for name, text in themes.problems(self.accent, self.accent_dark).items() if text}
        if self.audit_percent is not None:
            errors |= self._state_problems(self.audit_percent)
        if errors:
            raise ValidationError(errors)

    def _state_problems(self, percent: int) -> dict[str, str]:
        """The law's thresholds: full is 100 %, partial is at least 50 %."""
        if percent > 100:
            return {"audit_percent": gettext("Write a percentage between 0 and 100.")}
        least = {AccessibilityState.FULL: 100, AccessibilityState.PARTIAL: 50}.get(
            AccessibilityState(self.accessibility_state), 0
        )
        if percent < least:
            return {"accessibility_state": gettext("This result is too low for this state.")}
        return {}
