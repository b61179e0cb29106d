"""What can be wrong with stored or sent lines, and how to say it in one sentence.

The sentences live here and not in levels/strings, because the organisation's ledger says them too and a
player must be able to read them when the content itself cannot be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

_SENTENCES = {
    # Refused: the line itself was left out.
    "torn": ("这一行没有写完，未采用。", "this line breaks off half-way and was left out."),
    "garbled": ("这一行无法辨认，未采用。", "this line is not readable and was left out."),
    "shape": (
        "这一行不是一条完整的学习记录，未采用。",
        "this line is not a complete record and was left out.",
    ),
    "changed": (
        "这一行写成之后被改动过，与校验值不符，未采用。",
        "this line was changed after it was written (its hash does not fit) and was left out.",
    ),
    "long": ("这一行过长，未采用。", "this line is too long for a record and was left out."),
    # Noted: nothing was left out, but the file is not as it was written.
    "missing": ("这一行之前缺少 {count} 条记录。", "{count} record(s) before this line are missing."),
    "repeated": ("这一行与前面的一行重复，只计一次。", "this line repeats an earlier one and counts once."),
    "reordered": (
        "这一行不在原来的次序上，已照常采用。",
        "this line is out of its order; it was taken all the same.",
    ),
    "fork": (
        "这一行与另一行编号相同而内容不同，两行都已采用。",
        "this line has the number of another one but says something else; both were taken.",
    ),
    # About a whole export.
    "header": (
        "第一行不是识契记录文件的文件头；其余各行照常读取。",
        "the file does not begin with the header of a Shiqi record; its lines were read all the same.",
    ),
    "version": (
        "文件由更新版本的识契写成；能读懂的各行已采用。",
        "the file was written by a newer Shiqi; the lines that could be understood were taken.",
    ),
    "short": (
        "文件到此为止，设备 {device} 的记录还缺 {count} 条。",
        "the file ends here, {count} record(s) of device {device} short.",
    ),
}
REASONS = tuple(_SENTENCES)
REFUSED = frozenset({"torn", "garbled", "shape", "changed", "long"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with line `line` (from 1) of `store`, a store's or a file's name.

    `reason` is one of `REASONS`; `device` and `seq` are set when they could be read (0: not); `count` is how
    many records are missing, for "missing" and "short".
    """

    store: str
    line: int
    reason: str
    device: str = ""
    seq: int = 0
    count: int = 0

    @property
    def refused(self) -> bool:
        """Whether the line was left out; otherwise this is only a remark."""
        return self.reason in REFUSED

    def text(self, lang: str = "zh") -> str:
        """The fault in one sentence, in Chinese or ("en") in English."""
        zh, en = _SENTENCES[self.reason]
        if lang == "en":
            return f"{self.store}, line {self.line}: " + en.format(count=self.count, device=self.device)
        return f"{self.store} 第 {self.line} 行：" + zh.format(count=self.count, device=self.device)
