"""Deep Learning Lab: what its chapters, exercises and graders share."""

from dlcourse.device import device
from dlcourse.glue import glue

__version__ = "0.1.0"
__all__ = ["__version__", "device", "glue"]
