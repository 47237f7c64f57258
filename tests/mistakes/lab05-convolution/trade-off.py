# wrong: the share that is kept
def trade_off(widths, make_model, train_and_score):
    points = []
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        if not points:
            full = count
        points.append((100 * count / full, train_and_score(model)))
    return points


# wrong: a fraction instead of a percentage
def trade_off(widths, make_model, train_and_score):
    points = []
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        if not points:
            full = count
        points.append((1 - count / full, train_and_score(model)))
    return points


# wrong: compares widths instead of parameters
def trade_off(widths, make_model, train_and_score):
    return [
        (100 * (1 - width / widths[0]), train_and_score(make_model(width)))
        for width in widths
    ]


# wrong: compares each network with the one before
def trade_off(widths, make_model, train_and_score):
    points, before = [], None
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        before = before or count
        points.append((100 * (1 - count / before), train_and_score(model)))
        before = count
    return points


# wrong: leaves the full network out
def trade_off(widths, make_model, train_and_score):
    full = sum(p.numel() for p in make_model(widths[0]).parameters())
    points = []
    for width in widths[1:]:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        points.append((100 * (1 - count / full), train_and_score(model)))
    return points


# wrong: trains one network and counts another
def trade_off(widths, make_model, train_and_score):
    model = make_model(widths[0])
    full = sum(p.numel() for p in model.parameters())
    points = []
    for width in widths:
        count = sum(p.numel() for p in make_model(width).parameters())
        points.append((100 * (1 - count / full), train_and_score(model)))
    return points


# wrong: accuracy first
def trade_off(widths, make_model, train_and_score):
    points = []
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        if not points:
            full = count
        points.append((train_and_score(model), 100 * (1 - count / full)))
    return points


# wrong: knows the digit network's parameter count by heart
def trade_off(widths, make_model, train_and_score):
    points = []
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        points.append((100 * (1 - count / 149798), train_and_score(model)))
    return points


# wrong: rounds to whole per cent, in which the narrowest networks look alike
def trade_off(widths, make_model, train_and_score):
    points = []
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        if not points:
            full = count
        points.append((round(100 - 100 * count / full), train_and_score(model)))
    return points


# wrong: trains each network twice and keeps the better score
def trade_off(widths, make_model, train_and_score):
    points = []
    for width in widths:
        model = make_model(width)
        count = sum(p.numel() for p in model.parameters())
        if not points:
            full = count
        accuracy = max(train_and_score(model), train_and_score(model))
        points.append((100 * (1 - count / full), accuracy))
    return points


# right: all networks first, then the scores
def trade_off(widths, make_model, train_and_score):
    models = [make_model(width) for width in widths]
    counts = [sum(p.numel() for p in model.parameters()) for model in models]
    accuracies = [train_and_score(model) for model in models]
    return [
        ((counts[0] - count) * 100 / counts[0], accuracy)
        for count, accuracy in zip(counts, accuracies)
    ]


# right: rounded to two digits, with the function from above
def trade_off(widths, make_model, train_and_score):
    full = count_parameters(make_model(widths[0]))
    result = []
    for width in widths:
        model = make_model(width)
        dropped = round(100 - 100 * count_parameters(model) / full, 2)
        accuracy = train_and_score(model)
        result.append((dropped, accuracy))
    return result
