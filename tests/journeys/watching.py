"""What must never happen on any page: an outside request, a script error, a refused resource."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# A page that answers 4xx on purpose is reported by Chromium as an error in the console.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


class Watcher:
    """Listens to every page of a context and keeps what went wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.problems: list[str] = []
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("page", self.see_page)

    def see_page(self, page: Page) -> None:
        page.on("console", self.see_message)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))

    def see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.problems.append(f"outside request to {request.url}")

    def see_response(self, response: Response) -> None:
        is_part = response.request.resource_type != "document"
        if response.status >= 500 or (is_part and response.status == 404):
            self.problems.append(f"{response.url} answered {response.status}")

    def see_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.problems.append(f"console: {message.text[:300]}")

    def verify(self) -> None:
        """Fails when anything was seen."""
        assert not self.problems, "\n".join(dict.fromkeys(self.problems))
