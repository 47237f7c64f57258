"""MyST's directives as plain Markdown: one function for each kind.

A directive that is not in ``DIRECTIVES`` is an error, so that nothing of a page
vanishes from its notebook unseen. To add one, write a function or name it among its
likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dlcourse.publish.addresses import EXERCISES
from dlcourse.publish.exported_inline import Page, picture, plain_text

_LONGEST = re.compile(r"`{3,}")


@dataclass(frozen=True)
class Directive:
    """A directive of a page.

    Attributes:
        name: such as ``note``.
        argument: what follows the name on its line.
        options: its options, by name.
        body: its text, without options.
        line: number of its first line in the page.
        body_line: number of its text's first line.
        page: the page.
        plain: makes plain Markdown of text from a line on.
    """

    name: str
    argument: str
    options: dict[str, Any]
    body: str
    line: int
    body_line: int
    page: Page
    plain: Callable[[str, int, Page], str]

    def inner(self) -> str:
        """Return the text inside as plain Markdown."""
        return self.plain(self.body, self.body_line, self.page).strip("\n")

    def title(self, default: str = "") -> str:
        """Return the argument as plain Markdown."""
        return plain_text(self.argument, self.line, self.page).strip() or default

    def place(self) -> str:
        """Return the address of the section on the site in which this stands."""
        targets = self.page.targets
        return targets.address(targets.section(self.page.name, self.line))


Write = Callable[[Directive], str]


def _quote(title: str, text: str) -> str:
    body = "\n".join(f"> {line}".rstrip() for line in text.split("\n") if text)
    return f"> **{title}**" + (f"\n>\n{body}" if body else "")


def _admonition(it: Directive) -> str:
    if it.name == "admonition":
        title, text = it.title(), it.inner()
    else:  # these have no title; text may begin on their first line
        title = {"seealso": "See also"}.get(it.name, it.name.capitalize())
        text = "\n\n".join(filter(None, (it.title(), it.inner())))
    if "dropdown" in str(it.options.get("class", "")).split():
        return _folded(title, text)
    return _quote(title, text)


def _aside(it: Directive) -> str:
    return _quote(it.title("Aside"), it.inner())


def _folded(title: str, text: str) -> str:
    # Blank lines, because Markdown begins anew only after them.
    return f"<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>"


def _dropdown(it: Directive) -> str:
    return _folded(it.title("More"), it.inner())


def _container(it: Directive) -> str:
    return it.inner()


def _tab(it: Directive) -> str:
    return f"**{it.title()}**\n\n{it.inner()}"


def _card(it: Directive) -> str:
    """A card is an item of a list; its title leads where the card led."""
    title = it.title()
    if link := it.options.get("link"):
        title = _card_link(str(link), title, it)
    # Lines that part a card's head and foot from its body.
    text = re.sub(r"^\^{3,}\s*$", "", it.inner(), flags=re.MULTILINE).strip()
    lines = text.split("\n") if text else []
    head = f"- **{title}**" if title else "-"
    if title and lines:
        head += ":"
    if lines:
        head += f" {lines[0]}"
    return "\n".join([head, *(f"  {line}".rstrip() for line in lines[1:])])


def _card_link(link: str, title: str, it: Directive) -> str:
    targets, kind = it.page.targets, it.options.get("link-type", "url")
    if kind in ("ref", "any"):
        target = targets.label(link)
    else:
        target = targets.document(link, it.page.name) if kind == "doc" else None
    if target is None and kind != "url":
        raise it.page.fault(it.line, f"the card's link {link} leads nowhere; mend it.")
    if target is None:
        found = targets.link(link, it.page.name)
        if found is None:
            raise it.page.fault(
                it.line, f"the card's link {link} leads nowhere; mend it."
            )
        return f"[{title or found[1] or link}]({found[0]})"
    return f"[{title or target.title or link}]({targets.address(target)})"


def _figure(it: Directive) -> str:
    alt = str(it.options.get("alt", ""))
    shown = picture(alt, it.argument.strip(), it.line, it.page)
    caption = it.inner()
    return f"{shown}\n\n{caption}" if caption else shown


def _listing(it: Directive) -> str:
    marks = max((len(m) for m in _LONGEST.findall(it.body)), default=2) + 1
    fence = "`" * max(3, marks)
    caption = f"**{it.options['caption']}**\n\n" if "caption" in it.options else ""
    return f"{caption}{fence}{it.argument.strip()}\n{it.body}\n{fence}"


def _formula(it: Directive) -> str:
    formula = "\n".join(filter(None, (it.argument, it.body.strip())))
    return f"$$\n{formula}\n$$"


def _table(it: Directive) -> str:
    return f"**{it.title()}**\n\n{it.inner()}" if it.argument else it.inner()


def _heading(it: Directive) -> str:
    return f"**{it.title()}**"


def _nothing(it: Directive) -> str:
    return ""


def _on_the_site(what: str) -> Write:
    """Make a link for what only the site can do."""
    return lambda it: f"**{what}:** [open them on the course's site]({it.place()})."


def _exercise(it: Directive) -> str:
    name, page = it.argument.strip(), it.page
    path, addresses = f"exercises/{name}/{name}.ipynb", page.targets.addresses
    if not (page.targets.root / path).is_file():
        raise page.fault(
            it.line, f"{path} does not exist; make it by `dlcourse release {name}`."
        )
    links = (
        ("Colab", addresses.colab(f"{EXERCISES}/{name}.ipynb")),
        ("Binder", addresses.binder(path)),
        ("download", addresses.file(path)),
    )
    listed = " · ".join(f"[{label}]({address})" for label, address in links)
    return f"**Exercise {name}:** {listed}"


DIRECTIVES: dict[str, Write] = {
    **dict.fromkeys(
        (
            *("admonition", "attention", "caution", "danger", "error", "hint"),
            *("important", "note", "seealso", "tip", "warning"),
        ),
        _admonition,
    ),
    **dict.fromkeys(("margin", "sidebar", "aside"), _aside),
    **dict.fromkeys(("dropdown", "toggle", "details"), _dropdown),
    **dict.fromkeys(
        ("tab-set", "grid", "grid-item", "div", "container", "card-carousel"),
        _container,
    ),
    "tab-item": _tab,
    **dict.fromkeys(("card", "grid-item-card"), _card),
    **dict.fromkeys(("figure", "image"), _figure),
    **dict.fromkeys(("code", "code-block", "sourcecode"), _listing),
    "math": _formula,
    "table": _table,
    "rubric": _heading,
    "index": _nothing,
    "quiz": _on_the_site("Questions with feedback"),
    "mock-exam": _on_the_site("Questions and papers of a mock exam"),
    "hurdles": _on_the_site("A calculator of marks"),
    "demo": _on_the_site("A live demonstration"),
    "formula-sheet": _on_the_site("The formula sheet"),
    "exercise-links": _exercise,
}
