"""Jupyter's own tests of kernels."""

from __future__ import annotations

import jupyter_kernel_test


class _Python:
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('problem', file=sys.stderr)"
    completion_samples = ({"text": "zi", "matches": {"zip"}},)
    complete_code_samples = ("1", "print(1)", "def f(x):\n  return x\n\n\n")
    incomplete_code_samples = ("def f(x):\n  x*2", "[1,\n")
    invalid_code_samples = ("import = 7q",)
    code_page_something = "zip?"
    code_generate_error = "raise ValueError('problem')"
    code_execute_result = (
        {"code": "6*7", "result": "42"},
        {"code": "import torch; torch.ones(2).sum()", "result": "tensor(2.)"},
    )
    code_display_data = (
        {
            "code": "from IPython.display import HTML, display; display(HTML('x'))",
            "mime": "text/html",
        },
        {
            "code": "%matplotlib inline\nimport matplotlib.pyplot as p; p.plot([1]);",
            "mime": "image/png",
        },
    )
    code_history_pattern = "6?7*"
    # No "range": IPython gives the running session the number 0 there, and 1 elsewhere.
    supported_history_operations = ("tail", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


class TestWarm(_Python, jupyter_kernel_test.KernelTests):
    kernel_name = "dlcourse-warm"


class TestSandboxed(_Python, jupyter_kernel_test.KernelTests):
    kernel_name = "dlcourse-sandbox"


class TestWarmWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "dlcourse-warm"
    support_iopub_welcome = True


class TestSandboxedWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "dlcourse-sandbox"
    support_iopub_welcome = True
