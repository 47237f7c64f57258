# wrong: keeps the state_dict without a copy
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = model.state_dict()
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: copies the dictionary, but not its tensors
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = dict(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: does not start to count anew after a best
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch = loss, self.epoch
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: an equal loss counts as better
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss <= self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: stops one epoch late
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited > self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: compares with the epoch before instead of the best
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        last, self.last = getattr(self, "last", float("inf")), loss
        if loss >= last:
            self.waited += 1
        elif loss >= self.best_loss:
            self.waited = 0
        elif loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: keeps the parameters and forgets the buffers
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = [p.detach().clone() for p in model.parameters()]
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        with torch.no_grad():
            for parameter, kept in zip(model.parameters(), self.best):
                parameter.copy_(kept)


# wrong: a nan counts as better
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if not loss >= self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: counts epochs from zero
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        self.epoch += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# wrong: gives its own copy away, which then goes on learning
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best, assign=True)


# right: a counter and a deep copy
import copy


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.waited, self.epoch = patience, 0, 0
        self.best_loss, self.best_epoch = float("inf"), 0

    def step(self, loss, model):
        self.epoch += 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch, self.waited = loss, self.epoch, 0
            self.best = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        model.load_state_dict(self.best)


# right: looks back over a list, keeps a whole copy of the model
from copy import deepcopy


class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.losses = []
        self.kept = None

    @property
    def best_loss(self):
        return min(loss for loss in self.losses if loss == loss)

    @property
    def best_epoch(self):
        return self.losses.index(self.best_loss) + 1

    def step(self, loss, model):
        self.losses.append(loss)
        if self.best_epoch == len(self.losses):
            self.kept = deepcopy(model)
        return len(self.losses) - self.best_epoch >= self.patience

    def restore(self, model):
        model.load_state_dict(self.kept.state_dict())


# right: saves to memory
import io


class EarlyStopping:
    def __init__(self, patience):
        self.left = self.patience = patience
        self.best_loss, self.best_epoch, self.count = float("inf"), 0, 0
        self.saved = b""

    def step(self, loss, model):
        self.count += 1
        self.left -= 1
        if loss < self.best_loss:
            self.best_loss, self.best_epoch = float(loss), self.count
            self.left = self.patience
            file = io.BytesIO()
            torch.save(model.state_dict(), file)
            self.saved = file.getvalue()
        return self.left <= 0

    def restore(self, model):
        model.load_state_dict(torch.load(io.BytesIO(self.saved), weights_only=True))
