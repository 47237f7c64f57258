# ruff: noqa

# wrong: transposes the first matrix
def product_extremes(a, b):
    product = a.T @ b
    return product, product.max(), product.min(), product.argmax(), product.argmin()


# wrong: the factors the wrong way round
def product_extremes(a, b):
    product = b @ a.T
    return product, product.max(), product.min(), product.argmax(), product.argmin()


# wrong: element-wise product
def product_extremes(a, b):
    product = a * b
    return product, product.max(), product.min(), product.argmax(), product.argmin()


# wrong: min before max
def product_extremes(a, b):
    product = a @ b.T
    return product, product.min(), product.max(), product.argmin(), product.argmax()


# wrong: one place for each column
def product_extremes(a, b):
    p = a @ b.T
    return p, p.max(), p.min(), p.argmax(dim=0), p.argmin(dim=0)


# wrong: Python numbers instead of tensors
def product_extremes(a, b):
    p = a @ b.T
    return p, p.max().item(), p.min().item(), p.argmax().item(), p.argmin().item()


# wrong: largest and smallest by absolute value
def product_extremes(a, b):
    p = a @ b.T
    size = p.abs().flatten()
    most, least = size.argmax(), size.argmin()
    return p, p.flatten()[most], p.flatten()[least], most, least


# wrong: starts the search at zero, so negative products have no largest
def product_extremes(a, b):
    product = a @ b.T
    largest, smallest = product.new_tensor(0.0), product.new_tensor(1e9)
    where_largest = where_smallest = 0
    for place, value in enumerate(product.flatten()):
        if value > largest:
            largest, where_largest = value, place
        if value < smallest:
            smallest, where_smallest = value, place
    places = torch.tensor(where_largest), torch.tensor(where_smallest)
    return product, largest, smallest, *places


# wrong: places within the transposed product
def product_extremes(a, b):
    p = a @ b.T
    return p, p.max(), p.min(), p.T.argmax(), p.T.argmin()


# wrong: calculates in float32
def product_extremes(a, b):
    p = a.float() @ b.float().T
    return p, p.max(), p.min(), p.argmax(), p.argmin()


# wrong: keeps a dimension of size 1
def product_extremes(a, b):
    p = a @ b.T
    flat = p.flatten()
    high, where_high = flat.max(dim=0, keepdim=True)
    low, where_low = flat.min(dim=0, keepdim=True)
    return p, high, low, where_high, where_low


# wrong: transposes the caller's matrix in place
def product_extremes(a, b):
    p = a @ b.t_()
    return p, p.max(), p.min(), p.argmax(), p.argmin()


# wrong: the answer of the example
def product_extremes(a, b):
    p = torch.tensor([[3.0, 0.0], [9.0, -3.0]])
    return p, p.max(), p.min(), torch.tensor(2), torch.tensor(3)


# right: aminmax and flattening
def product_extremes(a, b):
    product = torch.matmul(a, torch.transpose(b, 0, 1))
    smallest, largest = torch.aminmax(product)
    flat = product.flatten()
    return product, largest, smallest, torch.argmax(flat), torch.argmin(flat)


# right: loops over rows, places by sorting
def product_extremes(a, b):
    product = torch.stack([torch.stack([(x * y).sum() for y in b]) for x in a])
    values, order = product.reshape(-1).sort()
    return product, values[-1], values[0], order[-1], order[0]


# right: einsum, max of both dimensions, a list
def product_extremes(a, b):
    product = torch.einsum("nd,md->nm", a, b)
    high, where_high = product.flatten().max(dim=0)
    low, where_low = product.flatten().min(dim=0)
    return [product, high, low, where_high, where_low]


# right: the linear layer's function
def product_extremes(a, b):
    p = torch.nn.functional.linear(a, b)
    return p, torch.amax(p), torch.amin(p), p.argmax(), p.argmin()
