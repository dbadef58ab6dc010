"""Addresses of the records, inside the namespace of the directory."""

from django.urls import path

from directory.views import checking, claiming, public, reporting, telling

urlpatterns = [
    path("service/<slug:slug>/", public.service_detail, name="service"),
    path("service/<slug:slug>/fiche.jsonld", public.service_linked_data, name="service_linked_data"),
    path("service/<slug:slug>/signaler/", reporting.report, name="report"),
    path("service/<slug:slug>/signaler/merci/", reporting.reported, name="reported"),
    path("service/<slug:slug>/votre-avis/", telling.tell, name="tell"),
    path("service/<slug:slug>/votre-avis/merci/", telling.told, name="told"),
    path("service/<slug:slug>/corriger/", claiming.propose, name="propose"),
    path("organisation/<slug:slug>/tenir/", claiming.claim, name="claim"),
    path("verifier/<str:token>/", checking.check_letter, name="check_letter"),
    path("tenir/<str:token>/", claiming.claim_letter, name="claim_letter"),
    path("organisation/<slug:slug>/", public.organisation_detail, name="organisation"),
    path("lieu/<uuid:uid>/", public.location_detail, name="location"),
    path("dispositifs/", public.scheme_list, name="schemes"),
    path("dispositif/<slug:slug>/", public.scheme_detail, name="scheme"),
    path("qualite/", public.quality_explained, name="quality"),
]
