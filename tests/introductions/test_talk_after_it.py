"""Two who were introduced talk: their questions know of it, and whoever explains them names nobody."""

from tests.cli.typed import handsel
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.introductions.three import END, Introducible, Three


async def talk(three: Three, one: Introducible, other: Introducible) -> tuple[str, list[str]]:
    """The swap, and the keys of the questions that the one who scans gets."""
    scan = scan_of(other.who.badge.token, at=three.world.clock())
    swap = await three.ask(one, SWAP_BADGES, event=id_of(three.event), scan=scan)
    return swap["id"], [each["libraryKey"] for each in swap["agenda"]["prompts"]]


async def introduced(three: Three) -> str:
    """An introduction of Ben and Cem, made before this machine's clock told today."""
    made = await three.made()
    await three.world.pool.execute("UPDATE introductions SET made_at = '2020-01-01'")
    return made


async def test_after_an_introduction_a_question_comes_from_it(three: Three) -> None:
    await introduced(three)

    _, keys = await talk(three, three.ben, three.cem)

    assert any("-introduced-" in key for key in keys)


async def test_before_both_agreed_and_after_one_withdrew_no_question_tells_of_it(three: Three) -> None:
    begun = await three.introduce()
    await three.answer(three.ben, begun["id"], yes=True)
    _, keys = await talk(three, three.ben, three.cem)
    assert not any("-introduced-" in key for key in keys)

    dov = await three.somebody("Dov")
    await three.ask(three.ben, END, introduction=begun["id"])
    _, keys = await talk(three, three.cem, dov)
    assert not any("-introduced-" in key for key in keys)


async def test_explaining_such_a_talk_says_so_and_names_nobody(three: Three, environment: dict[str, str]) -> None:
    await introduced(three)
    swap, _ = await talk(three, three.ben, three.cem)

    exit_code, told = await handsel(environment, "prompts", "explain", swap)

    assert exit_code == 0
    assert "introduced" in told
    said = [word for each in (three.ana, three.ben, three.cem) for word in each.words.values()]
    assert not [word for word in (*said, "Ana", "Ben", "Cem") if word in told]
