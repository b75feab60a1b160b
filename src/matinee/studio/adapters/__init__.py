"""The studio's crew from outside: one file for each engine and each writer."""
