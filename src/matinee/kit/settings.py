"""Everything an operator can set, read once from the environment.

``entrypoints/wiring.py`` calls ``from_environment(os.environ)`` once and hands values on; nothing
else looks at the environment, and importing any module of Matinee never fails for want of one.
Each field names its variable and its meaning; ``docs/settings.md`` documents them all, which a
test proves.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from matinee.kit import errors
from matinee.kit.money import MicroMoney, Money

LOG_FORMS = ("auto", "console", "json")
LOG_LEVELS = ("debug", "info", "warning", "error")

_PORT_MAX = 65_535
_RENDER_THREADS_MAX = 256
_FILMS_PER_PERSON_MAX = 1_000_000
_AGE_MAX = 21
_BPS_MAX = 10_000
_SECRETS = (
    "writer_key",
    "moderation_key",
    "database_url",
    "mail_url",
    "likeness_keys",
    "stripe_key",
    "stripe_webhook_secret",
)


class SettingInvalid(errors.Invalid):
    """An environment variable holds a value that cannot be used."""

    code = "kit.setting_invalid"

    def __init__(self, variable: str, value: str, expected: str) -> None:
        super().__init__(
            f"{variable} is {value!r}, but must be {expected}. See docs/settings.md.",
            variable=variable,
            value=value,
            expected=expected,
        )


def default_home() -> Path:
    """Where state lives unless told otherwise: a system folder for root, else below the home."""
    if os.geteuid() == 0:
        # The database refuses to run as root and runs as nobody, who cannot look below /root.
        return Path("/var/lib/matinee")
    return Path.home() / ".local" / "share" / "matinee"


def _text(_variable: str, value: str) -> str:
    return value


def _path(_variable: str, value: str) -> Path:
    return Path(value).expanduser().absolute()


def _one_of(*allowed: str) -> Callable[[str, str], str]:
    def parsed(variable: str, value: str) -> str:
        if value.lower() not in allowed:
            raise SettingInvalid(variable, value, "one of " + ", ".join(allowed))
        return value.lower()

    return parsed


def _whole(least: int, most: int) -> Callable[[str, str], int]:
    def parsed(variable: str, value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise SettingInvalid(variable, value, f"a whole number from {least} to {most}")
        return int(value)

    return parsed


def _amount(variable: str, value: str) -> Money:
    try:
        exact, rest = MicroMoney.of(value).payable()
    except errors.Invalid:
        raise SettingInvalid(variable, value, "an amount such as 5 EUR or 0.02 USD") from None
    if rest.micro or exact.minor <= 0:
        raise SettingInvalid(variable, value, "more than nothing, in whole cents (or their like)")
    return exact


def _amounts(variable: str, value: str) -> tuple[Money, ...]:
    amounts = tuple(_amount(variable, one) for one in value.split(","))
    if len({one.currency for one in amounts}) != len(amounts):
        raise SettingInvalid(variable, value, "one amount for each currency")
    return amounts


def _url_of(*schemes: str) -> Callable[[str, str], str]:
    def parsed(variable: str, value: str) -> str:
        if value.partition("://")[0] not in schemes:
            # A database URL may hold a password, so the value itself is not repeated.
            shown = value.partition("://")[0] if "://" in value else "a text without ://"
            raise SettingInvalid(variable, shown, "a URL that begins with " + " or ".join(schemes))
        return value

    return parsed


def _territory(variable: str, value: str) -> str:
    if value and not (len(value) == 2 and value.isascii() and value.isupper()):  # noqa: PLR2004
        raise SettingInvalid(variable, value, "a country of two capital letters, such as DE")
    return value


def _setting(
    variable: str,
    meaning: str,
    read: Callable[[str, str], Any] = _text,
    **default: Any,  # noqa: ANN401 - handed to dataclasses.field unchanged
) -> Any:  # noqa: ANN401 - as dataclasses.field itself
    return field(metadata={"variable": variable, "meaning": meaning, "read": read}, **default)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator chose; every field has a default that works on one machine."""

    home: Path = _setting(
        "MATINEE_HOME",
        "the one folder that holds all state",
        _path,
        default_factory=default_home,
    )
    database_url: str | None = _setting(
        "MATINEE_DATABASE_URL",
        "a PostgreSQL server to use in place of the embedded one",
        _url_of("postgresql", "postgres"),
        default=None,
    )
    postgres_bin: Path | None = _setting(
        "MATINEE_POSTGRES_BIN",
        "a folder with other PostgreSQL binaries for the embedded server",
        _path,
        default=None,
    )
    blobs_url: str | None = _setting(
        "MATINEE_BLOBS_URL",
        "where films are kept: a bucket in place of the folder blobs below MATINEE_HOME",
        _url_of("file", "s3", "gs", "az", "memory"),
        default=None,
    )
    host: str = _setting(
        "MATINEE_HOST",
        "the address that matinee serve listens on",
        default="127.0.0.1",
    )
    port: int = _setting(
        "MATINEE_PORT",
        "the port that matinee serve listens on",
        _whole(1, _PORT_MAX),
        default=8400,
    )
    render_threads: int = _setting(
        "MATINEE_RENDER_THREADS",
        "frames drawn at the same time; 0 means one for each core",
        _whole(0, _RENDER_THREADS_MAX),
        default=0,
    )
    writer_url: str | None = _setting(
        "MATINEE_WRITER_URL",
        "an OpenAI-compatible server that writes screenplays in place of the offline writer",
        _url_of("http", "https"),
        default=None,
    )
    writer_model: str | None = _setting(
        "MATINEE_WRITER_MODEL",
        "the model that the writer's server is asked for",
        default=None,
    )
    writer_key: str | None = _setting(
        "MATINEE_WRITER_KEY",
        "the key for the writer's server; never logged",
        default=None,
    )
    films_per_person: int = _setting(
        "MATINEE_FILMS_PER_PERSON",
        "how many films that have not ended one person may have at the same time",
        _whole(1, _FILMS_PER_PERSON_MAX),
        default=100,
    )
    private_addresses: str = _setting(
        "MATINEE_PRIVATE_ADDRESSES",
        "refuse or allow: whether webhooks and pictures may have addresses in private networks",
        _one_of("refuse", "allow"),
        default="refuse",
    )
    likeness_keys: str | None = _setting(
        "MATINEE_LIKENESS_KEYS",
        "the keys that people's likenesses are sealed under, in place of the file likeness.keys",
        default=None,
    )
    engines: Path | None = _setting(
        "MATINEE_ENGINES",
        "the file of engines that are hired, in place of engines.toml below MATINEE_HOME",
        _path,
        default=None,
    )
    public_url: str | None = _setting(
        "MATINEE_PUBLIC_URL",
        "where people find this server, such as https://films.example; mails and passkeys need it",
        _url_of("http", "https"),
        default=None,
    )
    proxies: str = _setting(
        "MATINEE_PROXIES",
        "addresses of reverse proxies, with commas, whose X-Forwarded-For is believed",
        default="",
    )
    country_header: str = _setting(
        "MATINEE_COUNTRY_HEADER",
        "the header in which those proxies say the viewer's country, such as CF-IPCountry",
        default="",
    )
    territory: str = _setting(
        "MATINEE_TERRITORY",
        "the country, of two letters, of viewers of whom no proxy says one; empty for unknown",
        _territory,
        default="",
    )
    sign_up: str = _setting(
        "MATINEE_SIGN_UP",
        "open or closed: whether people may make accounts by themselves",
        _one_of("open", "closed"),
        default="open",
    )
    age_min: int = _setting(
        "MATINEE_AGE_MIN",
        "how old in years people must be to have an account",
        _whole(0, _AGE_MAX),
        default=13,
    )
    mail_url: str | None = _setting(
        "MATINEE_MAIL_URL",
        "the mail server, smtps://NAME:PASSWORD@HOST or smtp:// for STARTTLS; a folder without it",
        _url_of("smtp", "smtps"),
        default=None,
    )
    mail_from: str = _setting(
        "MATINEE_MAIL_FROM",
        "the sender of mails",
        default="Matinee <matinee@localhost>",
    )
    signing_key: Path | None = _setting(
        "MATINEE_SIGNING_KEY",
        "a private key (PEM) that signs where films come from, in place of the house's own",
        _path,
        default=None,
    )
    signing_certificate: Path | None = _setting(
        "MATINEE_SIGNING_CERTIFICATE",
        "the certificates (PEM) of that key, the signer's first",
        _path,
        default=None,
    )
    moderation_url: str | None = _setting(
        "MATINEE_MODERATION_URL",
        "an OpenAI-compatible server that judges texts and pictures beside the house's rules",
        _url_of("http", "https"),
        default=None,
    )
    moderation_model: str | None = _setting(
        "MATINEE_MODERATION_MODEL",
        "the model that the moderation server is asked for",
        default=None,
    )
    moderation_key: str | None = _setting(
        "MATINEE_MODERATION_KEY",
        "the key for the moderation server; never logged",
        default=None,
    )
    stripe_key: str | None = _setting(
        "MATINEE_STRIPE_KEY",
        "the key of the Stripe account that takes and pays money; without it all money is a test",
        default=None,
    )
    stripe_webhook_secret: str | None = _setting(
        "MATINEE_STRIPE_WEBHOOK_SECRET",
        "the secret (whsec_...) that Stripe signs what it tells with; never logged",
        default=None,
    )
    stripe_account: str | None = _setting(
        "MATINEE_STRIPE_ACCOUNT",
        "the id (acct_...) of that account; what is told for another is refused",
        default=None,
    )
    shopify_url: str | None = _setting(
        "MATINEE_SHOPIFY_URL",
        "where shops on Shopify are reached instead of their own addresses, for practice",
        _url_of("http", "https"),
        default=None,
    )
    fee_bps: int = _setting(
        "MATINEE_FEE_BPS",
        "what the platform keeps of what films earn, in basis points",
        _whole(0, _BPS_MAX),
        default=1_000,
    )
    sale_fee_bps: int = _setting(
        "MATINEE_SALE_FEE_BPS",
        "what the platform keeps of what shops sell, without tax, in basis points",
        _whole(0, _BPS_MAX),
        default=500,
    )
    payout_minimums: tuple[Money, ...] = _setting(
        "MATINEE_PAYOUT_MINIMUMS",
        "the least payout in each currency that is taken, with commas; the first is offered first",
        _amounts,
        default=(Money(1_000, "EUR"), Money(1_000, "USD")),
    )
    plan_price: Money | None = _setting(
        "MATINEE_PLAN_PRICE",
        "what a subscription to the platform costs a month, such as 5 EUR; none without it",
        _amount,
        default=None,
    )
    film_price: Money | None = _setting(
        "MATINEE_FILM_PRICE",
        "what making a film costs in credits, such as 0.20 EUR; nothing without it",
        _amount,
        default=None,
    )
    log_form: str = _setting(
        "MATINEE_LOG_FORM",
        "auto, console or json",
        _one_of(*LOG_FORMS),
        default="auto",
    )
    log_level: str = _setting(
        "MATINEE_LOG_LEVEL",
        "debug, info, warning or error",
        _one_of(*LOG_LEVELS),
        default="info",
    )

    def __repr__(self) -> str:
        """Every value but the secrets, so that a log or a crash never shows one."""
        shown = {one.name: getattr(self, one.name) for one in fields(self)}
        for secret in _SECRETS:
            shown[secret] = None if shown[secret] is None else "(hidden)"
        return "Settings(" + ", ".join(f"{name}={value!r}" for name, value in shown.items()) + ")"


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read every setting; an empty variable counts as unset. Raises ``SettingInvalid``."""
    chosen = {}
    for one in fields(Settings):
        variable = one.metadata["variable"]
        value = environment.get(variable, "").strip()
        if value:
            chosen[one.name] = one.metadata["read"](variable, value)
    return Settings(**chosen)


def require(settings: Settings, *names: str, because: str) -> None:
    """Raise ``SettingInvalid`` for the first of these fields that is not set."""
    variables = {one.name: one.metadata["variable"] for one in fields(Settings)}
    for name in names:
        if getattr(settings, name) is None:
            raise SettingInvalid(variables[name], "", because)


def documented() -> tuple[tuple[str, str], ...]:
    """Each variable with its meaning, in the order of the fields."""
    return tuple((one.metadata["variable"], one.metadata["meaning"]) for one in fields(Settings))
