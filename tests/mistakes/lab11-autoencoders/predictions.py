# wrong: adds up what is kept
predictions = {
    "left over": 6,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: divides by the four numbers
predictions = {
    "left over": 0.1875,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: forgets the half of the shift
predictions = {
    "left over": 0.75,
    "moved": 4.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: takes 0.1 for the variance
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 0.70,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: the wrong sign of the logarithm
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": -2.8,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: beta upside down
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 1 / 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: a mean over the batch counts too
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784 * 2,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: forgets beta
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 3,
    "third input": 2,
    "whole": 0.53,
}


# wrong: a code of 4 uses 4 numbers
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 4,
    "third input": 2,
    "whole": 0.53,
}


# wrong: not shifted
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 9,
    "whole": 0.53,
}


# wrong: the mean share of right symbols
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.9,
}


# wrong: one factor too few
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.59,
}


# wrong: a text in place of a number
predictions = {
    "left over": 0.75,
    "moved": "2",
    "narrow": 1.81,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: an entry is missing
predictions = {
    "left over": 0.75,
    "moved": 2.0,
    "narrow": 1.81,
    "in use": 2,
    "third input": 2,
    "whole": 0.53,
}


# wrong: a list instead of a dictionary
predictions = [0.75, 2.0, 1.81, 784, 2, 2, 0.53]


# right: calculated
predictions = dict(
    moved=2**2 / 2,
    narrow=0.5 * (0.1**2 - 1 - math.log(0.1**2)),
    beta=float(28 * 28),
    whole=0.9**6,
)
predictions |= {"left over": 0.5 + 0.25, "in use": 2.0, "third input": 2}


# right: rounded otherwise
predictions = {
    "left over": 3 / 4,
    "moved": 2.0,
    "narrow": 1.808,
    "beta": 784,
    "in use": 2,
    "third input": 2,
    "whole": 0.5314,
}
