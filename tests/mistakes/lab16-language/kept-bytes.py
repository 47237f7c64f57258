# wrong: counts what was saved, gone or not
def kept_bytes(forward):
    total = 0

    def pack(tensor):
        nonlocal total
        total += tensor.nbytes
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        forward()
    return total


# wrong: counts after the result is gone
def kept_bytes(forward):
    held = [0]

    class Kept:
        def __init__(self, tensor):
            self.tensor = tensor.detach()
            held[0] += tensor.nbytes

        def __del__(self):
            held[0] -= self.tensor.nbytes

    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept.tensor):
        forward()
    return held[0]


# wrong: counts numbers instead of bytes
def kept_bytes(forward):
    held = [0]

    class Kept:
        def __init__(self, tensor):
            self.tensor = tensor.detach()
            held[0] += tensor.numel()

        def __del__(self):
            held[0] -= self.tensor.numel()

    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept.tensor):
        result = forward()
    return held[0] + 0 * result.numel()


# wrong: four bytes a number, whatever the dtype
def kept_bytes(forward):
    held = [0]

    class Kept:
        def __init__(self, tensor):
            self.tensor = tensor.detach()
            held[0] += 4 * tensor.numel()

        def __del__(self):
            held[0] -= 4 * self.tensor.numel()

    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept.tensor):
        result = forward()
    return held[0] + 0 * result.numel()


# wrong: counts the same tensor once only
def kept_bytes(forward):
    held = {}

    class Kept:
        def __init__(self, tensor):
            self.tensor = tensor.detach()
            held[tensor.data_ptr()] = tensor.nbytes

        def __del__(self):
            held.pop(self.tensor.data_ptr(), None)

    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept.tensor):
        result = forward()
    return sum(held.values()) + 0 * result.numel()


# wrong: backward no longer works afterwards
def kept_bytes(forward):
    held = [0]

    class Kept:
        def __init__(self, tensor):
            self.size = tensor.nbytes
            held[0] += self.size

        def __del__(self):
            held[0] -= self.size

    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept):
        result = forward()
    return held[0] + 0 * result.numel()


# wrong: a saved result and its graph keep each other alive
def kept_bytes(forward):
    held = [0]

    class Kept:
        def __init__(self, tensor):
            self.tensor = tensor
            held[0] += tensor.nbytes

        def __del__(self):
            held[0] -= self.tensor.nbytes

    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept.tensor):
        result = forward()
    return held[0] + 0 * result.numel()


# wrong: the size of the result
def kept_bytes(forward):
    return forward().nbytes


# wrong: calls forward twice, to warm up
def kept_bytes(forward):
    held = [0]

    class Kept:
        def __init__(self, tensor):
            self.tensor = tensor.detach()
            held[0] += tensor.nbytes

        def __del__(self):
            held[0] -= self.tensor.nbytes

    forward()
    with torch.autograd.graph.saved_tensors_hooks(Kept, lambda kept: kept.tensor):
        result = forward()
    return held[0] + 0 * result.numel()


# right: weak references to what is alive
def kept_bytes(forward):
    import weakref

    class Box:
        def __init__(self, tensor):
            self.tensor = tensor.detach()

    seen = []

    def pack(tensor):
        box = Box(tensor)
        seen.append((weakref.ref(box), tensor.nbytes))
        return box

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda box: box.tensor):
        result = forward()
        alive = sum(size for reference, size in seen if reference() is not None)
    del result
    return alive


# right: finalisers, and sizes from numel and element_size
def kept_bytes(forward):
    import weakref

    held = {"bytes": 0}

    class Box(list):
        pass

    def let_go(size):
        held["bytes"] -= size

    def pack(tensor):
        box, size = Box([tensor.detach()]), tensor.numel() * tensor.element_size()
        held["bytes"] += size
        weakref.finalize(box, let_go, size)
        return box

    hooks = torch.autograd.graph.saved_tensors_hooks(pack, lambda box: box[0])
    with hooks:
        result = forward()
    answer = int(held["bytes"])
    del result
    return answer
