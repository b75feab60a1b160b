"""What the ranking learns from the log, in batches, some minutes after the pages were served."""

from datetime import timedelta

import numpy as np

from matinee.kit.clock import Clock
from matinee.kit.db import Session

from . import choosing_store
from .choosing import unpacked
from .model import is_long
from .ranking import OUTCOMES, Examples, Model, learned, placed

LEARN_EVERY = "20 */5 * * * *"
SETTLED_AFTER = timedelta(minutes=10)
"""Whoever got a page has watched it by then; what they do later is learned from later pages."""
PAGES_KEPT = timedelta(days=30)


def learn(session: Session, *, clock: Clock) -> int:
    """Learn from pages that have settled, and forget old ones; returns how many posts were seen.

    A new version of the model is kept when there was anything to learn.
    """
    now = clock.now()
    seen = choosing_store.take_pages(session, before=now - SETTLED_AFTER)
    choosing_store.forget_pages(session, before=now - PAGES_KEPT)
    if not seen:
        return 0
    model = choosing_store.newest_model(session, 0) or Model.untrained()
    examples = _examples(seen)
    better, losses = learned(model, examples)
    choosing_store.add_model(session, better, example_count=len(seen), losses=losses, at=now)
    return len(seen)


def _examples(seen: tuple[choosing_store.Seen, ...]) -> Examples:
    traits, terms = [], []
    outcomes = np.zeros((len(seen), len(OUTCOMES)), dtype=np.float32)
    for row, one in enumerate(seen):
        all_traits, all_terms = unpacked(one.traits)
        traits.append(all_traits[one.place])
        terms.append(all_terms[one.place])
        long = is_long(one.watched_ms, one.duration_ms) and not one.dismissed
        outcomes[row] = (long, one.remixed, one.dismissed)
    places = [one.place for one in seen]
    return Examples(
        traits=placed(np.stack(traits), places), terms=np.stack(terms), outcomes=outcomes
    )
