"""People: who someone is, how they prove it, and what they may do.

A request comes with a key or a session ▶ the door of the web server asks ``keys`` whose it is ▶
the route's guard from ``access`` lets that visitor pass or refuses.

Invariants: of a key, a session's token and a password only digests are kept; everything that was
made belongs to a person; closing an account deletes what is personal in every room
(``PERSON_CLOSED``). The submodules ``keys``, ``access`` and ``exporting`` are part of the front
door.
"""

from .actions import close, grant, put_on_plan, settings_of
from .errors import KeyRefused, PersonNotFound, SignInRequired
from .model import (
    OPERATOR_ID,
    PERSON_CLOSED,
    Entrance,
    Exporter,
    Key,
    Mail,
    Mailer,
    Person,
    Plan,
    Role,
    Visitor,
)
from .store import (
    everyone,
    is_alone,
    moderators,
    people_by_ids,
    person_by_handle,
    person_by_id,
)

__all__ = [
    "OPERATOR_ID",
    "PERSON_CLOSED",
    "Entrance",
    "Exporter",
    "Key",
    "KeyRefused",
    "Mail",
    "Mailer",
    "Person",
    "PersonNotFound",
    "Plan",
    "Role",
    "SignInRequired",
    "Visitor",
    "close",
    "everyone",
    "grant",
    "is_alone",
    "moderators",
    "people_by_ids",
    "person_by_handle",
    "person_by_id",
    "put_on_plan",
    "settings_of",
]
