"""Addresses of the directory in the workspace."""

from django.urls import path

from directory.views import (
    desk,
    desk_bulk,
    desk_contacts,
    desk_hours,
    desk_places,
    desk_schemes,
    merging,
    stewarding,
)

app_name = "directory_desk"
ONE = "service/<slug:slug>/"

urlpatterns = [
    path("", desk.record_list, name="list"),
    path("nouveau/", desk.record_create, name="create"),
    path("lot/", desk_bulk.record_bulk, name="bulk"),
    path("signalements/", desk_places.report_list, name="reports"),
    path("signalements/<int:pk>/", desk_places.report_answer, name="report_answer"),
    path("doublons/", merging.duplicate_list, name="duplicates"),
    path("doublons/<int:pk>/", merging.pair_decide, name="pair_decide"),
    path("doublons/<slug:kept>/<slug:absorbed>/", merging.duplicate_pair, name="pair"),
    path("fusions/<int:pk>/annuler/", merging.merge_undo, name="merge_undo"),
    path("campagnes/", stewarding.campaign_list, name="campaigns"),
    path("campagnes/nouvelle/", stewarding.campaign_create, name="campaign_create"),
    path("campagnes/<int:pk>/", stewarding.campaign_detail, name="campaign"),
    path("campagnes/<int:pk>/clore/", stewarding.campaign_close, name="campaign_close"),
    path("demandes/", stewarding.claim_list, name="claims"),
    path("demandes/<int:pk>/", stewarding.claim_decide, name="claim_decide"),
    path("corrections/", stewarding.proposal_list, name="proposals"),
    path("corrections/<int:pk>/", stewarding.proposal_decide, name="proposal_decide"),
    path(ONE + "avis/", stewarding.experience_answer, name="experience"),
    path(ONE, desk.record_detail, name="service"),
    path(ONE + "modifier/<slug:section>/", desk.record_section, name="section"),
    path(ONE + "toujours-juste/", desk.record_confirm, name="confirm"),
    path(ONE + "horaires/", desk_hours.service_hours, name="hours"),
    path(ONE + "fermer/", desk.record_close, name="close"),
    path(ONE + "rouvrir/", desk.record_reopen, name="reopen"),
    path(ONE + "horaires/<uuid:uid>/", desk_hours.service_hours_at, name="hours_at"),
    path(ONE + "contacts/", desk_contacts.service_contacts, name="contacts"),
    path(ONE + "places/", desk.record_capacity, name="capacity"),
    path(ONE + "places/retirer/", desk.record_capacity_remove, name="capacity_remove"),
    path(ONE + "historique/", desk.record_history, name="history"),
    path("dispositifs/", desk_schemes.scheme_list, name="schemes"),
    path("dispositifs/nouveau/", desk_schemes.scheme_create, name="scheme_create"),
    path("dispositif/<slug:slug>/", desk_schemes.scheme_edit, name="scheme"),
    path("organisations/", desk_places.organisation_list, name="organisations"),
    path(
        "organisation/<slug:slug>/contacts/",
        desk_contacts.organisation_contacts,
        name="organisation_contacts",
    ),
    path("organisation/<slug:slug>/", desk_places.organisation_detail, name="organisation"),
    path("organisation/<slug:slug>/lieu/", desk_places.location_create, name="location_create"),
    path("lieu/<uuid:uid>/", desk_places.location_edit, name="location"),
    path("lieu/<uuid:uid>/contacts/", desk_contacts.location_contacts, name="location_contacts"),
    path("lieu/<uuid:uid>/horaires/", desk_hours.location_hours, name="location_hours"),
]
