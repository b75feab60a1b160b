"""The studio turns a sentence into a film."""
