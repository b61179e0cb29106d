"""The roles of administrators and what each may do: one table, asked by every page.

A role says what may be done; the organisation an administrator belongs to says where: only in its subtree.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an administrator is."""

    CITY = "city"
    COUNTY = "county"
    UNIT = "unit"
    CLERK = "clerk"
    AUDITOR = "auditor"


class Act(StrEnum):
    """What can be done on the dashboard."""

    SELF = "self"  # the own password, second factor, logout
    STANDING = "standing"  # rates, rankings, days, awards
    MEMBERS = "members"  # the roster with names
    ROSTER = "roster"  # change the roster: import, release
    TREE = "tree"  # add, rename and close organisations, new join codes
    DEVICES = "devices"  # see devices and refused lines
    REVOKE = "revoke"  # take a device's secret away
    UPLOAD = "upload"  # hand in an exported journal
    GIVE = "give"  # give the awards of a period
    CATALOGUE = "catalogue"  # what can be had for points
    COUNTER = "counter"  # issue and redeem vouchers
    REVERSE = "reverse"  # undo a voucher: not who handed it out
    REPORTS = "reports"  # download tables
    AUDIT = "audit"  # who did what
    ADMINISTRATORS = "administrators"  # make, disable and reset administrators
    ERASE = "erase"  # erase a member's data


_LOOK = frozenset({Act.SELF, Act.STANDING, Act.MEMBERS, Act.DEVICES, Act.REPORTS})
_UNIT = _LOOK | {Act.ROSTER, Act.TREE, Act.REVOKE, Act.UPLOAD, Act.COUNTER, Act.REVERSE}
_COUNTY = _UNIT | {Act.CATALOGUE, Act.AUDIT, Act.ADMINISTRATORS, Act.ERASE, Act.GIVE}

MAY: dict[Role | None, frozenset[Act]] = {
    Role.CITY: frozenset(Act),
    Role.COUNTY: _COUNTY,
    Role.UNIT: _UNIT,
    Role.CLERK: frozenset({Act.SELF, Act.COUNTER}),
    Role.AUDITOR: _LOOK | {Act.AUDIT},
}

_MAKES: dict[Role | None, frozenset[Role | None]] = {
    Role.CITY: frozenset(Role),
    Role.COUNTY: frozenset({Role.COUNTY, Role.UNIT, Role.CLERK, Role.AUDITOR}),
}


def _role(told: str) -> Role | None:
    """The role of a name, None if there is no such role."""
    return next((role for role in Role if role == told), None)


def may(role: str, act: Act) -> bool:
    """Whether a role may do an act; an unknown role may do nothing."""
    return act in MAY.get(_role(role), frozenset())


def may_make(role: str, other: str) -> bool:
    """Whether a `role` may make, reset or disable administrators of the role `other`."""
    return _role(other) in _MAKES.get(_role(role), frozenset())


def within(own: str, path: str) -> bool:
    """Whether the organisation at `path` ("1/4/9/") is `own` or lies below it."""
    return bool(own) and own.endswith("/") and path.startswith(own)
