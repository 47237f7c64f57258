"""Papers, keys and marking guides as PDF and as pages that stand alone."""
