"""From sources to what people read, run and hand in."""
