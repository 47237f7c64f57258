# wrong: one bias only
predictions = {
    "parameters": 45,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: no bias at all
predictions = {
    "parameters": 40,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the last step only, for the whole gradient
predictions = {
    "parameters": 50,
    "full": 1.5,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the cut changes nothing
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 2.0,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the cut sets the state to zero
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 0.0,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: five steps add up instead of multiplying
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 10.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the eigenvalues in the bound
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.0,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the bound without the slope
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 9.0,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the bound for one step
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.75,
    "norm": 0.0,
    "clipped": 1.2,
}


# wrong: the product of norms instead of the norm of the product
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 9.0,
    "clipped": 1.2,
}


# wrong: clipped one by one
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 2.0,
}


# wrong: clipped by the sum
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 0.8571,
}


# wrong: a prediction is missing
predictions = {
    "parameters": 50,
    "full": 2.0,
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "clipped": 1.2,
}


# wrong: a text in place of a number
predictions = {
    "parameters": 50,
    "full": '2.0',
    "truncated": 1.5,
    "product": 32.0,
    "bound": 0.5625,
    "norm": 0.0,
    "clipped": 1.2,
}


# right: whole numbers where they are whole
predictions = {
    "parameters": 50.0,
    "full": 2,
    "truncated": 1.5,
    "product": 32,
    "bound": 0.5625,
    "norm": 0,
    "clipped": 1.2,
}


# right: computed
w, x = 0.5, [1, 1, 1]
h1 = x[0]
h2 = w * h1 + x[1]
predictions = dict(parameters=5 * (3 + 5 + 2), full=h2 + w * h1, truncated=h2)
predictions["product"] = float(2**5)
predictions["bound"] = (3 * 0.25) ** 2
predictions["norm"] = 0.0
predictions["clipped"] = 3 * 2 / math.hypot(3, 4)
