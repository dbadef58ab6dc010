"""What action sheets hold about people: who leads, who wrote, who decided."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

WORK = traces_source(
    "action_sheets",
    _("The action sheets you are in charge of, and what you recorded in them."),
    _("Kept with the sheets, without your name once you leave; another person is then asked to take charge."),
    Trace("actions.ActionSheet.lead_user", erase=Trace.CUT, day="created_on"),
    Trace("actions.ActionSheet.created_by", day="created_on"),
    Trace("actions.StateChange.by", day="on"),
    Trace("actions.Programme.created_by", day="starts_on"),
    Trace("actions.Agreement.created_by", day="starts_on"),
    Trace("actions.CooperationGroup.created_by", day="starts_on"),
    Trace("actions.Update.created_by", day="on"),
    Trace("actions.UpdateVersion.by", day="replaced_on"),
)


def register() -> None:
    """Called when the app is ready."""
    personal_data.register(WORK.name, WORK)
