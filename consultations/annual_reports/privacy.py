"""What annual reports hold about those who wrote or recorded them."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Trace, personal_data, traces_source

TRACES = traces_source(
    "annual_reports",
    _("The annual reports you drew up, wrote in or recorded as signed."),
    _("A report has legal life: it stays, without your name once you leave."),
    Trace("annual_reports.AnnualReport.created_by"),
    Trace("annual_reports.ReportDraft.written_by"),
    Trace("annual_reports.ReportVersion.recorded_by"),
    Trace("annual_reports.SurveyExamination.recorded_by", day="examined_on"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(TRACES.name, TRACES)
