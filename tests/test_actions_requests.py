"""What is asked of the shop: once for each thing, whoever asks, and what became of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from actions.policy import PolicyWrong, read_policy
from actions.requests import Request, Requests, RequestStatus
from actions.shop import ShopDown
from demo.database import writing_engine
from demo.worker import settle_next
from tests.larkfield import ANA, change, own_shop_url, postgres_shop_url, sqlite_shop_url

__all__ = ["own_shop_url", "postgres_shop_url", "sqlite_shop_url"]

KEY = "cancel:A-205518"


@pytest.fixture(params=["own", "postgres"])
def requests(request: pytest.FixtureRequest):
    """The table of requests in a seeded shop, on each database."""
    url = request.getfixturevalue(f"{request.param}_shop_url")
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(text("DELETE FROM baton_requests"))
    engine.dispose()
    requests = Requests(url, seconds=20)
    yield requests
    requests.close()


def ask(requests: Requests) -> Request:
    return requests.ask("cancel", "A-205518", {"customer": "C-1012"})


def test_asking_twice_is_asking_once(requests: Requests) -> None:
    assert requests.find(KEY) is None
    first, second = ask(requests), ask(requests)
    assert (first.key, first.status, first.fresh) == (KEY, RequestStatus.ASKED, True)
    assert (second.asked_at, second.fresh) == (first.asked_at, False)


def test_many_who_ask_at_once_ask_once(requests: Requests) -> None:
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: ask(requests), range(16)))
    assert [answer.fresh for answer in answers].count(True) == 1
    assert {answer.asked_at for answer in answers} == {answers[0].asked_at}


def test_what_the_shop_did_is_told(own_shop_url: str) -> None:
    requests = Requests(own_shop_url)
    ask(requests)
    assert settle_next(writing_engine(own_shop_url))
    assert (requests.find(KEY).status, requests.find(KEY).reason) == (RequestStatus.DONE, "")


def test_why_the_shop_refused_is_told_in_its_words(own_shop_url: str) -> None:
    requests = Requests(own_shop_url)
    requests.ask("cancel", "A-205518", {"customer": ANA})
    assert settle_next(writing_engine(own_shop_url))
    refused = requests.find(KEY)
    assert (refused.status, refused.reason) == (RequestStatus.REFUSED, "There's no such thing on this account.")


@pytest.mark.parametrize("result", ["nonsense", '{"reason": 7}', "[]", ""])
def test_an_odd_result_has_no_reason(own_shop_url: str, result: str) -> None:
    requests = Requests(own_shop_url)
    ask(requests)
    change(own_shop_url, f"UPDATE baton_requests SET status = 'refused', result = '{result}'")
    assert requests.find(KEY).reason == ""


def test_a_shop_that_takes_no_requests_is_down(own_shop_url: str, tmp_path: Path) -> None:
    change(own_shop_url, "DROP TABLE baton_requests")
    for url in (own_shop_url, f"sqlite:///{tmp_path}/none.sqlite"):
        with pytest.raises(ShopDown):
            ask(Requests(url))


def test_a_request_is_dated_by_the_shop(requests: Requests) -> None:
    assert abs((ask(requests).asked_at - datetime.now(UTC)).total_seconds()) < 300


def test_the_policy_is_whole() -> None:
    assert read_policy().guesses.in_an_hour == 5


@pytest.mark.parametrize("text", ["late: 3", "", "late:\n  processing_days: soon", "nonsense: 1"])
def test_a_broken_policy_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "policy.yml").write_text(text)
    with pytest.raises(PolicyWrong, match=r"policy\.yml"):
        read_policy(tmp_path / "policy.yml")
