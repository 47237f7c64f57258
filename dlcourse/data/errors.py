"""What data raises when a set cannot be had."""


class DataUnavailable(OSError):
    """The real set is neither on disk nor can be fetched.

    Attributes:
        reason: what was tried and how it failed, without advice.
    """

    def __init__(self, reason: str, advice: str = "") -> None:
        """Make the message, one sentence, from the reason and what to do about it."""
        super().__init__(f"{reason}; {advice}." if advice else reason)
        self.reason = reason
