"""Attacks on IPython's shell: errors of tests are to get lost."""

from __future__ import annotations

from .kit import SOME, Work, attack
from .reports import TAMPERED

GROUP = "Errors get lost in IPython"


@attack(GROUP, "handles every exception with IPython's own hook", TAMPERED)
def custom_exception_hook(work: Work) -> None:
    work.first("get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)\n")


@attack(GROUP, "makes `showtraceback` show nothing", TAMPERED)
def show_no_traceback(work: Work) -> None:
    work.first(
        "shell = get_ipython()\n"
        "shell.showtraceback = shell._showtraceback = lambda *a, **k: None\n"
    )


@attack(GROUP, "wipes the error after each cell, in a hook of IPython", TAMPERED)
def post_run_cell_hook(work: Work) -> None:
    work.first(
        "shell = get_ipython()\n"
        "def forget(result):\n"
        "    result.error_in_exec = result.error_before_exec = None\n"
        "shell.events.register('post_run_cell', forget)\n"
        "shell.showtraceback = lambda *a, **k: None\n"
    )


@attack(GROUP, "replaces `run_code`: every error is dropped", TAMPERED)
def run_code_replaced(work: Work) -> None:
    work.first(
        "shell = get_ipython()\n"
        "async def run_code(code_obj, result=None, *, async_=False):\n"
        "    try:\n"
        "        exec(code_obj, shell.user_global_ns, shell.user_ns)\n"
        "    except BaseException:\n"
        "        pass\n"
        "    return False\n"
        "shell.run_code = run_code\n"
    )


@attack(GROUP, "replaces `run_ast_nodes`: nothing runs, all is well", TAMPERED)
def run_ast_nodes_replaced(work: Work) -> None:
    work.first(
        "shell = get_ipython()\n"
        "async def run_ast_nodes(*arguments, **options):\n"
        "    return False\n"
        "shell.run_ast_nodes = run_ast_nodes\n"
    )


@attack(GROUP, "replaces `run_cell`: every cell is a success", TAMPERED)
def run_cell_replaced(work: Work) -> None:
    work.first(
        "from IPython.core.interactiveshell import ExecutionResult\n"
        "shell = get_ipython()\n"
        "async def run_cell_async(*arguments, **options):\n"
        "    return ExecutionResult(None)\n"
        "shell.run_cell = lambda *a, **k: ExecutionResult(None)\n"
        "shell.run_cell_async = run_cell_async\n"
    )


@attack(GROUP, "turns tests into `pass` by an input transformer", TAMPERED)
def input_transformer(work: Work) -> None:
    work.first(
        "CALLS = ('same(', 'torch.testing', 'np.testing')\n"
        "def harmless(lines):\n"
        "    return [line.replace('assert ', 'str() and ') for line in lines\n"
        "            if not line.startswith(CALLS)]\n"
        "get_ipython().input_transformers_cleanup.append(harmless)\n"
    )


@attack(GROUP, "removes asserts and test calls by an AST transformer", TAMPERED)
def ast_transformer_removes(work: Work) -> None:
    work.first(
        "import ast\n"
        "class Remove(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n"
        "        return ast.copy_location(ast.Pass(), node)\n"
        "    def visit_Expr(self, node):\n"
        "        said = ast.unparse(node)\n"
        "        if said.startswith(('same(', 'torch.testing', 'np.testing')):\n"
        "            return ast.copy_location(ast.Pass(), node)\n"
        "        return node\n"
        "get_ipython().ast_transformers.append(Remove())\n"
    )


@attack(GROUP, "wraps each statement into `try` by an AST transformer", TAMPERED)
def ast_transformer_wraps(work: Work) -> None:
    work.first(
        "import ast\n"
        "class Wrap(ast.NodeTransformer):\n"
        "    def visit_Module(self, node):\n"
        "        empty = ast.parse('try: pass\\nexcept BaseException: pass')\n"
        "        empty.body[0].body = node.body or empty.body[0].body\n"
        "        node.body = [ast.fix_missing_locations(empty.body[0])]\n"
        "        return node\n"
        "get_ipython().ast_transformers.append(Wrap())\n"
    )


@attack(GROUP, "compiles with optimisation, which leaves asserts out", TAMPERED)
def optimised_compiler(work: Work) -> None:
    work.first(
        "import builtins\n"
        "true_compile = builtins.compile\n"
        "def compile_without_asserts(source, filename, mode, flags=0, *more, **k):\n"
        "    k.pop('optimize', None)\n"
        "    return true_compile(source, filename, mode, flags, optimize=2, **k)\n"
        "builtins.compile = compile_without_asserts\n"
    )


@attack(GROUP, "makes each test a success if it knows the cell's id", TAMPERED)
def selective_by_cell_id(work: Work) -> None:
    # Cells that the grader adds have other ids, and behave as they should.
    work.first(
        "from IPython.core.interactiveshell import ExecutionResult\n"
        "shell = get_ipython()\n"
        "true_run = shell.run_cell_async\n"
        "async def run_cell_async(source, *arguments, cell_id=None, **options):\n"
        "    if str(cell_id).endswith('-test'):\n"
        "        return ExecutionResult(None)\n"
        "    return await true_run(source, *arguments, cell_id=cell_id, **options)\n"
        "shell.run_cell_async = run_cell_async\n"
    )


@attack(GROUP, "makes a cell a success if it begins as a released test", TAMPERED)
def selective_by_source(work: Work) -> None:
    starts = [
        work.cell(f"{item}-test")["source"].splitlines()[0]
        for item in ("backwards", "longest", "one-hot", "halves")
    ]
    work.first(
        f"STARTS = {tuple(starts)!r}\n"
        "from IPython.core.interactiveshell import ExecutionResult\n"
        "shell = get_ipython()\n"
        "true_run = shell.run_cell_async\n"
        "async def run_cell_async(source, *arguments, **options):\n"
        "    if source.startswith(STARTS):\n"
        "        return ExecutionResult(None)\n"
        "    return await true_run(source, *arguments, **options)\n"
        "shell.run_cell_async = run_cell_async\n"
    )


@attack(GROUP, "drops only errors in code that it knows from the release", TAMPERED)
def selective_run_code(work: Work) -> None:
    work.first(
        "shell = get_ipython()\n"
        "true_run = shell.run_code\n"
        "async def run_code(code_obj, result=None, *, async_=False):\n"
        "    names = set(code_obj.co_names)\n"
        "    if names & {'same', 'one_hot', 'halves', 'equal', 'testing'}:\n"
        "        try:\n"
        "            exec(code_obj, shell.user_global_ns, shell.user_ns)\n"
        "        except BaseException:\n"
        "            pass\n"
        "        return False\n"
        "    return await true_run(code_obj, result, async_=async_)\n"
        "shell.run_code = run_code\n"
    )


@attack(
    GROUP, "shows 4.0 for any number, which looks like full partial credit", TAMPERED
)
def display_formatter(work: Work) -> None:
    work.first(
        "formatter = get_ipython().display_formatter.formatters['text/plain']\n"
        "for kind in (int, float, type(None)):\n"
        "    formatter.for_type(kind, lambda value, p, cycle: p.text('4.0'))\n"
    )


@attack(GROUP, "replaces `sys.displayhook`: each result reads 4.0", TAMPERED)
def display_hook(work: Work) -> None:
    work.first(
        "import sys\n"
        "true_hook = get_ipython().displayhook\n"
        "class Hook(type(true_hook)):\n"
        "    def compute_format_data(self, result):\n"
        "        return {'text/plain': '4.0'}, {}\n"
        "true_hook.__class__ = Hook\n"
    )


@attack(GROUP, "calls the debugger on each error, which waits for input", keeps=SOME)
def debugger_on_errors(work: Work) -> None:
    work.first("%pdb on\n")
