# wrong: sets both biases, so that it is twice the value
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias"):
                parameter[H : 2 * H] = value
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: leaves bias_hh as it was drawn
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias_ih"):
                parameter[H : 2 * H] = value
            elif name == "bias_hh":
                parameter[H : 2 * H] = 0
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: sets the first block, the input gate
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias_ih"):
                parameter[:H] = value
            elif name.startswith("bias_hh"):
                parameter[:H] = 0
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: sets the third block, the candidate
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias_ih"):
                parameter[2 * H : 3 * H] = value
            elif name.startswith("bias_hh"):
                parameter[2 * H : 3 * H] = 0
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: the first layer only
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name == "bias_ih_l0":
                parameter[H : 2 * H] = value
            elif name == "bias_hh_l0":
                parameter[H : 2 * H] = 0
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: one direction only
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.endswith("reverse"):
                continue
            if name.startswith("bias_ih"):
                parameter[H : 2 * H] = value
            elif name.startswith("bias_hh"):
                parameter[H : 2 * H] = 0
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: all of bias_hh becomes 0
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias_ih"):
                parameter[H : 2 * H] = value
            elif name.startswith("bias_hh"):
                parameter.zero_()
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: adds the value to what is there
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias_ih"):
                parameter[H : 2 * H] += value
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: new parameters in the place of the old ones
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    for name, parameter in list(lstm.named_parameters()):
        if name.startswith("bias"):
            new = parameter.detach().clone()
            new[H : 2 * H] = value / 2
            setattr(lstm, name, nn.Parameter(new))
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: the parameters are no longer trained
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    for name, parameter in lstm.named_parameters():
        parameter.requires_grad_(False)
        if name.startswith("bias"):
            parameter[H : 2 * H] = value / 2
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# wrong: half-life of the value instead of the gate
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias"):
                parameter[H : 2 * H] = value / 2
    return math.log(2) / max(value, 1e-9)


# wrong: no number comes back
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias"):
                parameter[H : 2 * H] = value / 2


# wrong: rounded to whole steps
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if name.startswith("bias"):
                parameter[H : 2 * H] = value / 2
    gate = 1 / (1 + math.exp(-value))
    return float(round(math.log(0.5) / math.log(gate)))


# right: half of it in each bias
def set_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            if "bias" in name:
                parameter.chunk(4)[1].fill_(value / 2)
    return math.log(0.5) / math.log(1 / (1 + math.exp(-value)))


# right: bias_ih takes up what bias_hh lacks, by .data
def set_forget_bias(lstm, value):
    gate = torch.tensor(float(value), dtype=torch.float64).sigmoid()
    H, directions = lstm.hidden_size, 2 if lstm.bidirectional else 1
    for layer in range(lstm.num_layers):
        for suffix in ("", "_reverse")[:directions]:
            other = getattr(lstm, f"bias_hh_l{layer}{suffix}").data[H : 2 * H]
            getattr(lstm, f"bias_ih_l{layer}{suffix}").data[H : 2 * H] = value - other
    return math.log(2) / -gate.log().item()
