"""One file for each outside system of commerce."""
