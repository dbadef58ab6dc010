"""Addresses of meetings: what anyone may read, and the members' door."""

from django.urls import path

from consultations.meetings.views import door, public

app_name = "meetings"

urlpatterns = [
    path("conseils/<slug:slug>/reunions/", public.meeting_list, name="list"),
    path("conseils/<slug:slug>/reunions/agenda.ics", public.feed, name="feed"),
    path("conseils/<slug:slug>/reunions/<int:number>/", public.meeting_detail, name="detail"),
    path("conseils/<slug:slug>/reunions/<int:number>/reunion.ics", public.calendar_file, name="calendar"),
    path("conseils/<slug:slug>/reunions/<int:number>/entrer/", door.door, name="door"),
    path("conseils/<slug:slug>/reunions/<int:number>/salle/", door.room, name="room"),
    path("conseils/<slug:slug>/reunions/<int:number>/salle/partir/", door.leave, name="leave"),
    path("conseils/<slug:slug>/reunions/<int:number>/salle/<slug:verb>/", door.act, name="act"),
]
