"""Token buckets."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.web.limits import Buckets, Limits


@example(per_minute=1, pauses=[4.776318471907408, 0.0])  # rounding of a float
@given(
    per_minute=st.integers(1, 300),
    pauses=st.lists(st.floats(0, 100, allow_nan=False), max_size=200),
)
def test_no_minute_sees_more_than_twice_the_limit_and_every_wait_is_enough(per_minute, pauses):
    now = [0.0]
    limits = Limits(person_per_minute=per_minute, address_per_minute=300, now=lambda: now[0])
    admitted = []
    for pause in pauses:
        now[0] += pause
        wait = limits.admit(address="a", person="p")
        if wait:
            now[0] += wait
            assert limits.admit(address="a", person="p") == 0
        admitted.append(now[0])
    for at in admitted:
        assert sum(at <= other < at + 60 for other in admitted) <= 2 * per_minute


def test_people_do_not_slow_each_other_down():
    limits = Limits(person_per_minute=1, address_per_minute=100, now=lambda: 0.0)
    assert limits.admit(address="a", person="p") == 0
    assert limits.admit(address="a", person="p") == 60
    assert limits.admit(address="a", person="q") == 0


def test_a_refused_person_does_not_use_up_the_address():
    limits = Limits(person_per_minute=1, address_per_minute=2, now=lambda: 0.0)
    for _ in range(5):
        limits.admit(address="a", person="p")
    assert limits.admit(address="a", person="q") == 0


def test_memory_stays_bounded_and_forgets_the_longest_unseen():
    buckets = Buckets(per_minute=1, now=lambda: 0.0, most_keys=2)
    for key in ("a", "b", "a", "c"):
        buckets.take(key)
    assert (buckets.wait("a") > 0, buckets.wait("b") > 0) == (True, False)
