# wrong: the body stays in the mode that it was in
def extract_features(body, images, batch_size, device):
    body.to(device)
    with torch.no_grad():
        return torch.cat([body(X.to(device)).cpu() for X in images.split(batch_size)])


# wrong: leaves the body in evaluation mode
def extract_features(body, images, batch_size, device):
    body.to(device).eval()
    with torch.no_grad():
        return torch.cat([body(X.to(device)).cpu() for X in images.split(batch_size)])


# wrong: always ends in training mode
def extract_features(body, images, batch_size, device):
    body.to(device).eval()
    with torch.no_grad():
        found = torch.cat([body(X.to(device)).cpu() for X in images.split(batch_size)])
    body.train()
    return found


# wrong: drops the last, smaller batch
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device).eval()
    stop = len(images) - len(images) % batch_size
    with torch.no_grad():
        parts = [body(X.to(device)).cpu() for X in images[:stop].split(batch_size)]
    body.train(mode)
    return torch.cat(parts)


# wrong: with gradients
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device).eval()
    parts = [body(X.to(device)).cpu() for X in images.split(batch_size)]
    body.train(mode)
    return torch.cat(parts)


# wrong: inference tensors, on which no head can be trained
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device).eval()
    with torch.inference_mode():
        parts = [body(X.to(device)).cpu() for X in images.split(batch_size)]
        found = torch.cat(parts)
    body.train(mode)
    return found


# wrong: all images at once
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device).eval()
    with torch.no_grad():
        found = body(images.to(device)).cpu()
    body.train(mode)
    return found


# wrong: a list of batches
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device).eval()
    with torch.no_grad():
        parts = [body(X.to(device)).cpu() for X in images.split(batch_size)]
    body.train(mode)
    return parts


# wrong: turns float64 into float32
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device).eval()
    with torch.no_grad():
        parts = [body(X.to(device)).cpu().float() for X in images.split(batch_size)]
    body.train(mode)
    return torch.cat(parts)


# right: a loader, shuffling off
@torch.no_grad()
def extract_features(body, images, batch_size, device):
    from torch.utils.data import DataLoader, TensorDataset

    mode = body.training
    body = body.to(device)
    body.eval()
    found = []
    for (X,) in DataLoader(TensorDataset(images), batch_size=batch_size):
        found.append(body(X.to(device)).to("cpu"))
    body.train(mode)
    return torch.vstack(found)


# right: one image at a time, detached
def extract_features(body, images, batch_size, device):
    mode = body.training
    body.to(device)
    body.eval()
    rows = [body(image[None].to(device)).detach().cpu()[0] for image in images]
    body.train(mode)
    return torch.stack(rows)
