"""The two environment variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.data import sets, settings


@pytest.mark.parametrize("value", ["ofline", "Offline", "0", " auto"])
@pytest.mark.parametrize("load", [sets.digits, sets.fashion, sets.cifar10])
def test_a_wrong_mode_names_the_variable_and_what_is_allowed(load, value, monkeypatch):
    monkeypatch.setenv("DLCOURSE_DATA", value)
    with pytest.raises(ValueError, match="DLCOURSE_DATA") as caught:
        load()
    message = str(caught.value)
    assert value in message
    for allowed in ("auto", "offline", "online"):
        assert allowed in message


def test_auto_is_the_default(monkeypatch):
    monkeypatch.delenv("DLCOURSE_DATA")
    assert settings.mode() == "auto"
    monkeypatch.setenv("DLCOURSE_DATA", "")
    assert settings.mode() == "auto"


def test_where_files_are_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DLCOURSE_DATA_DIR", str(tmp_path / "here"))
    assert settings.folder() == tmp_path / "here"
    monkeypatch.setenv("DLCOURSE_DATA_DIR", "~/there")
    assert settings.folder() == tmp_path / "there"
    monkeypatch.setenv("DLCOURSE_DATA_DIR", "relative")
    assert settings.folder() == Path.cwd() / "relative"
    for unset in ("", None):
        if unset is None:
            monkeypatch.delenv("DLCOURSE_DATA_DIR")
        else:
            monkeypatch.setenv("DLCOURSE_DATA_DIR", unset)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        assert settings.folder() == tmp_path / "xdg/dlcourse"
        for ignored in ("", "not/absolute"):
            monkeypatch.setenv("XDG_CACHE_HOME", ignored)
            assert settings.folder() == tmp_path / ".cache/dlcourse"
        monkeypatch.delenv("XDG_CACHE_HOME")
        assert settings.folder() == tmp_path / ".cache/dlcourse"


def test_without_a_home_there_is_still_the_stand_in(monkeypatch, capsys):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("DLCOURSE_DATA_DIR")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert sets.digits().source.startswith("stand-in")
    assert "no home folder" in capsys.readouterr().out
