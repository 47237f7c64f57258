# wrong: never resets the gradients
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    for _ in range(num_epochs):
        loss = model.criterion(model.forward(x), y)
        loss.backward()
        model.update(lr)
        losses.append(loss.item())
    return losses


# wrong: resets the gradients between backward and update
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    for _ in range(num_epochs):
        loss = model.criterion(model.forward(x), y)
        loss.backward()
        model.reset_grad()
        model.update(lr)
        losses.append(loss.item())
    return losses


# wrong: forward once, before the loop
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    prediction = model.forward(x)
    for _ in range(num_epochs):
        loss = model.criterion(prediction, y)
        model.reset_grad()
        loss.backward(retain_graph=True)
        model.update(lr)
        losses.append(loss.item())
    return losses


# wrong: a mean squared error of its own instead of the criterion
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    for _ in range(num_epochs):
        loss = ((model.forward(x) - y) ** 2).mean()
        model.reset_grad()
        loss.backward()
        model.update(lr)
        losses.append(loss.item())
    return losses


# wrong: keeps the graphs alive
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    for _ in range(num_epochs):
        loss = model.criterion(model.forward(x), y)
        model.reset_grad()
        loss.backward()
        model.update(lr)
        losses.append(loss)
    return losses


# wrong: another default
def train_model(model, x, y, lr, num_epochs=10):
    losses = []
    for _ in range(num_epochs):
        loss = model.criterion(model.forward(x), y)
        model.reset_grad()
        loss.backward()
        model.update(lr)
        losses.append(loss.item())
    return losses


# wrong: swaps prediction and target, shown by nothing, and steps twice
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    for epoch in range(num_epochs):
        loss = model.criterion(y, model.forward(x))
        model.reset_grad()
        loss.backward()
        model.update(lr)
        if epoch > 2:
            model.update(lr)
        losses.append(loss.item())
    return losses


# right: resets at the end of an epoch
def train_model(model, x, y, lr, num_epochs=100):
    losses = []
    model.reset_grad()
    for _ in range(num_epochs):
        prediction = model.forward(x)
        loss = model.criterion(prediction, y)
        losses.append(loss.item())
        loss.backward()
        model.update(lr)
        model.reset_grad()
    return losses


# right: a while loop, reset first
def train_model(model, x, y, lr, num_epochs: int = 100):
    curve = []
    while len(curve) < num_epochs:
        model.reset_grad()
        cost = model.criterion(model.forward(x), y)
        torch.autograd.backward(cost)
        model.update(lr=lr)
        curve.append(cost.detach().cpu().numpy().item())
    return curve
