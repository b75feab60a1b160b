"""Terms to start from, by name."""

from collections.abc import Mapping
from dataclasses import replace

from .licences import USES, Terms

OPEN = Terms(allowed=True)
NOT_ALLOWED = Terms(allowed=False, uses=frozenset())
FAN_FRIENDLY = Terms(
    allowed=True,
    uses=frozenset({"personal", "remix"}),
    never_with=frozenset({"politics", "sexual", "violence"}),
    share_bps=1_000,
    flow_bps=5_000,
    depth_max=5,
)
SHARED = Terms(
    allowed=True,
    never_with=frozenset({"politics", "sexual"}),
    ask_first=frozenset({"advertising"}),
    share_bps=2_000,
    flow_bps=5_000,
    depth_max=10,
)
ASK_ALWAYS = replace(SHARED, ask_first=frozenset(USES))

PRESETS: Mapping[str, Terms] = {
    "open": OPEN,
    "not_allowed": NOT_ALLOWED,
    "fan_friendly": FAN_FRIENDLY,
    "shared": SHARED,
    "ask_always": ASK_ALWAYS,
}
