"""A plugin for nbgrader that takes marks off for each day of lateness."""

from __future__ import annotations

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float, TraitError, validate

_DAY = 24 * 60 * 60


class DailyPenalty(LateSubmissionPlugin):  # type: ignore[misc]
    """Takes off a share of what was earned for each day that has begun.

    Off unless ``nbgrader_config.py`` says
    ``c.AssignLatePenalties.plugin_class = "dlcourse.grading.late.DailyPenalty"``.
    """

    a_day = Float(0.1, help="Share of the earned marks that each day costs.").tag(
        config=True
    )
    grace_minutes = Float(15.0, help="Minutes that cost nothing.").tag(config=True)
    most = Float(1.0, help="Largest share that lateness may cost.").tag(config=True)

    @validate("a_day", "most")
    def _is_share(self, proposal: dict[str, float]) -> float:
        if not 0 <= proposal["value"] <= 1:
            raise TraitError(
                "DailyPenalty.a_day and .most are shares from 0 to 1, such as 0.1 for "
                f"10 %, not {proposal['value']:g}."
            )
        return proposal["value"]

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Say how many marks lateness costs.

        Args:
            student_id: who was late; everybody is treated alike.
            score: the marks that were earned.
            total_seconds_late: after the due date and any extension.

        Returns:
            The marks to take off, None for none.
        """
        late = total_seconds_late - 60 * self.grace_minutes
        if late <= 0:
            return None
        share = min(self.most, self.a_day * math.ceil(late / _DAY))
        return float(score * share)
