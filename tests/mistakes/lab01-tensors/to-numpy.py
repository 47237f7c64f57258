# ruff: noqa

# wrong: a tensor that requires grad refuses, and memory is always shared
def to_numpy(tensor, share):
    return tensor.numpy()


# wrong: .cpu() of a CPU tensor copies nothing
def to_numpy(tensor, share):
    if share:
        return tensor.detach().numpy()
    return tensor.detach().cpu().numpy()


# wrong: force=True shares where it can
def to_numpy(tensor, share):
    return tensor.numpy(force=True)


# wrong: always copies
def to_numpy(tensor, share):
    return tensor.detach().cpu().numpy().copy()


# wrong: going through a list loses the dtype
def to_numpy(tensor, share):
    if share:
        return tensor.detach().numpy()
    return np.array(tensor.tolist())


# wrong: forgets detach on the way to the copy
def to_numpy(tensor, share):
    return tensor.detach().numpy() if share else tensor.cpu().clone().numpy()


# wrong: switches off the gradient of the caller's tensor
def to_numpy(tensor, share):
    array = tensor.requires_grad_(False).cpu().numpy()
    return array if share else array.copy()


# wrong: .contiguous() copies only what is not contiguous
def to_numpy(tensor, share):
    tensor = tensor.detach().cpu()
    return tensor.numpy() if share else tensor.contiguous().numpy()


# wrong: returns a tensor
def to_numpy(tensor, share):
    return tensor.detach() if share else tensor.detach().cpu().clone()


# wrong: everything in float64
def to_numpy(tensor, share):
    if share:
        return tensor.detach().numpy()
    return tensor.detach().cpu().numpy().astype(np.float64)


# wrong: flattens on the way to a copy
def to_numpy(tensor, share):
    if share:
        return tensor.detach().numpy()
    return np.array(tensor.detach().cpu().flatten())


# right: clone before NumPy
def to_numpy(tensor, share):
    if share:
        return tensor.detach().numpy()
    return tensor.detach().clone().cpu().numpy()


# right: NumPy does the copying
def to_numpy(tensor: torch.Tensor, share: bool) -> np.ndarray:
    array = tensor.numpy(force=True)
    return array if share else np.array(array, copy=True)


# right: DLPack for a view
def to_numpy(tensor, share):
    if share:
        return np.from_dlpack(tensor.detach())
    return tensor.data.clone().cpu().numpy()


# right: asarray for a view, an empty array to be filled for a copy
def to_numpy(tensor, share):
    view = np.asarray(tensor.detach().cpu())
    if share:
        return view
    result = np.empty_like(view)
    result[...] = view
    return result
