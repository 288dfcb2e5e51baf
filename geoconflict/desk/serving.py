"""The desk served on the loopback address, under an address that nobody can guess."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from geoconflict.desk.app import desk_app
from geoconflict.desk.desk import Desk
from geoconflict.desk.guard import Guard
from geoconflict.errors import OptionError

_LOOPBACK = "127.0.0.1"


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
