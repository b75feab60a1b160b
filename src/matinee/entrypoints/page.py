"""The built single-page app: few small files, kept in memory, served with the right caching."""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from matinee.people import access

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
# What the page itself knows; any other address gets the page too, which says that nothing is there.
_PLACES = re.compile(
    r"((film|post)/[^/]+|@[^/]+|me(/edit)?|create|search|notifications|settings|desk|verify"
    r"|sign-in|sign-up|reset-password(/[^/]+)?|decisions|rights(/[\w/-]+)?|verify-statement|send"
    r"|verify-email/[^/]+"
    r"|likeness(/capture)?|takedown(/[^/]+)?)?/?"
)
# The feed's first page is asked for together with the app that shows it, and not after it.
_FEED_FIRST = "</api/feed/{}>; rel=preload; as=fetch; crossorigin=anonymous"
_NOT_PAGES = ("api/", "v1/", "assets/")
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Matinee</title>
<h1>The page was not built</h1><p>This checkout holds no built web app. Run <code>make setup</code>,
or <code>npm ci &amp;&amp; npm run build</code> in the folder <code>web</code>. The command line and
the API at <code>/v1/videos</code> work without it.</p></html>"""


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    packed: bytes
    media_type: str
    etag: str


def add_page(app: FastAPI, folder: Path) -> None:
    """Serve the app that was built into ``folder``, below every other route."""
    files = {
        path.relative_to(folder).as_posix(): _read(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], dependencies=[Depends(access.anyone)])
    def page(path: str, request: Request) -> Response:
        """A file of the app, or the app itself for every address that a person may open."""
        if path in files:
            return _send(request, files[path], forever=path.startswith("assets/"))
        if path.startswith(_NOT_PAGES) or path in {"api", "v1"}:
            raise HTTPException(404)
        if "index.html" not in files:
            return HTMLResponse(_NOT_BUILT, 503)
        response = _send(request, files["index.html"], forever=False)
        if not path:
            known = "session=" in request.headers.get("cookie", "")
            response.headers["link"] = _FEED_FIRST.format("for-you" if known else "latest")
        if response.status_code == 200 and not _PLACES.fullmatch(path):  # noqa: PLR2004 - found
            response.status_code = 404
        return response


def _read(path: Path) -> _File:
    content = path.read_bytes()
    return _File(
        content=content,
        packed=gzip.compress(content, mtime=0),
        media_type=_TYPES.get(path.suffix, "application/octet-stream"),
        etag=f'"{sha256(content).hexdigest()[:32]}"',
    )


def _send(request: Request, file: _File, *, forever: bool) -> Response:
    headers = {
        # The name of an asset changes with its content; the page that names it is asked for anew.
        "cache-control": "public, max-age=31536000, immutable" if forever else "no-cache",
        "etag": file.etag,
        "vary": "accept-encoding",
    }
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(file.packed, headers=headers, media_type=file.media_type)
    return Response(file.content, headers=headers, media_type=file.media_type)
