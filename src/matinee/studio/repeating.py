"""What may be shown in one shot after another, and how: by the name of the action.

Most of what people do goes on for as long as one looks. What is done once has a moment in which it
is cut, and who covers ground would come to the end of the set.
"""

BRIEF = frozenset(
    [
        *("backflip", "bat", "blow_kiss", "bow", "bowl", "break", "cartwheel", "catch", "close"),
        *("collapse", "curtsy", "dive", "drop", "facepalm", "faint", "fall", "flinch", "gasp"),
        *("get_up", "give", "golf", "grab", "hand", "high_five", "hit", "hurl", "jump", "kick"),
        *("kneel", "leap", "offer", "open", "pass", "pick_up", "put_on_hat", "receive", "serve"),
        *("shake_hands", "shoot_basket", "shrug", "sit", "sit_down", "slap", "swing", "take"),
        *("throw", "tip_hat", "toss", "trip"),
    ]
)
"""Done once, in a second or two."""
COURSES = frozenset(
    [
        *("approach", "arrive", "charge", "chase", "come", "drive", "enter", "escape", "exit"),
        *("flee", "fly", "follow", "gallop", "go", "jog", "leave", "march", "race", "return"),
        *("ride", "ride_bicycle", "ride_horse", "ride_motorcycle", "row", "run", "sail", "skate"),
        *("skateboard", "ski", "snowboard", "sprint", "surf", "surfboard", "swim", "trot"),
    ]
)
"""Covers more ground than a set has: each shot shows another stretch of the way."""
JOURNEYS = frozenset(
    [
        *("carry", "crawl", "limp", "push_cart", "skip", "sneak", "stagger", "stroll", "tiptoe"),
        *("walk", "walk_dog", "wander"),
    ]
)
"""Slow enough for two shots of one way."""
FILLERS = frozenset({"stand", "listen", "wait", "idle"})
"""What those do who do nothing."""
HANDIWORK = frozenset(
    [
        *("chop", "close", "cook", "cut", "draw", "drink", "eat", "fix", "give", "hammer"),
        *("hold", "knead", "knit", "offer", "open", "paint", "phone", "photograph", "pick_up"),
        *("play_flute", "play_guitar", "play_trumpet", "play_violin", "pour", "read", "read_map"),
        *("saw", "sew", "show", "smoke", "stir", "take", "taste", "type", "use_phone", "write"),
    ]
)
"""Done with a thing in the hands that one wants to see."""
