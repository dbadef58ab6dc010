"""Our own interface for programs, described at `/api/openapi.json`.

The directory's follows a standard that fixes its addresses and its own description: `/hsds/openapi.json`.
"""

from ninja import NinjaAPI

from observatory.portal.api import router as observatory

api = NinjaAPI(
    title="Diapason",
    version="1",
    description=(
        "Published, protected figures. Free to reuse with their source (Licence Ouverte 2.0). "
        "The directory of services has an interface of its own (HSDS 3.1): /hsds/openapi.json"
    ),
    openapi_extra={
        "externalDocs": {"description": "The directory of services (HSDS 3.1)", "url": "/hsds/openapi.json"}
    },
    docs_url=None,  # its page loads scripts from elsewhere
    urls_namespace="api",
)
api.add_router("/observatory/", observatory)
