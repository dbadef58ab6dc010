"""Addresses of opinions for anyone, and for the body asked."""

from django.urls import path

from consultations.opinions.views import door, public

app_name = "opinions"

urlpatterns = [
    path("avis/", public.opinion_list, name="list"),
    path("avis/avis-des-conseils.<slug:extension>", public.opinion_table, name="table"),
    path("avis/<uuid:pk>/", public.opinion_detail, name="detail"),
    path("avis/<uuid:pk>/avis.<slug:extension>", public.opinion_file, name="file"),
    path("avis/<uuid:pk>/repondre/", door.door, name="answer"),
    path("avis/<uuid:pk>/reponse/", door.reply, name="reply"),
]
