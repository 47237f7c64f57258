"""Warm kernels: Jupyter kernels forked from a process that has imported everything."""
