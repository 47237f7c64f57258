"""Programs that know nothing of warm kernels run on them unchanged."""

from __future__ import annotations

import os

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from dlcourse.grading.kernels.manager import kernel_manager
from dlcourse.grading.sandbox.limits import Limits

from .running import KINDS

NAMES = {"none": "dlcourse-warm", "bubblewrap": "dlcourse-sandbox"}
FORKED = "import sys; print('torch' in sys.modules)"
FIGURE = "%matplotlib inline\nimport matplotlib.pyplot as plt; plt.plot([1, 2]);"


def notebook(*cells):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(
        cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
    )


@pytest.mark.parametrize("sandbox", KINDS)
def test_nbclient_by_the_kernels_name(sandbox, tmp_path):
    page = notebook(FORKED, "1 + 1", FIGURE, "1 / 0")
    client = NotebookClient(
        page, kernel_name=NAMES[sandbox], resources={"metadata": {"path": tmp_path}}
    )
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        client.execute()
    assert page.cells[0].outputs[0].text == "True\n"
    assert page.cells[1].outputs[0].data["text/plain"] == "2"
    assert "image/png" in page.cells[2].outputs[-1].data


@pytest.mark.parametrize("sandbox", KINDS)
def test_nbclient_notices_death(sandbox):
    page = notebook("import os; os._exit(3)", "1")
    with pytest.raises(DeadKernelError):
        NotebookClient(page, kernel_name=NAMES[sandbox]).execute()


@pytest.mark.parametrize("sandbox", KINDS)
def test_nbclient_with_a_manager_it_was_given(sandbox):
    page = notebook(FORKED, "print(open('given.txt').read())")
    manager = kernel_manager(sandbox, Limits(), {"given.txt": b"as given"})
    client = NotebookClient(page, km=manager)
    client.execute(cleanup_kc=True)
    texts = [cell.outputs[0].text for cell in page.cells]
    assert texts == ["True\n", "as given\n"]


@pytest.mark.parametrize("sandbox", KINDS)
def test_nbgraders_execute(sandbox):
    page = notebook(FORKED, "1 / 0", "while True: pass", "print('after')")
    step = Execute(kernel_name=NAMES[sandbox], timeout=2)
    page, _ = step.preprocess(page, {})
    assert page.cells[0].outputs[0].text == "True\n"
    names = [[one.get("ename") for one in cell.outputs] for cell in page.cells[1:3]]
    assert names == [["ZeroDivisionError"], ["KeyboardInterrupt", "CellTimeoutError"]]
    assert page.cells[3].outputs[0].text == "after\n"


def test_jupyter_caches_executor(tmp_path):
    page = notebook(FORKED)
    page.metadata.kernelspec.name = "dlcourse-warm"
    path = tmp_path / "page.ipynb"
    nbformat.write(page, path)
    cache = get_cache(tmp_path / "cache")
    cache.add_nb_to_project(str(path))
    result = load_executor("local-serial", cache=cache).run_and_cache()
    assert [os.path.basename(one) for one in result.succeeded] == ["page.ipynb"]  # noqa: PTH119
    _, merged = cache.merge_match_into_file(str(path))
    assert merged.cells[0].outputs[0].text == "True\n"
