"""All templates, in the order of their numbers."""

from __future__ import annotations

from dlcourse.exam.template import Template
from dlcourse.exam.templates import (
    adversarial,
    attacks,
    attention,
    autoencoders,
    autograd,
    convolution,
    convolution_costs,
    feed_forward,
    gans,
    gated,
    language,
    optimisers,
    permutation,
    probability,
    receptive_field,
    recurrent,
    regularisation,
    training,
    transfer,
)

_ALL: tuple[Template, ...] = (
    *probability.ALL,
    *language.ALL,
    *training.ALL,
    *autograd.ALL,
    *feed_forward.ALL,
    *convolution.ALL,
    *convolution_costs.ALL,
    *regularisation.ALL,
    *optimisers.ALL,
    *recurrent.ALL,
    *gated.ALL,
    *attention.ALL,
    *permutation.ALL,
    *autoencoders.ALL,
    *gans.ALL,
    *transfer.ALL,
    *adversarial.ALL,
    *attacks.ALL,
    *receptive_field.ALL,
)
TEMPLATES: dict[str, Template] = {
    template.id: template
    for template in sorted(_ALL, key=lambda template: template.number)
}
