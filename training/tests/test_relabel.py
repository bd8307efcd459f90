from pathlib import Path

import pytest

from ktav_training.relabel import Item, choose, judge, majority, read_answers

WRONG = [Item(f"hhd/alef/{i}.png", "alef", "tav", True) for i in range(4)]
RIGHT = [Item(f"hhd/alef/{i}.png", "alef", "alef", False) for i in range(10, 20)]


def test_a_study_holds_every_error_and_as_many_controls_of_the_same_letters() -> None:
    bet = [Item(f"hhd/bet/{i}.png", "bet", "bet", False) for i in range(50)]
    items = choose(WRONG, RIGHT + bet, seed=1, controls=4)
    assert {item for item in items if item.wrong} == set(WRONG)
    assert [item.label for item in items if not item.wrong] == ["alef"] * 4


def test_a_picture_without_a_majority_counts_as_unreadable() -> None:
    assert majority(["alef", "alef", "bet"]) == "alef"
    assert majority(["alef", "gimel", "bet"]) == "?"


def test_labels_that_no_reader_confirms_are_taken_off_the_errors() -> None:
    found = judge(WRONG + RIGHT[:4], ["tav", "tav", "alef", "?"] + ["alef"] * 4)
    assert (found.label_confirmed, found.answer_confirmed, found.unreadable) == (0.25, 0.5, 0.25)
    assert found.controls_confirmed == 1
    # 90 of 100 were read; of the ten errors a quarter bears a label that is really there.
    assert found.accuracy_where_confirmed(0.9) == pytest.approx(0.9 / (0.9 + 0.025))


def test_readers_who_confirm_both_alike_change_nothing() -> None:
    found = judge(WRONG + RIGHT[:4], ["alef", "alef", "?", "?"] * 2)
    assert found.accuracy_where_confirmed(0.9) == pytest.approx(0.9)


def test_an_answer_that_is_missing_or_no_label_is_refused(tmp_path: Path) -> None:
    answers = tmp_path / "answers.tsv"
    answers.write_text("1\talef\n3\t?\n")
    with pytest.raises(ValueError, match=r"no answer for \[2\]"):
        read_answers(answers, 3, {"alef"})
    answers.write_text("1\talpha\n")
    with pytest.raises(ValueError, match="alpha"):
        read_answers(answers, 1, {"alef"})
