"""Claims: owners say that their work is in a film, and its maker may object."""
