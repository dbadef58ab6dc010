"""Addresses of opinions in the workspace."""

from django.urls import path

from consultations.opinions.views import desk, steps

app_name = "opinion_desk"

urlpatterns = [
    path("", desk.opinion_list, name="list"),
    path("avis.<slug:extension>", desk.opinion_table, name="table"),
    path("conseil/<slug:slug>/proposer/", desk.opinion_create, name="create"),
    path("<uuid:pk>/", desk.opinion_detail, name="detail"),
    path("<uuid:pk>/modifier/", desk.opinion_edit, name="edit"),
    path("<uuid:pk>/supprimer/", desk.opinion_delete, name="delete"),
    path("<uuid:pk>/appuis/", desk.opinion_sources, name="sources"),
    path("<uuid:pk>/appuis/ajouter/", desk.opinion_rest, name="rest"),
    path("<uuid:pk>/lettre.<slug:extension>", desk.opinion_letter, name="letter"),
    path("<uuid:pk>/reponses/<uuid:answer_pk>/lue/", steps.answer_read, name="answer_read"),
    path("<uuid:pk>/etape/<slug:step>/", steps.opinion_step, name="step"),
]
