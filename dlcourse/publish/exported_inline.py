"""Within a paragraph: MyST's roles and links as Markdown that any notebook shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dlcourse.errors import CourseError
from dlcourse.publish.exported_targets import Target, Targets

_ATTRIBUTES = r"(?:\{[.#%\w][^{}`\n]*\})?"
_PIECE = re.compile(
    rf"""
      (?P<escape>\\.)
    | \{{(?P<role>[a-zA-Z][\w:.+-]*)\}}
      (?P<ticks>`+)(?P<content>.+?)(?<!`)(?P=ticks)(?!`)
    | (?P<code>(?P<mark>`+)(?!`).+?(?<!`)(?P=mark)(?!`)){_ATTRIBUTES}
    | (?P<math>\$\$.+?\$\$|\$(?!\$)(?:\\.|[^$\\])+\$)
    | (?P<dollar>\$)
    | !\[(?P<alt>[^\]]*)\]\((?P<picture>[^()\s]+)(?:\s+"[^"]*")?\){_ATTRIBUTES}
    | ^\[\^(?P<footnote>[^\]\s]+)\]:[ ]*
    | \[\^(?P<mention>[^\]\s]+)\]
    | (?P<bare>\[)?\]\((?P<link><[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)
      (?P<title>\s+"[^"]*")?\){_ATTRIBUTES}
    | ^\[(?P<reference>[^\]^]+)\]:\s
    | \[(?P<span>[^\[\]]*)\]\{{[.#%\w][^{{}}`\n]*\}}
    | \{{\{{(?P<substitution>.+?)\}}\}}
    | <(?P<auto>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*|\#[^<>\s]+)>
    | (?P<html></?[a-zA-Z][^<>]*>)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_KEPT = ("escape", "code", "math", "html")
_BLANK = re.compile(r"(\n[ \t>]*\n)")
_NAMED = re.compile(r"^(?P<text>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
_SPECIAL = re.compile(r"([\\*_`$<>|\[\]~])")
_RELATIVE = re.compile(r"""(?:href|src)\s*=\s*["']?(?!https?:|mailto:|data:)""")
_LATER = "(see the output above)"


@dataclass
class Page:
    """A page that is made into a notebook.

    Attributes:
        name: its path from the root, without ``.md``.
        targets: where its links may lead.
        numbers: what its cells glued, by name, when it was executed; None if it was
            not.
        footnotes: their numbers, by name, in the order in which they are met.
    """

    name: str
    targets: Targets
    numbers: Mapping[str, str] | None = None
    footnotes: dict[str, int] = field(default_factory=dict)

    def fault(self, line: int, what: str) -> CourseError:
        """Return the error for something that cannot be said in a notebook."""
        return CourseError(f"{self.name}.md, line {line}: {what}")

    def footnote(self, name: str) -> str:
        """Return a footnote's mark."""
        number = self.footnotes.setdefault(name, len(self.footnotes) + 1)
        return f"<sup>{number}</sup>"


def plain_text(text: str, line: int, page: Page) -> str:
    """Turn roles and links into plain Markdown; formulas and code stay.

    Args:
        text: lines of a page that hold no fences.
        line: the number of the first one.
        page: the page.

    Returns:
        The same text, with as many lines or fewer.

    Raises:
        CourseError: if it has a role that is not known here, or a link to nowhere.
    """
    made = []
    # Nothing goes on beyond a blank line, so one stray backtick does not spoil a page.
    for part in _BLANK.split(text):
        made.append(_piecewise(part, line, page))
        line += part.count("\n")
    return "".join(made)


def _piecewise(text: str, line: int, page: Page) -> str:
    def exchange(found: re.Match[str]) -> str:
        return _exchange(found, line + text.count("\n", 0, found.start()), page)

    return _PIECE.sub(exchange, text)


def _exchange(found: re.Match[str], line: int, page: Page) -> str:
    """Return what a piece of a paragraph is in a notebook."""
    for kind in _KEPT:
        if found[kind]:
            if kind == "html" and _RELATIVE.search(found[kind]):
                raise page.fault(
                    line,
                    f"{found[kind]} leads nowhere from a notebook; write it in "
                    "Markdown.",
                )
            return found[kind]
    if role := found["role"]:
        if role not in ROLES:
            raise page.fault(
                line,
                f"the exporter of notebooks does not know the role {{{role}}}; teach "
                "it in dlcourse/publish/exported_inline.py.",
            )
        return ROLES[role](found["content"].strip(), line, page)
    if found["dollar"]:
        return "\\$"
    if path := found["picture"]:
        return picture(found["alt"], path, line, page)
    if name := found["footnote"]:
        return page.footnote(name) + " "
    if name := found["mention"]:
        return page.footnote(name)
    if found["link"] is not None:
        return _link(found, line, page)
    if found["reference"] or found["substitution"]:
        raise page.fault(
            line,
            f"{found[0].strip()} is defined for the whole page, but a notebook's cells "
            "are read one by one; write it out where it is used.",
        )
    if found["auto"]:
        return _autolink(found["auto"], line, page)
    return _piecewise(found["span"], line, page)


def picture(alt: str, path: str, line: int, page: Page) -> str:
    """Show a picture by its address among the sources.

    Raises:
        CourseError: if the file does not exist or there is no alternative text.
    """
    address = page.targets.picture(path, page.name)
    if address is None:
        raise page.fault(line, f"the picture {path} does not exist; mend its path.")
    if not alt.strip():
        raise page.fault(line, f"the picture {path} has no alternative text; add it.")
    return f"![{alt}]({address})"


def _link(found: re.Match[str], line: int, page: Page) -> str:
    address, title = _resolve(found["link"].strip("<>"), line, page)
    if found["bare"]:
        return f"[{title or address}]({address})"
    return f"]({address}{found['title'] or ''})"


def _autolink(target: str, line: int, page: Page) -> str:
    scheme, _, rest = target.partition(":")
    if scheme.lower() in ("http", "https", "mailto"):
        return f"<{target}>"
    own = rest if scheme in ("project", "path") else target
    address, title = _resolve(own, line, page)
    return f"[{title or address}]({address})"


def _resolve(target: str, line: int, page: Page) -> tuple[str, str]:
    found = page.targets.link(target, page.name)
    if found is None:
        raise page.fault(
            line,
            f"the link to {target} leads to no page, label, heading or file, or to one "
            "of two headings with the same name; mend it.",
        )
    return found


# Roles

Role = Callable[[str, int, Page], str]


def _number(name: str, line: int, page: Page) -> str:
    """Insert what a cell glued, as the page on the site shows it."""
    if page.numbers is None:
        return _LATER
    if name not in page.numbers:
        raise page.fault(line, f"no cell glued {name}; mend the name or glue it.")
    return _SPECIAL.sub(r"\\\1", page.numbers[name])


def _to(look_up: Callable[[str, Page], Target | None]) -> Role:
    """Make a role that links to a target, as ``target`` or ``text <target>``."""

    def role(content: str, line: int, page: Page) -> str:
        named = _NAMED.match(content)
        name = named["target"] if named else content
        if (target := look_up(name, page)) is None:
            raise page.fault(line, f"{name} is nowhere on these pages; mend the name.")
        text = named["text"] if named else target.title or name
        return f"[{text}]({page.targets.address(target)})"

    return role


def _download(content: str, line: int, page: Page) -> str:
    named = _NAMED.match(content)
    path = named["target"] if named else content
    address, title = _resolve(path, line, page)
    return f"[{named['text'] if named else title}]({address})"


def _between(begin: str, end: str) -> Role:
    return lambda content, line, page: f"{begin}{content}{end}"


def _strip(content: str, line: int, page: Page) -> str:
    """Drop what has no meaning of its own, such as an icon."""
    return ""


ROLES: dict[str, Role] = {
    "glue:text": _number,
    "math": _between("$", "$"),
    "ref": _to(lambda name, page: page.targets.label(name)),
    "doc": _to(lambda name, page: page.targets.document(name, page.name)),
    "term": _to(lambda name, page: page.targets.terms.get(name.lower())),
    "download": _download,
    "abbr": _between("", ""),
    **dict.fromkeys(("sub", "subscript"), _between("<sub>", "</sub>")),
    **dict.fromkeys(("sup", "superscript"), _between("<sup>", "</sup>")),
    "kbd": _between("<kbd>", "</kbd>"),
    **dict.fromkeys(
        ("code", "literal", "file", "command", "samp", "program"), _between("`", "`")
    ),
    **dict.fromkeys(("emphasis", "dfn", "menuselection"), _between("*", "*")),
    **dict.fromkeys(("strong", "guilabel"), _between("**", "**")),
    **dict.fromkeys(
        (f"bdg{kind}" for kind in ("", "-primary", "-secondary", "-info")),
        _between("**", "**"),
    ),
    **dict.fromkeys(("octicon", "fas", "far", "fab"), _strip),
}
