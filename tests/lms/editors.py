"""Notebooks as editors other than Jupyter's write them back."""

from __future__ import annotations

import base64
import copy
import json
from typing import Any

Notebook = dict[str, Any]
_PICTURE = base64.b64encode(b"\x89PNG no picture at all").decode()


def colab(notebook: Notebook) -> bytes:
    """Colab: ids of its own in the metadata, one-line strings, outputs, no cell ids."""
    made = copy.deepcopy(notebook)
    for number, cell in enumerate(made["cells"]):
        cell.pop("id", None)
        own = f"xY{number:03}zAbCdE"
        # Colab keeps metadata that it does not know.
        cell["metadata"] |= {"id": own}
        cell["source"] = _lines(cell)
        if cell["cell_type"] == "code":
            cell["metadata"] |= {
                "outputId": "3f2c1f7e-7a51-4c7c-d7b0-0d2f4f6d9a11",
                "colab": {"base_uri": "https://localhost:8080/", "height": 35},
                "executionInfo": {
                    "status": "ok",
                    "timestamp": 1795771200000,
                    "user_tz": -60,
                    "elapsed": 12,
                    "user": {"displayName": "Ada", "userId": "0123"},
                },
            }
            cell["execution_count"] = number
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "data": {"image/png": _PICTURE, "text/plain": ["<Figure>"]},
                    "metadata": {},
                },
                {"output_type": "stream", "name": "stdout", "text": ["12\n"]},
            ]
    made["cells"].insert(
        0,
        {
            "cell_type": "markdown",
            "metadata": {"id": "view-in-github", "colab_type": "text"},
            "source": ['<a href="https://colab.research.google.com/">Open</a>'],
        },
    )
    made["metadata"] = {
        "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
        "accelerator": "GPU",
        "widgets": {"application/vnd.jupyter.widget-state+json": {}},
    }
    return _written(made, minor=0)


def vscode(notebook: Notebook) -> bytes:
    """VS Code: the labels stay, further settings come, sources are strings."""
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        cell["metadata"] |= {"vscode": {"languageId": "python"}}
        cell["source"] = "".join(_lines(cell)).replace("\n", "\r\n")
    made["metadata"]["language_info"] = {"name": "python", "version": "3.12.3"}
    return _written(made, minor=2)


def deepnote(notebook: Notebook) -> bytes:
    """Deepnote: its own metadata in place of all other, new ids."""
    made = copy.deepcopy(notebook)
    for number, cell in enumerate(made["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {
            "cell_id": f"0000{number}-1e5e",
            "deepnote_cell_type": cell["cell_type"],
            "source_hash": "8c7f",
            "deepnote_to_be_reexecuted": False,
        }
        cell["source"] = "".join(_lines(cell)).rstrip("\n") + "  "
    made["metadata"] = {"deepnote": {}, "deepnote_execution_queue": []}
    return _written(made, minor=0)


def kaggle(notebook: Notebook) -> bytes:
    """Kaggle's way of an import: labels gone, settings of the whole replaced."""
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"trusted": True, "_uuid": "d629ff2d2480"}
        cell["source"] = "".join(_lines(cell)).strip("\n")
    made["metadata"] = {
        "kaggle": {"accelerator": "gpu", "isGpuEnabled": True},
        "kernelspec": {"name": "python3", "language": "python", "display_name": "P"},
    }
    return _written(made, minor=4)


def _lines(cell: dict[str, Any]) -> list[str]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return text.splitlines(keepends=True)


def _written(notebook: Notebook, minor: int) -> bytes:
    return json.dumps({**notebook, "nbformat": 4, "nbformat_minor": minor}).encode()
