"""Rights say who owns what is on screen, under which terms, and who gets which share."""
