# wrong: counts the old head
predicted = {
    "trainable": 8 * 4 + 4,
    "first loss": 1.8,
    "mean moves": True,
    "eval mean moves": False,
    "default moves": False,
    "zeros move": True,
}

# wrong: expects that no_grad holds batch norm still
predicted = {
    "trainable": 54,
    "first loss": 1.8,
    "mean moves": False,
    "eval mean moves": False,
    "default moves": False,
    "zeros move": True,
}

# wrong: expects that eval mode moves the mean
predicted = {
    "trainable": 54,
    "first loss": 1.8,
    "mean moves": True,
    "eval mean moves": True,
    "default moves": False,
    "zeros move": True,
}

# wrong: expects that momentum moves parameters without gradient
predicted = {
    "trainable": 54,
    "first loss": 1.8,
    "mean moves": True,
    "eval mean moves": False,
    "default moves": True,
    "zeros move": True,
}

# wrong: expects that zeros for gradients stop momentum
predicted = {
    "trainable": 54,
    "first loss": 1.8,
    "mean moves": True,
    "eval mean moves": False,
    "default moves": False,
    "zeros move": False,
}

# wrong: the first loss of a head for a thousand classes
predicted = {
    "trainable": 54,
    "first loss": math.log(1000),
    "mean moves": True,
    "eval mean moves": False,
    "default moves": False,
    "zeros move": True,
}

# wrong: words instead of truth values
predicted = {
    "trainable": 54,
    "first loss": 1.8,
    "mean moves": "yes",
    "eval mean moves": "no",
    "default moves": "no",
    "zeros move": "yes",
}

# right: another order, a rough loss
predicted = dict(
    [
        ("zeros move", True),
        ("default moves", False),
        ("eval mean moves", False),
        ("mean moves", True),
        ("first loss", 2.0),
        ("trainable", 54),
    ]
)

# right: computed from a layer
predicted = {"first loss": -math.log(1 / 6), "mean moves": not False}
predicted["trainable"] = sum(p.numel() for p in nn.Linear(8, 6).parameters())
predicted["eval mean moves"] = predicted["default moves"] = False
predicted["zeros move"] = True
