"""The engines as OpenAI's ``/v1/models`` lists models, with what each can do and what it costs."""

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from matinee.kit.errors import NotFound
from matinee.kit.money import MicroMoney
from matinee.studio.model import Engine

from .bodies import SHOWN_CHARACTERS, read_json
from .desk import READ, Desk
from .forms import engine_named, milliseconds

_MS_PER_SECOND = 1000


class ModelNotFound(NotFound):
    """No engine has this name."""

    code = "studio.model_not_found"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Name the model and the ones there are."""
        super().__init__(
            f"There is no model {name[:SHOWN_CHARACTERS]!r}. The models here are: "
            f"{', '.join(known)}."
        )


class Price(msgspec.Struct, frozen=True):
    """An amount as an exact decimal text, such as ``0.40``."""

    amount: str
    currency: str


class AbilitiesView(msgspec.Struct, frozen=True):
    """What an engine makes; an empty list of lengths or sizes leaves them open."""

    seconds: tuple[str, ...]
    seconds_max: str | None
    sizes: tuple[str, ...]
    sound: bool
    reference_images: int
    first_frame: bool
    last_frame: bool
    controls: tuple[str, ...]
    seeds: bool


class Model(msgspec.Struct, frozen=True):
    """An engine as a model; ``created`` is not known of engines and so 0."""

    id: str
    owned_by: str
    remote: bool
    abilities: AbilitiesView
    price_per_second: Price | None
    created: int = 0
    object: str = "model"


class ModelList(msgspec.Struct, frozen=True):
    """Every engine, the one that films get unless they name another first."""

    data: tuple[Model, ...]
    object: str = "list"


class EstimateWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The film that somebody thinks of asking for."""

    seconds: str | int | float = "4"
    model: str = "stage"


class Cost(msgspec.Struct, frozen=True):
    """What a film costs: nothing, or what is expected, and what providers charged so far.

    ``estimated`` is null when the engine's price is not known, ``charged`` while nothing was.
    """

    free: bool
    estimated: Price | None
    charged: Price | None = None


class Estimate(msgspec.Struct, frozen=True):
    """What a film would cost before it is asked for."""

    model: str
    seconds: str
    cost: Cost
    object: str = "film.estimate"


def cost_of(engine: Engine, duration_ms: int | None, charged: MicroMoney | None = None) -> Cost:
    """What a film of that length costs on an engine; its shots are as long as the engine's."""
    expected = None if duration_ms is None else engine.abilities.price_of_film(duration_ms)
    return Cost(
        free=not engine.abilities.remote,
        estimated=None if expected is None else price_of(expected),
        charged=None if charged is None else price_of(charged),
    )


def model_router(desk: Desk) -> APIRouter:
    """The routes below ``/api`` and ``/v1``."""
    router = APIRouter()
    engines = desk.office.crew.engines

    @router.post("/films/estimate", dependencies=[READ])
    async def estimate(request: Request) -> Response:
        """Tell what a film would cost; nothing is made."""
        wish = read_json(await request.body() or b"{}", EstimateWish)
        name, duration_ms = engine_named(wish.model), milliseconds(wish.seconds)
        if name not in engines:
            raise ModelNotFound(wish.model, tuple(engines))
        cost = cost_of(engines[name], duration_ms)
        return _json(Estimate(model=name, seconds=_seconds(duration_ms), cost=cost))

    @router.get("/models", dependencies=[READ])
    def list_models() -> Response:
        """List the engines."""
        return _json(ModelList(tuple(_model(name, engine) for name, engine in engines.items())))

    @router.get("/models/{model:path}", dependencies=[READ])
    def retrieve(model: str) -> Response:
        """Show one engine; the names of the closed service lead to ours."""
        name = engine_named(model)
        if name not in engines:
            raise ModelNotFound(model, tuple(engines))
        return _json(_model(name, engines[name]))

    return router


def _model(name: str, engine: Engine) -> Model:
    can = engine.abilities
    return Model(
        id=name,
        owned_by="provider" if can.remote else "matinee",
        remote=can.remote,
        abilities=AbilitiesView(
            seconds=tuple(_seconds(one) for one in can.lengths_ms),
            seconds_max=None if can.length_ms_max is None else _seconds(can.length_ms_max),
            sizes=tuple(str(size) for size in can.sizes),
            sound=can.sound,
            reference_images=can.reference_images,
            first_frame=can.first_frame,
            last_frame=can.last_frame,
            controls=can.controls,
            seeds=can.seeds,
        ),
        price_per_second=None if can.price_per_second is None else price_of(can.price_per_second),
    )


def price_of(money: MicroMoney) -> Price:
    """Write an amount down."""
    return Price(str(money).partition(" ")[0], money.currency)


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / _MS_PER_SECOND:g}"


def _json(content: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
