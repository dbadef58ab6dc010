"""Addresses of the directory in the workspace."""

from django.urls import path

from directory.views import desk, desk_hours, desk_places

app_name = "directory_desk"
ONE = "service/<slug:slug>/"

urlpatterns = [
    path("", desk.record_list, name="list"),
    path("nouveau/", desk.record_create, name="create"),
    path("lot/", desk.record_bulk, name="bulk"),
    path("signalements/", desk_places.report_list, name="reports"),
    path("signalements/<int:pk>/", desk_places.report_answer, name="report_answer"),
    path(ONE, desk.record_detail, name="service"),
    path(ONE + "modifier/<slug:section>/", desk.record_section, name="section"),
    path(ONE + "toujours-juste/", desk.record_confirm, name="confirm"),
    path(ONE + "horaires/", desk_hours.service_hours, name="hours"),
    path(ONE + "fermer/", desk.record_close, name="close"),
    path(ONE + "rouvrir/", desk.record_reopen, name="reopen"),
    path(ONE + "places/", desk.record_capacity, name="capacity"),
    path(ONE + "historique/", desk.record_history, name="history"),
    path("organisation/<slug:slug>/", desk_places.organisation_detail, name="organisation"),
    path("organisation/<slug:slug>/lieu/", desk_places.location_create, name="location_create"),
    path("lieu/<uuid:uid>/", desk_places.location_edit, name="location"),
    path("lieu/<uuid:uid>/horaires/", desk_hours.location_hours, name="location_hours"),
]
