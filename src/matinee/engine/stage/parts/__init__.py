"""The kit of parts that worlds and props are made of."""
