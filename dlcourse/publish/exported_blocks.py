"""A page's blocks as Markdown that any notebook shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from docutils.parsers.rst import Directive as DocutilsDirective
from docutils.parsers.rst.states import MarkupError
from markdown_it.token import Token
from myst_parser.parsers.directives import parse_directive_text

from dlcourse.publish.exported_directives import DIRECTIVES, Directive
from dlcourse.publish.exported_inline import Page, plain_text
from dlcourse.publish.exported_targets import parser

# Shown as they are.
_VERBATIM = ("code_block", "fence", "math_block", "amsmath")
# Seen by the book only: labels, comments, marks between cells.
_DROPPED = ("myst_target", "myst_line_comment", "myst_block_break")
_LISTS = {
    "dl_open": re.compile(r"^(?P<term>[^\s:~].*)$|^[:~]\s+(?P<text>.*)$"),
    "field_list_open": re.compile(r"^:(?P<term>[^:]+):(?:\s+(?P<text>.*))?$"),
}
_DIRECTIVE = re.compile(r"^\{(?P<name>[^{}\s]+)\}\s*(?P<argument>.*)$", re.DOTALL)
_EQUATION_LABEL = re.compile(r"\$\$\s*\([^()]+\)\s*$")
_BLANK_LINES = re.compile(r"\n{3,}")


class _AnyDirective(DocutilsDirective):
    """Makes MyST-Parser read any options."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {"any": str}


def plain(text: str, line: int, page: Page) -> str:
    """Turn a piece of a page into plain Markdown.

    Args:
        text: lines of a page, without code cells.
        line: the number of the first one.
        page: the page.

    Returns:
        Markdown with no construct of MyST but formulas.

    Raises:
        CourseError: if there is a directive or a role that is not known here, or a link
            to nowhere; it names page and line.
    """
    lines = text.split("\n")
    made: list[str] = []
    done = 0
    for token in _leaves(parser().parse(text)):
        assert token.map is not None
        begin, end = token.map
        if begin < done:
            continue
        # markdown-it counts blank lines at the end of some blocks.
        while end > begin + 1 and not lines[end - 1].strip():
            end -= 1
        if done < begin:
            made.append(plain_text("\n".join(lines[done:begin]), line + done, page))
        made.append(_block(token, lines[begin:end], line + begin, page))
        done = end
    if done < len(lines):
        made.append(plain_text("\n".join(lines[done:]), line + done, page))
    return _BLANK_LINES.sub("\n\n", "\n".join(made)).strip("\n")


def _leaves(tokens: list[Token]) -> Iterator[Token]:
    """List the blocks that are more than paragraphs, in their order."""
    kinds = (*_VERBATIM, *_DROPPED, *_LISTS, "colon_fence", "math_block_label")
    return (token for token in tokens if token.type in kinds and token.map)


def _block(token: Token, lines: list[str], line: int, page: Page) -> str:
    """Return what a block is in a notebook."""
    if token.type in _LISTS:
        return plain("\n".join(_listed(lines, token.type)), line, page)
    if token.type in _DROPPED:
        return ""
    if token.type == "math_block_label":
        return _EQUATION_LABEL.sub("$$", "\n".join(lines))
    found = _DIRECTIVE.match(token.info.strip())
    if found is None and token.type != "colon_fence":
        return "\n".join(lines)
    if found is None:
        raise page.fault(
            line,
            f"the block {token.markup}{token.info} has no directive's name; write it "
            "in braces, or begin a listing by backticks.",
        )
    # What stands before the marks on their line: a list's bullet, a quotation's arrow.
    before = lines[0][: lines[0].index(token.markup)]
    after = "".join(sign if sign == ">" else " " for sign in before)
    text = _directive(found["name"], found["argument"], token.content, line, page)
    first, *rest = text.split("\n")
    return "\n".join([before + first, *((after + more).rstrip() for more in rest)])


def _directive(name: str, argument: str, content: str, line: int, page: Page) -> str:
    write = DIRECTIVES.get(name)
    if write is None:
        raise page.fault(
            line,
            f"the exporter of notebooks does not know the directive {{{name}}}; teach "
            "it in dlcourse/publish/exported_directives.py.",
        )
    try:
        read = parse_directive_text(
            _AnyDirective, argument, content, validate_options=False
        )
    except MarkupError as error:
        raise page.fault(line, f"{{{name}}}: {error}; mend its options.") from error
    for warning in read.warnings:
        raise page.fault(line, f"{{{name}}}: {warning.msg}; mend its options.")
    first = line + 1 + read.body_offset
    body = "\n".join(read.body)
    return write(
        Directive(name, argument, dict(read.options), body, line, first, page, plain)
    )


def _listed(lines: list[str], kind: str) -> Iterator[str]:
    """Write terms and definitions, or fields, as a list of as many lines."""
    for line in lines:
        found = _LISTS[kind].match(line)
        if found is None:
            yield line if line.startswith("  ") or not line.strip() else f"  {line}"
        elif found["term"]:
            yield f"- **{found['term'].strip()}**: {found['text'] or ''}".rstrip()
        else:
            yield f"  {found['text']}"
