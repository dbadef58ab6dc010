"""Every rule a council may set for itself: its default, where it comes from, and whether we could read the text.

The articles are those of the French code of social action and families (CASF, D311-3 to D311-32-1, decree
2022-688). What could not be read in its present wording says so (`is_verified=False`) and stays a setting.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Council

Label = Any  # a lazy translation


class Form(StrEnum):
    """What a value is."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    SHARE = "share"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class BylawRule:
    """One rule: `default` is the law's for a CVS, `statutes` what we propose to the other kinds of councils.

    `lowest` and `highest` hold for everyone; `legal_lowest` and `legal_highest` for councils the CASF rules.
    """

    key: str
    form: Form
    label: Label
    default: Any
    source: Label
    is_verified: bool = True
    statutes: Any = None
    help: Label = ""
    choices: tuple[tuple[str, Label], ...] = ()
    lowest: float | None = None
    highest: float | None = None
    legal_lowest: float | None = None
    legal_highest: float | None = None

    def default_for(self, council: Council) -> Any:
        """What applies while the council says nothing."""
        if council.follows_casf or self.statutes is None:
            return self.default
        return self.statutes

    def source_for(self, council: Council) -> Label:
        return self.source if council.follows_casf else OWN_STATUTES

    def is_verified_for(self, council: Council) -> bool:
        """For councils without a legal text, nothing is claimed, so nothing is in doubt."""
        return self.is_verified or not council.follows_casf

    def bounds_for(self, council: Council) -> tuple[float | None, float | None]:
        """The lowest and highest values this council may choose."""
        if not council.follows_casf:
            return self.lowest, self.highest
        low = self.lowest if self.legal_lowest is None else self.legal_lowest
        high = self.highest if self.legal_highest is None else self.legal_highest
        return low, high


OWN_STATUTES = _("No legal text: the council's own statutes decide; this is our proposal.")
PROPOSAL = _("No delay found in the texts: our proposal, for the council to decide.")
OUR_CHOICE = _("The texts read say nothing of it: our proposal, for the council to decide.")
TWO_STEP, HALF_PRESENT, NO_QUORUM = "two_step", "half_present", "none"
OLDEST, SENIORITY, LOTS = "oldest", "longest_seniority", "lots"
TIES = (
    (OLDEST, _("the oldest is elected")),
    (SENIORITY, _("the longest in the establishment is elected")),
    (LOTS, _("lots are drawn")),
)
QUORUMS = (
    (
        TWO_STEP,
        _("users and families present exceed half; otherwise the item is carried to a second meeting"),
    ),
    (HALF_PRESENT, _("more than half of the members are present")),
    (NO_QUORUM, _("no condition")),
)
PRESIDENTS = (
    ("supported_persons", _("elected by and among the representatives of supported persons")),
    ("users_side", _("elected by and among the representatives of users and families")),
    ("everyone", _("elected by and among all members")),
    ("by_right", _("by right, set by the text that creates the council")),
)
MEMBERS_PRESENT, VOTES_CAST = "members_present", "votes_cast"
MAJORITIES = (
    (MEMBERS_PRESENT, _("more than half of the members present: abstaining weighs against")),
    (VOTES_CAST, _("more votes for than against: abstaining counts for nothing")),
)
RULES = (
    BylawRule("agenda_notice_days", Form.DAYS, _("Days between the notice and the meeting"), 15,
              _("CASF D311-16: 8 days before 2023, probably 15 since."), is_verified=False,
              help=_("The agenda and its documents are sent with the notice."), lowest=0, highest=60),
    BylawRule("meetings_per_year", Form.COUNT, _("Meetings a year, at least"), 3,
              _("CASF D311-16: at least three a year."), statutes=2, lowest=1, highest=24, legal_lowest=3),
    BylawRule("demand_for_meeting_share", Form.SHARE, _("Share of members who may demand a meeting"), 0.6667,
              _("CASF D311-16: of right on demand of two thirds of the members, or of the managing body."),
              lowest=0, highest=1),
    BylawRule("quorum_rule", Form.CHOICE, _("Quorum"), TWO_STEP,
              _("CASF D311-17; the wording read is from before 2023."), is_verified=False,
              statutes=HALF_PRESENT, choices=QUORUMS),
    BylawRule("quorum_users_share", Form.SHARE,
              _("Share of all members that users and families present must exceed"), 0.5,
              _("CASF D311-17; the wording read is from before 2023."), is_verified=False, lowest=0, highest=1),
    BylawRule("reconvened_minimum_days", Form.DAYS, _("Days, at least, before the second meeting"), 0,
              _("The fixed delay of earlier texts was dropped."), is_verified=False, lowest=0, highest=60),
    BylawRule("majority_rule", Form.CHOICE, _("Majority that adopts"), MEMBERS_PRESENT,
              _("CASF D311-17; the wording read is from before 2023."), is_verified=False, choices=MAJORITIES),
    BylawRule("follow_up_due_days", Form.DAYS, _("Days the managing body has to answer an opinion"), 60,
              PROPOSAL, is_verified=False, lowest=1, highest=365),
    BylawRule("annual_report_due_days", Form.DAYS, _("Days after the end of a year to sign its annual report"), 90,
              PROPOSAL, is_verified=False, lowest=1, highest=365),
    BylawRule("term_months", Form.MONTHS, _("Length of a mandate"), 36,
              _("CASF D311-8: from one to three years."), lowest=1, highest=120,
              legal_lowest=12, legal_highest=36),
    BylawRule("max_term_months", Form.MONTHS, _("Longest mandate"), 36,
              _("CASF D311-8: three years at most."), statutes=72, lowest=1, highest=120,
              legal_lowest=12, legal_highest=36),
    BylawRule("terms_in_a_row", Form.COUNT, _("Mandates in a row, at most (0: no limit)"), 0,
              _("Whether a mandate may be renewed could not be read."), is_verified=False, lowest=0, highest=9),
    BylawRule("end_of_term_alert_days", Form.DAYS, _("Days before the end of a term when an alert shows"), 90,
              OUR_CHOICE, lowest=0, highest=365),
    BylawRule("president_from", Form.CHOICE, _("Who presides"), "supported_persons",
              _("CASF D311-9; what happens when nobody can could not be read."), is_verified=False,
              statutes="everyone", choices=PRESIDENTS),
    BylawRule("tie_rule_members", Form.CHOICE, _("When members have as many votes"), OLDEST,
              _("CASF D311-9; read in a poor copy only."), is_verified=False, choices=TIES),
    BylawRule("tie_rule_staff", Form.CHOICE, _("When staff candidates have as many votes"), SENIORITY,
              _("CASF D311-13 and following: the longest in the establishment."), choices=TIES),
    BylawRule("staff_seniority_months", Form.MONTHS, _("Months in the establishment to be a staff candidate"), 6,
              _("CASF D311-13 and following: six months."), statutes=0, lowest=0, highest=24),
    BylawRule("minimum_age", Form.YEARS, _("Age from which one may be a member"), 11,
              _("CASF D311-11: supported persons over 11."), lowest=0, highest=18),
    BylawRule("guardian_consent_age", Form.YEARS, _("Age under which a parent or guardian agrees first"), 18,
              OUR_CHOICE, lowest=0, highest=18),
    BylawRule("remote_attendance", Form.YES_NO, _("Members may attend from a distance"), True, OUR_CHOICE),
    BylawRule("substitutes_stand_in", Form.YES_NO, _("Substitutes sit when the member is absent"), True,
              OUR_CHOICE),
    BylawRule("proxies_per_member", Form.COUNT, _("Votes a member may carry for absent members"), 0,
              OUR_CHOICE, lowest=0, highest=3,
              help=_("Written by the absent member, used when no substitute sits; never counted in the quorum.")),
    BylawRule("secret_vote_on_demand", Form.YES_NO, _("One member may ask for a secret vote"), True, OUR_CHOICE),
    BylawRule("minutes_public", Form.YES_NO, _("Minutes are published on this site"), False,
              _("No duty of publication found: the council decides.")),
    BylawRule("delegates_per_constituency", Form.COUNT,
              _("Delegates each council sends to the federation, by constituency"), 1, OUR_CHOICE,
              lowest=1, highest=9),
)  # fmt: skip
BYLAW_RULES = {rule.key: rule for rule in RULES}
