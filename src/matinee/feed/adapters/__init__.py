"""What tells texts of near meaning apart from others: with a model, or by their words alone."""
