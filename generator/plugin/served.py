"""Serve the website on this machine while people edit: what they save is built again, what is wrong stands on the page.

Comes in: a folder and the day. Goes out: the website at 127.0.0.1, until Ctrl+C.
"""

from __future__ import annotations

import logging
import os
import socket
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import PluginCollection

from generator.errors import Place, Problem, UserError
from generator.machine import explain_fault
from generator.output import scratch
from generator.plugin.run import find_plugin, fixed_date, forget_plugins
from generator.plugin.said import SETTINGS, STOPS, collect_said, explain_said

HOST, PORTS = "127.0.0.1", range(8000, 8020)
#: The names under which a browser on this machine asks; any other is a stranger's page that leads its own name here.
NAMES = {HOST, "localhost"}
WATCHED = ("campaigns", "content", "theme")
LIVE = "/livereload/"


def serve(root: Path, day: date, say: Callable[[str], None]) -> None:
    """Serve the website and make it again when a file changes, until Ctrl+C. Raises OSError when no port is free."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs.livereload").setLevel(logging.CRITICAL)
    port = find_port(PORTS)
    if port != PORTS[0]:
        say(
            f"Cổng {PORTS[0]} đang có chương trình khác dùng (có thể là một cửa sổ “loa serve” khác); dùng cổng {port}."
        )
    with scratch() as folder, fixed_date(day):
        site = Site(root, folder, f"http://{HOST}:{port}/", say)
        server = Server(site, port)
        try:
            site.renew()
            site.follow(server)
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            say("Đã thôi.")
        finally:
            server.shutdown()
            site.close()


def find_port(ports: Sequence[int]) -> int:
    """Return the first port that no other program uses. Raises OSError when there is none."""
    for port in ports:
        try:
            socket.create_server((HOST, port)).close()
        except OSError as error:
            refusal = error
        else:
            return port
    raise refusal


class Site:
    """The website in a folder, made again and again; `problems` says what kept MkDocs from it the last time."""

    def __init__(self, root: Path, folder: Path, url: str, say: Callable[[str], None]) -> None:
        self.root, self.folder, self.url, self.say = root, folder, url, say
        self.problems: list[Problem] = []
        self._plugins: PluginCollection | None = None

    def renew(self) -> None:
        """Make the website again; never raise, for then the browser would wait for ever."""
        self.say("Làm trang web …")
        with collect_said() as said:
            try:
                self._build(is_whole=bool(self.problems))
            except STOPS as error:
                self.problems = explain_said(self.root, said, error)
            except UserError as error:
                self.problems = list(error.problems)
            except Exception as error:
                self.problems = [explain_fault(error) or _blame_program(error)]
            else:
                self.problems = []
        for problem in self.problems or _warn(self.root, said):
            self.say(str(problem))

    def _build(self, is_whole: bool) -> None:
        """Let MkDocs make what changed, or everything."""
        config = load_config(config_file=str(self.root / SETTINGS), site_dir=str(self.folder / "site"))
        find_plugin(config)
        if self._plugins is None:
            config.plugins.on_startup(command="serve", dirty=True)
        self._plugins, config.site_url = config.plugins, self.url
        mkdocs_build.build(config, serve_url=self.url, dirty=not is_whole)

    def follow(self, server: LiveReloadServer) -> None:
        """Let the server watch what people write."""
        server.watch(str(self.root), recursive=False)  # mkdocs.yml, even while there is none
        for name in WATCHED:
            if (self.root / name).is_dir():
                server.watch(str(self.root / name))

    def close(self) -> None:
        """End what plugins keep: drawing processes, temporary files."""
        if self._plugins is not None:
            self._plugins.on_shutdown()
        forget_plugins()

    def show_problems(self) -> bytes:
        """Return the page that stands in for every other while MkDocs cannot make them."""
        rows = "".join(f"<li><pre>{escape(str(problem))}</pre></li>" for problem in self.problems)
        return (
            f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>Có lỗi trong tệp</title></head><body>'
            f"<h1>Có lỗi trong tệp</h1><p>Sửa các chỗ dưới đây rồi lưu; trang tự hiện lại.</p><ol>{rows}</ol>"
            f"</body></html>"
        ).encode()


def _warn(root: Path, said: list[logging.LogRecord]) -> Iterable[str | Problem]:
    """Return what did not keep MkDocs from making the website; our own plugin speaks Vietnamese already."""
    ours = [record for record in said if record.name == "mkdocs.plugins.loa"]
    theirs = [record for record in said if record not in ours]
    return [*(record.getMessage() for record in ours), *explain_said(root, theirs)]


def _blame_program(error: Exception) -> Problem:
    traceback.print_exc()
    wrong = f"lỗi của chương trình: {type(error).__name__}: {error}"
    return Problem(Place("generator"), wrong, "Gửi các dòng trên cửa sổ lệnh cho người phụ trách kỹ thuật.")


class Server(LiveReloadServer):
    """MkDocs' own server, for browsers on this machine only."""

    def __init__(self, site: Site, port: int) -> None:
        super().__init__(builder=site.renew, host=HOST, port=port, root=str(site.folder / "site"))
        self.site = site
        self.error_handler = self._find_error_page

    def server_activate(self) -> None:
        """Begin to listen, and say so: now a browser gets an answer."""
        super().server_activate()
        self.site.say(f"Xem trang web tại {self.site.url} (Ctrl+C để thôi).")

    def serve_request(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("HTTP_HOST", "").rpartition(":")[0] not in NAMES:
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return ["Chỉ xem được tại địa chỉ mà loa serve ghi.".encode()]
        if self.site.problems and not environ["PATH_INFO"].startswith(LIVE):
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            page = self._inject_js_into_html(self.site.show_problems(), self._visible_epoch)  # type: ignore[no-untyped-call]
            return [page]
        return super().serve_request(environ, start_response)

    def _find_error_page(self, code: int) -> bytes | None:
        path = self.site.folder / "site" / f"{code}.html"
        return path.read_bytes() if path.is_file() else None
