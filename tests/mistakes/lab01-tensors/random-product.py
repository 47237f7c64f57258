# ruff: noqa

# wrong: the row times the matrix, (1, n)
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, row @ matrix


# wrong: right shape, but it multiplies the transposed matrix
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, (row @ matrix).T


# wrong: element-wise product
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, matrix * row


# wrong: a vector loses the second dimension, (n,)
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, matrix @ row.squeeze()


# wrong: inner dimensions do not match
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, matrix @ row


# wrong: draws a column, so that nothing has to be transposed
def random_product(n=7):
    matrix, column = torch.rand(n, n), torch.rand(n, 1)
    return matrix, column, matrix @ column


# wrong: returns the transposed row, not the row
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n).T
    return matrix, row, matrix @ row


# wrong: n is always 7
def random_product(n=7):
    matrix, row = torch.rand(7, 7), torch.rand(1, 7)
    return matrix, row, matrix @ row.T


# wrong: nothing is random
def random_product(n=7):
    matrix, row = torch.ones(n, n), torch.ones(1, n)
    return matrix, row, matrix @ row.T


# wrong: the same numbers at every call
def random_product(n=7):
    matrix = torch.linspace(0, 0.9, n * n).reshape(n, n)
    row = torch.linspace(0, 0.8, n).reshape(1, n)
    return matrix, row, matrix @ row.T


# wrong: sets a seed, so that every call draws the same
def random_product(n=7):
    torch.manual_seed(0)
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, matrix @ row.T


# wrong: the normal distribution
def random_product(n=7):
    matrix, row = torch.randn(n, n), torch.randn(1, n)
    return matrix, row, matrix @ row.T


# wrong: the row is the matrix's first row
def random_product(n=7):
    matrix = torch.rand(n, n)
    return matrix, matrix[:1], matrix @ matrix[:1].T


# wrong: multiplies a new row, not the one it returns
def random_product(n=7):
    matrix, row = torch.rand(n, n), torch.rand(1, n)
    return matrix, row, matrix @ torch.rand(1, n).T


# wrong: returns NumPy arrays
def random_product(n=7):
    matrix, row = np.random.rand(n, n), np.random.rand(1, n)
    return matrix, row, matrix @ row.T


# wrong: returns the product alone
def random_product(n=7):
    return torch.rand(n, n) @ torch.rand(1, n).T


# right: torch.matmul and transpose
def random_product(n=7):
    matrix = torch.rand(size=(n, n))
    row = torch.rand(size=(1, n))
    return matrix, row, torch.matmul(matrix, row.transpose(0, 1))


# right: float64, element-wise product and sum
def random_product(n=7):
    matrix = torch.rand(n, n, dtype=torch.float64)
    row = torch.rand(1, n, dtype=torch.float64)
    return matrix, row, (matrix * row).sum(dim=1, keepdim=True)


# right: a generator, einsum, a list
def random_product(n: int = 7):
    generator = torch.Generator()
    generator.seed()
    matrix = torch.rand(n, n, generator=generator)
    row = torch.rand(1, n, generator=generator)
    return [matrix, row, torch.einsum("ij,kj->ik", matrix, row)]


# right: transposes twice
def random_product(n=7):
    matrix, row = torch.empty(n, n).uniform_(), torch.empty(1, n).uniform_()
    return matrix, row, (row @ matrix.T).T


# right: NumPy's random numbers and loops
def random_product(n=7):
    rng = np.random.default_rng()
    matrix = torch.from_numpy(rng.random((n, n)))
    row = torch.from_numpy(rng.random((1, n)))
    product = torch.zeros(n, 1, dtype=matrix.dtype)
    for i in range(n):
        for j in range(n):
            product[i, 0] += matrix[i, j] * row[0, j]
    return matrix, row, product
