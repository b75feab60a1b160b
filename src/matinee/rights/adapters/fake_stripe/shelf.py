"""Where the provider of our own keeps its objects: in memory here, in `shelf_store` for longer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from matinee.kit.clock import Clock

from .rules import Made, missing


class Hold(Protocol):
    """A shelf that nobody else uses at the moment."""

    def get(self, kind: str, name: str) -> str | None:
        """Return what is kept under a name, as JSON."""
        ...

    def put(self, kind: str, name: str, said: str) -> None:
        """Keep or replace it."""
        ...

    def drop(self, kind: str, name: str) -> None:
        """Keep it no more."""
        ...

    def names(self, kind: str) -> list[str]:
        """Return every name of a kind, in the order in which they came."""
        ...


class Shelf(Protocol):
    """Keeps JSON by kind and name; what is put while it is held is kept together or not at all."""

    def held(self) -> Any:  # noqa: ANN401 - a context manager that gives a Hold
        """Keep everybody else away while the block runs."""
        ...


class MemoryShelf:
    """Keeps things as long as the process lives."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[str, dict[str, str]] = {}
        self._lock = threading.RLock()

    @contextmanager
    def held(self) -> Iterator[Hold]:
        """As ``Shelf.held``."""
        with self._lock:
            yield self

    def get(self, kind: str, name: str) -> str | None:
        """As ``Hold.get``."""
        return self._kept.get(kind, {}).get(name)

    def put(self, kind: str, name: str, said: str) -> None:
        """As ``Hold.put``."""
        self._kept.setdefault(kind, {})[name] = said

    def drop(self, kind: str, name: str) -> None:
        """As ``Hold.drop``."""
        self._kept.get(kind, {}).pop(name, None)

    def names(self, kind: str) -> list[str]:
        """As ``Hold.names``."""
        return list(self._kept.get(kind, {}))


class Counter:
    """What one request works with: objects that are written back when it ends well."""

    def __init__(self, hold: Hold, clock: Clock, account: str) -> None:
        """Work on what a held shelf keeps."""
        self._hold = hold
        self._account = account
        self._open: dict[tuple[str, str], tuple[str, Made]] = {}
        self.now = int(clock.now().timestamp())

    def keep(self, prefix: str, said: Made) -> Made:
        """Make an object with an id of its own."""
        number = int(self._hold.get("count", prefix) or "0") + 1
        self._hold.put("count", prefix, str(number))
        made = {
            "id": f"{prefix}_fake{number:06d}",
            "created": self.now,
            "livemode": False,
            **said,
        }
        self._open[prefix, made["id"]] = ("", made)
        return made

    def lookup(self, prefix: str, name: str) -> Made | None:
        """An object, or None; what is changed in it is kept."""
        if (prefix, name) not in self._open:
            said = self._hold.get(prefix, name)
            if said is None:
                return None
            self._open[prefix, name] = (said, json.loads(said))
        return self._open[prefix, name][1]

    def found(self, prefix: str, name: str) -> Made:
        """An object; raises ``Refused`` if there is none."""
        made = self.lookup(prefix, name)
        if made is None:
            raise missing("id", name)
        return made

    def set(self, prefix: str, name: str, said: Made) -> None:
        """Keep an object under a name that is given."""
        self._open[prefix, name] = ("", said)

    def drop(self, prefix: str, name: str) -> None:
        """Keep an object no more."""
        self._open.pop((prefix, name), None)
        self._hold.drop(prefix, name)

    def all(self, prefix: str) -> list[Made]:
        """Every object of a kind, in the order of their making."""
        return [self.found(prefix, name) for name in self.names(prefix)]

    def names(self, prefix: str) -> list[str]:
        """The name of every object of a kind, in the order of their making."""
        self.write()
        return self._hold.names(prefix)

    def balance(self) -> dict[str, int]:
        """What the account holds, by currency."""
        return {one["currency"]: one["amount"] for one in self.all("balance")}

    def add_balance(self, currency: str, minor: int) -> None:
        """Add to what the account holds."""
        held = self.lookup("balance", currency)
        if held is None:
            self.set("balance", currency, {"currency": currency, "amount": minor})
        else:
            held["amount"] += minor

    def happened(self, kind: str, said: Made) -> None:
        """Write an event down, which is told when the request is over."""
        event = self.keep(
            "evt",
            {
                "object": "event",
                "type": kind,
                "account": self._account,
                "data": {"object": json.loads(json.dumps(said))},
            },
        )
        self.set("untold", event["id"], {})

    def write(self) -> None:
        """Put what changed back on the shelf."""
        for (prefix, name), (before, made) in list(self._open.items()):
            said = json.dumps(made)
            if said != before:
                self._hold.put(prefix, name, said)
                self._open[prefix, name] = (said, made)
