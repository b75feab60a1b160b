"""Matinee: a sentence becomes a film with sound."""
