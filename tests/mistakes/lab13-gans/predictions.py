# wrong: padding adds in the transposed convolution
predictions = {
    "size": 27,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: the formula of the ordinary convolution
predictions = {
    "size": 3,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: forgets the output padding
predictions = {
    "size": 19,
    "padding": 1.5,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: without the biases
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_254_400,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: the answer without smoothing
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.6,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: ln 2, only one of the two means
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 0.693,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: the slopes swapped
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.98,
    "other": 0.02,
    "distance": 10.0,
}


# wrong: the slope with respect to D, not to the logit
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 1.02,
    "other": 50.0,
    "distance": 10.0,
}


# wrong: variances in place of standard deviations
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 18.0,
}


# wrong: a text in place of a number
predictions = {
    "size": "19",
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "other": 0.98,
    "distance": 10.0,
}


# wrong: one prediction is missing
predictions = {
    "size": 19,
    "padding": 2,
    "weights": 1_266_944,
    "answer": 0.54,
    "guess": 1.386,
    "minimax": 0.02,
    "distance": 10.0,
}


# right: by formulas
D_fake = 0.02
predictions = dict(minimax=D_fake, other=1 - D_fake, guess=2 * math.log(2))
predictions["size"] = (7 - 1) * 3 + 5 - 2 * 2
predictions["padding"] = (5 + 1 - 2) // 2
predictions["weights"] = 12_544 * (100 + 1)
predictions["answer"] = 0.9 * 0.3 / (0.3 + 0.2)
predictions["distance"] = (0 - 3) ** 2 + (1 - 2) ** 2


# right: floats throughout, in another order
predictions = {
    "distance": 10.0,
    "other": 0.980,
    "minimax": 0.020,
    "guess": 1.386,
    "answer": 0.540,
    "weights": 1_266_944.0,
    "padding": 2.0,
    "size": 19.0,
}
