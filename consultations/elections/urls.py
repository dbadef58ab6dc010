"""Addresses of elections, for anyone and in the workspace."""

from django.urls import path

from consultations.elections.views import desk, public, voter

app_name = "elections"
ONE = "espace/elections/<uuid:pk>/"
HERE = "conseils/<slug:slug>/elections/<int:number>/"

urlpatterns = [
    path("voter/", voter.door, name="door"),
    path("voter/bulletin/", voter.ballot, name="ballot"),
    path("voter/recu/<uuid:pk>/", voter.check_receipt, name="receipt"),
    path(HERE, public.election_page, name="public"),
    path(f"{HERE}voter/", voter.by_account, name="by_account"),
    path("espace/elections/", desk.election_list, name="list"),
    path("espace/elections/conseil/<slug:slug>/nouvelle/", desk.election_create, name="create"),
    path(ONE, desk.election_detail, name="detail"),
    path(f"{ONE}modifier/", desk.election_edit, name="edit"),
    path(f"{ONE}lettres/", desk.letters, name="letters"),
    path(f"{ONE}bulletins.json", desk.ballots_file, name="ballots"),
    path(f"{ONE}proces-verbal.<slug:extension>", desk.record_file, name="record"),
    path(f"{ONE}candidats/<uuid:candidate_pk>/retirer/", desk.candidate_withdraw, name="withdraw"),
    path(f"{ONE}electeurs/<uuid:entry_pk>/papier/", desk.elector_on_paper, name="on_paper"),
    path(f"{ONE}electeurs/<uuid:entry_pk>/lettre/", desk.new_letter, name="new_letter"),
    path(f"{ONE}etape/<slug:verb>/", desk.election_act, name="act"),
]
