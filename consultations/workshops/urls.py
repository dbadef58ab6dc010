"""Public addresses of workshops and of their rooms."""

from django.urls import path

from consultations.workshops.views import joining, public, room

app_name = "workshops"

urlpatterns = [
    path("ateliers/", public.workshop_list, name="list"),
    path("ateliers/<slug:slug>/", public.workshop_detail, name="detail"),
    path("atelier/", joining.type_code, name="type_code"),
    path("atelier/<str:code>/", joining.join, name="join"),
    path("atelier/<str:code>/salle/", room.room, name="room"),
    path("atelier/<str:code>/salle/<str:verb>/", room.act, name="act"),
    path("atelier/<str:code>/merci/", room.leave, name="leave"),
]
