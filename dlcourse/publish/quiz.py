"""The directive ``quiz``: questions that a reader answers in the page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from dlcourse.errors import CourseError
from dlcourse.exam import banks
from dlcourse.exam.question import Question
from dlcourse.exam.template import Form
from dlcourse.exam.templates import TEMPLATES
from dlcourse.publish.quiz_faces import question_nodes

_SCRIPTS = ("scoring.js", "quiz.js")


class PageWithQuestions(SphinxDirective):
    """What directives that show questions have in common."""

    def parse(self, text: str) -> list[nodes.Node]:
        """Read Markdown as the page does."""
        holder = nodes.container()
        lines = StringList(text.strip().splitlines(), source=self.get_source_info()[0])
        self.state.nested_parse(lines, 0, holder)
        return list(holder.children)

    def note_sources(self) -> None:
        """Make the page anew when a bank or a template changes."""
        self.env.note_dependency(str(Path(banks.__file__)))
        self.env.metadata[self.env.docname]["dlcourse_questions"] = "yes"

    def set_head(self, label: str, buttons: str = "") -> nodes.Node:
        """Return the line above a set that counts what was answered."""
        return nodes.raw(
            "",
            f'<div class="dl-set-head" hidden><progress aria-label="{escape(label)}" '
            'max="1" value="0"></progress><span class="dl-count"></span>'
            f'{buttons}<button type="button" class="dl-forget" hidden>Start afresh'
            "</button></div>",
            format="html",
        )


class Quiz(PageWithQuestions):
    """Named questions, or those of a bank.

    ``:::{quiz} ID …`` shows static questions and templates by their ids. Without ids,
    ``:bank:`` (and ``:topic:``, ``:difficulty:``) chooses from a bank, or from the
    templates; ``:draw: N`` shows N of them at a time.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "bank": lambda text: [
            directives.choice(name, (*banks.BANKS, "templates"))
            for name in text.split()
        ],
        "topic": directives.unchanged_required,
        "difficulty": directives.unchanged_required,
        "draw": directives.positive_int,
        "variants": directives.positive_int,
        "form": lambda text: directives.choice(text, ("numeric", "choice")),
    }

    def run(self) -> list[nodes.Node]:
        """Make the forms."""
        self.note_sources()
        try:
            questions = self._questions()
        except CourseError as error:
            raise self.error(str(error)) from error
        draw = self.options.get("draw", len(questions))
        if not 0 < draw <= len(questions):
            raise self.error(
                f"quiz: {draw} questions are wanted, {len(questions)} are there."
            )
        shown: list[nodes.Node] = []
        for place, (id_, faces) in enumerate(questions):
            heading = f"Question {place + 1}" if draw == len(questions) else "Question"
            shown += question_nodes(faces, self.parse, id_, heading, place >= draw)
        if len(questions) == 1:
            return shown
        button = (
            '<button type="button" class="dl-draw">Draw others</button>'
            if draw < len(questions)
            else ""
        )
        return [
            nodes.raw("", f'<div class="dl-set" data-draw="{draw}">', format="html"),
            self.set_head("Questions answered", button),
            *shown,
            nodes.raw("", "</div>", format="html"),
        ]

    def _questions(self) -> list[tuple[str, list[Question]]]:
        """List what to show: an id and the faces under it."""
        if self.arguments:
            return [(id_, self._faces(id_)) for id_ in self.arguments[0].split()]
        if "bank" not in self.options:
            raise CourseError("quiz: give ids of questions, or :bank: and :topic:.")
        found = list(self._chosen())
        # As many at a time as :draw: says, but not those that come first in a file.
        if "draw" in self.options:
            random.Random(self.env.docname).shuffle(found)
        return [(id_, self._faces(id_)) for id_ in found]

    def _chosen(self) -> Iterator[str]:
        for name in self.options["bank"]:
            pool = TEMPLATES if name == "templates" else banks.bank(name)
            for id_, item in pool.items():
                if self.options.get("topic") in (
                    None,
                    item.topic,
                ) and self.options.get("difficulty") in (None, item.difficulty):
                    yield id_

    def _faces(self, id_: str) -> list[Question]:
        """Return a static question, or variants of a template.

        Raises:
            CourseError: if there is no question of that id.
        """
        if template := TEMPLATES.get(id_):
            form: Form = self.options.get("form", template.forms[0])
            count = self.options.get("variants", 6)
            return list(template.variants(count, form))
        question = banks.static_question(id_)
        if question is None:
            raise CourseError(f"quiz: no question or template has the id {id_!r}.")
        return [mixed(question)]


class Hurdles(PageWithQuestions):
    """The calculator "Do I pass, what do I need?"."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make the form; hurdles.js answers."""
        self.env.metadata[self.env.docname]["dlcourse_hurdles"] = "yes"
        fields = "".join(
            f'<label>{label}<input type="number" name="{name}" min="0" max="100" '
            'step="any" inputmode="decimal"></label>'
            for name, label in (
                ("in-semester", "In-semester result, in %"),
                ("exam", "Exam result, in % (may stay empty)"),
            )
        )
        html = (
            '<form class="dl-hurdles" aria-label="Do I pass, what do I need?" '
            f'novalidate>{fields}<output role="status"></output></form>'
        )
        return [nodes.raw("", html, format="html")]


def mixed(question: Question) -> Question:
    """Put a static question's options in an order that tells nothing."""
    order = list(range(len(question.options)))
    random.Random(question.id).shuffle(order)
    return question.arranged(order)


def _add_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the scripts on the pages that need them."""
    needs = app.env.metadata.get(page, {})
    if "dlcourse_questions" in needs:
        for script in _SCRIPTS:
            app.add_js_file(script, loading_method="defer")
    if "dlcourse_hurdles" in needs:
        app.add_js_file("hurdles.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("quiz", Quiz)
    app.add_directive("hurdles", Hurdles)
    app.connect("html-page-context", _add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
