"""Public addresses of workshops and of their rooms."""

from django.urls import path

from consultations.workshops.views import joining, offline, public, registering, room

app_name = "workshops"

urlpatterns = [
    path("ateliers/", public.workshop_list, name="list"),
    path("ateliers/<slug:slug>/", public.workshop_detail, name="detail"),
    path("ateliers/<slug:slug>/atelier.ics", public.calendar_file, name="calendar"),
    path("ateliers/<slug:slug>/inscription/", registering.register, name="register"),
    path("ateliers/<slug:slug>/inscription/<uuid:pk>/", registering.registration, name="registration"),
    path("ateliers/<slug:slug>/inscription/<slug:state>/", registering.registered, name="registered"),
    path("ateliers/<slug:slug>/invitation/<uuid:pk>/", registering.invited, name="invited"),
    path("atelier/", joining.type_code, name="type_code"),
    path("atelier/hors-ligne.js", offline.worker, name="worker"),
    path("atelier/<str:code>/", joining.join, name="join"),
    path("atelier/<str:code>/salle/", room.room, name="room"),
    path("atelier/<str:code>/salle/hors-ligne/", offline.shell, name="shell"),
    path("atelier/<str:code>/salle/<str:verb>/", room.act, name="act"),
    path("atelier/<str:code>/merci/", room.leave, name="leave"),
]
