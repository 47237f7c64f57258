# wrong: the diagonal counts as confusion
def most_confused(matrix, classes, k=3):
    pairs = [
        (classes[i], classes[j], int(matrix[i, j]))
        for i in range(len(classes))
        for j in range(len(classes))
        if matrix[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# wrong: predicted class first
def most_confused(matrix, classes, k=3):
    pairs = [
        (classes[j], classes[i], int(matrix[i, j]))
        for i in range(len(classes))
        for j in range(len(classes))
        if i != j and matrix[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# wrong: the smallest counts first
def most_confused(matrix, classes, k=3):
    pairs = [
        (classes[i], classes[j], int(matrix[i, j]))
        for i in range(len(classes))
        for j in range(len(classes))
        if i != j and matrix[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: pair[2])[:k]


# wrong: empties the caller's diagonal
def most_confused(matrix, classes, k=3):
    matrix.fill_diagonal_(0)
    pairs = [
        (classes[i], classes[j], int(matrix[i, j]))
        for i in range(len(classes))
        for j in range(len(classes))
        if matrix[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# wrong: lists pairs that never happened
def most_confused(matrix, classes, k=3):
    pairs = [
        (classes[i], classes[j], int(matrix[i, j]))
        for i in range(len(classes))
        for j in range(len(classes))
        if i != j
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# wrong: adds up both directions
def most_confused(matrix, classes, k=3):
    both = matrix + matrix.T
    pairs = [
        (classes[i], classes[j], int(both[i, j]))
        for i in range(len(classes))
        for j in range(i)
        if both[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# wrong: numbers instead of names
def most_confused(matrix, classes, k=3):
    pairs = [
        (i, j, int(matrix[i, j]))
        for i in range(len(classes))
        for j in range(len(classes))
        if i != j and matrix[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# wrong: always the ten classes of Fashion-MNIST
def most_confused(matrix, classes, k=3):
    pairs = [
        (classes[i], classes[j], int(matrix[i, j]))
        for i in range(10)
        for j in range(10)
        if i != j and matrix[i, j] > 0
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]


# right: topk on a copy without its diagonal
def most_confused(matrix, classes, k=3):
    wrong = matrix.clone()
    wrong.fill_diagonal_(0)
    counts, places = wrong.flatten().topk(min(k, wrong.numel()))
    found = []
    for count, place in zip(counts.tolist(), places.tolist()):
        if count > 0:
            i, j = divmod(place, len(classes))
            found.append((classes[i], classes[j], count))
    return found


# right: takes the largest out again and again
def most_confused(matrix, classes, k=3):
    left = {
        (i, j): matrix[i, j].item()
        for i in range(len(classes))
        for j in range(len(classes))
        if i != j
    }
    found = []
    while left and len(found) < k:
        i, j = max(left, key=left.get)
        count = left.pop((i, j))
        if count == 0:
            break
        found.append((classes[i], classes[j], count))
    return found
