"""What students write for the benchmark's small assignment: right, wrong, and worse."""

from __future__ import annotations

# For each solution cell of small.md. Each earns the full marks of its test, whatever
# the right answers to the other cells look like.
RIGHT = {
    "loss": (
        "def mean_squared_error(prediction, target):\n"
        "    return ((prediction - target) ** 2).mean()\n",
        "def mean_squared_error(prediction, target):\n"
        "    difference = prediction - target\n"
        "    return torch.mean(difference * difference)\n",
        "def mean_squared_error(prediction, target):\n"
        "    # the library has it already\n"
        "    return nn.functional.mse_loss(prediction, target)\n",
        "def mean_squared_error(prediction, target):\n"
        "    total = (prediction - target).pow(2).sum()\n"
        "    return total / prediction.numel()\n",
    ),
    "fit": (
        "def fit(x, y, steps=200):\n"
        "    model = nn.Linear(1, 1)\n"
        "    optimiser = torch.optim.Adam(model.parameters(), lr=0.1)\n"
        "    for _ in range(steps):\n"
        "        optimiser.zero_grad()\n"
        "        mean_squared_error(model(x), y).backward()\n"
        "        optimiser.step()\n"
        "    return model\n",
        "def fit(x, y, steps=300):\n"
        "    net = nn.Linear(in_features=1, out_features=1)\n"
        "    opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)\n"
        "    losses = []\n"
        "    for step in range(steps):\n"
        "        loss = ((net(x) - y) ** 2).mean()\n"
        "        opt.zero_grad()\n"
        "        loss.backward()\n"
        "        opt.step()\n"
        "        losses.append(loss.item())\n"
        "    print('last loss:', round(losses[-1], 3))\n"
        "    return net\n",
        "def fit(x, y, steps=250):\n"
        "    line = nn.Linear(1, 1)\n"
        "    for _ in range(steps):\n"
        "        line.zero_grad()\n"
        "        ((line(x) - y) ** 2).mean().backward()\n"
        "        with torch.no_grad():\n"
        "            for p in line.parameters():\n"
        "                p -= 0.2 * p.grad\n"
        "    return line\n",
    ),
    "picture": (
        "line = fit(x, y)\n"
        "figure, axes = plt.subplots(figsize=(4, 3))\n"
        "axes.scatter(x, y, s=5)\n"
        "axes.plot(x, line(x).detach(), color='C1')\n",
        "line = fit(x, y)\n"
        "fig = plt.figure()\n"
        "axes = fig.add_subplot()\n"
        "axes.scatter(x.numpy(), y.numpy(), marker='x', color='black')\n"
        "with torch.no_grad():\n"
        "    axes.plot(x.numpy(), line(x).numpy(), 'r--', label='my line')\n"
        "axes.legend()\n"
        "axes.set_title('It fits!')\n",
    ),
    "numpy": (
        "def least_squares(x, y):\n"
        "    slope, offset = np.polyfit(x.numpy().ravel(), y.numpy().ravel(), 1)\n"
        "    return float(slope), float(offset)\n",
        "def least_squares(x, y):\n"
        "    a, b = x.numpy().ravel(), y.numpy().ravel()\n"
        "    a0, b0 = a - a.mean(), b - b.mean()\n"
        "    slope = (a0 * b0).sum() / (a0 * a0).sum()\n"
        "    return float(slope), float(b.mean() - slope * a.mean())\n",
        "def least_squares(x, y):\n"
        "    A = np.stack([x.numpy()[:, 0], np.ones(len(x))], axis=1)\n"
        "    solution = np.linalg.lstsq(A, y.numpy()[:, 0], rcond=None)[0]\n"
        "    return solution[0].item(), solution[1].item()\n",
    ),
}

# Each earns nothing for its test.
WRONG = {
    "loss": (
        "def mean_squared_error(prediction, target):\n"
        "    return ((prediction - target) ** 2).sum()\n",
        "def mean_squared_error(prediction, target):\n"
        "    return (prediction - target).abs().mean()\n",
        "def mean_squared_error(prediction, target):\n"
        "    return float(((prediction - target) ** 2).mean())\n",
    ),
    "fit": (
        "def fit(x, y, steps=200):\n"
        "    model = nn.Linear(1, 1)\n"
        "    optimiser = torch.optim.SGD(model.parameters(), lr=0.0001)\n"
        "    for _ in range(steps):\n"
        "        optimiser.zero_grad()\n"
        "        ((model(x) - y) ** 2).mean().backward()\n"
        "        optimiser.step()\n"
        "    return model\n",
        "def fit(x, y, steps=200):\n    model = nn.Linear(1, 1)\n    return network\n",
        "def fit(x, y, steps=200):\n"
        "    model = nn.Linear(100, 1)\n"
        "    return model(x)\n",
    ),
    "picture": (
        "plt.scatter(x, y)\n",
        "figure, axes = plt.subplots()\naxes.scatter(x, y)\n",
    ),
    "numpy": (
        "def least_squares(x, y):\n"
        "    return np.polyfit(x.numpy().ravel(), y.numpy().ravel(), 1)\n",
        "def least_squares(x, y):\n    return 0.0, 0.0\n",
        "def least_squares(x, y):\nreturn np.polyfit(x, y, 1)\n",
    ),
}

# In place of an answer to "fit". What comes of it is in the attacks' hands; that the
# others in the class do not notice is ours.
HOSTILE = {
    "runs for ever": "while True:\n    pass\n",
    "kills its kernel": "import os\nos._exit(0)\n",
    "prints without end": "while True:\n    print('on and on ' * 100)\n",
    "leaves processes behind": (
        "import subprocess\n"
        "for _ in range(20):\n"
        "    subprocess.Popen(['sleep', '3600'])\n"
    ),
    "looks for the gradebook": (
        "import pathlib\n"
        "for place in ('/root', '/home', '/srv', '/work'):\n"
        "    try:\n"
        "        print([str(one) for one in pathlib.Path(place).rglob('*.db')])\n"
        "    except OSError as error:\n"
        "        print(error)\n"
    ),
    "calls home": (
        "import urllib.request\n"
        "urllib.request.urlopen('http://192.0.2.1/marks', timeout=2)\n"
    ),
    "equals everything": (
        "class Same:\n"
        "    def __eq__(self, other):\n"
        "        return True\n"
        "    __class__ = nn.Linear\n"
        "def fit(x, y, steps=200):\n"
        "    return Same()\n"
    ),
    "swallows errors": (
        "from IPython import get_ipython\n"
        "shell = get_ipython()\n"
        "shell.showtraceback = lambda *a, **k: None\n"
        "shell.set_custom_exc((Exception,), lambda *a, **k: None)\n"
    ),
}

NOTES = (
    "I compared it with the slides, should be fine.",
    "TODO: ask about the learning rate in the tutorial.",
    "Took me a while; the shapes were the problem.",
    "Worked together with my neighbour on the idea, the code is mine.",
)
SCRATCH = (
    "print(x.shape, y.shape)\n",
    "x[:5], y[:5]\n",
    "torch.mean(x)\n",
    "for i in range(3):\n    print(i, x[i].item(), y[i].item())\n",
    "plt.hist(y.numpy().ravel(), bins=20);\n",
)
