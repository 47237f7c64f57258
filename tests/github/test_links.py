"""The weekly look at links, in a small book that links to a server of this process."""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = """\
# Front

[fine]({0}/200) and [moved]({0}/301), [gone]({0}/404), [shut]({0}/403)

[nobody](http://127.0.0.1:1/) but [an example](http://localhost:8000)
and [yours](https://github.com/your-organisation/deep-learning-lab).

{{glue:text}}`nothing`

```{{code-cell}} python
raise SystemExit("This must not run.")
```
"""
FRONT = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path[1:]))
        if self.path == "/301":
            self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def check(root: Path, house: Path, page: str) -> subprocess.CompletedProcess[str]:
    (house / "book").mkdir(exist_ok=True)
    shutil.copy(root / "_config.yml", house)
    shutil.copytree(root / "book/_static", house / "book/_static", dirs_exist_ok=True)
    (house / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    (house / "book/index.md").write_text(FRONT + page)
    return subprocess.run(
        [sys.executable, root / ".github/scripts/check_links.py"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_broken_links_are_named_with_their_place(root, tmp_path, address):
    done = check(root, tmp_path, PAGE.format(address))
    assert done.returncode == 1, done.stderr
    away, _, broken = done.stdout.partition("These are broken:")
    place = r"(?m)^book/index\.md:\d+: "  # of the paragraph
    assert re.search(f"{place}{address}/404\n    404 Client Error", broken)
    assert re.search(f"{place}http://127.0.0.1:1/\n", broken)
    assert len(re.findall(place, broken)) == 2
    assert re.search(f"{place}{address}/403\n    403 Client Error", away)
    assert len(re.findall(place, away)) == 1


def test_all_is_well_if_all_lead_somewhere(root, tmp_path, address):
    done = check(root, tmp_path, f"# Front\n\n[fine]({address}/200)\n")
    assert (done.returncode, done.stdout) == (0, "")
