# wrong: the jump is multiplied before the size and the start use it
def receptive_fields(windows, n):
    rows, jump, size, start = [], 1, 1, 1.0
    for k, s, p in windows:
        if k > n + 2 * p:
            raise ValueError("does not fit")
        n = (n + 2 * p - k) // s + 1
        jump *= s
        start += ((k - 1) / 2 - p) * jump
        size += (k - 1) * jump
        rows.append((n, jump, size, start))
    return rows


# wrong: forgets the padding in the start
def receptive_fields(windows, n):
    rows, jump, size, start = [], 1, 1, 1.0
    for k, s, p in windows:
        if k > n + 2 * p:
            raise ValueError("does not fit")
        n = (n + 2 * p - k) // s + 1
        start += (k - 1) / 2 * jump
        size += (k - 1) * jump
        jump *= s
        rows.append((n, jump, size, start))
    return rows


# wrong: the centre is rounded down to a whole pixel
def receptive_fields(windows, n):
    rows, jump, size, start = [], 1, 1, 1
    for k, s, p in windows:
        if k > n + 2 * p:
            raise ValueError("does not fit")
        n = (n + 2 * p - k) // s + 1
        start += ((k - 1) // 2 - p) * jump
        size += (k - 1) * jump
        jump *= s
        rows.append((n, jump, size, start))
    return rows


# wrong: counts pixels from 0
def receptive_fields(windows, n):
    rows, jump, size, start = [], 1, 1, 0.0
    for k, s, p in windows:
        if k > n + 2 * p:
            raise ValueError("does not fit")
        n = (n + 2 * p - k) // s + 1
        start += ((k - 1) / 2 - p) * jump
        size += (k - 1) * jump
        jump *= s
        rows.append((n, jump, size, start))
    return rows


# wrong: a window that does not fit goes unnoticed
def receptive_fields(windows, n):
    rows, jump, size, start = [], 1, 1, 1.0
    for k, s, p in windows:
        n = (n + 2 * p - k) // s + 1
        start += ((k - 1) / 2 - p) * jump
        size += (k - 1) * jump
        jump *= s
        rows.append((n, jump, size, start))
    return rows


# wrong: cuts the size off at the side of the picture
def receptive_fields(windows, n):
    rows, jump, size, start, side = [], 1, 1, 1.0, n
    for k, s, p in windows:
        if k > n + 2 * p:
            raise ValueError("does not fit")
        n = (n + 2 * p - k) // s + 1
        start += ((k - 1) / 2 - p) * jump
        size = min(side, size + (k - 1) * jump)
        jump *= s
        rows.append((n, jump, size, start))
    return rows


# wrong: looks at whether the window fits only without the padding
def receptive_fields(windows, n):
    rows, jump, size, start = [], 1, 1, 1.0
    for k, s, p in windows:
        if k > n:
            raise ValueError("does not fit")
        n = (n + 2 * p - k) // s + 1
        start += ((k - 1) / 2 - p) * jump
        size += (k - 1) * jump
        jump *= s
        rows.append((n, jump, size, start))
    return rows


# right: products of strides instead of a running jump
def receptive_fields(windows, n):
    table = []
    for depth, (k, s, p) in enumerate(windows):
        if n + 2 * p < k:
            raise ValueError("does not fit")
        n = 1 + (n + 2 * p - k) // s
        jumps = [1]
        for window in windows[: depth + 1]:
            jumps.append(jumps[-1] * window[1])
        seen = windows[: depth + 1]
        size = 1 + sum((w[0] - 1) * j for w, j in zip(seen, jumps, strict=False))
        start = 1 + sum(
            ((w[0] - 1) / 2 - w[2]) * j for w, j in zip(seen, jumps, strict=False)
        )
        table.append((n, jumps[-1], size, start))
    return table


# right: first and last pixel of two units
def receptive_fields(windows, n):
    def ends(depth, unit):
        low = high = unit
        for k, s, p in windows[:depth][::-1]:
            low, high = s * low - p, s * high - p + k - 1
        return low, high

    rows = []
    for depth, (k, s, p) in enumerate(windows, 1):
        if k - 2 * p > n:
            raise ValueError
        n = (n + 2 * p - k + s) // s
        low, high = ends(depth, 0)
        rows.append((n, ends(depth, 1)[0] - low, high - low + 1, (low + high) / 2 + 1))
    return rows


# right: all numbers as floats, rows as lists
def receptive_fields(windows, n):
    state = [float(n), 1.0, 1.0, 1.0]
    rows = []
    for k, s, p in windows:
        n, jump, size, start = state
        if k > n + 2 * p:
            raise ValueError("too large")
        state = [
            (n + 2 * p - k) // s + 1,
            jump * s,
            size + (k - 1) * jump,
            start + ((k - 1) / 2 - p) * jump,
        ]
        rows.append(list(state))
    return rows
