"""What can go wrong in the feed, with what to do about it."""

from matinee.kit import errors


class PostNotFound(errors.NotFound):
    """There is no such post, or not for this visitor: the two are not told apart."""

    code = "feed.post_not_found"

    def __init__(self, post_id: str) -> None:
        super().__init__(
            f"There is no post {post_id[:80]!r} that you may see. It may have been deleted, or "
            "its author shows it to others only.",
            post_id=post_id[:80],
        )


class CommentNotFound(errors.NotFound):
    """There is no such comment, or not for this visitor."""

    code = "feed.comment_not_found"

    def __init__(self, comment_id: str) -> None:
        super().__init__(
            f"There is no comment {comment_id[:80]!r} that you may see.", comment_id=comment_id[:80]
        )


class NotTheAuthor(errors.Forbidden):
    """Only its author may change or delete it."""

    code = "feed.not_the_author"

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"Only the author of {subject} may do this. If it should not be here, report it.",
            subject=subject,
        )


class FilmNotYours(errors.Forbidden):
    """Only who made a film may post it."""

    code = "feed.film_not_yours"

    def __init__(self, film_id: str) -> None:
        super().__init__(
            f"You can post films that you made; {film_id!r} is somebody else's. Remix its post "
            "to make one of your own.",
            film_id=film_id,
        )


class FilmHeld(errors.Conflict):
    """A film that was sent cannot be looked through for copies, so it cannot be posted."""

    code = "feed.film_held"

    def __init__(self, film_id: str, fault: str) -> None:
        super().__init__(
            f"The film {film_id} could not be looked through for works of others ({fault}), so it "
            "cannot be posted. Send it again, or ask the desk of this house.",
            film_id=film_id,
            fault=fault,
        )


class FilmUnfinished(errors.Conflict):
    """A film is posted when it is finished."""

    code = "feed.film_unfinished"

    def __init__(self, film_id: str, status: str) -> None:
        super().__init__(
            f"The film {film_id} is {status}; a film can be posted once it is completed.",
            film_id=film_id,
            status=status,
        )


class AlreadyPosted(errors.Conflict):
    """A film is posted once at a time."""

    code = "feed.already_posted"

    def __init__(self, film_id: str) -> None:
        super().__init__(
            f"The film {film_id} is posted already. Change that post, or delete it first.",
            film_id=film_id,
        )


class AudienceTooWide(errors.Forbidden):
    """A minor's films are for friends, or for themself."""

    code = "feed.audience_too_wide"

    def __init__(self) -> None:
        super().__init__(
            "In teen mode films are shown to friends or to yourself: choose the audience 'friends' "
            "or 'private'. Friends are people who follow each other.",
            audience="public",
        )


class TextInvalid(errors.Invalid):
    """A caption, comment or other text is empty or too long."""

    code = "feed.text_invalid"

    def __init__(self, what: str, characters: int, characters_max: int) -> None:
        super().__init__(
            f"The {what} has {characters} characters; it needs 1 to {characters_max}.",
            what=what,
            characters=characters,
            characters_max=characters_max,
        )


class CommentsClosed(errors.Forbidden):
    """The author takes no comments on this post."""

    code = "feed.comments_closed"

    def __init__(self, post_id: str) -> None:
        super().__init__(f"Comments on {post_id} are closed by its author.", post_id=post_id)


class RemixClosed(errors.Forbidden):
    """The author does not allow remixes of this post."""

    code = "feed.remix_closed"

    def __init__(self, post_id: str) -> None:
        super().__init__(
            f"The author of {post_id} does not allow remixes of it. Ask them, or make a film of "
            "your own.",
            post_id=post_id,
        )


class RemixEmpty(errors.Invalid):
    """A remix needs words or a screenplay, and not both."""

    code = "feed.remix_empty"

    def __init__(self) -> None:
        super().__init__(
            "Say what to change with 'prompt', or send the changed 'screenplay': one of the two."
        )


class ParentGone(errors.Conflict):
    """What was to be remixed is no longer there."""

    code = "feed.parent_gone"

    def __init__(self, post_id: str) -> None:
        super().__init__(
            f"The film of {post_id} was deleted or withdrawn, so that it can no longer be remixed.",
            post_id=post_id,
        )


class NotYourself(errors.Invalid):
    """Nobody follows, mutes or blocks themself."""

    code = "feed.not_yourself"

    def __init__(self, verb: str) -> None:
        super().__init__(f"You cannot {verb} yourself.", verb=verb)


class CursorInvalid(errors.Invalid):
    """A cursor is not one that this list gave out."""

    code = "feed.cursor_invalid"

    def __init__(self) -> None:
        super().__init__(
            "This cursor was not given out by this list. Begin again without a cursor."
        )


class RequestInvalid(errors.Invalid):
    """A request's body or one of its parameters cannot be read."""

    code = "feed.request_invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The request cannot be read: {reason}")


class ViewImplausible(errors.Invalid):
    """A view that cannot have been."""

    code = "feed.view_implausible"

    def __init__(self, reason: str) -> None:
        super().__init__(f"This view cannot have been: {reason}. It is not counted.")


class TooMuchAtOnce(errors.Throttled):
    """More follows, comments or reports in an hour than one person makes."""

    code = "feed.too_much_at_once"

    def __init__(self, what: str, count_max: int, *, retry_after_s: int) -> None:
        super().__init__(
            f"That is more than {count_max} {what} in an hour. Wait a little.",
            what=what,
            count_max=count_max,
            retry_after_s=retry_after_s,
        )


class AddressUnknown(errors.NotFound):
    """oEmbed was asked about an address that is no post of this server."""

    code = "feed.address_unknown"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url[:200]!r} is not the address of a public post here; such an address ends with "
            "/p/ and the post's id.",
            url=url[:200],
        )


class FormatUnknown(errors.Invalid):
    """oEmbed is answered in JSON."""

    code = "feed.format_unknown"

    def __init__(self, form: str) -> None:
        super().__init__(f"The format {form[:20]!r} is not offered; ask for json.", form=form[:20])
