"""What the verbs of this room work with: chosen once, in wiring."""

from dataclasses import dataclass

from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.durable import Jobs
from matinee.kit.ids import Ids
from matinee.kit.uploads import Uploads

from .model import Acquaintance, Examiner, Observer, Vocabulary, strangers
from .sealing import Safe


@dataclass(frozen=True, kw_only=True)
class Room:
    """Where likenesses are kept, who looks at clips, and who knows whom."""

    safe: Safe
    blobs: Blobs
    clock: Clock
    ids: Ids
    jobs: Jobs
    uploads: Uploads
    examiner: Examiner
    observer: Observer
    vocabulary: Vocabulary
    acquaintance: Acquaintance = strangers
