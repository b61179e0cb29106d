"""How levels are read, checked and mended: the build's side of `game.content`, never shipped.

`document` reads one YAML file with its line numbers, `shapes` are what a value may look like, `schema` and
`plays` say which shape each level has, and the other modules hold the rules, by kind of level.
"""
