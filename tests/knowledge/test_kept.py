"""What was worked out is kept, together for many keys, and not for ever."""

from knowledge.kept import Kept, Remembered, lazily


class Lengths:
    """Lengths of words, and which were worked out when."""

    def __init__(self):
        self.calls = []

    def __call__(self, words):
        self.calls.append(list(words))
        return map(len, words)


def test_what_is_not_known_is_worked_out_together_and_once():
    lengths = Lengths()
    kept = Kept(10, lengths)
    assert kept("a") == 1
    assert kept.of(["a", "bb", "ccc", "bb"]) == [1, 2, 3, 2]
    assert lengths.calls == [["a"], ["bb", "ccc"]]


def test_what_was_asked_for_lately_is_kept():
    lengths = Lengths()
    kept = Kept(2, lengths)
    for word in ("a", "b", "a", "c", "a", "d", "a", "e", "a"):
        kept(word)
    assert lengths.calls == [["a"], ["b"], ["c"], ["d"], ["e"]]


def test_a_key_of_a_dictionary_is_worked_out_when_it_is_asked_for():
    squares = Remembered[int, int](lambda number: number**2)
    assert squares[3] == 9
    assert dict(squares) == {3: 9}


def test_an_attribute_is_read_once():
    class Text:
        read = 0

        @lazily
        def length(self):
            self.read += 1
            return 7

    text = Text()
    assert (text.length, text.length, text.read) == (7, 7, 1)
