# wrong: the word itself is its own closest neighbour
def nearest(embedding, vocabulary, word, k):
    table = embedding.weight.detach()
    distances = (table - table[vocabulary.index(word)]).norm(dim=1)
    order = distances.argsort().tolist()
    return [(vocabulary[n], distances[n].item()) for n in order[:k]]


# wrong: squared distances
def nearest(embedding, vocabulary, word, k):
    place = vocabulary.index(word)
    table = embedding.weight.detach()
    distances = (table - table[place]).square().sum(dim=1)
    order = [n for n in distances.argsort().tolist() if n != place]
    return [(vocabulary[n], distances[n].item()) for n in order[:k]]


# wrong: cosine instead of distance
def nearest(embedding, vocabulary, word, k):
    place = vocabulary.index(word)
    unit = F.normalize(embedding.weight.detach(), dim=1)
    gaps = 1 - unit @ unit[place]
    order = [n for n in gaps.argsort().tolist() if n != place]
    return [(vocabulary[n], gaps[n].item()) for n in order[:k]]


# wrong: the farthest first
def nearest(embedding, vocabulary, word, k):
    place = vocabulary.index(word)
    table = embedding.weight.detach()
    distances = (table - table[place]).norm(dim=1)
    order = [n for n in distances.argsort(descending=True).tolist() if n != place]
    return [(vocabulary[n], distances[n].item()) for n in order[:k]]


# wrong: leaves out whatever has distance 0
def nearest(embedding, vocabulary, word, k):
    table = embedding.weight.detach()
    distances = (table - table[vocabulary.index(word)]).norm(dim=1)
    order = [n for n in distances.argsort().tolist() if distances[n] > 0]
    return [(vocabulary[n], distances[n].item()) for n in order[:k]]


# wrong: drops the first of the sorted list, which may be a twin
def nearest(embedding, vocabulary, word, k):
    table = embedding.weight.detach()
    distances = (table - table[vocabulary.index(word)]).norm(dim=1)
    order = distances.argsort(stable=True).tolist()[1:]
    return [(vocabulary[n], distances[n].item()) for n in order[:k]]


# wrong: numbers instead of words
def nearest(embedding, vocabulary, word, k):
    place = vocabulary.index(word)
    table = embedding.weight.detach()
    distances = (table - table[place]).norm(dim=1)
    order = [n for n in distances.argsort().tolist() if n != place]
    return [(n, distances[n].item()) for n in order[:k]]


# wrong: distances as tensors
def nearest(embedding, vocabulary, word, k):
    place = vocabulary.index(word)
    table = embedding.weight.detach()
    distances = (table - table[place]).norm(dim=1)
    order = [n for n in distances.argsort().tolist() if n != place]
    return [(vocabulary[n], distances[n]) for n in order[:k]]


# wrong: sums of absolute differences
def nearest(embedding, vocabulary, word, k):
    place = vocabulary.index(word)
    table = embedding.weight.detach()
    distances = (table - table[place]).abs().sum(dim=1)
    order = [n for n in distances.argsort().tolist() if n != place]
    return [(vocabulary[n], distances[n].item()) for n in order[:k]]


# right: a loop and sorted
def nearest(embedding, vocabulary, word, k):
    rows = embedding.weight.detach().cpu().double().tolist()
    here = rows[vocabulary.index(word)]
    found = []
    for name, row in zip(vocabulary, rows, strict=True):
        if name != word:
            squares = [(a - b) ** 2 for a, b in zip(row, here, strict=True)]
            found.append((sum(squares) ** 0.5, name))
    return [(name, distance) for distance, name in sorted(found)[:k]]


# right: topk after the word's own distance was made infinite
def nearest(embedding, vocabulary, word, k):
    number = {name: n for n, name in enumerate(vocabulary)}
    with torch.no_grad():
        own = embedding(torch.tensor(number[word], device=embedding.weight.device))
        gaps = torch.linalg.vector_norm(embedding.weight - own, dim=-1)
        gaps[number[word]] = math.inf
        far, places = gaps.topk(k, largest=False)
    names = [vocabulary[n] for n in places.tolist()]
    return list(zip(names, far.tolist(), strict=True))
