"""One process for everything: HTTP goes to WSGI threads, WebSockets to Channels.

Production serves `config.wsgi` for HTTP and this module for WebSockets, as two process groups.
"""

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter

from config.wsgi import application as wsgi_application

HTTP_THREADS = 8

application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(wsgi_application, workers=HTTP_THREADS),
        "websocket": URLRouter([]),
    }
)
