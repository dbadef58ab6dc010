"""One process for everything: HTTP goes to WSGI threads, WebSockets to Channels.

Production serves `config.wsgi` for HTTP and this module for WebSockets, as two process groups.
"""

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter

from config.wsgi import application as wsgi_application

# Models are not loaded before the line above.
from consultations.live.routing import router  # isort: skip

HTTP_THREADS = 8

application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(wsgi_application, workers=HTTP_THREADS),
        "websocket": router,
    }
)
