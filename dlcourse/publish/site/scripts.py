"""Which scripts a page loads: those that do something on it."""

from __future__ import annotations

import os
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from dlcourse.publish.site.gather import LATER, SHARED

# What a page must hold for a script to be of use.
_SERVES = {
    "clipboard.min.js": 'class="highlight',
    "copybutton.js": 'class="highlight',
    "design-tabs.js": 'class="sd-tab-set',
}


def choose(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Leave out the scripts that a page has no use for, and those that all share.

    Our ``layout.html`` loads one script in the place of these, then what is left, and
    nothing of Font Awesome's script, which draws again what its style sheet has drawn.
    """
    body = str(context.get("body", ""))
    context["script_files"] = [
        script
        for script in context["script_files"]
        if _serves(_name(script), body)
        and not _is_option(script.attributes.get("body", ""))
    ]
    # Bootstrap's script opens menus in the header; tooltips fall back on the browser's.
    context["dl_menus"] = any(
        button.get("type") == "group" for button in context.get("header_buttons", [])
    )


def _name(script: Any) -> str:
    return os.fspath(script.filename or "").removeprefix("_static/")


def _serves(script: str, body: str) -> bool:
    return script not in (*SHARED, *LATER) and _SERVES.get(script, "") in body


def _is_option(inline: str | None) -> bool:
    # The theme's menu of versions reads them, which this site does not have; and they
    # would run before documentation_options.js, which is not waited for.
    return bool(inline) and str(inline).startswith("DOCUMENTATION_OPTIONS.")
