# wrong: a linear scale
def plot_losses(losses):
    _, axis = plt.subplots()
    axis.plot(losses)
    axis.set(xlabel="epoch", ylabel="loss")
    return axis


# wrong: counts the epochs from 1
def plot_losses(losses):
    _, axis = plt.subplots()
    axis.semilogy(range(1, len(losses) + 1), losses)
    axis.set(xlabel="epoch", ylabel="loss")
    return axis


# wrong: plots the logarithm on a linear axis
def plot_losses(losses):
    _, axis = plt.subplots()
    axis.plot([math.log10(loss) for loss in losses])
    axis.set(xlabel="epoch", ylabel="log of the loss")
    return axis


# wrong: no labels
def plot_losses(losses):
    _, axis = plt.subplots()
    axis.semilogy(losses)
    return axis


# wrong: returns the figure
def plot_losses(losses):
    figure, axis = plt.subplots()
    axis.semilogy(losses)
    axis.set(xlabel="epoch", ylabel="loss")
    return figure


# wrong: draws into the figure that happens to be open
def plot_losses(losses):
    plt.semilogy(losses)
    plt.xlabel("epoch")
    plt.ylabel("loss")
    return plt.gca()


# wrong: draws the first losses only
def plot_losses(losses):
    _, axis = plt.subplots()
    axis.semilogy(losses[:5])
    axis.set(xlabel="epoch", ylabel="loss")
    return axis


# right: semilogy with markers
def plot_losses(losses):
    _, axis = plt.subplots()
    axis.semilogy(losses, "o-")
    axis.set_xlabel("number of the epoch")
    axis.set_ylabel("mean squared error")
    return axis


# right: scatter in a figure of pyplot's
def plot_losses(losses):
    plt.figure()
    plt.scatter(list(range(len(losses))), losses)
    plt.yscale("log")
    plt.xlabel("epoch")
    plt.ylabel("loss")
    return plt.gca()
