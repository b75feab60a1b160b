"""What can go wrong on the stage."""

from matinee.kit.errors import Conflict


class ShootingStopped(Conflict):
    """Somebody asked the engine to stop in the middle of a shot."""

    code = "engine.shooting_stopped"

    def __init__(self) -> None:
        """Say what is kept."""
        super().__init__("The shot was stopped before its last frame; nothing of it is kept.")
