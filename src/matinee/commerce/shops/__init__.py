"""Shops of ours joined to shops elsewhere: listings and counts both ways, orders out.

connection ▶ listings read ▶ merged with ours ▶ told back; order ▶ errand ▶ order there ▶ parcels.

Invariants: what one side changed the other takes, what both changed differently is shown and left
alone until somebody settles it; sales on either side all count; an order of ours becomes one order
there, however often it is sent; what cannot be sent waits, is tried again and is visible.
"""
