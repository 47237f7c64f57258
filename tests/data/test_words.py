"""The text: the real format served from this machine, and the stand-in."""

from __future__ import annotations

import hashlib
import math
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import torch

from dlcourse import data
from dlcourse.data import fetch, invented_text, sets, settings, texts, treebank
from dlcourse.data.archives import Archive

pytestmark = pytest.mark.timeout(240)  # a hang is a failure

# As in the real files: a sentence a line, spaces around, no full stops.
LINES = {
    "train": " the cat saw the <unk> \n the dog saw N cats \n mr. <unk> saw the cat \n",
    "valid": " a dog saw the cat \n",
    "test": " the cat 's dog \n no cat \n",
}


@pytest.fixture
def ptb(server, monkeypatch) -> dict[str, bytes]:
    """Serve the miniature well; return its files by path."""
    files, archives = {}, {}
    for part, text in LINES.items():
        name, body = f"ptb.{part}.txt", text.encode()
        files[f"/{name}"] = body
        md5 = hashlib.md5(body).hexdigest()
        place = Path("PennTreebank", name)
        archives[part] = Archive((f"{server.url}{name}",), place, md5)
    monkeypatch.setattr(treebank, "FILES", archives)
    return files


@pytest.fixture
def serve(server, ptb, answers):
    def serve(how: str = "good") -> None:
        for path, body in ptb.items():
            server.answers[path] = answers[how](body)

    return serve


# The real text ------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["auto", "online"])
def test_fetches_and_reads_what_the_server_has(serve, server, mode, monkeypatch, capfd):
    monkeypatch.setenv(settings.MODE, mode)
    serve()
    train, valid, test = (data.words(part) for part in texts.PARTS)
    assert train.source == "Penn Treebank"
    assert train.surprisal is None
    assert train.entropy is None
    # By frequency, ties by the alphabet; <eos> counts as a word.
    expected = "the <eos> saw <unk> cat N cats dog mr."
    assert " ".join(train.vocabulary) == expected
    assert train.ids.dtype == torch.int64
    assert train.ids.tolist() == [0, 4, 2, 0, 3, 1, 0, 7, 2, 5, 6, 1, 8, 3, 2, 0, 4, 1]
    assert train.text(train.ids) == "\n".join(
        line.strip() for line in LINES["train"].splitlines()
    )
    # What the training part lacks is unknown; the vocabulary is the same everywhere.
    assert valid.vocabulary == test.vocabulary == train.vocabulary
    assert valid.text(valid.ids) == "<unk> dog saw the cat"
    assert test.text(test.ids) == "the cat <unk> dog\n<unk> cat"
    assert sorted(server.asked) == [
        "/ptb.test.txt",
        "/ptb.train.txt",
        "/ptb.valid.txt",
    ]
    assert capfd.readouterr() == ("", "")


def test_a_limit_takes_the_beginning_and_leaves_the_vocabulary(serve):
    serve()
    whole, few = data.words(), data.words(limit=4)
    assert few.ids.tolist() == whole.ids[:4].tolist()
    assert few.vocabulary == whole.vocabulary
    assert len(data.words(limit=10**6)) == len(whole)


def test_what_is_on_disk_needs_no_network(serve, clean_slate, monkeypatch):
    serve()
    data.words()
    names = sorted(str(p.relative_to(clean_slate)) for p in clean_slate.rglob("*.*"))
    assert names == [f"PennTreebank/ptb.{part}.txt" for part in sorted(LINES)]
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(urllib.request, "urlopen", None)
    assert data.words("valid").source == "Penn Treebank"


def test_a_bad_server_is_named_online_and_replaced_in_auto(
    serve, server, bad, hurry, ptb, clean_slate, monkeypatch, capsys
):
    how, says = bad
    for path, body in ptb.items():
        server.answers[path] = how(body)
    assert data.words().source.startswith("stand-in")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("words (train): stand-in: ")
    assert says in line.lower() or says in line
    assert data.words("test").source.startswith("stand-in")
    assert len(server.asked) == 1  # it does not ask again
    monkeypatch.setenv(settings.MODE, "online")
    with pytest.raises(data.DataUnavailable) as caught:
        data.words()
    assert says in str(caught.value).lower() or says in str(caught.value)
    assert f"{settings.MODE}=auto" in str(caught.value)
    assert not [path for path in clean_slate.rglob("*") if path.is_file()]


def test_patience_is_shared_with_the_pictures(serve, server, mnist, hurry, answers):
    serve("silent")
    mnist.serve(server, answers["silent"])
    assert data.words().source.startswith("stand-in")
    assert mnist.load().source.startswith("stand-in")
    assert len(server.asked) == 1


def test_a_damaged_file_is_fetched_again(serve, server, clean_slate, capsys):
    serve()
    data.words()
    path = clean_slate / "PennTreebank" / "ptb.train.txt"
    path.write_text("not what it was")
    server.asked.clear()
    assert data.words().text([0]) == "the"
    assert server.asked == ["/ptb.train.txt"]
    path.write_text("not what it was")
    server.answers.clear()
    sets.attempts = sets.Attempts()
    assert data.words().source.startswith("stand-in")
    assert f"{path} is damaged" in capsys.readouterr().out


def test_what_another_process_fetched_meanwhile_is_found(serve, server, monkeypatch):
    assert data.words().source.startswith("stand-in")  # 404
    serve()
    asked = len(server.asked)
    assert data.words().source.startswith("stand-in")
    assert len(server.asked) == asked
    monkeypatch.setenv(settings.MODE, "online")
    data.words()
    monkeypatch.setenv(settings.MODE, "auto")
    assert data.words().source == "Penn Treebank"


def test_a_folder_that_cannot_be_written(serve, clean_slate, monkeypatch, capsys):
    serve()
    clean_slate.write_text("a file where the folder should be")
    assert data.words().source.startswith("stand-in")
    assert str(clean_slate) in capsys.readouterr().out
    monkeypatch.setenv(settings.MODE, "online")
    with pytest.raises(data.DataUnavailable, match=settings.FOLDER):
        data.words()


def test_offline_never_opens_a_socket_nor_writes_a_file(
    serve, server, clean_slate, monkeypatch
):
    serve()
    monkeypatch.setenv(settings.MODE, "offline")
    monkeypatch.setattr(fetch, "fetch", None)
    for part in texts.PARTS:
        assert data.words(part).source.startswith("stand-in")
    assert server.asked == []
    assert not clean_slate.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("validation",), "train, valid or test, got 'validation'"),
        (("train", 0), "limit must be at least 1"),
        (("train", -3), "limit must be at least 1"),
    ],
)
@pytest.mark.parametrize("mode", settings.MODES)
def test_nonsense_is_refused_at_once(arguments, says, mode, monkeypatch):
    monkeypatch.setenv(settings.MODE, mode)
    monkeypatch.setattr(sets, "attempts", None)  # not even tried to load
    with pytest.raises(ValueError, match=says):
        data.words(*arguments)


# The stand-in -------------------------------------------------------------------------


@pytest.fixture
def offline(monkeypatch):
    monkeypatch.setenv(settings.MODE, "offline")


def test_shapes_types_and_one_line(offline, capsys):
    for part in texts.PARTS:
        corpus = data.words(part)
        assert corpus.ids.dtype == torch.int64
        assert corpus.ids.ndim == 1
        assert corpus.surprisal.shape == corpus.ids.shape
        assert corpus.surprisal.dtype == torch.float64
        assert corpus.ids.min() >= 0
        assert corpus.ids.max() < len(corpus.vocabulary)
        ends = (corpus.ids == corpus.word_to_id["<eos>"]).sum()
        assert ends == invented_text.SENTENCES[part]
        assert corpus.ids[-1] == corpus.word_to_id["<eos>"]
        (line,) = capsys.readouterr().out.splitlines()
        assert line == f"words ({part}): {corpus.source} [DLCOURSE_DATA=offline]"
        assert f"{len(corpus):,} words" in repr(corpus)


def test_the_vocabulary_is_by_frequency(offline):
    train = data.words()
    counts = torch.bincount(train.ids, minlength=len(train.vocabulary))
    assert (counts.diff() <= 0).all()
    assert train.vocabulary[0] in ("the", "<eos>")
    assert data.words("test").vocabulary == train.vocabulary


def test_each_part_costs_about_the_entropy(offline):
    for part in texts.PARTS:
        corpus = data.words(part)
        spread = corpus.surprisal.std() / math.sqrt(len(corpus))
        assert abs(corpus.surprisal.mean() - corpus.entropy) < 5 * spread
        assert (corpus.surprisal >= 0).all()


def test_counting_words_finds_more_than_the_floor_and_less_than_the_vocabulary(offline):
    """Models that see one word back cannot do what the rule does."""
    train, test = data.words(), data.words("test")
    size = len(train.vocabulary)
    counts = torch.full((size, size), 1e-3, dtype=torch.float64)
    ones = torch.ones(len(train) - 1, dtype=torch.float64)
    counts.index_put_((train.ids[:-1], train.ids[1:]), ones, accumulate=True)
    chances = counts / counts.sum(dim=1, keepdim=True)
    bigram = -chances[test.ids[:-1], test.ids[1:]].log().mean()
    single = torch.bincount(train.ids, minlength=size).double() + 1e-3
    unigram = -(single / single.sum())[test.ids].log().mean()
    assert test.entropy + 0.3 < bigram < unigram - 0.3
    assert unigram < math.log(size)


def test_same_words_again_and_in_a_fresh_process(offline):
    def digest() -> str:
        written = invented_text.write()
        return hashlib.sha256(" ".join(written.words["train"]).encode()).hexdigest()

    first = digest()
    torch.manual_seed(99)
    invented_text.write.cache_clear()
    assert digest() == first
    code = """
import hashlib, sys
from dlcourse.data import invented_text
text = " ".join(invented_text.write().words["train"])
print(hashlib.sha256(text.encode()).hexdigest())
assert not {"torchvision", "sklearn", "matplotlib"} & set(sys.modules)
"""
    fresh = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert fresh.stdout.strip() == first


def test_changing_what_was_loaded_changes_nothing_later(offline):
    first = data.words("valid")
    first.ids.zero_()
    first.surprisal.zero_()
    again = data.words("valid")
    assert again.ids.max() > 0
    assert again.surprisal.max() > 0


# The class ----------------------------------------------------------------------------


def test_text_puts_a_sentence_on_each_line():
    corpus = data.Corpus(torch.tensor([2, 1, 0]), ["<eos>", "b", "c"], "here")
    assert corpus.text(corpus.ids) == "c b"
    assert corpus.text([1, 0, 2, 1, 0]) == "b\nc b"
    assert corpus.text([0, 1]) == "\nb"
    assert corpus.text([0, 0, 1]) == "\n\nb"
    assert corpus.text([]) == ""
    assert repr(corpus) == "Corpus(3 words, 3 different, here)"


@pytest.mark.parametrize(
    ("ids", "words", "surprisal", "says"),
    [
        (torch.zeros(2, 2).long(), "ab", None, r"\(N,\).*\(2, 2\)"),
        (torch.zeros(2), "ab", None, "float32"),
        (torch.zeros(2).long(), "aa", None, "twice"),
        (torch.zeros(2).long(), "ab", torch.zeros(3).double(), r"\(2,\).*\(3,\)"),
        (torch.zeros(2).long(), "ab", torch.zeros(2), "float64"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(ids, words, surprisal, says):
    with pytest.raises(ValueError, match=says):
        data.Corpus(ids, words, "here", surprisal)
