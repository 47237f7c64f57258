# wrong: one bias only in the count
predictions = {
    "parameters": 1600,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: three blocks instead of four
predictions = {
    "parameters": 1248,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: the candidate adds a half
predictions = {
    "parameters": 1664,
    "cell": 1.88,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: the cell stays, since nothing is learnt
predictions = {
    "parameters": 1664,
    "cell": 8.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: counts one of the two biases
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.73,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: z says how much is new
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 0.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: z is a half as well
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 1.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# wrong: counts the padding
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 15,
    "third": 2,
    "states": 6,
}


# wrong: batch_sizes taken for the lengths
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 4,
    "states": 6,
}


# wrong: batch_first believed of h_n
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 10,
}


# wrong: forgets the directions
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 3,
}


# wrong: one prediction is missing
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": 0.88,
    "gru": 8.0,
    "rows": 11,
    "states": 6,
}


# wrong: a text for a number
predictions = {
    "parameters": 1664,
    "cell": 1.0,
    "both": "0.88",
    "gru": 8.0,
    "rows": 11,
    "third": 2,
    "states": 6,
}


# right: with more digits, and written as sums
predictions = {
    "parameters": 4 * (8 * 16 + 16 * 16 + 16 + 16),
    "cell": 1.0,
    "both": 1 / (1 + math.exp(-2)),
    "gru": 8.0,
    "rows": 5 + 2 + 4,
    "third": 2,
    "states": 6,
}


# right: whole numbers and made step by step
predictions = dict(parameters=1664.0, cell=1, both=0.8808, gru=8)
predictions["rows"] = 11
predictions.update(third=2, states=6)
