# wrong: the mean of the batches' perplexities
def perplexity(batches):
    values = []
    for logits, words in batches:
        loss = F.cross_entropy(logits.flatten(0, 1), words.flatten())
        values.append(math.exp(loss.item()))
    return sum(values) / len(values)


# wrong: the mean of the batches' means, whatever their sizes
def perplexity(batches):
    losses = []
    for logits, words in batches:
        loss = F.cross_entropy(logits.flatten(0, 1), words.flatten())
        losses.append(loss.item())
    return math.exp(sum(losses) / len(losses))


# wrong: the mean surprisal without the exponential
def perplexity(batches):
    total, count = 0.0, 0
    for logits, words in batches:
        loss = F.cross_entropy(
            logits.flatten(0, 1), words.flatten(), reduction="sum"
        )
        total += loss.item()
        count += words.numel()
    return total / count


# wrong: logarithm of a softmax that rounds to zero
def perplexity(batches):
    total, count = 0.0, 0
    for logits, words in batches:
        chances = logits.softmax(dim=-1).gather(-1, words.unsqueeze(-1))
        total -= chances.log().sum().item()
        count += words.numel()
    return math.exp(total / count)


# wrong: divides by the number of rows instead of words
def perplexity(batches):
    total, count = 0.0, 0
    for logits, words in batches:
        loss = F.cross_entropy(
            logits.flatten(0, 1), words.flatten(), reduction="sum"
        )
        total += loss.item()
        count += len(words)
    return math.exp(total / count)


# wrong: returns a tensor
def perplexity(batches):
    logits = torch.cat([logits.flatten(0, 1) for logits, _ in batches])
    words = torch.cat([words.flatten() for _, words in batches])
    return F.cross_entropy(logits, words).exp()


# wrong: softmax before cross-entropy
def perplexity(batches):
    logits = torch.cat([logits.flatten(0, 1) for logits, _ in batches]).softmax(1)
    words = torch.cat([words.flatten() for _, words in batches])
    return F.cross_entropy(logits, words).exp().item()


# wrong: nats to the power of two
def perplexity(batches):
    logits = torch.cat([logits.flatten(0, 1) for logits, _ in batches])
    words = torch.cat([words.flatten() for _, words in batches])
    return 2 ** F.cross_entropy(logits, words).item()


# right: all batches as one
def perplexity(batches):
    logits = torch.cat([logits.flatten(0, 1) for logits, _ in batches])
    words = torch.cat([words.flatten() for _, words in batches])
    return F.cross_entropy(logits.double(), words).exp().item()


# right: log-softmax and a loop over words, in float64
def perplexity(batches):
    costs = []
    for logits, words in batches:
        logs = logits.detach().cpu().double().log_softmax(dim=2)
        for row, said in zip(logs, words.tolist(), strict=True):
            costs += [-step[word].item() for step, word in zip(row, said, strict=True)]
    return math.exp(math.fsum(costs) / len(costs))


# right: in bits, with the power of two
def perplexity(batches):
    bits, count = 0.0, 0
    for logits, words in batches:
        shape = words.shape
        nats = F.cross_entropy(logits.movedim(2, 1), words) * words.numel()
        bits += nats.item() / math.log(2)
        count += shape[0] * shape[1]
    return 2 ** (bits / count)
