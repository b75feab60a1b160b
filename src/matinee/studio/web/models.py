"""The engines as OpenAI's ``/v1/models`` lists models, with what each can do and what it costs."""

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.kit.errors import NotFound
from matinee.kit.money import MicroMoney
from matinee.studio.model import Engine

from .bodies import SHOWN_CHARACTERS
from .desk import Desk
from .forms import engine_named

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
    """An amount in millionths of a currency's minor unit: 40 cents are 40,000,000."""

    micros: int
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


def model_router(desk: Desk) -> APIRouter:
    """The routes below ``/v1``."""
    router = APIRouter(prefix="/models")
    engines = desk.office.crew.engines

    @router.get("")
    def list_models() -> Response:
        """List the engines."""
        return _json(ModelList(tuple(_model(name, engine) for name, engine in engines.items())))

    @router.get("/{model:path}")
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
    return Price(money.micro, money.currency)


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / _MS_PER_SECOND:g}"


def _json(content: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json")
