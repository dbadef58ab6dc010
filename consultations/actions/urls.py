"""Addresses of action sheets, for anyone and in the workspace."""

from django.urls import path

from consultations.actions.views import (
    exports,
    partners,
    programmes,
    public,
    registers,
    taking,
    updates,
    workspace,
    writing,
)

app_name = "actions"
ONE = "espace/actions/<uuid:pk>/"
LINE = ONE + "lignes/<slug:kind>/"

urlpatterns = [
    path("actions/", public.sheet_list, name="list"),
    path("actions/conventions/", registers.agreements, name="agreements"),
    path("actions/conventions/<int:pk>/", registers.agreement, name="agreement"),
    path("actions/conventions.<slug:extension>", registers.agreements_table, name="agreements_table"),
    path("actions/groupements/", registers.groups, name="groups"),
    path("actions/groupements/<slug:slug>/", registers.group, name="group"),
    path("actions/groupements.<slug:extension>", registers.groups_table, name="groups_table"),
    path("actions/partenaires/", partners.partners, name="partners"),
    path("actions/partenaires.<slug:extension>", partners.partners_file, name="partners_table"),
    path("actions/programmes/<slug:slug>/", public.programme_detail, name="programme"),
    path(
        "actions/programmes/<slug:slug>/calendrier.<slug:extension>",
        exports.programme_calendar,
        name="programme_calendar",
    ),
    path("actions/<slug:slug>/etapes.<slug:extension>", exports.steps_calendar, name="calendar"),
    path("actions/<slug:slug>/", public.sheet_detail, name="detail"),
    path("actions/<slug:slug>/images/<uuid:pk>.jpg", public.photo, name="photo"),
    path("actions/<slug:slug>/fiche.<slug:extension>", exports.sheet_file, name="file"),
    path("espace/actions/fiches-action.<slug:extension>", exports.sheets_table, name="sheets_table"),
    path("espace/actions/financements.<slug:extension>", exports.funding_table, name="funding_table"),
    path("espace/actions/", workspace.sheet_list, name="workspace"),
    path("espace/actions/nouvelle/", workspace.sheet_create, name="create"),
    path("espace/actions/a-reprendre/", taking.waiting, name="waiting"),
    path("espace/actions/a-reprendre/<slug:kind>/<str:key>/", taking.take, name="take"),
    path("espace/actions/programmes/", programmes.programme_list, name="programmes"),
    path("espace/actions/programmes/nouveau/", programmes.programme_edit, name="programme_create"),
    path("espace/actions/programmes/<int:pk>/", programmes.programme_edit, name="programme_edit"),
    path("espace/actions/programmes/<int:pk>/dates/", programmes.programme_dates, name="programme_dates"),
    path(
        "espace/actions/programmes/<int:pk>/dates/<int:date_pk>/retirer/",
        programmes.programme_date_remove,
        name="programme_date_remove",
    ),
    path("espace/actions/conventions/", registers.agreement_list, name="agreement_list"),
    path("espace/actions/conventions/nouvelle/", registers.agreement_edit, name="agreement_create"),
    path("espace/actions/conventions/<int:pk>/", registers.agreement_edit, name="agreement_edit"),
    path("espace/actions/groupements/", registers.group_list, name="group_list"),
    path("espace/actions/groupements/nouveau/", registers.group_edit, name="group_create"),
    path("espace/actions/groupements/<int:pk>/", registers.group_edit, name="group_edit"),
    path(ONE, workspace.overview, name="overview"),
    path(ONE + "fiche/", writing.details, name="details"),
    path(ONE + "textes/", writing.texts, name="texts"),
    path(ONE + "pilote/", workspace.assign, name="assign"),
    path(ONE + "evaluation/", writing.evaluation, name="evaluation"),
    path(ONE + "supprimer/", workspace.delete, name="delete"),
    path(ONE + "etat/<slug:verb>/", workspace.move, name="move"),
    path(ONE + "nouvelles/", updates.updates, name="updates"),
    path(ONE + "nouvelles/<uuid:update_pk>/", updates.update_correct, name="update_correct"),
    path(ONE + "nouvelles/<uuid:update_pk>/retirer/", updates.update_withdraw, name="update_withdraw"),
    path(LINE + "nouvelle/", writing.line, name="line_create"),
    path(LINE + "nouvelle/<int:parent>/", writing.line, name="line_create_under"),
    path(LINE + "<int:row_pk>/", writing.line, name="line"),
    path(LINE + "<int:row_pk>/retirer/", writing.line_remove, name="line_remove"),
    path(ONE + "<slug:tab>/", writing.lines, name="lines"),
]
