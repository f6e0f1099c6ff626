"""What leaves the app as a file: a contact that somebody shares, and everything kept about me."""

import asyncio
from pathlib import Path

from playwright.async_api import Download, Page, expect

from schema.ids import Kind, global_id
from tests.browser.conftest import Phones
from tests.contacts.reading import read_card
from tests.exports.asking import read_export
from tests.world import Attendee, World


async def two_who_share(world: World) -> tuple[Attendee, Attendee, str]:
    """Ana and Ben, and the address of Ana's conversation."""
    event = await world.event(title="Repair Summit")
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    swap_id = await world.swap(ana, ben)
    return ana, ben, f"/conversations/{global_id(Kind.SWAP, swap_id, event.id)}"


async def bytes_of(download: Download) -> bytes:
    return await asyncio.to_thread(Path(await download.path()).read_bytes)


async def save(page: Page, button: str) -> Download:
    """Presses the button and waits for the file."""
    async with page.expect_download() as saving:
        await page.get_by_role("button", name=button, exact=True).click()
    return await saving.value


async def test_a_contact_is_saved_in_flight_mode_as_one_card(phones: Phones, world: World) -> None:
    ana, ben, address = await two_who_share(world)
    phone = await phones(ana)
    page = await phone.open(address)
    await expect(phone.button("Save contact")).to_be_visible()
    await phone.go_offline()

    saved = await save(page, "Save contact")

    assert saved.suggested_filename == "Ben Okafor.vcf"
    properties = dict(read_card((await bytes_of(saved)).decode()))
    assert properties["FN"] == "Ben Okafor"
    assert properties["EMAIL"] == ben.person.email
    await expect(page.get_by_text("Open the file to add it to your contacts.")).to_be_visible()


async def test_my_file_is_made_fetched_and_saved_and_says_so_without_a_network(phones: Phones, world: World) -> None:
    ana, _, _ = await two_who_share(world)
    phone = await phones(ana)
    page = await phone.open("/you")
    await phone.button("Make my file").click()
    await expect(page.get_by_text("Your file is ready")).to_be_visible()

    saved = await save(page, "Save the file")

    assert saved.suggested_filename.startswith("handsel-")
    export = read_export(await bytes_of(saved))
    assert list(export.contacts) == ["Ben Okafor.vcf"]
    assert export.data["account"]["signs_in_with"] == ana.person.email
    assert await phone.barriers() == []

    await phone.go_offline()
    await phone.button("Make it anew").click()
    await expect(page.get_by_text("The server could not be reached.")).to_be_visible()
