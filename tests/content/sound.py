"""A small set of levels without a fault, for tests to spoil in one place and see what is said."""

from __future__ import annotations

from pathlib import Path

from game.content.check import content_problems

GLYPHS = """\
人:
  oracle:
    drawn_after: commons
    attested: [合集 6, 合集 14002正]
    parts:
      body: ["M 40 10 Q 50 50 40 90"]
      arm: ["M 45 40 L 20 60"]
木:
  oracle:
    drawn_after: commons
    parts:
      trunk: ["M 50 6 L 50 94"]
      branches: ["M 50 40 L 20 20", "M 50 40 L 80 20"]
休:
  oracle:
    drawn_after: jgw-db
    parts:
      人: ["M 30 10 Q 40 50 30 90", "M 34 40 L 12 60"]
      木: ["M 70 6 L 70 94", "M 70 40 L 55 20"]
鹿:
  oracle:
    drawn_after: commons
    attested: [合集 10270]
    parts:
      antlers: ["M 30 8 Q 33 20 44 30", "M 50 6 L 46 28"]
      head: ["M 44 30 Q 20 40 14 52", "M 14 52 Q 34 54 46 40"]
      body: ["M 46 40 Q 52 52 40 66 L 84 60"]
    variants:
      - drawn_after: jgw-db
        parts:
          antlers: ["M 30 8 L 44 30"]
          body: ["M 44 30 L 84 60"]
  bronze:
    drawn_after: commons
    parts: {body: ["M 20 20 L 80 80"]}
  picture:
    parts: {body: ["M 20 20 C 30 30 40 60 80 80"]}
红:
  bronze:
    drawn_after: nobody
    parts: {木: ["M 30 20 L 80 80"]}
"""

CHARACTERS = """\
人:
  pinyin: rén
  gloss: {zh: 人, en: person}
  made: pictograph
  why: {zh: 侧面站着的人。, en: A person seen from the side.}
  words: [大人]
  like: [木]
  sources: [合集 6, 说文解字·人部]
木:
  pinyin: mù
  gloss: {zh: 树, en: tree}
  made: pictograph
  why: {zh: 一棵树。, en: A tree.}
  words: [树木]
  like: [休]
  sources: [说文解字·木部]
休:
  traditional: 休
  pinyin: xiū
  gloss: {zh: 歇息, en: to rest}
  made: compound
  components: [人, 木]
  why: {zh: 一个人靠着一棵树。, en: A person leaning on a tree.}
  words: [休息, 午休]
  like: [体, 林]
  disputed: false
  sources: [合集 8162, 说文解字·木部]
鹿:
  pinyin: lù
  gloss: {zh: 鹿, en: deer}
  made: pictograph
  why: {zh: 可能是一只公鹿。, en: Perhaps a stag.}
  words: [小鹿]
  like: [木]
  disputed: true
  sources: [《甲骨文合集》10270]
红:
  traditional: 紅
  pinyin: hóng
  gloss: {zh: 红色, en: red}
  made: phonetic
  components: [木]
  why: {zh: 甲骨文里没有见到它。, en: It has not been seen on bone.}
  words: [红色]
  like:
  oracle_known: false
  sources: [说文解字·糸部]
"""

PATHS = """\
- id: first
  title: {zh: 第一课, en: First steps}
  characters: [人, 木, 休]
- id: second
  title: {zh: 第二课, en: Next steps}
  characters: [鹿, 红]
"""

QUESTIONS = """\
questions:
  - kind: order
    prompt: {zh: 排一排。, en: Put in order.}
    options: [{glyph: 人}, {glyph: 木}, {glyph: 休}, {glyph: 鹿}]
    explain: {zh: 就是这样。, en: So it is.}
  - kind: fill
    prompt: {zh: 缺哪个？, en: Which is missing?}
    options: [{glyph: 人}, {glyph: 木}]
    answer: 1
    explain: {zh: 是木。, en: It is the tree.}
    source: 说文解字
  - kind: choose
    prompt: {zh: 什么意思？, en: What does it mean?}
    options: [{zh: 甲, en: A}, {zh: 乙, en: B}]
    answer: 0
    explain: {zh: 是甲。, en: It is A.}
  - kind: choose
    prompt: {zh: 哪一年？, en: Which year?}
    options: [{zh: 1921, en: 1921}, {zh: 1922, en: 1922}]
    answer: 0
    explain: {zh: 1921年。, en: In 1921.}
"""

SCRIPT = """\
script:
  cast: {deer: 鹿, man: 人}
  beats:
    - caption: {zh: 一只鹿。, en: A deer.}
      do:
        - {carve: deer, at: [30, 60], size: 40, over: 2}
        - {move: deer, to: [70, 60], over: 2, after: 0.5}
        - {point: deer, part: antlers}
    - caption: {zh: 一个人来了。, en: A man comes.}
      do:
        - {enter: man, at: [20, 60], size: 30, from: left}
        - {face: man, way: right}
        - {wait: 1.5}
        - ask:
            prompt: {zh: 是谁？, en: Who is it?}
            options: [{glyph: 人}, {glyph: 鹿}]
            answer: 0
            explain: {zh: 是人。, en: A man.}
    - caption: {zh: 变一变。, en: Changes.}
      do:
        - {morph: deer, to: picture}
        - {morph: deer, to: 鹿}
        - {grow: deer, size: 60}
        - {turn: deer, by: -90}
        - {shake: man}
    - caption: {zh: 走了。, en: They go.}
      do:
        - {leave: man, to: right}
        - {fade: deer, over: 1, after: 0}
"""

REST = "".join(f"    - caption: {{zh: 第{i}句。, en: Line {i}.}}\n" for i in range(5, 9))

IDIOM = f"""\
idiom: 人木休鹿
pinyin: rén mù xiū lù
meaning: {{zh: 没有意思。, en: It means nothing.}}
source: {{zh: 没有出处, en: No book}}
quote: 人木休鹿。
{SCRIPT}{QUESTIONS}sources: [自编]
"""

STORY = f"""\
id: deer
title: {{zh: 鹿, en: The deer}}
about: {{zh: 一只鹿。, en: A deer.}}
{SCRIPT}{REST}truth: {{zh: 都是编的。, en: All of it is made up.}}
sources: [自编]
"""

PARTY = f"""\
date_from: 1921-07
date_to: 1921-08-02
date: {{zh: 1921年, en: 'in 1921'}}
place: {{zh: 上海, en: Shanghai}}
at: [120.76, 30.75]
event: {{zh: 一件大事。, en: A great event.}}
character: 人
link: {{zh: 有人。, en: There were people.}}
{QUESTIONS}sources: [一本书, 另一本书]
title: {{zh: 一件大事, en: A great event}}
"""

INSCRIPTION = f"""\
piece: 合集 12870
period: {{zh: 商代晚期, en: late Shang}}
columns: [[人, 木], 休鹿]
direction: left
transcription: 人木，休鹿？
modern: {{zh: 人和木。, en: Man and tree.}}
about: {{zh: 说明。, en: What it is.}}
disputed: {{zh: 没有。, en: Nothing.}}
{QUESTIONS}sources: [合集 12870]
"""

POINTS = """\
- from: 2026-01-01
  zone: Asia/Shanghai
  kinds:
    open: {points: 1, cap: 1}
    lesson: {points: 2, cap: 12}
    carving: {points: 1, cap: 10}
    quiz: {points: 1, cap: 10}
    idiom: {points: 2, cap: 6}
    story: {points: 2, cap: 6}
    party_history: {points: 3, cap: 9}
    inscription: {points: 3, cap: 6}
  streak: {kind: lesson, per_day: 1, freezes_per_month: 2}
"""

BADGES = """\
- id: first-cut
  from: 2026-01-01
  what: carved
  count: 1
  glyph: 鹿
  title: {zh: 第一刀, en: First cut}
  about: {zh: 刻成一个字, en: Carve one character}
- id: founding
  from: 2026-01-01
  until: 2027-12-31
  what: period
  of: '1921'
  count: 1
  glyph: 人
  title: {zh: 开天辟地, en: The founding}
  about: {zh: 读一件大事, en: Read one event}
"""

ZH = """\
app: {name: 识契}
theme: {first: 第一批}
part: {body: 身, arm: 手臂, trunk: 干, branches: 枝, antlers: 角, head: 头}
home:
  hello: 你好，{name}
  left: 还有 {n} 个
period: {'1921': 开端}
"""

EN = """\
app: {name: Shiqi}
theme: {first: First shelf}
part: {body: body, arm: arm, trunk: trunk, branches: branches, antlers: antlers, head: head}
home:
  hello: Hello {name}
  left: '{n} left'
period: {'1921': Beginnings}
"""

PLACES = {
    "glyphs": "levels/glyphs/first.yaml",
    "characters": "levels/characters/first.yaml",
    "paths": "levels/paths.yaml",
    "idiom": "levels/idioms/ren-mu.yaml",
    "story": "levels/stories/deer.yaml",
    "party": "levels/party_history/event-1921.yaml",
    "inscription": "levels/inscriptions/heji-12870.yaml",
    "points": "levels/points.yaml",
    "badges": "levels/badges.yaml",
    "zh": "levels/strings/zh.yaml",
    "en": "levels/strings/en.yaml",
}
TEXTS = (GLYPHS, CHARACTERS, PATHS, IDIOM, STORY, PARTY, INSCRIPTION, POINTS, BADGES, ZH, EN)
FILES = dict(zip(PLACES.values(), TEXTS, strict=True))


def write(root: Path, changed: dict[str, str] | None = None) -> Path:
    """Write the sound levels under `root`, some files with other text; `root`."""
    for name, text in {**FILES, **(changed or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def spoil(root: Path, place: str, old: str, new: str) -> list[str]:
    """Change the first `old` of a file (a key of PLACES) to `new` and give every problem as it is printed."""
    file = PLACES[place]
    assert old in FILES[file], f"{old!r} is not in {file}"
    return said(write(root, {file: FILES[file].replace(old, new, 1)}))


def said(root: Path) -> list[str]:
    """Every problem as it is printed."""
    return [str(problem) for problem in content_problems(root)]
