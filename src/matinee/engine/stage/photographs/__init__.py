"""Photographs in the scene: things, people and places that look as in a photo."""
