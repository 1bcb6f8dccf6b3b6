"""A small client of the language server that VS Code's YAML extension runs."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SERVER = Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
LONGEST = 120
"""Seconds after which a server that does not answer is stopped."""


@dataclass(slots=True)
class LanguageServer:
    """A running server; `settings` are the editor's, `folder` the one that the editor has opened."""

    process: subprocess.Popen[bytes]
    settings: dict[str, Any]
    folder: Path
    diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sent: int = 0
    opened: int = 0

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Return the answer to a request, having dealt with all that the server says before it."""
        self.sent += 1
        self._write({"id": self.sent, "method": method, "params": params})
        for message in self._messages():
            if message.get("id") == self.sent and "method" not in message:
                assert "error" not in message, message
                return message["result"]
        raise AssertionError(f"the language server stopped before it answered {method}")

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def open(self, place: str, text: str) -> str:
        """Open a file of its own at `place`, where `{}` stands for its number, with this text; return its address."""
        self.opened += 1
        uri = (self.folder / place.format(f"another-{self.opened}")).as_uri()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def squiggles(self, place: str, text: str) -> list[dict[str, Any]]:
        """Open a file and return what the server finds in it."""
        uri = self.open(place, text)
        for _ in self._messages():
            if uri in self.diagnostics:
                return self.diagnostics[uri]
        raise AssertionError(f"the language server stopped before it had looked at {uri}")

    def at(self, method: str, uri: str, line: int, column: int) -> Any:
        """Ask about a place of an open file; line and column count from 1."""
        place = {"line": line - 1, "character": column - 1}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})

    def _messages(self) -> Iterator[dict[str, Any]]:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            assert stream.readline() == b"\r\n"
            message: dict[str, Any] = json.loads(stream.read(length))
            if message.get("method") == "textDocument/publishDiagnostics":
                self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif "method" in message and "id" in message:
                self._write({"id": message["id"], "result": self._answer(message)})
            yield message

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._section(item["section"]) for item in message["params"]["items"]]

    def _section(self, section: str) -> Any:
        """Return the settings below `section`, as an editor hands them out: one mapping inside the other."""
        if section in self.settings:
            return self.settings[section]
        found: dict[str, Any] = {}
        for key, value in self.settings.items():
            if key.startswith(f"{section}."):
                *path, last = key.removeprefix(f"{section}.").split(".")
                inner = found
                for step in path:
                    inner = inner.setdefault(step, {})
                inner[last] = value
        return found or None

    def _write(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()


@contextmanager
def running(node: str, folder: Path, settings: dict[str, Any]) -> Iterator[LanguageServer]:
    """Run a language server for an editor that has opened `folder` with `settings`."""
    pipe = subprocess.PIPE
    with subprocess.Popen([node, str(SERVER), "--stdio"], stdin=pipe, stdout=pipe, cwd=folder) as process:
        watch = threading.Timer(LONGEST, process.kill)
        watch.start()
        try:
            server = LanguageServer(process, settings, folder)
            markdown = {"contentFormat": ["markdown", "plaintext"]}
            item = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
            server.ask(
                "initialize",
                {
                    "processId": None,
                    "rootUri": folder.as_uri(),
                    "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                    "capabilities": {
                        "workspace": {"configuration": True, "workspaceFolders": True},
                        "textDocument": {"hover": markdown, "completion": {"completionItem": item}},
                    },
                },
            )
            server.tell("initialized", {})
            server.tell("workspace/didChangeConfiguration", {"settings": {}})
            yield server
        finally:
            watch.cancel()
            process.kill()
