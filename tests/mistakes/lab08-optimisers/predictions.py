# wrong: 2/10: takes the factor of the loss for its curvature
predicted = {
    "limit": 0.2,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: subtracts the first step twice
predicted = {
    "limit": 0.1,
    "sgd": 0.6,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: the old gradient in the second step of momentum
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.5,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: the velocity as a running mean
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.79,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: Adam without bias correction
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.051,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: Adam multiplies by the gradient
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": -5.0,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: a steeper loss makes Adam's step longer
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": -29.0,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: Adagrad does not slow down
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.6,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: Adagrad without a root
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.09,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: three halvings in nine steps of four
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.1,
    "cosine rate": 0.4,
}


# wrong: the cosine stays at zero after its end
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.0,
}


# wrong: a text in place of a number
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": "0.7",
    "adam steep": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# wrong: one prediction is missing
predicted = {
    "limit": 0.1,
    "sgd": 0.64,
    "momentum": 0.54,
    "adam": 0.7,
    "adagrad": 0.512,
    "step rate": 0.2,
    "cosine rate": 0.4,
}


# right: computed by formulas
curvature, lr = 20, 0.01
v1 = curvature * 1.0
w1 = 1 - lr * v1
v2 = 0.5 * v1 + curvature * w1
predicted = dict(limit=2 / curvature, sgd=w1 * w1, momentum=w1 - lr * v2)
predicted["adam"] = predicted["adam steep"] = 0.7
predicted["adagrad"] = 0.3 * (1 + 2**-0.5)
predicted["step rate"] = 0.8 * 0.5 ** (9 // 4)
predicted["cosine rate"] = 0.4 * (1 + math.cos(15 * math.pi / 10))


# right: rounded to three decimals, in another order, one thing more
predicted = {
    "cosine rate": 0.400,
    "step rate": 0.200,
    "adagrad": 0.512,
    "adam steep": 0.700,
    "adam": 0.700,
    "momentum": 0.540,
    "sgd": 0.640,
    "limit": 0.100,
    "note": 1.0,
}
