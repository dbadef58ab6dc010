"""Addresses of the questionnaire editor and of the follow-up of participation."""

from django.urls import path

from consultations.surveys.workspace.views import (
    condition,
    entry,
    invitations,
    participation,
    preview,
    questions,
    sharing,
    survey,
)

app_name = "survey_editor"
ONE = "espace/enquetes/<uuid:pk>/"
QUESTION = ONE + "questions/<slug:code>/"

urlpatterns = [
    path("espace/consultations/<uuid:pk>/enquetes/nouvelle/", survey.survey_create, name="create"),
    path(ONE, survey.survey_overview, name="overview"),
    path(ONE + "reglages/", survey.survey_settings, name="settings"),
    path(ONE + "textes/", survey.survey_words, name="words"),
    path(ONE + "publier/", survey.survey_publish, name="publish"),
    path(ONE + "fermer/", survey.survey_close, name="close"),
    path(ONE + "apercu/", preview.survey_preview, name="preview"),
    path(ONE + "apercu/fin/", preview.preview_end, name="preview_end"),
    path(ONE + "apercu/questions/<slug:code>/", preview.preview_question, name="preview_question"),
    path(ONE + "papier/", sharing.survey_paper, name="paper"),
    path(ONE + "partager/", sharing.survey_share, name="share"),
    path(ONE + "questionnaire.json", sharing.survey_export, name="export"),
    path(ONE + "importer/", sharing.survey_import, name="import"),
    path(ONE + "invitations/", invitations.survey_invitations, name="invitations"),
    path(ONE + "invitations/<uuid:batch>/", invitations.invitation_cards, name="invitation_cards"),
    path(ONE + "saisie/", entry.response_enter, name="response_enter"),
    path(ONE + "saisie/recu/", entry.response_entered, name="response_entered"),
    path(ONE + "participation/", participation.survey_participation, name="participation"),
    path(ONE + "participation.csv", participation.survey_participation_csv, name="participation_csv"),
    path(ONE + "ranger/", questions.question_arrange, name="question_arrange"),
    path(ONE + "nouvelle-question/", questions.question_add, name="question_add"),
    path(QUESTION, questions.question_edit, name="question_edit"),
    path(QUESTION + "condition/", condition.question_condition, name="question_condition"),
    path(QUESTION + "supprimer/", questions.question_delete, name="question_delete"),
]
