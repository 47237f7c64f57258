# wrong: unchanged
def set_code(x, lengths, layer):
    mask = torch.arange(x.shape[1]) < lengths[:, None]
    out, _ = layer(x, x, x, key_padding_mask=mask)
    return out.mean()


# wrong: mask as before, True = real
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1) / lengths[:, None]  # (B, D)


# wrong: no mask at all
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1) / lengths[:, None]  # (B, D)


# wrong: averages over the filling, too
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    return out.mean(dim=1)


# wrong: the filling out of the sum, but divided by T
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1) / x.shape[1]


# wrong: averages over every entry
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum() / lengths.sum()


# wrong: averages over features
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.mean(dim=2)


# wrong: takes the first position instead of a mean
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out[:, 0]


# wrong: one position too many
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) <= lengths[:, None]
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1) / lengths[:, None]  # (B, D)


# wrong: sets the filling to 0 instead of masking it
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(*[x * is_real[:, :, None]] * 3)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1) / lengths[:, None]  # (B, D)


# wrong: a sum instead of a mean
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1)


# wrong: the mask is made on the CPU
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1]) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1) / lengths[:, None]  # (B, D)


# wrong: keeps a dimension
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=1, keepdim=True) / lengths[:, None, None]  # (B, D)


# wrong: averages the mixed batch
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.sum(dim=0) / len(x)  # (B, D)


# wrong: cuts the graph
def set_code(
    x: torch.Tensor, lengths: torch.Tensor, layer: nn.MultiheadAttention
) -> torch.Tensor:
    """Describe each set of a batch by one vector.

    x: (B, T, D). lengths: (B,), int64, from 1 to T. Returns: (B, D).
    """
    is_real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
    out, _ = layer(x, x, x, key_padding_mask=~is_real)  # (B, T, D)
    out = out.masked_fill(~is_real[:, :, None], 0)  # (B, T, D)
    return out.detach().sum(dim=1) / lengths[:, None]  # (B, D)


# right: each set alone, in a loop
def set_code(x, lengths, layer):
    codes = []
    for sequence, size in zip(x, lengths.tolist() if x.device.type != "meta" else [1] * len(x)):
        s = sequence[None, :size]
        codes.append(layer(s, s, s, need_weights=False)[0].mean(dim=1)[0])
    return torch.stack(codes)


# right: weights of the mean as a matrix product
def set_code(x, lengths, layer):
    places = torch.arange(x.size(1), device=x.device).unsqueeze(0)
    padding = places >= lengths.unsqueeze(1)
    out = layer(x, x, x, key_padding_mask=padding)[0]
    share = (~padding).to(x.dtype) / lengths.unsqueeze(1)
    return torch.einsum("bt,btd->bd", share, out)


# right: a three-dimensional attention mask for each head
def set_code(x, lengths, layer):
    B, T, D = x.shape
    padding = torch.arange(T, device=x.device)[None, :] >= lengths[:, None]
    mask = padding[:, None, None, :].expand(B, layer.num_heads, T, T).flatten(0, 1)
    out, _ = layer(x, x, x, attn_mask=mask)
    real = (~padding)[:, :, None].to(x)
    return (out * real).sum(1) / real.sum(1)
