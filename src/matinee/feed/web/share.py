"""What a shared link leads to: a page that plays the film without any script, and oEmbed.

Other sites read its Open Graph and player tags; it says nothing of posts that are not public to
whoever asks. The page stands within the policy of the whole site: one style sheet, no script.
"""

import html
from urllib.parse import quote, urlsplit

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from matinee import people
from matinee.feed import actions, store
from matinee.feed.errors import AddressUnknown, FormatUnknown, PostNotFound
from matinee.feed.model import STRANGER, Card

from .desk import Anyone, FeedDesk

_TITLE_CHARACTERS_MAX = 70
_WIDTH_PX_MAX = 640

_STYLE = """
:root { color-scheme: dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: #0c0c0f; color: #f2f0ec; display: grid; place-items: center;
  min-height: 100vh; min-height: 100dvh; }
main { width: min(100% - 2rem, 34rem); padding: 1.5rem 0; }
video { width: 100%; max-height: 68vh; border-radius: 14px; background: #000; display: block; }
h1 { font-size: 1.05rem; font-weight: 600; margin: 1rem 0 .15rem; overflow-wrap: anywhere; }
p { margin: .35rem 0; color: #b9b5ad; overflow-wrap: anywhere; }
a { color: #ffd27d; text-underline-offset: .2em; }
.open { display: inline-block; margin-top: .9rem; padding: .6rem 1.2rem; border-radius: 99px;
  background: #ffd27d; color: #221a08; font-weight: 600; text-decoration: none; }
.label { font-size: .85rem; }
"""


class _OEmbed(msgspec.Struct, frozen=True):
    """A video as of oEmbed 1.0, section 2.3.4.2."""

    type: str
    version: str
    title: str
    author_name: str
    author_url: str
    provider_name: str
    provider_url: str
    thumbnail_url: str
    thumbnail_width: int
    thumbnail_height: int
    html: str
    width: int
    height: int


class _Film(msgspec.Struct, frozen=True):
    video: str
    poster: str
    width: int
    height: int
    duration_s: float


def share_router(desk: FeedDesk) -> APIRouter:
    """The routes outside /api that a shared link uses."""
    router = APIRouter()

    @router.get("/p/style.css")
    def style(visitor: Anyone) -> Response:  # noqa: ARG001 - declares that anyone may
        """The style of the pages below."""
        return Response(
            _STYLE, media_type="text/css", headers={"cache-control": "public, max-age=3600"}
        )

    @router.get("/p/{post_id}")
    def page(post_id: str, request: Request, visitor: Anyone) -> Response:
        """A post as a page of its own, for whoever may see it."""
        base = str(request.base_url).rstrip("/")
        headers = {"cache-control": "private, no-cache"}
        with desk.database.transaction() as session:
            viewer = actions.viewer_of(session, visitor)
            try:
                post = store.card(session, viewer, post_id)
            except PostNotFound:
                return HTMLResponse(_missing(), status_code=404, headers=headers)
            author = people.people_by_ids(session, [post.author]).get(post.author)
        if author is None:
            return HTMLResponse(_missing(), status_code=404, headers=headers)
        return HTMLResponse(_page(post, author, base), headers=headers)

    @router.get("/oembed")
    def oembed(request: Request, visitor: Anyone, url: str = "", format: str = "json") -> Response:  # noqa: A002, ARG001 - the standard's word
        """The post at an address, for sites that embed it; public ones only."""
        if format != "json":
            raise FormatUnknown(format)
        base = str(request.base_url).rstrip("/")
        post_id = _post_of(url, base)
        with desk.database.transaction() as session:
            try:
                post = store.card(session, STRANGER, post_id)
            except PostNotFound as error:
                raise AddressUnknown(url) from error
            author = people.people_by_ids(session, [post.author]).get(post.author)
        if author is None:
            raise AddressUnknown(url)
        return Response(
            msgspec.json.encode(_oembed(post, author, base)), media_type="application/json"
        )

    return router


def _post_of(url: str, base: str) -> str:
    """Return the post's id in an address of this server; raises AddressUnknown."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise AddressUnknown(url) from error
    if parts.netloc.lower() != urlsplit(base).netloc.lower() or not parts.path.startswith("/p/"):
        raise AddressUnknown(url)
    return parts.path.removeprefix("/p/")


def _title(post: Card, author: people.Person) -> str:
    first_line = post.caption.partition("\n")[0].strip() or f"A film by {author.name}"
    if len(first_line) <= _TITLE_CHARACTERS_MAX:
        return first_line
    return first_line[: _TITLE_CHARACTERS_MAX - 1].rstrip() + "…"


def _page(post: Card, author: people.Person, base: str) -> str:
    film = msgspec.json.decode(post.film, type=_Film)
    title, link = _title(post, author), f"{base}/p/{post.id}"
    described = post.caption or f"A film by {author.name} on Matinee."
    tags = {
        "og:type": "video.other",
        "og:site_name": "Matinee",
        "og:title": title,
        "og:description": described,
        "og:url": link,
        "og:image": base + film.poster,
        "og:image:width": str(film.width),
        "og:image:height": str(film.height),
        "og:video": base + film.video,
        "og:video:type": "video/mp4",
        "og:video:width": str(film.width),
        "og:video:height": str(film.height),
        "video:duration": str(round(film.duration_s)),
        "twitter:card": "player",
        "twitter:title": title,
        "twitter:description": described,
        "twitter:image": base + film.poster,
        "twitter:player": link,
        "twitter:player:width": str(film.width),
        "twitter:player:height": str(film.height),
        "twitter:player:stream": base + film.video,
        "twitter:player:stream:content_type": "video/mp4",
    }
    listed = "\n".join(
        f'<meta {"name" if name.startswith("twitter:") else "property"}="{name}" '
        f'content="{html.escape(content, quote=True)}">'
        for name, content in tags.items()
    )
    oembed = f"{base}/oembed?format=json&amp;url={quote(link, safe='')}"
    # Nothing is said of a post to search engines that only some may see.
    robots = "" if post.audience == "public" else '<meta name="robots" content="noindex">'
    alternate = (
        f'<link rel="alternate" type="application/json+oembed" href="{oembed}" title="oEmbed">'
        if post.audience == "public"
        else ""
    )
    handle = html.escape(author.handle)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)} · Matinee</title>
<link rel="canonical" href="{html.escape(link, quote=True)}">
<link rel="stylesheet" href="/p/style.css">
{alternate}{robots}
{listed}
</head><body><main>
<video src="{html.escape(film.video, quote=True)}" poster="{html.escape(film.poster, quote=True)}"
 controls playsinline preload="metadata"></video>
<h1>{html.escape(title)}</h1>
<p>{html.escape(author.name)} <a href="/@{handle}">@{handle}</a></p>
{f"<p>{html.escape(post.caption)}</p>" if post.caption != title else ""}
<p class="label">Generated by a program.</p>
<a class="open" href="/post/{html.escape(post.id, quote=True)}">Open in Matinee</a>
</main></body></html>
"""


def _missing() -> str:
    return """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Nothing to see here · Matinee</title>
<link rel="stylesheet" href="/p/style.css"></head><body><main>
<h1>There is no film here that you may see</h1>
<p>It may have been deleted, or its author shows it to others only. If it is for you, sign in
and open the link again.</p>
<a class="open" href="/">Open Matinee</a>
</main></body></html>
"""


def _oembed(post: Card, author: people.Person, base: str) -> _OEmbed:
    film = msgspec.json.decode(post.film, type=_Film)
    width = min(film.width, _WIDTH_PX_MAX)
    height = max(1, round(film.height * width / film.width))
    player = (
        f'<video src="{html.escape(base + film.video, quote=True)}"'
        f' poster="{html.escape(base + film.poster, quote=True)}"'
        f' width="{width}" height="{height}" controls playsinline></video>'
    )
    return _OEmbed(
        type="video",
        version="1.0",
        title=_title(post, author),
        author_name=author.name,
        author_url=f"{base}/@{author.handle}",
        provider_name="Matinee",
        provider_url=base,
        thumbnail_url=base + film.poster,
        thumbnail_width=film.width,
        thumbnail_height=film.height,
        html=player,
        width=width,
        height=height,
    )
