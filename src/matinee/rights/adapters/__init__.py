"""One file for each outside system of rights and money."""
