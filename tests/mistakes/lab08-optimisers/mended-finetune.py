# wrong: the optimiser is built before the new head
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: only the new head is trained
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: the scheduler steps with every batch
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
    return rates


# wrong: gradients pile up
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: gradients are emptied once an epoch
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            loss.backward()
            optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
    return rates


# wrong: empties the gradients before the step
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: the new head has the default dtype and device
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: the head gets the dtype but not the device
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight.dtype)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: records the rate after the schedule's step
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
        rates.append(scheduler.get_last_lr()[0])
    return rates


# wrong: steps the schedule before the epoch
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        scheduler.step()
        rates.append(lr)
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return rates


# wrong: returns the right rates but never changes the optimiser's
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(lr * (1 + math.cos(math.pi * len(rates) / num_epochs)) / 2)
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return rates


# wrong: one step an epoch
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
        optimizer.step()  # for the whole epoch
        scheduler.step()
    return rates


# wrong: the cosine is half as long
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, T_max=max(1, num_epochs // 2)
    )
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: drops the last, smaller batch
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    model.head = nn.Linear(old.in_features, num_classes).to(old.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            if len(batch) < batch_size:
                continue
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# wrong: keeps the old head
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)
    rates = []
    for _ in range(num_epochs):
        rates.append(scheduler.get_last_lr()[0])
        for batch in torch.randperm(len(X)).split(batch_size):
            loss = F.cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
    return rates


# right: the new head in a group of its own, the rate set by hand
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    body = list(model.body.parameters())
    weight = model.head.weight
    model.head = nn.Linear(
        weight.shape[1], num_classes, device=weight.device, dtype=weight.dtype
    )
    groups = [{"params": body}, {"params": model.head.parameters()}]
    optimizer = torch.optim.SGD(groups, lr=lr, momentum=0.9)
    rates = []
    for epoch in range(num_epochs):
        rate = lr * 0.5 * (1 + math.cos(math.pi * epoch / num_epochs))
        for group in optimizer.param_groups:
            group["lr"] = rate
        order = torch.randperm(len(X), device=X.device)
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
            optimizer.zero_grad()
        rates.append(rate)
    return rates


# right: the new parameters added to the optimiser, a LambdaLR
def finetune(model, X, y, num_classes, num_epochs, batch_size, lr):
    old = model.head
    others = [p for name, p in model.named_parameters() if not name.startswith("head")]
    optimizer = torch.optim.SGD(others, lr=lr, momentum=0.9)
    model.head = nn.Linear(old.in_features, num_classes)
    model.head.to(device=old.weight.device, dtype=old.weight.dtype)
    optimizer.add_param_group({"params": list(model.head.parameters())})
    half_cosine = lambda epoch: (1 + math.cos(math.pi * epoch / num_epochs)) / 2
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, half_cosine)
    rates = []
    for _ in range(num_epochs):
        rates += [optimizer.param_groups[0]["lr"]]
        for batch in torch.randperm(len(X)).split(batch_size):
            model.zero_grad()
            nn.CrossEntropyLoss()(model(X[batch]), y[batch]).backward()
            optimizer.step()
        scheduler.step()
    return rates
