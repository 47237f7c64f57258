"""One thing that a kernel is asked, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass

TRUE, FALSE, RAISES = "1", "0", "2"
_SHORT = "3"  # the kernel was short of memory or stack


@dataclass(frozen=True)
class Check:
    """An expression, evaluated in the notebook's namespace.

    Attributes:
        what: in words, what is wrong if it comes out otherwise.
        text: the expression.
        want: how it must come out.
    """

    what: str
    text: str
    want: str

    def failed(self, got: str) -> bool:
        """Tell whether the way it came out is evidence of tampering.

        An honest notebook may have given a variable the name of a function, and then
        the expression raises.
        """
        return got not in (self.want, RAISES, _SHORT)
