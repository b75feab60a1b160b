"""The ways in: command line and web server. Adapters are chosen here, errors get their status."""
