"""Paths in the systems' zips, as their sources write them."""

from __future__ import annotations

import pytest

from dlcourse.lms.names import read_label

FOLDER = "Ada Lovelace_812340_assignsubmission_file"


@pytest.mark.parametrize(
    ("path", "folder", "file"),
    [
        (f"{FOLDER}/toy.ipynb", FOLDER, ("toy.ipynb",)),
        (f"{FOLDER}_/toy.ipynb", f"{FOLDER}_", ("toy.ipynb",)),
        (f"{FOLDER}_toy.ipynb", f"{FOLDER}_", ("toy.ipynb",)),
        (f"{FOLDER}/lab/data/a_1_2_b.csv", FOLDER, ("lab", "data", "a_1_2_b.csv")),
        (f"DL-Toy-4711/{FOLDER}_/toy.ipynb", f"{FOLDER}_", ("toy.ipynb",)),
    ],
)
def test_moodle_in_each_of_its_forms(
    path: str, folder: str, file: tuple[str, ...]
) -> None:
    label = read_label(tuple(path.split("/")))
    assert label is not None
    assert (label.system, label.name, label.number) == (
        *("moodle", "Ada Lovelace", "812340"),
    )
    assert (label.folder, label.path, label.typed) == (folder, file, False)


@pytest.mark.parametrize(
    ("path", "name", "number", "typed"),
    [
        ("Ada_8_assignsubmission_onlinetext/onlinetext.html", "Ada", "8", True),
        ("Ada_8_assignsubmission_onlinetext_onlinetext.html", "Ada", "8", True),
        ("Participant_8_assignsubmission_file_toy.ipynb", "Participant", "8", False),
        ("Group A_31_assignsubmission_file/toy.ipynb", "Group A", "31", False),
        ("Default group_assignsubmission_file/x.ipynb", "Default group", "", False),
        ("李 小龙_8_assignsubmission_file_/toy.ipynb", "李 小龙", "8", False),
        (
            "O'Neil-Šimić, 3rd_8_assignsubmission_file/t",
            "O'Neil-Šimić, 3rd",
            "8",
            False,
        ),
    ],
)
def test_moodle_persons_and_groups(
    path: str, name: str, number: str, typed: bool
) -> None:
    label = read_label(tuple(path.split("/")))
    assert label is not None
    assert (label.name, label.number, label.typed) == (name, number, typed)


def test_the_text_of_a_person_shares_the_folder_of_the_files() -> None:
    for last in ("", "_"):
        label = read_label((f"Ada_8_assignsubmission_onlinetext{last}", "text.html"))
        assert label is not None
        assert label.folder == f"Ada_8_assignsubmission_file{last}"


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("lovelaceada_12345_67890_toy.ipynb", ("12345", 67890, False, "toy.ipynb")),
        ("lovelaceada_LATE_12345_67890_t-1.ipynb", ("12345", 67890, True, "t-1.ipynb")),
        ("de_la_cruz_12345_67890_my_1_2_x.py", ("12345", 67890, False, "my_1_2_x.py")),
        ("müllerjörg_7_8_Übung 1.ipynb", ("7", 8, False, "Übung 1.ipynb")),
        ("anon_Xy3aZ_67890_toy.ipynb", ("anon_Xy3aZ", 67890, False, "toy.ipynb")),
        ("LATE_anon_Xy3aZ_67890_toy.ipynb", ("anon_Xy3aZ", 67890, True, "toy.ipynb")),
        ("lovelaceada_LATE_12345_text.html", ("12345", 0, True, "text.html")),
        ("lovelaceada_12345_link.html", ("12345", 0, False, "link.html")),
        ("lovelaceada_12345_9_text.html", ("12345", 9, False, "text.html")),
    ],
)
def test_canvas(file: str, wanted: tuple[str, int, bool, str]) -> None:
    label = read_label((file,))
    assert label is not None
    assert label.system == "canvas"
    found = (label.number, label.upload, label.late, "/".join(label.path))
    assert found == wanted
    assert label.typed is (label.upload == 0)


@pytest.mark.parametrize(
    "path",
    [
        "toy.ipynb",
        "Ada Lovelace/toy.ipynb",
        "Ada_8_assignfeedback_file_/comment.pdf",
        "Ada_8_assignsubmission_file_",
        "lab_1_final.ipynb",
        "",
    ],
)
def test_other_paths_are_nobodys(path: str) -> None:
    assert read_label(tuple(filter(None, path.split("/")))) is None
