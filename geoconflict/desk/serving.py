"""The desk served on the loopback address: only to this machine, and to who has the token."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geoconflict.desk.app import desk_app
from geoconflict.desk.desk import Desk
from geoconflict.errors import OptionError

_LOOPBACK = "127.0.0.1"
_LARGEST = 20_000_000
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def serve(
    folder: str | Path,
    *,
    port: int = 0,
    language: str = "en",
    is_opened: bool = True,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve the desk of a casebook until it is interrupted.

    Only this machine is answered, under an address with a token that is new each time.

    Parameters
    ----------
    folder : str or Path
        Of the casebook; the page asks for a title where there is none yet.
    port : int
        Where to listen; 0 takes any that is free.
    language : {"en", "uk", "ru"}
        In which the page opens.
    is_opened : bool
        Whether the browser is asked to open the page.
    tell : callable
        Takes the address, once requests are answered.

    Raises
    ------
    OptionError
        The port is taken.
    """
    listening = _listen(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://{_LOOPBACK}:{port}/{token}/?language={language}"
    app = Guard(desk_app(Desk(Path(folder))), token, port)
    config = uvicorn.Config(app, log_level="warning", lifespan="off", server_header=False)
    # The socket listens already: what asks before the server runs waits.
    tell(address)
    if is_opened:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_LOOPBACK, port))
    except OSError as error:
        listening.close()
        message = f"port {port} is taken: give another, or none and a free one is found"
        raise OptionError(message) from error
    listening.listen(64)
    return listening


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
