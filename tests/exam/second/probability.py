"""Second computations for the templates on probability."""

from __future__ import annotations

from typing import Any


def bayes(p: dict[str, Any]) -> float:
    """Count parts instead of multiplying probabilities."""
    parts = 1_000_000
    faulty = round(parts * p["p"])
    true_alarms = round(faulty * p["a"])
    false_alarms = round((parts - faulty) * p["b"])
    return true_alarms / (true_alarms + false_alarms)


SECOND = {"bayes": bayes}
