"""Of a cell's outputs as much is kept as anybody would read, and what matters."""

from __future__ import annotations

from typing import Any

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode

from dlcourse.grading.talk.outputs import (
    MOST_ITEMS,
    MOST_PRINTED,
    MOST_READ,
    MOST_SHOWN,
    Outputs,
    Room,
)

Said = tuple[str, dict[str, Any]]


def printed(text: str, stream: str = "stdout") -> Said:
    return "stream", {"name": stream, "text": text}


def shown(size: int = 10, **more: Any) -> Said:
    return "display_data", {"data": {"image/png": "x" * size}, "metadata": {}, **more}


ERROR = ("error", {"ename": "E", "evalue": "no", "traceback": ["line"]})


def kept(*said: Said, room: Room | None = None) -> list[NotebookNode]:
    outputs = Outputs(room or Room())
    for kind, content in said:
        topic = f"stream.{content['name']}" if kind == "stream" else kind
        if outputs.wants(kind, topic, len(str(content))):
            outputs.add(kind, content)
    return outputs.items


def test_printing_comes_together() -> None:
    [one] = kept(printed("a"), printed("b"))
    assert (one.name, one.text) == ("stdout", "ab")
    assert [one.name for one in kept(printed("a"), printed("b", "stderr"))] == [
        *("stdout", "stderr")
    ]


def test_endless_printing_is_cut_and_said_to_be() -> None:
    [one] = kept(*[printed("x" * (MOST_PRINTED // 4))] * 100)
    assert MOST_PRINTED <= len(one.text) < MOST_PRINTED + 100
    assert one.text.endswith("(cut here: too much to keep)\n")


def test_a_flood_is_not_even_read() -> None:
    outputs = Outputs(Room())
    kind, content = printed("x" * (MOST_PRINTED + 1))
    assert outputs.wants(kind, "stream.stdout", 9)
    outputs.add(kind, content)
    assert not outputs.wants(kind, "stream.stdout", 9)
    assert outputs.wants(kind, "stream.stderr", 9)
    assert not outputs.wants("comm_msg", "comm", 9)
    assert not outputs.wants("display_data", "", MOST_SHOWN + 1)
    read = [outputs.wants("display_data", "", 9) for _ in range(2 * MOST_READ)]
    assert sum(read) < MOST_READ


def test_errors_are_kept_however_much_was_printed() -> None:
    flood = [printed("x" * MOST_PRINTED)] * 3
    assert kept(*flood, ERROR)[-1].ename == "E"
    many = [shown()] * (MOST_ITEMS + 50)
    assert kept(*many, ERROR)[-1].ename == "E"
    assert len(kept(*many)) == MOST_ITEMS


def test_pictures_are_cut() -> None:
    half = shown(MOST_SHOWN // 2)
    found = kept(half, half, half, half, shown(2 * MOST_SHOWN))
    assert [one.output_type for one in found] == ["display_data", "stream"]


def test_all_cells_together_have_an_end() -> None:
    room = Room(100)
    assert kept(printed("x" * 60), room=room)
    assert kept(printed("x" * 60), room=room) == []


def test_clearing_makes_room() -> None:
    flood = [printed("x" * MOST_PRINTED)] * 3
    clear = ("clear_output", {"wait": True})
    assert [one.text for one in kept(*flood, clear, printed("y"))] == ["y"]
    assert kept(printed("a"), ("clear_output", {})) == []
    assert [one.text for one in kept(printed("a"), clear)] == ["a"]


def test_a_display_is_brought_up_to_date() -> None:
    one = shown(1, transient={"display_id": "bar"})
    update = (
        "update_display_data",
        {**shown(3)[1], "transient": {"display_id": "bar"}},
    )
    [found] = kept(one, update, ("update_display_data", shown(5)[1]))
    assert found.data == {"image/png": "xxx"}


JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
KINDS = "stream error display_data execute_result update_display_data clear_output x"
FIELDS = ["name", "text", "ename", "evalue", "traceback", "data", "wait", "transient"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS.split()),
            st.dictionaries(st.sampled_from(FIELDS), JSON),
        )
    )
)
def test_whatever_a_kernel_says_is_a_valid_output(said: list[Said]) -> None:
    outputs = Outputs(Room())
    for kind, content in said:
        if outputs.wants(kind, kind, 1):
            outputs.add(kind, content)
    cell = nbformat.v4.new_code_cell("", outputs=outputs.items)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
