"""What can go wrong with an engine that is hired elsewhere, and with paying for it."""

from matinee.kit.errors import Conflict, Forbidden, Invalid, Unavailable

REASON_CHARACTERS_MAX = 300


class ShotUnsuitable(Invalid):
    """An engine cannot make this shot."""

    code = "studio.shot_unsuitable"

    def __init__(self, engine: str, reason: str) -> None:
        """Name the engine, what it was asked for and what it can."""
        super().__init__(
            f"The engine {engine!r} cannot make this shot: {reason}. "
            "Leave the shot on the stage, change it, or choose another engine.",
            engine=engine,
            reason=reason,
        )


class EngineRefused(Invalid):
    """A provider declines to show what a shot asks for."""

    code = "studio.engine_refused"

    def __init__(self, engine: str, reason: str) -> None:
        """Repeat the reason that the provider gives."""
        super().__init__(
            f"The engine {engine!r} declined this shot: {reason[:REASON_CHARACTERS_MAX]!r}. "
            "Change what happens in the shot, leave it on the stage, or choose another engine.",
            engine=engine,
            reason=reason[:REASON_CHARACTERS_MAX],
        )


class EngineUnavailable(Unavailable):
    """A provider is down, too busy, too slow, or failed at a shot for no fault of its own."""

    code = "studio.engine_unavailable"

    def __init__(self, engine: str, reason: str) -> None:
        """Say what happened."""
        super().__init__(
            f"The engine {engine!r} did not deliver: {reason[:REASON_CHARACTERS_MAX]}. "
            "Finished shots are kept; try again later.",
            engine=engine,
            reason=reason[:REASON_CHARACTERS_MAX],
        )


class EngineMisconfigured(Forbidden):
    """A provider refuses the key, the model or the form of a request."""

    code = "studio.engine_misconfigured"

    def __init__(self, engine: str, reason: str) -> None:
        """Repeat what the provider said and where to look."""
        super().__init__(
            f"The engine {engine!r} refused the request: {reason[:REASON_CHARACTERS_MAX]}. "
            "Check its key, address, model and dialect in the file of engines.",
            engine=engine,
            reason=reason[:REASON_CHARACTERS_MAX],
        )


class EngineOutOfCredit(Forbidden):
    """The account with a provider is empty."""

    code = "studio.engine_out_of_credit"

    def __init__(self, engine: str, reason: str) -> None:
        """Say whose account has to be filled."""
        super().__init__(
            f"The account with the engine {engine!r} is out of credit: "
            f"{reason[:REASON_CHARACTERS_MAX]}. Fill it and ask again: finished shots are kept "
            "and not paid for twice.",
            engine=engine,
            reason=reason[:REASON_CHARACTERS_MAX],
        )


class FootageBroken(Conflict):
    """A provider delivered a file that cannot be used, each time it was fetched."""

    code = "studio.footage_broken"

    def __init__(self, engine: str, reason: str) -> None:
        """Say what is wrong with the file."""
        super().__init__(
            f"The engine {engine!r} delivered a broken file: {reason[:REASON_CHARACTERS_MAX]}. "
            "Ask again to order the shot anew, which the provider may charge for.",
            engine=engine,
            reason=reason[:REASON_CHARACTERS_MAX],
        )


class OrderUnclear(Conflict):
    """The connection broke while an order was placed: nobody knows whether it was accepted."""

    code = "studio.order_unclear"

    def __init__(self, engine: str, reason: str) -> None:
        """Say what to look at before the shot is asked for again."""
        super().__init__(
            f"The engine {engine!r} did not say whether it accepted the order: {reason}. It is not "
            "sent again by itself, because it might be charged twice. Look at the account with "
            "the provider, then ask again.",
            engine=engine,
            reason=reason,
        )


class EngineNotInstalled(Unavailable):
    """The package that an engine's protocol needs is not installed."""

    code = "studio.engine_not_installed"

    def __init__(self, engine: str, package: str) -> None:
        """Name the package and how it is installed."""
        super().__init__(
            f"The engine {engine!r} needs the package {package}, which is not installed. "
            "`make setup-all` adds it.",
            engine=engine,
            package=package,
        )


class TicketUnknown(Unavailable):
    """A provider has forgotten a job that it had accepted."""

    code = "studio.ticket_unknown"

    def __init__(self, engine: str) -> None:
        """Say that the shot is ordered anew."""
        super().__init__(
            f"The engine {engine!r} no longer knows the job that was ordered for this shot. "
            "It is ordered anew.",
            engine=engine,
        )


class BudgetExceeded(Conflict):
    """Finishing would cost more than its maker allows."""

    code = "studio.budget_exceeded"

    def __init__(self, *, needed: str, budget: str, spent: str) -> None:
        """Name the three amounts."""
        super().__init__(
            f"Finishing would cost {needed}, of which {spent} is spent; the budget is {budget}. "
            "Raise the budget or choose fewer shots: what is finished is kept and not paid for "
            "twice.",
            needed=needed,
            budget=budget,
            spent=spent,
        )


class PriceUnknown(Invalid):
    """A budget cannot be held because nobody said what an engine costs."""

    code = "studio.price_unknown"

    def __init__(self, engine: str) -> None:
        """Say where a price is written."""
        super().__init__(
            f"No price is known for the engine {engine!r}, so a budget cannot be held. Give its "
            "price_per_second in the file of engines, or leave the budget out.",
            engine=engine,
        )
