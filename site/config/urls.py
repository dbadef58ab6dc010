"""Every address of the site. French has no prefix, other languages have theirs."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from directory.api import urls as hsds_urls

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_people = RedirectView.as_view(
    pattern_name="accounts_admin:people"
)  # roles end, accounts are never deleted
urlpatterns = [
    path("", include("core.urls")),
    path("gestion/login/", to_login),  # one door: allauth's, with its codes and second factor
    path("_util/login/", to_login),
    path("", include("cms.root_urls")),
    path("api/", api.urls),
    path("hsds/", hsds_urls),
    re_path(r"^gestion/(?:users|groups)/", to_people),
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT})]
if settings.DEMO:
    urlpatterns += [path("demo/", include("demo.urls"))]

urlpatterns += i18n_patterns(
    path("", include("consultations.surveys.urls")),
    path("", include("consultations.live.urls")),
    path("", include("consultations.cowriting.urls")),
    path("", include("consultations.following.urls")),
    path("", include("consultations.polls.urls")),
    path("", include("consultations.lineage.urls")),
    path("", include("consultations.surveys.workspace.urls")),
    path("", include("observatory.portal.workspace.urls")),
    path("", include("consultations.workshops.urls")),
    path("", include("consultations.workshops.workspace.urls")),
    path("", include("consultations.process.urls")),
    path("", include("consultations.syntheses.urls")),
    path("", include("consultations.steering.urls")),
    path("", include("consultations.actions.urls")),
    path("", include("consultations.outcomes.urls")),
    path("", include("consultations.annual_reports.urls")),
    path("", include("consultations.opinions.urls")),
    path("espace/avis/", include("consultations.opinions.desk_urls")),
    path("espace/federations/", include("consultations.opinions.federation_urls")),
    path("", include("consultations.elections.urls")),
    path("", include("consultations.meetings.urls")),
    path("espace/reunions/", include("consultations.meetings.desk_urls")),
    path("", include("consultations.councils.urls")),
    path("espace/syntheses/", include("consultations.syntheses.editor_urls")),
    path(
        "compte/syntheses/", include("consultations.syntheses.editor_urls", namespace="synthesis_volunteer")
    ),
    path("", include("cms.urls")),
    path("compte/", include("accounts.urls")),
    path("compte/", include("allauth.urls")),
    path("territoires/", include("territories.urls")),
    path("annuaire/", include("directory.urls")),
    path("espace/signaux/", include("unmet.urls")),
    path("espace/annuaire/", include("directory.desk_urls")),
    path("orientation/", include("orientation.urls")),
    path("espace/orientation/", include("orientation.desk_urls")),
    path("observatoire/", include("observatory.portal.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler429 = "core.errors.too_many_requests"  # read by allauth
handler500 = "core.errors.server_error"
