# wrong: gradients of the sum, not of the mean
first_epoch = (-348.0, -104.0, 1.348, 1.104)
second_epoch = (-332.832, -99.408, 1.680832, 1.203408)


# wrong: the 2 from the square is forgotten
first_epoch = (-87.0, -26.0, 1.087, 1.026)
second_epoch = (-86.052, -25.713, 1.173052, 1.051713)


# wrong: steps uphill
first_epoch = (-174.0, -52.0, 0.826, 0.948)
second_epoch = (-177.792, -53.148, 0.648208, 0.894852)


# wrong: the second epoch's gradients are those of the first
first_epoch = (-174.0, -52.0, 1.174, 1.052)
second_epoch = (-174.0, -52.0, 1.348, 1.104)


# wrong: the gradients of both epochs add up, as without zero_grad
first_epoch = (-174.0, -52.0, 1.174, 1.052)
second_epoch = (-344.208, -102.852, 1.518208, 1.154852)


# wrong: in the second epoch b is still 1
first_epoch = (-174.0, -52.0, 1.174, 1.052)
second_epoch = (-170.52, -50.956, 1.34452, 1.050956)


# right: as lists, with whole numbers
first_epoch = [-174, -52, 1.174, 1.052]
second_epoch = [-170.208, -50.852, 1.344208, 1.102852]


# right: calculated
def epoch(w, b):
    one, two = 2 * w + b - 20, 4 * w + b - 40
    w_grad, b_grad = 2 * one + 4 * two, one + two
    return w_grad, b_grad, w - 0.001 * w_grad, b - 0.001 * b_grad


first_epoch = epoch(1, 1)
second_epoch = epoch(*first_epoch[2:])


# right: the last digit rounded
first_epoch = (-174.0, -52.0, 1.174, 1.052)
second_epoch = (-170.208, -50.852, 1.34421, 1.10285)
