# wrong: L2 in the gradient, as in Adam
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad + group["weight_decay"] * p
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: L2 added to the gradient in place
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad.add_(p, alpha=group["weight_decay"])
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: decay without the learning rate
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: decays parameters without a gradient
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    p.mul_(1 - lr * group["weight_decay"])
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: a missing gradient counts as zero
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                grad = torch.zeros_like(p) if p.grad is None else p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: the first group's settings for all
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        group = self.param_groups[0]
        lr, (beta1, beta2) = group["lr"], group["betas"]
        for other in self.param_groups:
            for p in other["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: settings from the constructor, deaf to groups and schedules
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)
        self.fixed = settings

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = self.fixed["lr"], self.fixed["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: one count for all parameters, which runs ahead
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)
        self.t = 0

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                self.t += 1
                state["t"] = self.t
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: one state for all parameters of a shape
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.__dict__.setdefault(f"memory {tuple(p.shape)}", {})
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: state outside self.state, lost on resuming
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.__dict__.setdefault("memory", {}).setdefault(p, {})
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: the count outside self.state, so that it starts anew on resuming
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)
        self.t = {}

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                self.t[p] = self.t.get(p, 0) + 1
                state["t"] = self.t[p]
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: a new tensor under the same name: nothing moves
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p = p - lr * m_hat / (q_hat.sqrt() + group["eps"])


# wrong: empties the gradients by itself
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))
                p.grad.zero_()


# wrong: the mean shares memory with the gradient
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = grad, torch.zeros_like(p)
                state["t"] += 1
                state["m"].mul_(beta1).add_((1 - beta1) * grad)
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"] / (1 - beta1 ** state["t"])
                q_hat = state["q"] / (1 - beta2 ** state["t"])
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: no bias correction
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, (beta1, beta2) = group["lr"], group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                grad = p.grad
                state = self.state[p]
                if not state:
                    state["t"] = 0
                    state["m"], state["q"] = torch.zeros_like(p), torch.zeros_like(p)
                state["t"] += 1
                state["m"] = beta1 * state["m"] + (1 - beta1) * grad
                state["q"] = beta2 * state["q"] + (1 - beta2) * grad**2
                m_hat = state["m"]
                q_hat = state["q"]
                p.mul_(1 - lr * group["weight_decay"])
                p.sub_(lr * m_hat / (q_hat.sqrt() + group["eps"]))


# wrong: PyTorch's AdamW under another name
class MyAdamW(torch.optim.AdamW):
    pass


# right: decay after Adam's step, from the old value
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        super().__init__(
            params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay)
        )

    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.data -= self.change(p, group)

    def change(self, p, group):
        memory, (b1, b2) = self.state[p], group["betas"]
        g = p.grad.detach()
        memory["count"] = memory.get("count", 0) + 1
        memory["mean"] = b1 * memory.get("mean", 0.0) + (1 - b1) * g
        memory["square"] = b2 * memory.get("square", 0.0) + (1 - b2) * g * g
        mean = memory["mean"] / (1 - b1 ** memory["count"])
        square = memory["square"] / (1 - b2 ** memory["count"])
        decay = group["weight_decay"] * p.data
        return group["lr"] * (decay + mean / (square.sqrt() + group["eps"]))


# right: the count as a tensor, the powers kept in the state
class MyAdamW(torch.optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        super().__init__(params, settings)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in (p for p in group["params"] if p.grad is not None):
                state = self.state[p]
                if "step" not in state:
                    state["step"] = torch.tensor(0.0)
                    state["exp_avg"] = torch.zeros_like(p)
                    state["exp_avg_sq"] = torch.zeros_like(p)
                state["step"] += 1
                t = state["step"].item()
                state["exp_avg"].lerp_(p.grad, 1 - beta1)
                state["exp_avg_sq"].mul_(beta2).addcmul_(
                    p.grad, p.grad, value=1 - beta2
                )
                root = (state["exp_avg_sq"] / (1 - beta2**t)).sqrt_()
                p.copy_(p * (1 - group["lr"] * group["weight_decay"]))
                p.addcdiv_(
                    state["exp_avg"],
                    root.add_(group["eps"]),
                    value=-group["lr"] / (1 - beta1**t),
                )
