"""Talking with a kernel that nobody trusts."""
