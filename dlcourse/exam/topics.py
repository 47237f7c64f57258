"""The topics of the exam, in the order of the labs that teach them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A topic: its id, its title and the lab that teaches it."""

    id: str
    title: str
    lab: str


TOPICS: dict[str, Topic] = {
    topic.id: topic
    for topic in (
        Topic("tensors", "Tensors", "lab01-tensors"),
        Topic("autograd", "Graphs and gradients", "lab02-autograd"),
        Topic("probability", "Probability", "lab03-training-stack"),
        Topic("training", "Losses and training", "lab03-training-stack"),
        Topic("feed-forward", "Feed-forward networks", "lab04-feed-forward"),
        Topic("convolution", "Convolution", "lab05-convolution"),
        Topic("transfer", "Transfer learning", "lab06-transfer"),
        Topic("regularisation", "Regularisation", "lab07-regularisation"),
        Topic("optimisers", "Optimisers", "lab08-optimisers"),
        Topic("recurrent", "Recurrent networks", "lab09-recurrent"),
        Topic("gated", "LSTM and GRU", "lab10-lstm-gru"),
        Topic("autoencoders", "Autoencoders and VAEs", "lab11-autoencoders"),
        Topic("practice", "Experiments and reports", "lab12-mini-project"),
        Topic("gans", "Adversarial networks (GANs)", "lab13-gans"),
        Topic("attention", "Attention and transformers", "lab14-attention"),
        Topic("adversarial", "Receptive fields, attacks", "lab15-adversarial"),
        Topic("language", "Language models", "lab16-language"),
    )
}
