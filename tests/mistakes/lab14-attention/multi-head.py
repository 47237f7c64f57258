# wrong: forgets to divide by the root
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: divides by the root of D, not of a head's width
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: divides by the width without the root
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / (D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: True hides, as in the module
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: softmax over the wrong dimension
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-2)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: joins the heads without moving them next to the features
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: splits the heads without a transpose
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, D).permute(2, 0, 1, 3).reshape(3, B, H, T, D // H)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: no bias in the projections
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: forgets the last layer
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return heads, weights


# wrong: weights averaged over the heads
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights.mean(dim=1)


# wrong: order of queries, keys and values mixed up
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    K, V, Q = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: calls the layer
def multi_head(x, layer, mask=None):
    hidden = None if mask is None else ~mask
    return layer(x, x, x, attn_mask=hidden, average_attn_weights=False)


# wrong: masks after the softmax, so that rows no longer add up to 1
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        pass
    weights = scores.softmax(dim=-1)
    if mask is not None:
        weights = weights * mask
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: masks scores with 0 instead of minus infinity
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, 0.0)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: exponentials of large scores overflow
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.exp() / scores.exp().sum(dim=-1, keepdim=True)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: masks with a number that is not small enough for large scores
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -10.0)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# wrong: a list instead of a tuple
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return [layer.out_proj(heads), weights]


# wrong: cuts the graph
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x.detach() @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads).detach(), weights


# right: a loop over the heads
def multi_head(x, layer, mask=None):
    D = x.shape[2]
    width = D // layer.num_heads
    heads, all_weights = [], []
    for head in range(layer.num_heads):
        parts = []
        for start in (0, D, 2 * D):
            rows = slice(start + head * width, start + (head + 1) * width)
            W, b = layer.in_proj_weight[rows], layer.in_proj_bias[rows]
            parts.append(F.linear(x, W, b))
        q, k, v = parts
        scores = torch.bmm(q, k.transpose(1, 2)) / width**0.5
        if mask is not None:
            scores = torch.where(mask, scores, float("-inf"))
        weights = torch.softmax(scores, dim=2)
        heads.append(torch.bmm(weights, v))
        all_weights.append(weights)
    return layer.out_proj(torch.cat(heads, dim=2)), torch.stack(all_weights, dim=1)


# right: with einsum and an added mask
def multi_head(x, layer, mask=None):
    B, T, D = x.shape
    H = layer.num_heads
    Wq, Wk, Wv = layer.in_proj_weight.chunk(3)
    bq, bk, bv = layer.in_proj_bias.chunk(3)
    q = (x @ Wq.T + bq).view(B, T, H, -1)
    k = (x @ Wk.T + bk).view(B, T, H, -1)
    v = (x @ Wv.T + bv).view(B, T, H, -1)
    scores = torch.einsum("bthd,bshd->bhts", q, k) * q.shape[-1] ** -0.5
    if mask is not None:
        extra = torch.zeros(T, T, dtype=x.dtype, device=x.device)
        scores = scores + extra.masked_fill(mask.logical_not(), float("-inf"))
    weights = F.softmax(scores, -1)
    heads = torch.einsum("bhts,bshd->bthd", weights, v).flatten(2)
    return heads @ layer.out_proj.weight.T + layer.out_proj.bias, weights


# right: softmax by hand, shifted by the largest score
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = x @ layer.in_proj_weight.T + layer.in_proj_bias  # (B, T, 3D)
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = (scores - scores.amax(-1, keepdim=True)).exp()
    weights = weights / weights.sum(-1, keepdim=True)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads), weights


# right: computed in float64
def multi_head(
    x: torch.Tensor, layer: nn.MultiheadAttention, mask: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute multi-head self-attention by hand.

    x: (B, T, D). mask: (T, T), True = may look.
    Returns: outputs (B, T, D) and weights (B, H, T, T).
    """
    B, T, D = x.shape
    H = layer.num_heads
    qkv = (x @ layer.in_proj_weight.T + layer.in_proj_bias).double()
    Q, K, V = qkv.reshape(B, T, 3, H, D // H).permute(2, 0, 3, 1, 4)  # (B, H, T, D/H)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(D // H)  # (B, H, T, T)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (B, H, T, T)
    heads = (weights @ V).transpose(1, 2).reshape(B, T, D)
    return layer.out_proj(heads.to(x.dtype)), weights.to(x.dtype)
