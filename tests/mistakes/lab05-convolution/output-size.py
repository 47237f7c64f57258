# wrong: leaves the dilation out
def output_size(n, k, s=1, p=0, d=1):
    if k > n + 2 * p:
        raise ValueError("the window does not fit")
    return (n + 2 * p - k) // s + 1


# wrong: counts the padding once instead of on both sides
def output_size(n, k, s=1, p=0, d=1):
    reach = d * (k - 1) + 1
    if reach > n + p:
        raise ValueError("the window does not fit")
    return (n + p - reach) // s + 1


# wrong: rounds up, as if a window could stick out
def output_size(n, k, s=1, p=0, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the window does not fit")
    return -(-room // s) + 1


# wrong: returns a float
def output_size(n, k, s=1, p=0, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the window does not fit")
    return room / s + 1


# wrong: answers with 0 or less where the layer refuses
def output_size(n, k, s=1, p=0, d=1):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


# wrong: refuses a window that just fits
def output_size(n, k, s=1, p=0, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room <= 0:
        raise ValueError("the window does not fit")
    return room // s + 1


# wrong: multiplies the whole kernel by the dilation
def output_size(n, k, s=1, p=0, d=1):
    room = n + 2 * p - d * k
    if room < 0:
        raise ValueError("the window does not fit")
    return room // s + 1


# right: floor of a quotient
def output_size(n, k, s=1, p=0, d=1):
    import math

    size = math.floor((n + 2 * p - d * (k - 1) - 1) / s + 1)
    if size < 1:
        raise ValueError(f"a window of {d * (k - 1) + 1} does not fit into {n + 2 * p}")
    return size


# right: counts the places where a window can start
def output_size(n, k, s=1, p=0, d=1):
    starts = range(0, n + 2 * p - d * (k - 1), s)
    if not starts:
        raise ValueError("no window fits")
    return len(starts)
