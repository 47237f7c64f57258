"""Whether a kernel can be believed: seals, probes, what submissions reach for."""
