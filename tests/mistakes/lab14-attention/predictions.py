# wrong: the variance instead of the standard deviation
predictions = {
    "spread": 64,
    "weight": 0.75,
    "causal": 0.25,
    "module": 0.5,
    "count": 624,
    "mean": 0.5,
}


# wrong: the raw score as the weight
predictions = {
    "spread": 8.0,
    "weight": 1.0986,
    "causal": 0.25,
    "module": 0.5,
    "count": 624,
    "mean": 0.5,
}


# wrong: a share among all six positions
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.17,
    "module": 0.5,
    "count": 624,
    "mean": 0.5,
}


# wrong: counts positions from 0, so that three may be seen
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.33,
    "module": 0.5,
    "count": 624,
    "mean": 0.5,
}


# wrong: True means may look for the module, too
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.25,
    "module": 0.0,
    "count": 624,
    "mean": 0.5,
}


# wrong: one set of matrices for each head
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.25,
    "module": 0.5,
    "count": 1872,
    "mean": 0.5,
}


# wrong: no biases counted
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.25,
    "module": 0.5,
    "count": 576,
    "mean": 0.5,
}


# wrong: ReLU before the mean
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.25,
    "module": 0.5,
    "count": 624,
    "mean": 1.25,
}


# wrong: a key is missing
predictions = {
    "spread": 8.0,
    "weight": 0.75,
    "causal": 0.25,
    "module": 0.5,
    "count": 624,
}


# wrong: text instead of numbers
predictions = {
    "spread": 8.0,
    "weight": "0.75",
    "causal": 0.25,
    "module": 0.5,
    "count": 624,
    "mean": 0.5,
}


# wrong: a list
predictions = [8.0, 0.75, 0.25, 0.5, 624, 0.5]


# right: computed instead of written down
predictions = dict(
    spread=math.sqrt(64),
    weight=math.exp(math.log(3)) / (1 + math.exp(math.log(3))),
    causal=1 / 4,
    module=1 / 2,
    count=4 * 12 * 13,
    mean=max(0, 0.75 * -1 + 0.25 * 5),
)


# right: whole numbers where they fit, in another order
predictions = {"count": 624, "mean": 0.5, "module": 0.5}
predictions["spread"] = 8
predictions["weight"] = 3 / 4
predictions["causal"] = 0.25
