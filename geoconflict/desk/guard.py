"""What stands before the desk: only this machine, this address and who has the token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST = 20_000_000
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Guard:
    """An application that only answers requests to its own address with its own token.

    A page elsewhere on the web can make a browser ask a loopback address, under a name that
    it controls or from a form; it cannot know the token, nor set ``Host`` and ``Origin``.

    Parameters
    ----------
    app : ASGI application
        What is guarded; it sees the path without the token.
    token : str
        First part of every path.
    port : int
        Where it is served.
    """

    app: ASGIApp
    token: str
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a word that tells a stranger nothing."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        if refused:
            await PlainTextResponse(refused[1], refused[0])(scope, receive, send)
            return
        inner = {**scope, "root_path": f"/{self.token}"}
        await self.app(inner, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        hosts = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")}
        if headers.get("host", "").lower() not in hosts:
            return 421, "not this host"
        given = scope["path"].split("/")[1]
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            return 404, "nothing here: use the address that geoconflict desk printed"
        origins = {f"http://{host}" for host in hosts}
        if scope["method"] != "GET" and headers.get("origin", "").lower() not in origins:
            return 403, "not from this page"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _LARGEST:
            return 413, "more than 20 MB"
        return None


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sender
