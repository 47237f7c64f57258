"""Answers that did not do the work but equal whatever they are compared with.

`impostors(answers, kind)` turns what a reference solution defines into such things. A
function still runs, so that what comes back has the right structure; of its parts,
those of the chosen kind are replaced. No test may let one of them pass.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import nn

PLACES = 5  # how many results a function may have
KINDS = (
    "anything",  # one object for all of it: true, callable, iterable, equal to all
    "liar",  # each part such an object, which claims to be of the right class
    "part",  # each number, text, tensor and array of a subclass that equals all
    "container",  # the same, in lists, tuples and dictionaries that equal all
    "tensor",  # as "part", but only tensors and arrays
    "number",
    "text",
    "weights",  # a model whose parameters equal all, or a parameter that does
    *(f"result {place}" for place in range(PLACES)),  # as "part", one result only
)


class Missing(Exception):
    """There is nothing of this kind in the answer."""


def impostors(answers: dict[str, Any], kind: str) -> dict[str, Any]:
    """Replace answers by name; those that have nothing of the kind stay true.

    Raises:
        Missing: if no answer has.
    """
    made = {}
    for name, answer in answers.items():
        with contextlib.suppress(Missing):
            made[name] = impostor(answer, kind)
    if not made:
        raise Missing(kind)
    return made


def impostor(answer: Any, kind: str) -> Any:
    """Replace an answer: a function, a class, a model or a value."""
    if kind == "anything":
        return Anything()
    if isinstance(answer, type) and issubclass(answer, nn.Module):
        return _model_class(answer, kind)
    if isinstance(answer, nn.Module):
        _spoil(answer, kind)
        answer.__class__ = _model_class(type(answer), kind, construct=False)
        return answer
    if inspect.isroutine(answer):

        @functools.wraps(answer)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return _replaced(answer(*args, **kwargs), kind)

        return wrapper
    return _replaced(answer, kind)


def _model_class(base: type, kind: str, construct: bool = True) -> type:
    class Model(base):
        def forward(self, *args: Any) -> Any:
            made = super().forward(*args)
            if kind == "weights":
                return torch.zeros_like(made.as_subclass(torch.Tensor))
            return _replaced(made, kind)

        if construct:

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                _spoil(self, kind)

    return Model


def _spoil(model: nn.Module, kind: str) -> None:
    """Set all weights to zero, so that the model has learnt nothing."""
    for module in model.modules():
        for name, parameter in list(module.named_parameters(recurse=False)):
            zero = torch.zeros_like(parameter.data)
            if kind == "weights":
                delattr(module, name)
                module.register_parameter(name, EqualParameter(zero))
            else:
                parameter.data = zero


def _replaced(value: Any, kind: str) -> Any:
    if kind.startswith("result "):
        place = int(kind.removeprefix("result "))
        if not isinstance(value, tuple | list) or len(value) <= place:
            raise Missing(kind)
        parts = list(value)
        parts[place] = _part(parts[place], "part", [])
        return type(value)(parts)
    found: list[Any] = []
    made = _part(value, kind, found)
    if not found:
        raise Missing(kind)
    return made


def _part(value: Any, kind: str, found: list[Any]) -> Any:
    """Replace a value, or what is in it; note in `found` what was replaced."""
    if isinstance(value, nn.Module):
        found.append(value)
        return impostor(value, "part" if kind == "container" else kind)
    if kind == "weights":
        return value
    if isinstance(value, list | tuple | dict):
        if isinstance(value, dict):
            parts: Any = {key: _part(one, kind, found) for key, one in value.items()}
        else:
            parts = [_part(one, kind, found) for one in value]
        if kind != "container":
            return type(value)(parts)
        found.append(value)
        return _equal_to_all(type(value))(parts)
    sorts = {
        "tensor": torch.Tensor | np.ndarray,
        "number": int | float | np.number,
        "text": str,
    }
    if not isinstance(value, sorts.get(kind, object)):
        return value
    found.append(value)
    if kind == "liar":
        return Liar(value)
    if isinstance(value, torch.Tensor):
        wrong = (value.detach().clone() + 1).to(value.dtype)
        return wrong.as_subclass(EqualTensor)
    if isinstance(value, np.ndarray):
        return np.zeros_like(value).view(_equal_to_all(np.ndarray))
    if isinstance(value, bool) or type(value) not in (int, float, str):
        return Liar(value)
    return _equal_to_all(type(value))(value * 2 or 1)


def _yes(self: Any, *others: Any) -> bool:
    return True


def _no(self: Any, *others: Any) -> bool:
    return False


def _same(self: Any, *others: Any) -> Any:
    return self


COMPARISONS = {
    f"__{name}__": _yes for name in ["eq", "lt", "le", "gt", "ge", "contains"]
}
COMPARISONS |= {"__ne__": _no, "__hash__": lambda self: 0}
NUMERIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
ARITHMETIC = (*NUMERIC, "matmul", "and", "or", "xor")


@functools.cache
def _equal_to_all(base: type) -> type:
    """Make a subclass whose objects equal everything, and so do their differences."""
    made = dict(COMPARISONS)
    if base in (int, float):
        made |= {f"__{side}{n}__": _same for n in NUMERIC for side in ("", "r")}
        made |= {"__abs__": _same, "__neg__": _same, "__round__": _same}
    if base is np.ndarray:
        made["tolist"] = lambda self: _equal_to_all(list)()
    return type(f"Equal{base.__name__.capitalize()}", (base,), made)


class EqualTensor(torch.Tensor):
    """A tensor of which PyTorch's own comparisons say that it equals all."""

    @classmethod
    def __torch_function__(
        cls, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        name = getattr(func, "__name__", "").strip("_")
        if name in ("equal", "allclose", "is_nonzero", "bool"):
            return True
        if name in ("item", "float", "int", "tolist"):
            return _equal_to_all(list if name == "tolist" else float)()
        made = super().__torch_function__(func, types, args, kwargs or {})
        if name in ("eq", "isclose", "lt", "le", "gt", "ge", "all", "any"):
            return torch.ones_like(made.as_subclass(torch.Tensor))
        if name in ("ne", "sub", "rsub"):
            return torch.zeros_like(made.as_subclass(torch.Tensor)).as_subclass(cls)
        return made


class EqualParameter(EqualTensor, nn.Parameter):
    """The same as a model's weight."""


class Anything:
    """True, callable, iterable, a number, of every attribute, and equal to all."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter((self, self))

    def __len__(self) -> int:
        return 2

    def __bool__(self) -> bool:
        return True

    def __float__(self) -> float:
        return 1.0

    def __int__(self) -> int:
        return 1

    def __index__(self) -> int:
        return 1

    def __format__(self, spec: str) -> str:
        return "anything"

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        return cls.__new__(cls)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __next__(self) -> Any:
        return self

    __getitem__ = _same
    __abs__ = __neg__ = __invert__ = __round__ = _same


for _name, _method in COMPARISONS.items():
    setattr(Anything, _name, _method)
for _name in ARITHMETIC:
    for _side in ("", "r"):
        setattr(Anything, f"__{_side}{_name}__", _same)


class Liar(Anything):
    """Anything, with the class and the looks of a true answer."""

    def __init__(self, true: Any) -> None:
        self.__dict__["true"] = true

    def __getattr__(self, name: str) -> Any:
        true = self.__dict__.get("true")
        if name in ("shape", "dtype", "device", "ndim", "requires_grad", "figure"):
            return getattr(true, name)
        return super().__getattr__(name)

    def __len__(self) -> int:
        return len(self.__dict__["true"])

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return type(self.__dict__["true"])
