"""The stage: a shot becomes a scene for every frame.

worlds, props and cast build what is seen; `blocking` says who stands where and does what when,
`motion` performs it, `physics` moves what is thrown and dropped, `camera` and `lighting` see it,
and `direction.stage` puts it together.

Invariants: the same shot gives the same frames; nobody stands in anybody; feet are on the ground;
the camera is never in a wall or below the ground.
"""
