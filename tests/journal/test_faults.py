import pytest

from game.journal.faults import REASONS, REFUSED, Fault


@pytest.mark.parametrize("reason", REASONS)
def test_every_fault_says_where_and_what_in_one_sentence(reason: str) -> None:
    fault = Fault("journal/pa", 7, reason, "pb", 3, 2)
    zh, en = fault.text("zh"), fault.text("en")
    assert zh.startswith("journal/pa 第 7 行：")
    assert zh.count("。") == 1
    assert zh.endswith("。")
    assert en.startswith("journal/pa, line 7: ")
    assert en.count(".") == 1
    assert en.endswith(".")
    assert "{" not in zh + en
    assert fault.refused == (reason in REFUSED)
    assert fault.refused == ("left out" in en) == ("未采用" in zh)


def test_chinese_is_the_default_and_figures_are_told() -> None:
    assert (
        Fault("a.shiqi", 9, "short", "pb", 0, 4).text()
        == "a.shiqi 第 9 行：文件到此为止，设备 pb 的记录还缺 4 条。"
    )
    assert "4 record(s)" in Fault("a.shiqi", 9, "missing", "pb", 5, 4).text("en")
