"""Addresses of meetings in the workspace."""

from django.urls import path

from consultations.meetings.views import (
    agenda,
    attendance,
    demand,
    desk,
    files,
    minutes,
    proxies,
    screen,
    sitting,
)

app_name = "meeting_desk"
ITEM = "<uuid:pk>/points/<uuid:item_pk>"

urlpatterns = [
    path("", desk.meeting_list, name="list"),
    path("conseil/<slug:slug>/nouvelle/", desk.meeting_create, name="create"),
    path("conseil/<slug:slug>/demande/", demand.demand_page, name="demand"),
    path("conseil/<slug:slug>/demande/<slug:step>/", demand.demand_act, name="demand_act"),
    path("<uuid:pk>/", desk.meeting_detail, name="detail"),
    path("<uuid:pk>/modifier/", desk.meeting_edit, name="edit"),
    path("<uuid:pk>/annuler/", desk.meeting_cancel, name="cancel"),
    path("<uuid:pk>/supprimer/", desk.meeting_delete, name="delete"),
    path("<uuid:pk>/seconde/", desk.meeting_reconvene, name="reconvene"),
    path("<uuid:pk>/etape/<slug:step>/", desk.meeting_step, name="step"),
    path("<uuid:pk>/ordre-du-jour/", agenda.agenda_page, name="agenda"),
    path("<uuid:pk>/ordre-du-jour/proposition/", agenda.suggestion_take, name="suggestion"),
    path(f"{ITEM}/", agenda.item_edit, name="item"),
    path(f"{ITEM}/documents/", agenda.document_add, name="document_add"),
    path(f"{ITEM}/refuser/", agenda.item_refuse, name="item_refuse"),
    path(f"{ITEM}/reporter/", sitting.item_carry, name="item_carry"),
    path(f"{ITEM}/relever/", sitting.line_write, name="line"),
    path(f"{ITEM}/vote/", sitting.decision_open, name="decision_open"),
    path(f"{ITEM}/secret/", proxies.secret_asked, name="secret_asked"),
    path(f"{ITEM}/seance/<slug:step>/", sitting.item_step, name="item_step"),
    path(f"{ITEM}/<slug:verb>/", agenda.item_act, name="item_act"),
    path("<uuid:pk>/documents/<uuid:document_pk>/", agenda.document_file, name="document"),
    path(
        "<uuid:pk>/documents/<uuid:document_pk>/retirer/", agenda.document_withdraw, name="document_withdraw"
    ),
    path("<uuid:pk>/convocation/", agenda.notice_page, name="notice"),
    path("<uuid:pk>/convocation/preuve/<uuid:proof_pk>/", agenda.proof_page, name="proof"),
    path("<uuid:pk>/convocation/<uuid:convening_pk>/imprimees/", agenda.letters_printed, name="printed"),
    path("<uuid:pk>/presences/", attendance.attendance_page, name="attendance"),
    path("<uuid:pk>/presences/noter/", attendance.attendance_save, name="attendance_save"),
    path("<uuid:pk>/presences/invites/", attendance.guest_add, name="guest"),
    path("<uuid:pk>/presences/<uuid:attendance_pk>/depart/", attendance.attendance_leave, name="leave"),
    path("<uuid:pk>/presences/pouvoirs/", proxies.proxy_add, name="proxy"),
    path("<uuid:pk>/presences/pouvoirs/<uuid:proxy_pk>/", proxies.proxy_withdraw, name="proxy_withdraw"),
    path("<uuid:pk>/seance/", sitting.sitting_page, name="sitting"),
    path("<uuid:pk>/ecran/", screen.screen_page, name="screen"),
    path("<uuid:pk>/seance/parole/<slug:step>/", sitting.floor, name="floor"),
    path("<uuid:pk>/votes/<uuid:decision_pk>/compter/", sitting.decision_count, name="decision_count"),
    path("<uuid:pk>/votes/<uuid:decision_pk>/fermer/", sitting.decision_close, name="decision_close"),
    path("<uuid:pk>/votes/<uuid:decision_pk>/arreter/", sitting.decision_void, name="decision_void"),
    path("<uuid:pk>/releve/", minutes.minutes_page, name="minutes"),
    path("<uuid:pk>/releve/ecrire/", minutes.minutes_write, name="minutes_write"),
    path("<uuid:pk>/releve/montrer/", minutes.minutes_share, name="minutes_share"),
    path("<uuid:pk>/releve/corrections/", minutes.amendment_add, name="amendment"),
    path(
        "<uuid:pk>/releve/corrections/<uuid:amendment_pk>/", minutes.amendment_answer, name="amendment_answer"
    ),
    path("<uuid:pk>/releve/signer/", minutes.minutes_sign, name="minutes_sign"),
    path("<uuid:pk>/releve/joindre/", minutes.minutes_attach, name="minutes_attach"),
    path("<uuid:pk>/releve/signe/<uuid:version_pk>/", minutes.minutes_scan, name="minutes_scan"),
    path("<uuid:pk>/releve/reprendre/", minutes.minutes_correct, name="minutes_correct"),
    path("<uuid:pk>/releve/adopter/", minutes.minutes_adopt, name="minutes_adopt"),
    path("<uuid:pk>/releve/transmettre/", minutes.minutes_pass_on, name="minutes_pass_on"),
    path("<uuid:pk>/releve/public/", minutes.minutes_redact, name="minutes_redact"),
    path("<uuid:pk>/releve/publier/", minutes.minutes_public, name="minutes_public"),
    path("<uuid:pk>/releve/facile/", minutes.minutes_easy, name="minutes_easy"),
    path("<uuid:pk>/fichiers/<slug:what>.<str:extension>", files.meeting_file, name="file"),
]
