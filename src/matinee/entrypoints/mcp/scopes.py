"""What a person's key has to allow for each tool; a tool that is not named is for everybody."""

from collections.abc import Mapping

SCOPES: Mapping[str, str] = {
    "start_checkout": "buy",
    "change_checkout": "buy",
    "complete_checkout": "buy",
    "track_order": "buy",
    "return_items": "buy",
    "make_film": "films:write",
    "remix_film": "films:write",
    "follow_film": "films:read",
}
