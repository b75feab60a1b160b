"""The rasteriser: a scene in, pictures out.

Meshes (`geometry`) and what one frame needs (`scene`) go into a `Renderer`, which returns I420
planes; `encode` turns planes into takes and takes into films. The pixels are made by a C kernel
that `build` compiles; no graphics hardware or driver is used.

Invariants: the same frame gives the same planes on the same kernel variant, whatever the number
of threads; nothing here knows what a film is about.
"""
