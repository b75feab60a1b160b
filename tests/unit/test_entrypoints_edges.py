"""What the edge of the web server writes down."""

from matinee.entrypoints.edges import loggable
from matinee.people.keys import new_secret


def test_a_log_names_the_address_and_not_the_secret_at_its_end() -> None:
    secret = new_secret()
    told = loggable(f"/api/password-resets/{secret}")
    assert told == "/api/password-resets/matinee_…"
    assert loggable("/api/films/video_0a") == "/api/films/video_0a"
