"""From numbers to one file of HTML: templates, style and type in one."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import dlcourse
from dlcourse.errors import CourseError
from dlcourse.grading.result import printable
from dlcourse.report import words

_PAGES = Path(__file__).parent / "pages"
_FONTS = Path(dlcourse.__file__).parent / "fonts"
_FACES = (("Regular", 400), ("Bold", 700))


@dataclass(frozen=True)
class Tile:
    """A key figure: what it is, the number, and what the number does not say."""

    name: str
    value: str
    note: str = ""


def render(template: str, **values: Any) -> str:
    """Fill in a template. Whatever stands in the values is escaped.

    Args:
        template: its file name.
        values: what it shows.
    """
    return _environment().get_template(template).render(**values)


def save(page: str, path: Path) -> None:
    """Write a page, as a whole or not at all.

    Raises:
        CourseError: if the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(page, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}); name another file by --out."
        ) from error


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
    )
    environment.filters |= {
        "percent": words.percent,
        "marks": words.marks,
        "signed": words.signed,
        "seconds": words.seconds,
        "width": _width,
    }
    environment.globals["style"] = _style()
    return environment


def _shown(value: Any) -> Any:
    """Let nothing into a page that moves a cursor or turns the reading direction."""
    plain = isinstance(value, str) and not isinstance(value, Markup)
    if not plain:
        return value
    return words.TIED.join(map(printable, value.split(words.TIED)))


def _width(share: float) -> str:
    """Write a share as a length in a drawing."""
    return f"{100 * min(max(share, 0.0), 1.0):.2f}%"


def _style() -> Markup:
    faces = "".join(
        f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};'
        f"src:url(data:font/ttf;base64,{_encoded(name)})}}\n"
        for name, weight in _FACES
    )
    return Markup(faces + (_PAGES / "report.css").read_text(encoding="utf-8"))


def _encoded(name: str) -> str:
    raw = (_FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf").read_bytes()
    return base64.b64encode(raw).decode("ascii")
