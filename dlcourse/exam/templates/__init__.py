"""All templates, in the order of their numbers."""

from __future__ import annotations

from dlcourse.exam.template import Template
from dlcourse.exam.templates import convolution, probability

TEMPLATES: dict[str, Template] = {
    template.id: template
    for template in sorted(
        (*probability.ALL, *convolution.ALL), key=lambda template: template.number
    )
}
