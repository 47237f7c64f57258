"""LaTeX formulas as MathML, which browsers show without a script."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from docutils.utils.math.latex2mathml import tex2mathml

MOST_TEX = 2000  # characters of one formula
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_TAGS = re.compile(r"m[a-z]+")
_ATTRIBUTE = re.compile(r"[-\w.%# ]*")
# A few spellings that the converter does not know, and what it does know.
_SPELLINGS = {
    r"\begin{align}": r"\begin{aligned}",
    r"\end{align}": r"\end{aligned}",
    r"\begin{align*}": r"\begin{aligned}",
    r"\end{align*}": r"\end{aligned}",
    r"\begin{equation}": "",
    r"\end{equation}": "",
    r"\begin{equation*}": "",
    r"\end{equation*}": "",
}


def mathml(tex: str, as_block: bool) -> str:
    """Convert a formula; "" for one that cannot be converted.

    Args:
        tex: LaTeX, without dollars around it.
        as_block: whether it stands on a line of its own.
    """
    if len(tex) > MOST_TEX:
        return ""
    for unknown, known in _SPELLINGS.items():
        tex = tex.replace(unknown, known)
    try:
        made: str = tex2mathml(tex, as_block=as_block)
        tree = ElementTree.fromstring(made)
    except Exception:
        # Besides its own MathError, the converter raises what broken TeX makes it
        # stumble over: IndexError, AttributeError, RecursionError.
        return ""
    return made if all(map(_harmless, tree.iter())) else ""


def _harmless(element: ElementTree.Element) -> bool:
    """Tell whether an element is MathML and its attributes are plain words."""
    name = element.tag.removeprefix(_NAMESPACE)
    return bool(_TAGS.fullmatch(name)) and all(
        _ATTRIBUTE.fullmatch(value) and not key.startswith("on") and key != "href"
        for key, value in element.attrib.items()
    )
