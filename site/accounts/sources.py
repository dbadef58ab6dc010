"""What this app puts in the registries it declares."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import (
    PUBLIC_TASK,
    ConsentWording,
    PersonalDataSource,
    StandingProcessing,
    Trace,
    consent_wordings,
    personal_data,
    standing_processings,
    traces_source,
)
from accounts.services.memberships import close_expired_rights
from accounts.services.privacy import erase_account_data, export_account, export_actions, keep_actions
from core.due import due

ACCOUNT = PersonalDataSource(
    name="account",
    label=_("Your account: your e-mail address, the name shown to others, your roles, your agreements."),
    kept=_("Kept while your account is open. Roles keep their dates afterwards, without your name."),
    export=export_account,
    erase=erase_account_data,
    covers=(
        "accounts.Membership.user",
        "accounts.Membership.granted_by",
        "accounts.Consent.user",
        "account.EmailAddress.user",
        "mfa.Authenticator.user",
        "wagtailusers.UserProfile.user",
    ),
)
ACTIONS = PersonalDataSource(
    name="actions",
    label=_("The log of what you did here: the action, the day, the object. Never what people said."),
    kept=_("Kept because the law asks us to account for our work; without your name once you leave."),
    export=export_actions,
    erase=keep_actions,
    covers=("core.AuditEntry.actor",),
)
FILES = traces_source(
    "files",
    _("The files you are importing, and the long jobs you started."),
    _("Files are forgotten after two hours; jobs lose your name when you leave."),
    Trace("core.StagedImport.actor", Trace.DELETE, "created_at"),
    Trace("core.Job.actor", Trace.CUT, "created_at"),
)
NEWS = ConsentWording(
    purpose="news",
    version="1",
    text=_(
        "I agree to receive by e-mail the news of the consultations of my territory. "
        "I can change my mind at any time, on this page."
    ),
)


SIGNING_IN = StandingProcessing(
    title=_("Accounts and the log of actions"),
    purpose=_("Let people sign in, give each their rights for a time, account for who did what."),
    legal_basis=PUBLIC_TASK,
    people=_("People who have an account"),
    data=_(
        "E-mail address, name shown, roles and their dates, agreements given, means of signing in; for staff, the "
        "action, the day and the object. Never what people said."
    ),
    recipients=_("Administrators; the data-protection officer for the log"),
    retention=_("While the account is open. Roles and the log stay afterwards, without the name."),
)


def register_sources() -> None:
    """Declare what accounts hold, what people may agree to, and what the tick does."""
    personal_data.register(ACCOUNT.name, ACCOUNT)
    personal_data.register(ACTIONS.name, ACTIONS)
    personal_data.register(FILES.name, FILES)
    consent_wordings.register(NEWS.purpose, NEWS)
    due.register("accounts.close_expired_rights", close_expired_rights)
    standing_processings.register("accounts", SIGNING_IN)
