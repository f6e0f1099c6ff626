"""Ana and Ben at one event, and her phone at the first prompt of their conversation."""

import pytest
from playwright.async_api import expect

from server.events.models import Event
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.world import Attendee, World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="mending bicycles", pronouns="he/him")


@pytest.fixture
async def hers(phones: Phones, ana: Attendee, ben: Attendee) -> Phone:
    """Ana's phone, at the first prompt of her conversation with Ben."""
    phone = await phones(ana)
    await phone.open("/scan")
    await phone.type_code(ben.badge.code)
    await expect(phone.quotation).to_have_text("“mending bicycles”")
    return phone


@pytest.fixture
async def timed(phones: Phones, ana: Attendee, ben: Attendee) -> Phone:
    """Ana's phone at the first prompt, with a clock that the test moves and a sensor for how it is held."""
    phone = await phones(ana)
    await phone.context.grant_permissions(["accelerometer", "gyroscope"])
    await phone.page.clock.install()
    await phone.open("/scan")
    await phone.type_code(ben.badge.code)
    await expect(phone.quotation).to_have_text("“mending bicycles”")
    return phone
