# wrong: axes swapped
def plot_trade_off(points):
    percents, accuracies = zip(*points)
    _, axis = plt.subplots()
    axis.plot(accuracies, percents, "o-")
    axis.set_xlabel("accuracy")
    axis.set_ylabel("parameters dropped (%)")
    return axis


# wrong: axes without labels
def plot_trade_off(points):
    percents, accuracies = zip(*points)
    _, axis = plt.subplots()
    axis.plot(percents, accuracies, "o-")
    return axis


# wrong: returns nothing
def plot_trade_off(points):
    percents, accuracies = zip(*points)
    plt.figure()
    plt.plot(percents, accuracies, "o-")
    plt.xlabel("parameters dropped (%)")
    plt.ylabel("accuracy")


# wrong: draws into whatever figure is open
def plot_trade_off(points):
    percents, accuracies = zip(*points)
    plt.plot(percents, accuracies, "o-")
    plt.xlabel("parameters dropped (%)")
    plt.ylabel("accuracy")
    return plt.gca()


# wrong: sorts the percentages and leaves the accuracies in their old order
def plot_trade_off(points):
    percents, accuracies = zip(*points)
    _, axis = plt.subplots()
    axis.plot(sorted(percents), accuracies, "o-")
    axis.set_xlabel("parameters dropped (%)")
    axis.set_ylabel("accuracy")
    return axis


# wrong: leaves the full network out
def plot_trade_off(points):
    percents, accuracies = zip(*points[1:])
    _, axis = plt.subplots()
    axis.plot(percents, accuracies, "o-")
    axis.set_xlabel("parameters dropped (%)")
    axis.set_ylabel("accuracy")
    return axis


# right: points sorted by what was dropped, accuracy in per cent
def plot_trade_off(points):
    points = sorted(points)
    figure = plt.figure(figsize=(5, 3))
    axis = figure.add_subplot()
    axis.plot([x for x, _ in points], [100 * y for _, y in points])
    axis.set(xlabel="dropped parameters in %", ylabel="accuracy in %")
    return axis


# right: a scatter plot by pyplot
def plot_trade_off(points):
    plt.figure()
    plt.scatter([p[0] for p in points], [p[1] for p in points])
    plt.axhline(0.1, linestyle=":")
    plt.xlabel("% of parameters dropped")
    plt.ylabel("test accuracy")
    plt.title("Trade-off")
    return plt.gca()


# right: one marker for each point
def plot_trade_off(points):
    _, axis = plt.subplots()
    for percent, accuracy in points:
        axis.plot(percent, accuracy, "ko")
        axis.annotate(f"{accuracy:.2f}", (percent, accuracy))
    axis.set_xlabel("parameters dropped (%)")
    axis.set_ylabel("accuracy")
    return axis
