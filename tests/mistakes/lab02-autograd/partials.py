# ruff: noqa

# wrong: an unused input has no gradient, and None comes back
def partials(function, values):
    inputs = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for name, value in values.items()
    }
    function(**inputs).backward()
    return {name: leaf.grad for name, leaf in inputs.items()}


# wrong: forgets to ask for gradients
def partials(function, values):
    inputs = {name: torch.tensor(value) for name, value in values.items()}
    function(**inputs).backward()
    return {name: leaf.grad.item() for name, leaf in inputs.items()}


# wrong: nudges instead of autograd, and too coarsely
def partials(function, values):
    inputs = {n: torch.tensor(v, dtype=torch.float64) for n, v in values.items()}
    base = function(**inputs)
    return {
        name: (
            (function(**(inputs | {name: inputs[name] + 1e-7})) - base) / 1e-7
        ).item()
        for name in inputs
    }


# wrong: calculates in float32
def partials(function, values):
    inputs = {
        name: torch.tensor(value, requires_grad=True) for name, value in values.items()
    }
    function(**inputs).backward()
    return {
        name: 0.0 if leaf.grad is None else leaf.grad.item()
        for name, leaf in inputs.items()
    }


# wrong: derivative of the example's formula, whatever the function
def partials(function, values):
    if set(values) == {"p", "q"}:
        return {"p": 5.0, "q": 0.0}
    a, b = list(values.values())[:2]
    return dict(zip(values, [4 + 30 * a, 6 + 27 * b**2]))


# wrong: returns the values instead of the gradients
def partials(function, values):
    return {name: float(value) for name, value in values.items()}


# wrong: rounds the other inputs to float32 on the way to float64
def partials(function, values):
    result = {}
    for name in values:
        inputs = {n: torch.tensor(v).double() for n, v in values.items()}
        leaf = torch.tensor(values[name], dtype=torch.double, requires_grad=True)
        out = function(**(inputs | {name: leaf}))
        if out.requires_grad:
            out.backward()
        result[name] = float(leaf.grad) if leaf.grad is not None else 0.0
    return result


# right: torch.autograd.grad
def partials(function, values):
    inputs = {n: torch.tensor(v, dtype=torch.float64) for n, v in values.items()}
    for tensor in inputs.values():
        tensor.requires_grad_()
    slopes = torch.autograd.grad(
        function(**inputs), list(inputs.values()), allow_unused=True
    )
    return {n: 0 if s is None else s for n, s in zip(inputs, slopes)}


# right: one input at a time, in a loop
def partials(function, values):
    result = {}
    for name in values:
        inputs = {n: torch.tensor(v, dtype=torch.double) for n, v in values.items()}
        leaf = torch.tensor(values[name], dtype=torch.double, requires_grad=True)
        out = function(**(inputs | {name: leaf}))
        if out.requires_grad:
            out.backward()
        result[name] = float(leaf.grad) if leaf.grad is not None else 0.0
    return result
