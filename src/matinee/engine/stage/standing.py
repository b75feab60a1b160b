"""Where people stand when the screenplay says so: on a sofa, behind a car, between two others.

A `Standpoint` moves somebody from home for one beat. Left and right are the camera's. Who is `on` a
seat sits, who is on something else stands on it; who is under a table crouches there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.blocking import Home
from matinee.engine.stage.footprints import Footprint, free_place
from matinee.engine.stage.relief import relief
from matinee.engine.stage.space import heading, rightward

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee import film
    from matinee.engine.stage.blocking import Build
    from matinee.engine.stage.placing import Placed, Stage
    from matinee.engine.stage.space import Points

GAP_M = 0.28
SEAT_M = 0.4
"""How high the seats in vehicles are above what the feet stand on."""
SEAT_WIDTH_M = 0.62
CROUCHED_M, PRONE_M = 1.15, 0.62
"""How much air somebody of usual height needs who crouches, and who lies."""


def stood(
    standpoints: Sequence[film.screenplay.Standpoint],
    homes: Mapping[str, Home],
    builds: Mapping[str, Build],
    placed: Sequence[Placed],
    stage: Stage,
) -> dict[str, Home]:
    """Return the homes of a beat: everybody's own, moved where a standpoint says so."""
    out = dict(homes)
    waiting = [one for one in standpoints if one.character in homes]
    moved_too = {one.character for one in waiting}
    for one in waiting:
        pair = {one.anchor, one.other_anchor}
        if one.relation == "between" and pair <= set(homes) - moved_too:
            out |= _parted(one, out, builds, stage)
    done = set(homes) - {one.character for one in waiting}
    while waiting:
        ready = [
            one for one in waiting if {one.anchor, one.other_anchor} & set(homes) <= done
        ] or waiting[:1]
        for one in ready:
            thing = next((it for it in placed if it.prop.id == one.anchor), None)
            moved = _moved(one, out, builds, placed, stage, thing)
            if moved is not None:
                out[one.character] = _shifted(moved, thing, _share_m(one, standpoints, builds))
            done.add(one.character)
        waiting = [one for one in waiting if one not in ready]
    return out


def _parted(
    point: film.screenplay.Standpoint,
    homes: Mapping[str, Home],
    builds: Mapping[str, Build],
    stage: Stage,
) -> dict[str, Home]:
    """Let two make room for whom they have between them, one to the left and one to the right."""
    right = -rightward(stage.front_yaw)
    pair = sorted(
        (point.anchor, point.other_anchor), key=lambda name: float(homes[name].position @ right)
    )
    middle = (homes[pair[0]].position + homes[pair[1]].position) * 0.5
    out = {}
    for name, way in zip(pair, (-right, right), strict=True):
        apart = builds[point.character].radius_m + builds[name].radius_m + GAP_M
        spot = middle + way * apart
        ground = stage.space.on_ground(float(spot[0]), float(spot[2]))
        out[name] = replace(homes[name], position=ground)
    return out


def _share_m(
    point: film.screenplay.Standpoint,
    standpoints: Sequence[film.screenplay.Standpoint],
    builds: Mapping[str, Build],
) -> float:
    """How far to the right of the middle one is when several are on the same thing, in metres."""
    row = [
        one.character
        for one in standpoints
        if one.anchor == point.anchor and one.relation == point.relation == "on"
    ]
    if len(row) < 2:
        return 0.0
    wide = max(2.0 * builds[name].radius_m for name in row if name in builds)
    return (row.index(point.character) - (len(row) - 1) / 2.0) * max(wide, SEAT_WIDTH_M)


def _shifted(home: Home, thing: Placed | None, share_m: float) -> Home:
    """Move somebody along the thing they share with others, the first to the left."""
    if thing is None or share_m == 0.0:
        return home
    reach = max(float(thing.half[0]) - 0.2, 0.0)
    across = -rightward(thing.yaw) * float(np.clip(share_m, -reach, reach))
    return replace(home, position=home.position + across)


def _moved(  # noqa: PLR0917 - a beat's facts
    point: film.screenplay.Standpoint,
    homes: Mapping[str, Home],
    builds: Mapping[str, Build],
    placed: Sequence[Placed],
    stage: Stage,
    thing: Placed | None,
) -> Home | None:
    home, build = homes[point.character], builds[point.character]
    if thing is not None and point.relation in {"on", "held_by"}:
        return _on(home, build, thing)
    if thing is not None and point.relation == "inside":
        return _inside(home, build, thing)
    if thing is not None and point.relation == "under":
        return _under(home, build, thing, stage)
    anchor = _footprint(point.anchor, homes, builds, placed)
    if anchor is None:
        return None
    return _aside(point, home, build, anchor, homes, builds, placed, stage)


def _footprint(
    name: str, homes: Mapping[str, Home], builds: Mapping[str, Build], placed: Sequence[Placed]
) -> Footprint | None:
    if name in homes:
        radius = builds[name].radius_m
        return Footprint(homes[name].position, radius, radius)
    return next((one.footprint for one in placed if one.prop.id == name), None)


def _on(home: Home, build: Build, thing: Placed) -> Home:
    """On a seat one sits; on anything else one stands on the level place nearest its middle."""
    if thing.is_seat and not build.animal:
        place = thing.seat_place
        floor = np.array([place[0], thing.foot_m, place[2]])
        return Home(floor, thing.yaw, thing.seat_height_m)
    half = min(0.8 * build.radius_m, 0.16) if not build.animal else 0.5 * build.radius_m
    surface = relief(thing.model)
    spots = surface.flat_spots(half, half)
    if len(spots) == 0:
        spots = surface.flat_spots(0.5 * half, 0.5 * half)
    if len(spots) == 0:
        best = np.unravel_index(int(surface.top.argmax()), surface.top.shape)
        spots = np.array([[surface.x[best[0]], surface.top[best], surface.z[best[1]]]])
    if thing.is_seat:
        low = spots[:, 1] < -thing.half[1] + thing.seat_height_m + 0.25
        spots = spots[low] if low.any() else spots
    nearest = spots[int(np.argmin(np.hypot(spots[:, 0], spots[:, 2])))]
    return Home(thing.to_world(nearest), home.yaw)


def _inside(home: Home, build: Build, thing: Placed) -> Home:
    """In the seat of a vehicle, or on the floor of what is open at its top."""
    seat = thing.model.seat
    if seat is not None and not build.animal:
        hips = thing.to_world(np.asarray(seat.at, np.float64))
        if seat.pose == "stand":
            return Home(hips, thing.yaw)
        low = SEAT_M if seat.pose == "sit" else float(hips[1]) - thing.foot_m
        return Home(hips - np.array([0.0, low, 0.0]), thing.yaw, low)
    if thing.half.min() > build.radius_m and relief(thing.model).clear_below_m() > build.height_m:
        at = np.array([thing.position[0], thing.foot_m, thing.position[2]])
        return Home(at, home.yaw)
    half = 0.5 * build.radius_m
    spots = relief(thing.model).floor_spots(half, half, float(thing.half[1]) * 0.8)
    if len(spots) == 0:
        return _on(home, build, thing)
    return Home(thing.to_world(spots[0]), home.yaw)


def _under(home: Home, build: Build, thing: Placed, stage: Stage) -> Home:
    """Below what leaves room, crouching or lying if need be; else close before it."""
    room = relief(thing.model).clear_below_m()
    tall = build.height_m
    if room < 0.3 * tall or (not build.animal and room < PRONE_M):
        front = heading(stage.front_yaw)
        # Under a tree is under its crown and before its trunk.
        reach = min(thing.footprint.reach_m(front) * 0.5, 0.9)
        spot = thing.position + front * (reach + build.radius_m)
        return Home(stage.space.on_ground(float(spot[0]), float(spot[2])), home.yaw)
    at = stage.space.on_ground(float(thing.position[0]), float(thing.position[2]))
    pose = ""
    if room < tall and not build.animal:
        pose = "kneel" if room >= CROUCHED_M * tall / 1.75 else "crawl"
    elif room < tall:
        pose = "lie_down"
    return replace(Home(at, home.yaw), pose=pose)


def _aside(  # noqa: PLR0917 - a beat's facts
    point: film.screenplay.Standpoint,
    home: Home,
    build: Build,
    anchor: Footprint,
    homes: Mapping[str, Home],
    builds: Mapping[str, Build],
    placed: Sequence[Placed],
    stage: Stage,
) -> Home:
    """At a side of its anchor, or half way between two, where the floor is free."""
    other = _footprint(point.other_anchor, homes, builds, placed)
    mine = Footprint(anchor.middle, build.radius_m, build.radius_m)
    way = stage.towards(point.relation)
    if point.relation == "beside":
        # The side on which they already are, so that nobody changes sides without need.
        right = -rightward(stage.front_yaw)
        way = right if float((home.position - anchor.middle) @ right) >= 0.0 else -right
    if point.relation == "between" and other is not None:
        spot = (anchor.middle + other.middle) * 0.5
    else:
        spot = anchor.middle + way * (anchor.reach_m(way) + build.radius_m + GAP_M)
        if point.relation == "behind":
            spot = spot + _seen_past(point.anchor, build, placed, stage)
    taken = [
        Footprint(one.position, builds[name].radius_m * 0.9, builds[name].radius_m * 0.9)
        for name, one in homes.items()
        if name != point.character and one.seat_height_m is None
    ]
    taken += [one.footprint for one in placed if not one.holder and one.inside is None]
    middle = anchor.middle

    def fits(place: Points) -> bool:
        if point.relation == "between":
            return True
        step = (place - middle) * (1.0, 0.0, 1.0)
        return float(step @ way) > 0.6 * float(np.linalg.norm(step))

    at = free_place(mine.at(spot), taken, stage.space, air_m=0.02, fits=fits)
    return Home(at, home.yaw)


def _seen_past(name: str, build: Build, placed: Sequence[Placed], stage: Stage) -> Points:
    """How far aside one stands behind something tall, so as to be seen over its lowest part."""
    thing = next((one for one in placed if one.prop.id == name), None)
    if thing is None or 2.0 * thing.half[1] < 0.6 * build.height_m:
        return np.zeros(3)
    right = -rightward(stage.front_yaw)
    reach = thing.footprint.reach_m(right)
    surface = relief(thing.model)
    best, lowest = 0.0, np.inf
    for share in (0.0, 0.45, -0.45, 0.65, -0.65, 0.8, -0.8):
        # What stands between there and the camera, over the depth of the thing.
        heights = [
            surface.highest_over(
                thing.to_local(
                    thing.position + right * share * reach + depth * heading(stage.front_yaw)
                ),
                0.2,
                0.2,
            )
            for depth in np.linspace(-1.0, 1.0, 7) * float(max(thing.half[0], thing.half[2]))
        ]
        tallest = max(heights) + 0.12 * abs(share)
        if tallest < lowest - 0.15:
            best, lowest = share, tallest
    return right * best * reach
