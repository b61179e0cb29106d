"""Whatever one who is logged in sends to the dashboard, it never breaks (no 5xx): schemathesis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.ledger import town

pytestmark = pytest.mark.filterwarnings("ignore")  # the tool's own libraries speak of what they replace


def test_no_request_breaks_the_dashboard(tmp_path: Path) -> None:
    """Each operation of the OpenAPI schema with values that fit it and values that do not."""
    schemathesis = pytest.importorskip("schemathesis")
    city = town.full(tmp_path)
    city.administrator("city", "city", "1/")
    client, csrf = city.logged_in("city")
    headers = {"Cookie": f"shiqi_ledger={client.cookies['shiqi_ledger']}"}
    schema = schemathesis.openapi.from_asgi("/openapi.json", city.app())
    answers: dict[str, set[int]] = {}

    def check(operation: Any) -> None:
        told = answers.setdefault(operation.label, set())

        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def each(case: Any) -> None:
            if isinstance(case.body, dict):
                case.body["csrf"] = csrf
            answer = case.call(headers=headers)
            assert answer.status_code < 500, f"{case.method} {case.path}"
            told.add(answer.status_code)

        each()

    for found in schema.get_all_operations():
        if found.ok().path != "/logout":  # it would end the session that the others need
            check(found.ok())
    city.engine.dispose()
    assert len(answers) >= 20
    lost = {label for label, told in answers.items() if 401 in told and label != "POST /login"}
    assert lost == set(), "the session was lost: what came after shows nothing"
    assert {label for label, told in answers.items() if not told - {403, 422}} == set(), (
        "never got past the gate"
    )
