"""Addresses of public consultations and of the workspace."""

from django.urls import path

from consultations.process.views import editing, public, register, workspace

app_name = "process"

urlpatterns = [
    path("participer/", public.consultation_list, name="consultation_list"),
    path("participer/<slug:slug>/", public.consultation_detail, name="consultation_detail"),
    path("participer/<slug:slug>/affiche/", public.consultation_poster, name="consultation_poster"),
    path("espace/", workspace.home, name="workspace"),
    path("espace/consultations/", workspace.consultation_list, name="workspace_consultations"),
    path("espace/consultations/nouvelle/", editing.consultation_create, name="consultation_create"),
    path("espace/consultations/<uuid:pk>/", workspace.consultation_dashboard, name="consultation_dashboard"),
    path("espace/consultations/<uuid:pk>/modifier/", editing.consultation_edit, name="consultation_edit"),
    path(
        "espace/consultations/<uuid:pk>/publier/", editing.consultation_publish, name="consultation_publish"
    ),
    path("espace/consultations/<uuid:pk>/clore/", editing.consultation_close, name="consultation_close"),
    path(
        "espace/consultations/<uuid:pk>/dupliquer/",
        workspace.consultation_duplicate,
        name="consultation_duplicate",
    ),
    path("espace/consultations/<uuid:pk>/etapes/<slug:kind>/", editing.stage_edit, name="stage_edit"),
    path("espace/registre/", register.register, name="register"),
    path("espace/registre.csv", register.register_csv, name="register_csv"),
]
