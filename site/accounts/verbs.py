"""The audit log in plain words. A verb without a sentence is shown as it was recorded."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

VERBS = {
    "account_erased": _("erased an account"),
    "account_registered": _("created their account"),
    "action_proposed": _("proposed an action"),
    "ballots_exported": _("took the ballots of a closed poll as a file"),
    "ballots_purged": _("erased ballots past their date"),
    "board_undone": _("undid an action on the board of a workshop"),
    "card_hidden": _("hid a card"),
    "comment_answered": _("answered a comment"),
    "comment_moderated": _("read a comment"),
    "consent_given": _("gave an agreement"),
    "consent_withdrawn": _("took an agreement back"),
    "consultation_changed": _("changed a consultation"),
    "consultation_closed": _("closed a consultation"),
    "consultation_created": _("created a consultation"),
    "consultation_published": _("published a consultation"),
    "document_added": _("added something to read before a workshop"),
    "document_removed": _("removed something to read before a workshop"),
    "facts_recorded": _("recorded figures"),
    "hands_counted": _("counted raised hands"),
    "invitations_emailed": _("sent invitations"),
    "invitations_issued": _("issued invitation codes"),
    "invitations_reminded": _("reminded people who had not answered"),
    "line_added": _("added a sentence to a synthesis"),
    "line_changed": _("changed a sentence of a synthesis"),
    "line_moved": _("moved a sentence of a synthesis"),
    "line_removed": _("took a sentence out of a synthesis"),
    "lines_merged": _("merged two sentences of a synthesis"),
    "membership_ended": _("ended a role"),
    "membership_granted": _("granted a role"),
    "need_changed": _("changed a need"),
    "need_created": _("added a need"),
    "need_ended": _("ended a need"),
    "organisation_changed": _("changed an organisation"),
    "organisation_created": _("added an organisation"),
    "personal_data_exported": _("downloaded personal data"),
    "poll_changed": _("changed a poll"),
    "poll_closed": _("closed a poll"),
    "poll_created": _("created a poll"),
    "poll_invitations_issued": _("issued voting codes"),
    "poll_opened": _("opened a poll"),
    "poll_tightened": _("made the rules of a poll stricter"),
    "profile_changed": _("changed a name"),
    "proposal_withdrawn": _("withdrew a proposed action"),
    "registration_cancelled": _("cancelled a registration to a workshop"),
    "registrations_purged": _("erased who came to a workshop"),
    "release_published": _("published results"),
    "release_withdrawn": _("withdrew results"),
    "responses_purged": _("erased answers past their date"),
    "room_closed": _("closed a live room"),
    "room_opened": _("opened a live room"),
    "scenario_started": _("started a scenario from a template"),
    "scenario_template_saved": _("kept a scenario as a template"),
    "site_founded": _("created the site"),
    "source_attached": _("added a source to a synthesis"),
    "source_detached": _("took a source away from a synthesis"),
    "stage_added": _("added a stage to a workshop"),
    "stage_closed": _("ended a stage of a workshop"),
    "stage_moved": _("moved a stage of a workshop"),
    "stage_removed": _("removed a stage of a workshop"),
    "stage_reopened": _("reopened a stage of a workshop"),
    "stage_revealed": _("showed the cards of a stage to all"),
    "stage_set": _("moved a stage"),
    "stage_started": _("started a stage of a workshop"),
    "stage_updated": _("changed a stage of a workshop"),
    "survey_changed": _("changed a survey"),
    "survey_closed": _("closed a survey"),
    "survey_created": _("created a survey"),
    "survey_draft_saved": _("saved a questionnaire"),
    "survey_published": _("published a survey"),
    "synthesis_adopted": _("recorded the adoption of a synthesis"),
    "synthesis_changed": _("changed a synthesis"),
    "synthesis_created": _("started a synthesis"),
    "synthesis_deleted": _("deleted a draft synthesis"),
    "synthesis_drafted": _("made the draft of a synthesis"),
    "synthesis_imported": _("imported a synthesis"),
    "synthesis_opened": _("opened a synthesis to comments"),
    "synthesis_published": _("published a synthesis"),
    "synthesis_resumed": _("went back to writing a synthesis"),
    "table_imported": _("imported a table"),
    "user_invited": _("invited a person"),
    "volunteer_named": _("named a volunteer"),
    "volunteer_removed": _("removed a volunteer"),
    "workshop_announced": _("announced a workshop"),
    "workshop_cancelled": _("cancelled a workshop"),
    "workshop_closed": _("closed a workshop"),
    "workshop_created": _("created a workshop"),
    "workshop_deleted": _("deleted a draft workshop"),
    "workshop_invited": _("invited people to a workshop"),
    "workshop_opened": _("opened a workshop"),
    "workshop_updated": _("changed a workshop"),
}

DETAILS = {
    "block": _("part"),
    "college": _("college"),
    "comment": _("comment"),
    "constituency": _("constituency"),
    "council": _("council"),
    "count": _("how many"),
    "counts": _("how many"),
    "fields": _("what changed"),
    "from": _("from"),
    "hash": _("fingerprint"),
    "kept": _("kept"),
    "kind": _("kind"),
    "line": _("sentence"),
    "lines": _("sentences"),
    "merged": _("merged"),
    "number": _("number"),
    "person": _("person"),
    "reason": _("reason"),
    "revision": _("revision"),
    "role": _("role"),
    "rows": _("rows"),
    "stages": _("stages"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
    "status": _("state"),
    "step": _("step"),
    "until": _("until"),
    "valid_to": _("last day"),
    "version": _("version"),
}


def verb_label(verb: str) -> str:
    """The action in words."""
    return str(VERBS.get(verb, verb.replace("_", " ")))


def kind_label(kind: str) -> str:
    """The name of a kind of object, from the model's own; a kind that no longer exists keeps its code."""
    try:
        return capfirst(str(apps.get_model(kind)._meta.verbose_name))
    except (LookupError, ValueError):
        return kind


def detail_label(name: str) -> str:
    """What a recorded detail is, in words."""
    return str(DETAILS.get(name, name.replace("_", " ")))


def field_label(kind: str, name: str) -> str:
    """The name of a field of an object, from the model's own; a field that no longer exists keeps its code."""
    try:
        field = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return detail_label(name)
    return str(getattr(field, "verbose_name", detail_label(name)))
