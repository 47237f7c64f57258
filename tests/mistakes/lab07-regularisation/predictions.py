# wrong: thinks that Adam's L2 shrinks like SGD's
predictions = {
    "sgd": 1.99,
    "adam": 1.99,
    "adamw": 1.99,
    "dropout": 5.0,
    "norm": 0.57,
    "smooth": 0.85,
}


# wrong: shrinks by the decay without the learning rate
predictions = {
    "sgd": 1.9,
    "adam": 1.9,
    "adamw": 1.9,
    "dropout": 5.0,
    "norm": 0.57,
    "smooth": 0.85,
}


# wrong: takes p for the probability to keep
predictions = {
    "sgd": 1.99,
    "adam": 1.9,
    "adamw": 1.99,
    "dropout": 1.25,
    "norm": 0.57,
    "smooth": 0.85,
}


# wrong: adds the momentum up without the 0.9
predictions = {
    "sgd": 1.99,
    "adam": 1.9,
    "adamw": 1.99,
    "dropout": 5.0,
    "norm": 0.6,
    "smooth": 0.85,
}


# wrong: spreads the smoothing over the other classes only
predictions = {
    "sgd": 1.99,
    "adam": 1.9,
    "adamw": 1.99,
    "dropout": 5.0,
    "norm": 0.57,
    "smooth": 0.8,
}


# wrong: text instead of numbers
predictions = {
    "sgd": "1.99",
    "adam": "1.9",
    "adamw": "1.99",
    "dropout": "5.0",
    "norm": "0.57",
    "smooth": "0.85",
}


# wrong: one is missing
predictions = {"sgd": 1.99, "adam": 1.9, "adamw": 1.99, "dropout": 5.0, "norm": 0.57}


# right: calculated instead of written down
predictions = {
    "sgd": 2 - 0.1 * 0.05 * 2,
    "adam": 2 - 0.1,
    "adamw": 2 * (1 - 0.1 * 0.05),
    "dropout": 1 / 0.2,
    "norm": 0.9 * 0.3 + 0.3,
    "smooth": 1 - 0.2 + 0.2 / 4,
}


# right: whole numbers where they fit, another order
predictions = dict(smooth=0.85, norm=0.57, dropout=5, adamw=1.99, adam=1.9, sgd=1.99)
