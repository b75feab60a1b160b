"""Who may see a post: said here once, as SQL, and used by every query that shows one.

A post is seen by its author as long as it is live, and by somebody else if all of this holds:

* it is live: not deleted, removed by a decision, or withdrawn with its film;
* neither of the two has blocked the other;
* it is public, or it is for friends and the two follow each other;
* it is not rated mature, or the viewer is known to be no minor: signed in, and of age.

Whoever closes an account has their posts deleted; a minor's post is never public in the first place
(`actions.add_post`). Somebody who is not signed in is viewer 0, whom nobody follows or blocks.
"""

# Everything that is put into these statements is this package's own words, never a caller's.
# ruff: noqa: S608

from .model import Viewer

# The arrays are made once for a query, not for each of its rows.
_BLOCKED = (
    "array(select b.other from feed.block b where b.person = :viewer"
    " union all select b.person from feed.block b where b.other = :viewer)"
)
_FRIENDS = "array(select f.followee from feed.follow f where f.follower = :viewer and f.friends)"


def visible(post: str = "p") -> str:
    """Return the condition on a row of feed.post, for a query with `parameters(viewer)`."""
    return (
        f"({post}.state = 'live' and ({post}.author = :viewer or ("
        f"({post}.audience = 'public'"
        f" or ({post}.audience = 'friends' and {post}.author = any({_FRIENDS})))"
        f" and not ({post}.mature and :minor) and not {post}.barred"
        f" and {post}.author <> all({_BLOCKED}))))"
    )


def unmuted(author: str) -> str:
    """Return the condition that a viewer has not muted an author: for feeds, not for seeing."""
    return f"{author} <> all(array(select m.other from feed.mute m where m.person = :viewer))"


def apart(other: str) -> str:
    """Return the condition that neither of viewer and `other` (SQL) has blocked the other."""
    return f"{other} <> all({_BLOCKED})"


def parameters(viewer: Viewer) -> dict[str, object]:
    """Return what these conditions ask of a query."""
    return {"viewer": viewer.number, "minor": viewer.minor}
