"""Debian's Firefox, driven by its own remote protocol, Marionette."""

import json
import socket
import subprocess
import tempfile
from pathlib import Path

_START_S = 60


class Firefox:
    """A headless Firefox with one window.

    Parameters
    ----------
    path : str
        Its program.
    """

    def __init__(self, path):
        self._profile = tempfile.TemporaryDirectory(prefix="firefox-")
        port = _free_port()
        preferences = {"marionette.port": port, "browser.shell.checkDefaultBrowser": False}
        lines = [f'user_pref("{key}", {json.dumps(value)});' for key, value in preferences.items()]
        Path(self._profile.name, "user.js").write_text("\n".join(lines), "utf-8")
        options = ["--marionette", "--headless", "--no-remote", "--profile", self._profile.name]
        self._process = subprocess.Popen(
            [path, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        # It says so itself when it listens.
        for line in self._process.stdout:
            if "Listening on port" in line:
                break
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_START_S)
        self._buffer = b""
        self._next = 0
        self._read()
        self.call("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})

    def call(self, name, parameters=None):
        """Send a command and return its value."""
        self._next += 1
        text = json.dumps([0, self._next, name, parameters or {}]).encode()
        self._socket.sendall(f"{len(text)}:".encode() + text)
        _, _, error, value = self._read()
        assert error is None, error
        return value.get("value") if isinstance(value, dict) else value

    def _read(self):
        while b":" not in self._buffer:
            self._buffer += self._socket.recv(65536)
        length, _, rest = self._buffer.partition(b":")
        while len(rest) < int(length):
            rest += self._socket.recv(65536)
        self._buffer = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def open(self, address, width, height):
        """Show a page in a window of a size."""
        self.call("WebDriver:SetWindowRect", {"width": width, "height": height})
        self.call("WebDriver:Navigate", {"url": address})

    def run(self, script, *arguments):
        """Return what a function body gives in the page; it may be a promise."""
        return self.call("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})

    def close(self):
        """End it."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(_START_S)
        self._process.stdout.close()
        self._profile.cleanup()


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
