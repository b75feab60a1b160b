"""What the desk is told of things of other rooms, and what they are told of its decisions."""

from matinee import people, studio
from matinee.kit.db import Session
from matinee.trust.hearing import Witness


def film_witness(session: Session, film_id: str) -> Witness | None:
    """Whose a film is, and what there is to know of it."""
    try:
        film = studio.film_by_id(session, film_id)
    except studio.FilmNotFound:
        return None
    return Witness(
        author=film.requested_by,
        snapshot={
            "title": film.title,
            "prompt": film.request.prompt,
            "rating": film.rating,
            "status": film.status,
            "video": film.video,
            "screenplay": film.screenplay,
            "created_at": film.created_at.isoformat(),
        },
    )


def person_witness(session: Session, person_id: str) -> Witness | None:
    """Who a person is, by id or handle."""
    try:
        person = people.person_by_id(session, person_id)
    except people.PersonNotFound:
        return None
    return Witness(
        author=person.id,
        snapshot={"handle": person.handle, "name": person.name, "bio": person.bio},
    )


WITNESSES = {"film": film_witness, "person": person_witness}
"""For each kind of subject that the desk hears about, what its room says of one."""
