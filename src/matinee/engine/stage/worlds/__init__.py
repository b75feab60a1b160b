"""Worlds: places that are built, lit and ready to be walked into.

`build` makes one from its name, hour and weather; the same arguments give the same world. Each
place is one file with one `build` function, made from the kit in `stage.parts`; `stage.bake` then
puts occlusion and lamplight into its vertices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matinee.engine.stage.worlds import (
    beach,
    bedroom,
    cafe,
    care,
    castle_hall,
    classroom,
    colosseum,
    desert_pyramids,
    eateries,
    forest,
    hallway,
    harbour,
    homes,
    kitchen,
    library,
    livestream_studio,
    living_room,
    market,
    mountain,
    neon_city,
    nightlife,
    office,
    pageantry,
    park,
    pastimes,
    public_halls,
    rooftop_night,
    seas,
    shelters,
    shops,
    spaceship,
    sports,
    stage_concert,
    stations,
    street,
    studios,
    temple,
    tents,
    transport,
    underground,
    utility_rooms,
    village,
    waters,
    workplaces,
    wilds,
)
from matinee.engine.stage.worlds.model import (
    Box,
    Collider,
    Conditions,
    Cylinder,
    Mark,
    MovingPart,
    Practical,
    Space,
    TableTop,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "PLACES",
    "Box",
    "Collider",
    "Conditions",
    "Cylinder",
    "Mark",
    "MovingPart",
    "Practical",
    "Space",
    "TableTop",
    "World",
    "build",
]

_BUILDERS: dict[str, Callable[[Conditions], World]] = {
    "colosseum": colosseum.build,
    "neon_city": neon_city.build,
    "desert_pyramids": desert_pyramids.build,
    "beach": beach.build,
    "forest": forest.build,
    "street": street.build,
    "kitchen": kitchen.build,
    "livestream_studio": livestream_studio.build,
    "living_room": living_room.build,
    "bedroom": bedroom.build,
    "office": office.build,
    "classroom": classroom.build,
    "cafe": cafe.build,
    "park": park.build,
    "village": village.build,
    "mountain": mountain.build,
    "rooftop_night": rooftop_night.build,
    "stage_concert": stage_concert.build,
    "castle_hall": castle_hall.build,
    "spaceship": spaceship.build,
    "library": library.build,
    "harbour": harbour.build,
    "market": market.build,
    "temple": temple.build,
    "snow_square": village.build_in_snow,
    "meadow": mountain.build_meadow,
    **waters.BUILDERS,
    **seas.BUILDERS,
    **wilds.BUILDERS,
    **homes.BUILDERS,
    **utility_rooms.BUILDERS,
    **eateries.BUILDERS,
    **shops.BUILDERS,
    **care.BUILDERS,
    **public_halls.BUILDERS,
    **transport.BUILDERS,
    **pageantry.BUILDERS,
    **nightlife.BUILDERS,
    **stations.BUILDERS,
    **workplaces.BUILDERS,
    **studios.BUILDERS,
    **sports.BUILDERS,
    **pastimes.BUILDERS,
    **shelters.BUILDERS,
    **tents.BUILDERS,
    **underground.BUILDERS,
    "hallway": hallway.build,
}

PLACES: tuple[str, ...] = tuple(_BUILDERS)


def build(
    place: str,
    *,
    time_of_day: str = "day",
    weather: str = "clear",
    mood: str = "neutral",
    seed: int = 0,
) -> World:
    """Build a place of `PLACES`; raises KeyError for another.

    An unknown hour, weather or mood counts as day, clear and neutral.
    """
    return _BUILDERS[place](Conditions(time_of_day, weather, mood, seed))
