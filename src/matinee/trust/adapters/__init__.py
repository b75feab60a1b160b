"""Moderators elsewhere, one file for each protocol."""
