"""Every interface for programs, described at one address: `/api/openapi.json`."""

from ninja import NinjaAPI

from observatory.portal.api import router as observatory

api = NinjaAPI(
    title="Diapason",
    version="1",
    description="Published, protected figures. Free to reuse with their source (Licence Ouverte 2.0).",
    docs_url=None,  # its page loads scripts from elsewhere
    urls_namespace="api",
)
api.add_router("/observatory/", observatory)
