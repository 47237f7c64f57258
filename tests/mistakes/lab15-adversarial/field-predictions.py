# wrong: multiplies kernels instead of adding
predictions = {
    "stacked": 15,
    "pooled": 18,
    "last-row": 131,
    "side": 3,
    "winners": 1,
    "cancelled": 2,
}


# wrong: forgets that pooling doubles the jump
predictions = {
    "stacked": 11,
    "pooled": 9,
    "last-row": 131,
    "side": 3,
    "winners": 1,
    "cancelled": 2,
}


# wrong: takes the start for the first pixel
predictions = {
    "stacked": 11,
    "pooled": 18,
    "last-row": 228,
    "side": 3,
    "winners": 1,
    "cancelled": 2,
}


# wrong: thinks that a fully convolutional net always gives one unit
predictions = {
    "stacked": 11,
    "pooled": 18,
    "last-row": 131,
    "side": 1,
    "winners": 1,
    "cancelled": 2,
}


# wrong: thinks that max pooling passes gradients to all its pixels
predictions = {
    "stacked": 11,
    "pooled": 18,
    "last-row": 131,
    "side": 3,
    "winners": 9,
    "cancelled": 3,
}


# wrong: text instead of numbers
predictions = {
    "stacked": "11",
    "pooled": "18",
    "last-row": "131",
    "side": "3",
    "winners": "1",
    "cancelled": "2",
}


# wrong: one is missing
predictions = {"stacked": 11, "pooled": 18, "last-row": 131, "side": 3, "winners": 1}


# right: calculated instead of written down
predictions = {
    "stacked": 1 + 5 * 2,
    "pooled": 1 + 2 + 1 + 2 * 2 + 2 + 4 * 2,
    "last-row": 34 + 194 // 2,
    "side": (291 - 227) // 32 + 1,
    "winners": 1,
    "cancelled": 2,
}


# right: another order
predictions = dict(
    [("cancelled", 2), ("winners", 1), ("side", 3), ("last-row", 131)],
    pooled=18,
    stacked=11,
)
