"""Values for arguments, made from their types: usual ones, odd ones, and some that are none of the type."""

import base64
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    get_named_type,
    is_list_type,
    is_non_null_type,
)
from hypothesis import strategies as st

from schema.ids import Kind
from tests.permissions.stage import Stage

NOW = datetime(2027, 4, 22, 18, 1, tzinfo=UTC)

NASTY = [
    "", " ", "\t\n", "0", "-1", "null", "\u202e", "\ufeff", "\ufffe", "e\u0301" * 50, "👩‍👩‍👧‍👦" * 40, "\U0001d7da" * 6,
    "ﷺ" * 200, "a" * 5000, "%", "_", "\\", "'", '"; DROP TABLE people; --', "{{", "../../etc/passwd", "=HYPERLINK(1)",
    "ana@example.org", "ana@" + "é" * 64 + ".example", "a@b.c", '"a b"@example.org', "a@xn--.example", "@", "ß@ß.ß",
    "https://example.org/x", "http://[::1", "http://a.b:99999999", "javascript:alert(1)", "https://a.b\u3002c", "ftp://a.b",
    "Europe/Lisbon", "../Lisbon", "Europe", "en", "١٢٣٤٥٦", "123456", "HTTP://HANDSEL.TEST/B/" + "0" * 26, "0" * 26,
    "MjAyNy0wNC0yMlQwODowMDowMCAwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=", "AAAAAAAAAAAAAAAAAAAAAP8=", "AAAA",
    "MDAwMS0wMS0wMVQwMDowMDowMCswMDowMCAwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=", "(a+)+$", "[",
]  # fmt: skip


def mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nine times of ten the usual, so that a request with many values is not refused for one of them."""
    return st.integers(0, 9).flatmap(lambda number: odd if number == 9 else usual)


def texts() -> st.SearchStrategy[str]:
    anything = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)
    return mostly(st.one_of(st.sampled_from(NASTY), anything), st.text(st.characters(exclude_categories=["Cs"])))


def instants() -> st.SearchStrategy[str]:
    zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    near = st.timedeltas(timedelta(days=-2), timedelta(days=2)).map(lambda off: NOW + off)
    odd = [
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+14:00", "2027-04-22T09:00:00+24:00",
        "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00-00:01", "2027-04-22T09:00:00.123456789Z", "20270422T000000Z",
        "2027-W16-4T00:00Z", "2027-04-22", "+10000-01-01T00:00:00Z", "2027-02-29T00:00:00Z", "",
    ]  # fmt: skip
    valid = st.one_of(near, st.datetimes(timezones=zones)).map(datetime.isoformat)
    return st.one_of(valid, valid, st.sampled_from(odd[:4]), mostly(valid, st.sampled_from(odd)))


def days() -> st.SearchStrategy[str]:
    odd = ["2027-02-29", "10000-01-01", "-0001-01-01", "2027-4-2", "20270422", "2027-W16-4", "", "2027-04-22T00:00:00Z"]
    near = st.dates(date(2027, 4, 18), date(2027, 4, 30))
    valid = st.one_of(near, st.dates(), st.sampled_from([date.min, date.max])).map(date.isoformat)
    return mostly(valid, st.sampled_from(odd))


def numbers() -> st.SearchStrategy[object]:
    small, large = st.integers(-3, 110), st.sampled_from([2**31 - 1, -(2**31), 0, 1, 1440])
    return mostly(st.one_of(small, large), st.sampled_from([2**31, 2**63, 10**30, 1.5, 1e300, "1", True, []]))


def cursors() -> st.SearchStrategy[str]:
    """Places in pages, as they could have been made: of swaps, of rows, and of nothing."""
    of_swaps = st.tuples(st.one_of(instants(), st.just("2027-04-22T08:00:00")), st.uuids()).map(
        lambda parts: f"{parts[0]} {parts[1]}".encode()
    )
    of_rows = st.tuples(st.uuids(), texts()).map(lambda parts: parts[0].bytes + parts[1].encode())
    return st.one_of(of_swaps, of_rows, st.binary(max_size=60)).map(lambda raw: base64.urlsafe_b64encode(raw).decode())


def ids(name: str, stage: Stage) -> st.SearchStrategy[str]:
    """The id that the argument wants; else ids of every kind, the same damaged, and keys."""
    wanted = {
        "event": stage.ids[Kind.EVENT], "swap": stage.swap, "prompt": stage.ids[Kind.PROMPT], "door": stage.door,
        "promise": stage.ids[Kind.PROMISE], "followUp": stage.ids[Kind.FOLLOW_UP], "checkIn": stage.ids[Kind.CHECK_IN],
        "session": stage.ids[Kind.ROOM_SESSION],
    }  # fmt: skip
    known = [*stage.ids.values(), stage.other_swap, stage.door_there, stage.claimable, stage.ben.gid]
    keys = st.one_of(st.just(stage.scan_key), st.uuids().map(str))
    damaged = st.tuples(st.sampled_from(known), st.integers(0, 48), st.characters(exclude_categories=["Cs"])).map(
        lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
    )
    anything = st.one_of(st.sampled_from(known), damaged, keys, st.tuples(keys, texts()).map("/".join), texts())
    usual = keys if name == "key" else st.just(wanted[name]) if name in wanted else st.sampled_from(known)
    return mostly(mostly(usual, usual), anything) if name in {"event", "key", "door"} else st.one_of(usual, anything)


def values(name: str, kind: GraphQLInputType, stage: Stage) -> st.SearchStrategy[object]:
    """Values for an argument or input field of that name."""
    if not is_non_null_type(kind):
        return mostly(given(name, kind, stage), st.none())
    return given(name, kind.of_type, stage)


def given(name: str, kind: GraphQLInputType, stage: Stage) -> st.SearchStrategy[object]:
    """The same, without null."""
    if is_list_type(kind):
        return st.lists(values(name, kind.of_type, stage), max_size=3)
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        made = {each: values(each, field.type, stage) for each, field in named.fields.items()}
        required = {each: made[each] for each, field in named.fields.items() if is_non_null_type(field.type)}
        return st.fixed_dictionaries(required, optional={each: made[each] for each in made if each not in required})
    if isinstance(named, GraphQLEnumType):
        return mostly(st.sampled_from(list(named.values)), st.just("OTHER"))
    if name == "after":
        return st.one_of(cursors(), cursors(), texts())
    secrets = [stage.ana.ticket, stage.ben.ticket, stage.ben.badge.token, stage.ben.badge.code, "Ana", stage.here.slug]
    simple: dict[str, st.SearchStrategy[Any]] = {
        "ID": ids(name, stage), "Int": st.one_of(st.integers(1, 5), numbers()),
        "Boolean": st.booleans(),
        "DateTime": instants(), "Date": days(),
        "String": st.one_of(texts(), texts(), st.sampled_from(secrets)),
    }  # fmt: skip
    return simple[named.name]
