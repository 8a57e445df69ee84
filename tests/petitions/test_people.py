"""Users: names, passwords, lock-out, deputies."""

from dataclasses import replace

import pytest

from petitions import LockedOut, NameTaken, NotNow, Role, UnknownUser, WrongPassword
from petitions.people import People

PASSWORD = "correct horse battery"


@pytest.fixture
def people(desk):
    return desk.people


@pytest.fixture
def add(people, clock):
    def add(name="张三", **more):
        values = {"role": Role.STAFF, "department": "投资处", "at": clock(), **more}
        return people.add(name, **values)

    return add


def guess(people, clock, times, name="张三"):
    answers = []
    for _ in range(times):
        with pytest.raises((WrongPassword, LockedOut)) as raised:
            people.sign_in(name, "wrong", clock())
        answers.append(type(raised.value))
    return answers


def test_who_has_the_password_signs_in(people, add, clock):
    user = add(password=PASSWORD)
    assert people.sign_in(" 张三 ", PASSWORD, clock()) == user


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(people, add, clock):
    add(password=PASSWORD)
    assert guess(people, clock, 6) == [WrongPassword] * 5 + [LockedOut]
    with pytest.raises(LockedOut, match="请过15分钟再试"):
        people.sign_in("张三", PASSWORD, clock())
    clock.pass_by(minutes=15)
    assert people.sign_in("张三", PASSWORD, clock())


def test_a_name_nobody_has_is_answered_and_limited_like_any_other(people, clock):
    assert guess(people, clock, 6, name="无人") == [WrongPassword] * 5 + [LockedOut]


@pytest.mark.parametrize("change", ["no password", "disabled"])
def test_who_has_no_password_or_left_does_not_sign_in(people, add, clock, change):
    add(password=None if change == "no password" else PASSWORD)
    if change == "disabled":
        people.disable("张三")
    with pytest.raises(WrongPassword):
        people.sign_in("张三", PASSWORD, clock())


def test_a_new_password_takes_the_place_of_the_old_one_and_ends_a_lock(people, add, clock):
    add(password=PASSWORD)
    guess(people, clock, 5)
    people.set_password("张三", PASSWORD + "!")
    assert people.sign_in("张三", PASSWORD + "!", clock())


def test_passwords_are_hashed_and_not_short(people, add, db):
    with pytest.raises(NotNow, match="至少要有10个字符"):
        add(password="short")
    add(password=PASSWORD)
    assert PASSWORD not in "\n".join(db.conn.iterdump())


def test_names_and_telegram_accounts_belong_to_one_person(people, add):
    add(telegram="77")
    with pytest.raises(NameTaken):
        add()
    with pytest.raises(NotNow, match="已经属于张三"):
        add("李四", telegram="77")
    assert people.of_telegram("77").name == "张三"
    with pytest.raises(UnknownUser):
        people.named("王五")


def test_a_deputy_acts_for_who_is_absent(people, add):
    zhang, li = add(), add("李四")
    assert people.actor(li).acts_for == frozenset()
    people.change(replace(zhang, absent=True, deputy=li.id))
    assert people.actor(li).acts_for == {zhang.id}


def test_who_is_away_has_somebody_present_in_their_place(people, add):
    add(), add("李四")
    people.leave("张三", deputy="李四")
    assert people.stand_in(people.named("张三")).name == "李四"
    people.back("张三")
    assert people.stand_in(people.named("张三")).name == "张三"


def test_a_deputy_who_leaves_too_has_a_deputy_of_their_own(people, add):
    add(), add("李四"), add("王五")
    people.leave("张三", deputy="李四")
    people.leave("李四", deputy="王五")
    assert people.stand_in(people.named("张三")).name == "王五"
    people.disable("王五")
    assert people.stand_in(people.named("张三")) is None


def test_who_stands_in_is_another_person_and_here(people, add):
    add(), add("李四"), add("王五")
    people.leave("李四", deputy="王五")
    for deputy in ("张三", "李四"):
        with pytest.raises(NotNow, match="另一个在岗的人"):
            people.leave("张三", deputy=deputy)


def test_a_department_without_supervisor_has_all_of_them(people, add):
    add()
    first = add("王五", role=Role.SUPERVISOR, department="办公室")
    second = add("赵六", role=Role.SUPERVISOR, department="综合处")
    assert people.supervisors("综合处") == (second,)
    assert set(people.supervisors("投资处")) == {first, second}
    assert people.departments() == ("办公室", "投资处", "综合处")


def test_everybody_is_known_as_they_are_now(people, add):
    user = add()
    assert people.all() == (user,)
    other = add("李四")
    gone = people.change(replace(user, active=False))
    assert {one.id: one for one in people.all()} == {user.id: gone, other.id: other}
    assert people.user(user.id) is None


def test_a_change_that_was_taken_back_is_not_remembered(people, add, db):
    user = add()
    db.begin()
    people.change(replace(user, department="价格处"))
    assert people.user(user.id).department == "价格处"
    db.rollback()
    assert people.user(user.id) == user


def test_a_change_of_another_process_is_seen(open_store, clock):
    here, there = People(open_store()), People(open_store())
    user = here.add("张三", role=Role.STAFF, department="投资处", at=clock())
    assert there.user(user.id) == user
    here.change(replace(user, department="价格处"))
    (seen,) = there.all()
    assert seen.department == "价格处"
