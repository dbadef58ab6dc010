"""Addresses of the pages that write syntheses, mounted in the workspace and, for volunteers, in accounts."""

from django.urls import path, re_path

from consultations.syntheses.views import commenting, importing, proposing, steps, writing

app_name = "synthesis_editor"
ONE = "<uuid:pk>/"
LINE = ONE + "phrases/<uuid:line_pk>/"

urlpatterns = [
    path("", steps.synthesis_list, name="list"),
    path("nouvelle/", steps.create, name="create"),
    path("importer/", importing.upload, name="import"),
    path("importer/<uuid:pk>/", importing.preview, name="import_preview"),
    path("importer/<uuid:pk>/abandonner/", importing.discard, name="import_discard"),
    path("atelier/<uuid:workshop_pk>/", steps.from_workshop, name="from_workshop"),
    path(ONE, writing.overview, name="overview"),
    path(ONE + "apercu/", writing.preview, name="preview"),
    path(ONE + "reglages/", steps.settings, name="settings"),
    path(ONE + "benevoles/", steps.volunteers, name="volunteers"),
    path(ONE + "etapes/", steps.steps, name="steps"),
    path(ONE + "supprimer/", steps.delete, name="delete"),
    path(ONE + "versions/", steps.versions, name="versions"),
    path(ONE + "commentaires/", commenting.comments, name="comments"),
    path(ONE + "commentaires/<uuid:comment_pk>/", commenting.moderate, name="moderate"),
    path(ONE + "ajouter/<slug:block>/", writing.line_add, name="line_add"),
    path(LINE, writing.line_edit, name="line_edit"),
    path(LINE + "ranger/", writing.line_arrange, name="line_arrange"),
    path(LINE + "envoyer/", writing.line_send, name="line_send"),
    path(LINE + "sources/", writing.source_add, name="source_add"),
    path(LINE + "sources/<int:source_pk>/", writing.source_remove, name="source_remove"),
    path(LINE + "proposer/", proposing.propose, name="propose"),
    path(LINE + "retirer-proposition/", proposing.withdraw, name="proposal_withdraw"),
    re_path(r"^(?P<pk>[0-9a-f-]{36})/synthese\.(?P<extension>[a-z]{2,4})$", steps.export, name="export"),
]
