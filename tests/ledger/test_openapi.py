"""Whatever is sent to the dashboard or to the devices' endpoints, nothing breaks (no 5xx): schemathesis."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.ledger import db, enrolment, organisations, service
from game.ledger.limits import Buckets
from game.ledger.proof import mac
from game.ledger.rules import read_rules
from tests.ledger import town
from tests.ledger.players import NOW, chain

FEW = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
"""The same few cases each time: there are many pages."""
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

        @FEW
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


def test_no_request_breaks_the_devices_endpoints(tmp_path: Path) -> None:
    """The same for /api/v1: each request as it is, signed by a browser, and signed by a kiosk."""
    schemathesis = pytest.importorskip("schemathesis")
    engine = db.engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    db.create(engine)
    with db.session(engine) as work:
        place = organisations.add(work, "安阳市", None, NOW)
        code = place.join_code
        devices = [enrolment.enrol(work, code, NOW, kind)[0] for kind in ("browser", "kiosk")]
    lines = chain("a" * 32, 4, random.Random(2))
    app = service.app(engine, read_rules(), lambda: NOW, fold_every=0)
    answers: dict[str, set[int]] = {}
    with TestClient(app, raise_server_exceptions=False) as client:
        for name in ("requests", "lines", "strangers"):
            setattr(app.state, name, Buckets(1e9, 1e9))
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)

        def send(case: Any, body: bytes, device: Any) -> None:
            headers = {"Content-Type": case.media_type or "application/json"}
            if device is not None:
                sign = mac(bytes.fromhex(device.secret), f"{NOW}\n" + body.decode("latin-1"))
                headers |= {"X-Shiqi-Device": device.id, "X-Shiqi-Time": str(NOW), "X-Shiqi-Sign": sign}
            path = case.formatted_path
            answer = client.request(case.method, path, params=case.query, content=body, headers=headers)
            assert answer.status_code < 500, (case.method, path, body)
            answers.setdefault(case.operation.label, set()).add(answer.status_code)

        def check(operation: Any) -> None:
            @FEW
            @given(case=operation.as_strategy(), real=st.booleans())
            def each(case: Any, real: bool) -> None:
                sent = case.body
                if real and isinstance(sent, dict) and "lines" in sent:
                    secret = bytes.fromhex(devices[0].secret)
                    sent = {"lines": [[line, mac(secret, line)] for line in lines]}
                if real and isinstance(sent, dict) and "code" in sent:
                    sent = {**sent, "code": code}
                if not isinstance(sent, bytes):
                    made = json.dumps(sent) if isinstance(sent, str | int | float | list | dict) else ""
                    sent = made.encode()
                for device in (None, *devices):
                    send(case, sent, device)

            each()

        for found in schema.get_all_operations():
            if found.ok().path.startswith("/api/"):
                check(found.ok())
    engine.dispose()
    assert len(answers) == 6
    for label, told in answers.items():
        assert 401 in told or label.endswith(("/enrol", "/claim")), label
        assert told - {401, 422}, f"{label} never got past the gate: {told}"
    assert 200 in answers["POST /api/v1/events"]
