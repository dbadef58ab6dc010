"""Addresses of councils, for anyone, for their members and in the workspace."""

from django.urls import path

from consultations.councils.views import exports, federation, mandates, members, papers, public, workspace

app_name = "councils"
ONE = "espace/conseils/<uuid:pk>/"

urlpatterns = [
    path("conseils/", public.council_list, name="list"),
    path("conseils/<slug:slug>/", public.council_detail, name="detail"),
    path("conseils/<slug:slug>/regles/", public.council_rules, name="rules"),
    path("conseils/<slug:slug>/calendrier.ics", public.calendar_feed, name="calendar"),
    path("conseils/<slug:slug>/documents/<uuid:pk>/", public.document_file, name="document"),
    path("conseils/<slug:slug>/membres/", members.member_page, name="members"),
    path("espace/conseils/", workspace.council_list, name="workspace"),
    path("espace/conseils/nouveau/", workspace.council_create, name="create"),
    path("espace/conseils/conseils.<slug:extension>", exports.councils_table, name="export"),
    path(ONE, workspace.council_composition, name="composition"),
    path(ONE + "modifier/", workspace.council_edit, name="edit"),
    path(ONE + "dissoudre/", workspace.council_dissolve, name="dissolve"),
    path(ONE + "acte/", papers.act_record, name="act"),
    path(ONE + "acte/<uuid:act_pk>/transmission/", papers.act_sent, name="act_sent"),
    path(ONE + "acte/<uuid:act_pk>/document/", papers.act_file, name="act_file"),
    path(ONE + "regles/", papers.bylaws, name="bylaws"),
    path(ONE + "carence/", papers.vacancy_record, name="vacancy"),
    path(ONE + "carence/<uuid:vacancy_pk>/lever/", papers.vacancy_lift, name="vacancy_lift"),
    path(ONE + "documents/", papers.documents, name="documents"),
    path(ONE + "documents/<uuid:document_pk>/retirer/", papers.document_withdraw, name="document_withdraw"),
    path(ONE + "mandats/", mandates.mandate_list, name="mandates"),
    path(ONE + "mandats/nouveau/", mandates.mandate_open, name="mandate_open"),
    path(ONE + "mandats/mandats.<slug:extension>", exports.mandates_table, name="mandates_export"),
    path(ONE + "mandats/<uuid:mandate_pk>/", mandates.mandate_detail, name="mandate"),
    path(ONE + "fonctions/<uuid:term_pk>/fin/", mandates.office_end, name="office_end"),
    path(ONE + "federation/", federation.federated, name="federated"),
    path(ONE + "federation/<int:link_pk>/depart/", federation.federation_leave, name="federation_leave"),
]
