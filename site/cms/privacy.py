"""What the pages and Wagtail's admin hold about the people who write them."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

UNLOCKED = (("locked", False), ("locked_at", None))
KEPT_FOR_HISTORY = (
    ("wagtailcore.Page.owner", "first_published_at"),
    ("wagtailcore.Revision.user", "created_at"),
    ("wagtailcore.PageLogEntry.user", "timestamp"),
    ("wagtailcore.ModelLogEntry.user", "timestamp"),
    ("wagtailcore.WorkflowState.requested_by", "created_at"),
    ("wagtailcore.TaskState.finished_by", "finished_at"),
    ("wagtailcore.Comment.resolved_by", "resolved_at"),
)
ERASED = (
    ("wagtailcore.Comment.user", "created_at"),
    ("wagtailcore.CommentReply.user", "created_at"),
    ("wagtailcore.PageSubscription.user", ""),
    ("wagtailcore.APIToken.user", ""),
    ("wagtailadmin.EditingSession.user", ""),
    ("wagtailadmin.FormState.user", ""),
)
CUT = (
    ("wagtaildocs.Document.uploaded_by_user", "created_at"),
    ("wagtailimages.Image.uploaded_by_user", "created_at"),
    ("wagtailcore.UploadedFile.uploaded_by_user", ""),
)
SOURCE = traces_source(
    "pages",
    _("The pages, pictures and files you wrote or sent, with the history of your changes and your comments."),
    _(
        "Comments and what you were writing are erased with your account; the history stays, without your name."
    ),
    *(Trace(column, day=day) for column, day in KEPT_FOR_HISTORY),
    *(Trace(column, Trace.DELETE, day) for column, day in ERASED),
    *(Trace(column, Trace.CUT, day) for column, day in CUT),
    Trace("wagtailcore.Page.locked_by", Trace.CUT, "locked_at", UNLOCKED),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(SOURCE.name, SOURCE)
