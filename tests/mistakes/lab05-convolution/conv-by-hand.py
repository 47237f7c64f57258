# wrong: lets PyTorch do it
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    return F.conv2d(images, weight, bias, stride, padding)


# wrong: forgets the bias
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, (padding, padding, padding, padding))
    N, _, H, W = X.shape
    O, _, KH, KW = weight.shape
    out = torch.zeros(N, O, (H - KH) // stride + 1, (W - KW) // stride + 1)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            patch = X[:, :, top : top + KH, left : left + KW]
            out[:, :, i, j] = torch.einsum("nchw,ochw->no", patch, weight)
    return out


# wrong: uses only the first input channel
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, (padding, padding, padding, padding))
    N, _, H, W = X.shape
    O, _, KH, KW = weight.shape
    out = torch.zeros(N, O, (H - KH) // stride + 1, (W - KW) // stride + 1)
    for n in range(N):
        for o in range(O):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    top, left = i * stride, j * stride
                    patch = X[n, 0, top : top + KH, left : left + KW]
                    out[n, o, i, j] = (patch * weight[o, 0]).sum()
            if bias is not None:
                out[n, o] += bias[o]
    return out


# wrong: the window moves by one pixel whatever the stride
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, (padding, padding, padding, padding))
    N, _, H, W = X.shape
    O, _, KH, KW = weight.shape
    out = torch.zeros(N, O, (H - KH) // stride + 1, (W - KW) // stride + 1)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            patch = X[:, :, i : i + KH, j : j + KW]
            out[:, :, i, j] = torch.einsum("nchw,ochw->no", patch, weight)
    return out if bias is None else out + bias[:, None, None]


# wrong: takes the kernel for a square
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, (padding, padding, padding, padding))
    N, _, H, W = X.shape
    O, _, K, _ = weight.shape
    out = torch.zeros(N, O, (H - K) // stride + 1, (W - K) // stride + 1)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            patch = X[:, :, top : top + K, left : left + K]
            out[:, :, i, j] = torch.einsum("nchw,ochw->no", patch, weight)
    return out if bias is None else out + bias[:, None, None]


# wrong: pads at the bottom and on the right only
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, (0, 2 * padding, 0, 2 * padding))
    N, _, H, W = X.shape
    O, _, KH, KW = weight.shape
    out = torch.zeros(N, O, (H - KH) // stride + 1, (W - KW) // stride + 1)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            patch = X[:, :, top : top + KH, left : left + KW]
            out[:, :, i, j] = torch.einsum("nchw,ochw->no", patch, weight)
    return out if bias is None else out + bias[:, None, None]


# wrong: one step too few, as if the last window did not fit
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, (padding, padding, padding, padding))
    N, _, H, W = X.shape
    O, _, KH, KW = weight.shape
    rows, columns = range(0, H - KH, stride), range(0, W - KW, stride)
    out = torch.zeros(N, O, len(rows), len(columns))
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            patch = X[:, :, top : top + KH, left : left + KW]
            out[:, :, i, j] = torch.einsum("nchw,ochw->no", patch, weight)
    return out if bias is None else out + bias[:, None, None]


# right: loops down to the single number
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    N, C, H, W = images.shape
    O, _, KH, KW = weight.shape
    rows = (H + 2 * padding - KH) // stride + 1
    columns = (W + 2 * padding - KW) // stride + 1
    out = torch.zeros(N, O, rows, columns)
    for n in range(N):
        for o in range(O):
            for i in range(rows):
                for j in range(columns):
                    total = 0.0 if bias is None else float(bias[o])
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                y, x = (
                                    i * stride + u - padding,
                                    j * stride + v - padding,
                                )
                                if 0 <= y < H and 0 <= x < W:
                                    pixel = float(images[n, c, y, x])
                                    total += pixel * float(weight[o, c, u, v])
                    out[n, o, i, j] = total
    return out


# right: windows as columns of a matrix (im2col)
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    O, _, KH, KW = weight.shape
    windows = F.unfold(images, (KH, KW), padding=padding, stride=stride)  # (N, CKK, L)
    out = weight.flatten(1) @ windows  # (N, O, L)
    if bias is not None:
        out = out + bias[:, None]
    rows = (images.shape[2] + 2 * padding - KH) // stride + 1
    return out.reshape(len(images), O, rows, -1)


# right: a loop over the kernel's places, each adds a shifted picture
def conv2d_loops(images, weight, bias=None, stride=1, padding=0):
    X = F.pad(images, [padding] * 4)
    KH, KW = weight.shape[2:]
    rows = (X.shape[2] - KH) // stride + 1
    columns = (X.shape[3] - KW) // stride + 1
    out = 0 if bias is None else bias.reshape(1, -1, 1, 1)
    for u in range(KH):
        for v in range(KW):
            shifted = X[:, :, u::stride, v::stride][:, :, :rows, :columns]
            out = out + torch.einsum("nchw,oc->nohw", shifted, weight[:, :, u, v])
    return out
