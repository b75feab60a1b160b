"""Figures: the bodies, clothes and hair of the cast."""
