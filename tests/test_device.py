"""The choice of the device: what the machine has, unless the environment says else."""

from __future__ import annotations

import pytest
import torch

import dlcourse


def test_the_cpu_is_chosen_where_there_is_no_accelerator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DLCOURSE_DEVICE", raising=False)
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda **_: None)
    assert dlcourse.device() == torch.device("cpu")


def test_the_accelerator_is_chosen_where_it_is_usable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def accelerator(check_available: bool = False) -> torch.device | None:
        # Built with CUDA is not the same as having a GPU: ask for one that works.
        return torch.device("cuda") if check_available else torch.device("xpu")

    monkeypatch.delenv("DLCOURSE_DEVICE", raising=False)
    monkeypatch.setattr(torch.accelerator, "current_accelerator", accelerator)
    assert dlcourse.device() == torch.device("cuda")


@pytest.mark.parametrize("value", [None, ""])
def test_the_default_works_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv("DLCOURSE_DEVICE", raising=False)
    else:
        monkeypatch.setenv("DLCOURSE_DEVICE", value)
    device = dlcourse.device()
    assert isinstance(device, torch.device)
    assert torch.ones(2, device=device).sum().item() == 2
    assert (device.type == "cuda") == torch.cuda.is_available()


@pytest.mark.parametrize("name", ["cpu", "meta"])
def test_the_environment_overrides_the_choice(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DLCOURSE_DEVICE", name)
    # Not what the machine would choose by itself.
    monkeypatch.setattr(
        torch.accelerator, "current_accelerator", lambda **_: torch.device("xpu")
    )
    assert dlcourse.device() == torch.device(name)


@pytest.mark.parametrize("name", ["cuda:99", "no-such-device", "xpu"])
def test_a_device_that_is_not_there_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DLCOURSE_DEVICE", name)
    with pytest.raises(RuntimeError) as caught:
        dlcourse.device()
    message = str(caught.value)
    assert message.startswith(f"DLCOURSE_DEVICE={name} cannot be used here (")
    assert message.endswith("; unset it or set it to cpu.")
    assert "\n" not in message


def test_only_the_first_line_of_a_long_message_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> torch.Tensor:
        raise RuntimeError("CUDA error: out of luck\nCompile with advice.")

    monkeypatch.setenv("DLCOURSE_DEVICE", "cpu")
    monkeypatch.setattr(torch, "empty", broken)
    with pytest.raises(RuntimeError, match=r"\(CUDA error: out of luck\); unset it"):
        dlcourse.device()
