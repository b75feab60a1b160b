"""What more than one benchmark, or a long one, is made of; not benchmarks by themselves."""
