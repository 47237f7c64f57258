# ruff: noqa

# wrong: from_numpy shares, whatever was asked
def to_tensor(array, share):
    return torch.from_numpy(array)


# wrong: torch.tensor copies, whatever was asked
def to_tensor(array, share):
    return torch.tensor(array)


# wrong: torch.Tensor turns everything into float32
def to_tensor(array, share):
    return torch.from_numpy(array) if share else torch.Tensor(array)


# wrong: .to("cpu") of a CPU tensor copies nothing
def to_tensor(array, share):
    return torch.from_numpy(array) if share else torch.from_numpy(array).to("cpu")


# wrong: .contiguous() copies only what is not contiguous
def to_tensor(array, share):
    tensor = torch.from_numpy(array)
    return tensor if share else tensor.contiguous()


# wrong: makes the array contiguous first, which copies a transposed one
def to_tensor(array, share):
    tensor = torch.from_numpy(np.ascontiguousarray(array))
    return tensor if share else tensor.clone()


# wrong: the flag the wrong way round
def to_tensor(array, share):
    return torch.tensor(array) if share else torch.from_numpy(array)


# wrong: converts to float32, which also ends the sharing
def to_tensor(array, share):
    tensor = torch.from_numpy(array).float()
    return tensor if share else tensor.clone()


# wrong: returns the array
def to_tensor(array, share):
    return array if share else array.copy()


# wrong: the shape and type of the example, not its memory
def to_tensor(array, share):
    return torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)


# right: clone of a shared tensor
def to_tensor(array, share):
    tensor = torch.from_numpy(array)
    return tensor if share else tensor.clone()


# right: as_tensor and a NumPy copy
def to_tensor(array, share):
    return torch.as_tensor(array if share else array.copy())


# right: asarray takes the wish as an argument
def to_tensor(array: np.ndarray, share: bool) -> torch.Tensor:
    return torch.asarray(array, copy=not share)


# right: DLPack
def to_tensor(array, share):
    if share:
        return torch.from_dlpack(array)
    return torch.tensor(array)
