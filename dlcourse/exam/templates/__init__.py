"""All templates, in the order of their numbers."""

from __future__ import annotations

from dlcourse.exam.template import Template
from dlcourse.exam.templates import (
    adversarial,
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
    probability,
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
    *autoencoders.ALL,
    *gans.ALL,
    *transfer.ALL,
    *adversarial.ALL,
)
TEMPLATES: dict[str, Template] = {
    template.id: template
    for template in sorted(_ALL, key=lambda template: template.number)
}
