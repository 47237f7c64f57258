"""Templates on regularisation: batch norm, dropout, early stopping."""

from __future__ import annotations

import math
import random

from dlcourse.exam.maths import bracketed, number, signed, vector
from dlcourse.exam.question import show_value
from dlcourse.exam.template import Calculation, Mistake, Parameters
from dlcourse.exam.templates.rounded import equals, gives


class BatchNormTraining(Calculation):
    """What batch norm makes of one value in training mode."""

    id = "batchnorm-training"
    number = 18
    topic = "regularisation"
    difficulty = "medium"
    decimals = 2
    why_right = "Right: by the batch's mean and biased deviation, then scaled, shifted."

    def draw(self, rng: random.Random) -> Parameters:
        batch = rng.sample(range(-4, 10), rng.choice([4, 5]))
        return {
            "batch": batch,
            "place": rng.randrange(len(batch)),
            "gamma": rng.choice([0.5, 1.5, 2.0, 2.5, 3.0]),
            "beta": rng.choice([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0]),
        }

    def _moments(self, p: Parameters) -> tuple[float, float]:
        """Return the batch's mean and biased variance."""
        mean = sum(p["batch"]) / len(p["batch"])
        return mean, sum((x - mean) ** 2 for x in p["batch"]) / len(p["batch"])

    def key(self, p: Parameters) -> float:
        mean, variance = self._moments(p)
        normed = (p["batch"][p["place"]] - mean) / math.sqrt(variance)
        return float(p["gamma"] * normed + p["beta"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        mean, variance = self._moments(p)
        x, count = p["batch"][p["place"]], len(p["batch"])
        unbiased = variance * count / (count - 1)
        return [
            Mistake(
                p["gamma"] * (x - mean) / math.sqrt(unbiased) + p["beta"],
                f"The variance was divided by {count - 1}. Batch norm divides the "
                f"batch by its biased deviation, with {count} in the variance.",
            ),
            Mistake(
                (x - mean) / math.sqrt(variance),
                r"Scale $\gamma$ and shift $\beta$ are missing.",
            ),
            Mistake(
                p["gamma"] * x + p["beta"],
                "Scaled and shifted, but not normalised before.",
            ),
            Mistake(
                p["gamma"] * (x - mean) / variance + p["beta"],
                "Divided by the variance. Its root, the standard deviation, is what "
                "brings the batch to deviation 1.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            "A layer `nn.BatchNorm1d(1)` in training mode reads a batch of "
            f"{len(p['batch'])} numbers of one channel,\n\n"
            f"$$x = {vector(p['batch'])}.$$\n\n"
            rf"Its weight is $\gamma = {number(p['gamma'])}$, its bias $\beta "
            rf"= {number(p['beta'])}$, and $\varepsilon$ is so small that you can take "
            "it as 0. As always in training mode, the batch is normalised with its "
            "biased variance. What does the layer give for the value "
            f"${p['batch'][p['place']]}$?"
        )

    def solution(self, p: Parameters) -> str:
        mean, variance = self._moments(p)
        deviation = math.sqrt(variance)
        x, count = p["batch"][p["place"]], len(p["batch"])
        normed = (x - mean) / deviation
        squares = " + ".join(f"{bracketed(value - mean)}^2" for value in p["batch"])
        total = " ".join(
            [number(p["batch"][0]), *(signed(value) for value in p["batch"][1:])]
        )
        return (
            "Mean, biased variance (divided by "
            f"{count}, not {count - 1}) and standard deviation of the batch:\n\n"
            r"$$\begin{aligned} "
            rf"\mu &= \frac{{{total}}}{{{count}}} = {number(mean)} \\ "
            rf"\sigma^2 &= \frac{{{squares}}}{{{count}}} = {number(variance, 4)} \\ "
            rf"\sigma &= \sqrt{{{number(variance, 4)}}} {equals(deviation, 4)} "
            r"\end{aligned}$$"
            "\n\nNormalise the value, then scale and shift it:\n\n"
            r"$$\begin{aligned} \hat x &= "
            rf"\frac{{{x} {signed(-mean)}}}{{{number(deviation, 4)}}} "
            rf"{equals(normed, 4)} \\ y &= \gamma \hat x + \beta = "
            rf"{number(p['gamma'])} \cdot {bracketed(normed, 4)} "
            rf"{signed(p['beta'])} {gives(self.key(p), 2)} \end{{aligned}}$$"
        )


class RunningMean(Calculation):
    """The running mean of batch norm after one more batch."""

    id = "running-mean"
    number = 19
    topic = "regularisation"
    difficulty = "easy"
    decimals = 3
    why_right = "Right: the momentum is the share of the new batch."

    def draw(self, rng: random.Random) -> Parameters:
        return {
            "running": rng.randrange(5, 50) / 10,
            "mean": rng.randrange(-50, 80) / 10,
            "m": rng.choice([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4]),
        }

    def key(self, p: Parameters) -> float:
        return float((1 - p["m"]) * p["running"] + p["m"] * p["mean"])

    def mistakes(self, p: Parameters) -> list[Mistake]:
        m, running, mean = p["m"], p["running"], p["mean"]
        return [
            Mistake(
                m * running + (1 - m) * mean,
                "The shares are swapped. Momentum means the new value's share here, "
                "unlike an optimiser's momentum, which is what stays of the old.",
            ),
            Mistake(
                mean,
                "This is the mean of the last batch. The running mean moves a part of "
                "the way towards it.",
            ),
            Mistake(
                running + m * mean,
                "The old value was not multiplied by $1 - m$: batch after batch, such "
                "a sum would grow without end.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"A layer `nn.BatchNorm1d(1, momentum={number(p['m'])})` is in training "
            f"mode, and its `running_mean` is ${number(p['running'])}$. It reads a "
            f"batch with mean ${number(p['mean'])}$. What is its `running_mean` "
            "afterwards?"
        )

    def solution(self, p: Parameters) -> str:
        m, running, mean = p["m"], p["running"], p["mean"]
        old, new = (1 - m) * running, m * mean
        return (
            "The new mean has the share $m$, the momentum; the old running mean keeps "
            "the rest:\n\n"
            r"$$\begin{aligned} (1 - m)\,r + m\,\mu "
            rf"&= {number(1 - m)} \cdot {number(running)} + {number(m)} \cdot "
            rf"{bracketed(mean)} \\ &= {number(old)} {signed(new)} = "
            rf"{show_value(self.key(p), 3)} \end{{aligned}}$$"
        )


class DropoutSurvivor(Calculation):
    """What dropout makes of a value that it does not drop."""

    id = "dropout-survivor"
    number = 20
    topic = "regularisation"
    difficulty = "easy"
    decimals = 2
    why_right = "Right: what survives is divided by the probability to survive."

    def draw(self, rng: random.Random) -> Parameters:
        return {
            "x": rng.randrange(5, 80) / 10,
            "p": rng.choice([0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75]),
        }

    def key(self, p: Parameters) -> float:
        return float(p["x"] / (1 - p["p"]))

    def mistakes(self, p: Parameters) -> list[Mistake]:
        x, rate = p["x"], p["p"]
        return [
            Mistake(
                x,
                "Left as it is. Then the mean would fall in training, and differ from "
                "the mean in evaluation.",
            ),
            Mistake(
                x * (1 - rate),
                "Multiplied by $1 - p$. That would make the mean, which the dropped "
                "values lower already, smaller still.",
            ),
            Mistake(
                x / rate,
                "Divided by $p$, which is the probability to be dropped, not to "
                "survive.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        return (
            f"An activation of ${number(p['x'])}$ passes through "
            f"`nn.Dropout({number(p['p'])})` in training mode, and it is one of those "
            "that are not dropped. Which value leaves the layer in its place?"
        )

    def solution(self, p: Parameters) -> str:
        kept = 1 - p["p"]
        return (
            f"A value survives with probability $1 - {number(p['p'])} = "
            f"{number(kept)}$. Dropout divides the survivors by it, so that the mean "
            "over many values stays what it was and evaluation needs no scaling:\n\n"
            rf"$$\frac{{{number(p['x'])}}}{{{number(kept)}}} "
            rf"{gives(self.key(p), 2)}$$"
        )


class EarlyStopping(Calculation):
    """Which weights early stopping keeps, read from a training log."""

    id = "early-stopping"
    number = 21
    topic = "regularisation"
    difficulty = "easy"
    why_right = "Right: the lowest validation loss until training stops."

    def draw(self, rng: random.Random) -> Parameters:
        best, patience = rng.randint(3, 7), rng.randint(2, 4)
        stop = best + patience
        length = stop + rng.randint(2, 4)
        # In half of the logs a single worse epoch before the best one, which patience
        # bears; in all of them a new low after the stop, which training never sees.
        bounce = rng.choice([None, rng.randint(2, best - 1)])
        late = rng.randint(stop + 1, length - 1)
        lowest = rng.randint(95, 125)
        losses = [lowest]
        for epoch in range(2, length + 1):
            if epoch <= best and epoch != bounce:
                lowest -= rng.randint(4, 10)
                losses.append(lowest)
            elif epoch == late:
                losses.append(lowest - rng.randint(1, 3))
            else:
                losses.append(lowest + rng.randint(1, 9))
        training = [losses[0] - rng.randint(-3, 6)]
        while len(training) < length:
            training.append(round(training[-1] * rng.uniform(0.82, 0.92)))
        return {
            "patience": patience,
            "bounce": bounce,
            "validation": [loss / 100 for loss in losses],
            "training": [loss / 100 for loss in training],
        }

    def _watch(self, p: Parameters) -> tuple[list[int], int]:
        """Return the epochs with a new lowest loss, and the one that ends training."""
        lows: list[int] = []
        lowest = math.inf
        for epoch, loss in enumerate(p["validation"], start=1):
            if loss < lowest:
                lowest = loss
                lows.append(epoch)
            elif epoch - lows[-1] == p["patience"]:
                break
        return lows, epoch

    def key(self, p: Parameters) -> int:
        return self._watch(p)[0][-1]

    def _late(self, p: Parameters) -> int:
        """Return the epoch with the lowest loss of the whole log."""
        return int(p["validation"].index(min(p["validation"]))) + 1

    def mistakes(self, p: Parameters) -> list[Mistake]:
        best, stop = self.key(p), self._watch(p)[1]
        hasty = Mistake(
            (p["bounce"] or 0) - 1,
            "Patience is ignored: the loss rises after this epoch, but one worse epoch "
            "may be chance.",
        )
        return [
            *([hasty] if p["bounce"] else []),
            Mistake(
                stop,
                "Training stops after this epoch, but the weights are those of the "
                "best epoch before.",
            ),
            Mistake(
                len(p["validation"]),
                "The last epoch of the log. Early stopping would not have come so far.",
            ),
            Mistake(
                best - 1,
                "One too few: the log counts epochs from 1, not from 0.",
            ),
            Mistake(
                self._late(p),
                "The lowest loss of the whole log, but training stops before it.",
            ),
        ]

    def statement(self, p: Parameters) -> str:
        rows = "\n".join(
            f"| {epoch} | {training:.2f} | {validation:.2f} |"
            for epoch, (training, validation) in enumerate(
                zip(p["training"], p["validation"], strict=True), start=1
            )
        )
        return (
            f"A network was trained for {len(p['validation'])} epochs, without early "
            "stopping. This is the log:\n\n"
            "| epoch | training loss | validation loss |\n| ---: | ---: | ---: |\n"
            f"{rows}\n\n"
            f"Early stopping with a patience of {p['patience']} would have watched the "
            f"validation loss: it ends training once {p['patience']} epochs in a row "
            "have brought no new lowest value, and then goes back to the best weights "
            "found until then. From which epoch would the weights have been?"
        )

    def solution(self, p: Parameters) -> str:
        lows, stop = self._watch(p)
        best, late = lows[-1], self._late(p)
        found = f"{', '.join(map(str, lows[:-1]))} and {best}"
        after = ", ".join(f"{loss:.2f}" for loss in p["validation"][best:stop])
        return (
            f"The validation loss reaches a new lowest value in the epochs {found}. "
            f"After the {p['validation'][best - 1]:.2f} of epoch {best} come {after}: "
            f"{p['patience']} epochs without a new lowest value. So training stops "
            f"after epoch {stop}, and the {p['validation'][late - 1]:.2f} of epoch "
            f"{late} is never reached. The weights kept are those of epoch {best}."
        )


ALL = (BatchNormTraining(), RunningMean(), DropoutSurvivor(), EarlyStopping())
