"""Addresses of annual reports, for anyone and in the workspace."""

from django.urls import path

from consultations.annual_reports.views import desk, files, public

app_name = "annual_reports"
ONE = "espace/rapports/<slug:slug>/<int:year>/"

urlpatterns = [
    path("conseils/<slug:slug>/rapports/<int:year>/", public.report_detail, name="detail"),
    path("conseils/<slug:slug>/rapports/<int:year>/rapport.<slug:extension>", public.report_file, name="public_file"),
    path("espace/rapports/", desk.report_list, name="list"),
    path("espace/rapports/<slug:slug>/federation-<int:year>.<slug:extension>", files.federation_table, name="federation_table"),
    path(ONE, desk.report_desk, name="desk"),
    path(ONE + "ecrire/", desk.report_write, name="write"),
    path(ONE + "signer/", desk.report_sign, name="sign"),
    path(ONE + "joindre/", desk.report_attach, name="attach"),
    path(ONE + "reprendre/", desk.report_correct, name="correct"),
    path(ONE + "presentation/", desk.report_present, name="present"),
    path(ONE + "publier/", desk.report_publish, name="publish"),
    path(ONE + "enquetes/<uuid:survey_pk>/", desk.survey_examined, name="survey_examined"),
    path(ONE + "rapport.<slug:extension>", files.report_file, name="file"),
    path(ONE + "chiffres.<slug:extension>", files.figures_file, name="figures"),
    path(ONE + "signe/<uuid:version_pk>/", files.scan_file, name="scan"),
]  # fmt: skip
