"""Addresses of the preparation and of the console."""

from django.urls import path

from consultations.workshops.workspace.views import console, people, polls, preparation, scenario

app_name = "workshop_editor"
ONE = "espace/ateliers/<uuid:pk>/"

urlpatterns = [
    path("espace/ateliers/", preparation.workshop_list, name="list"),
    path("espace/consultations/<uuid:pk>/ateliers/nouveau/", preparation.workshop_create, name="create"),
    path(ONE, preparation.workshop_detail, name="detail"),
    path(ONE + "modifier/", preparation.workshop_edit, name="edit"),
    path(ONE + "annoncer/", preparation.workshop_announce, name="announce"),
    path(ONE + "annuler/", preparation.workshop_cancel, name="cancel"),
    path(ONE + "supprimer/", preparation.workshop_delete, name="delete"),
    path(ONE + "deroule/", scenario.scenario_page, name="scenario"),
    path(ONE + "deroule/modele/", scenario.template_use, name="template_use"),
    path(ONE + "deroule/garder/", scenario.template_save, name="template_save"),
    path(ONE + "deroule/ajouter/", scenario.stage_add, name="stage_add"),
    path(ONE + "deroule/<uuid:stage>/", scenario.stage_edit, name="stage"),
    path(ONE + "deroule/<uuid:stage>/deplacer/", scenario.stage_move, name="stage_move"),
    path(ONE + "deroule/<uuid:stage>/retirer/", scenario.stage_remove, name="stage_remove"),
    path(ONE + "documents/", people.documents_page, name="documents"),
    path(ONE + "documents/<int:document>/retirer/", people.document_remove, name="document_remove"),
    path(ONE + "invitations/", people.invitations, name="invitations"),
    path(ONE + "inscriptions/", people.people_page, name="people"),
    path(
        ONE + "inscriptions/<uuid:registration>/annuler/",
        people.registration_cancel,
        name="registration_cancel",
    ),
    path(ONE + "emargement/", people.attendance, name="attendance"),
    path(ONE + "affiche/", people.poster, name="poster"),
    path(ONE + "ouvrir/", console.room_open, name="open"),
    path(ONE + "fermer/", console.room_close, name="close"),
    path(ONE + "sondages/nouveau/", polls.poll_create, name="poll_create"),
    path(ONE + "animer/", console.console, name="console"),
    path(ONE + "ecran/", console.projector, name="projector"),
    path(ONE + "animer/<str:verb>/", console.console_act, name="console_act"),
]
