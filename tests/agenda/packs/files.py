"""Files of packs, as an organizer writes them, and the documents that send them."""

from typing import Any

from schema.ids import Kind, global_id
from server.events.models import Event
from tests.front_door import FrontDoor
from tests.world import Somebody, World

#: Enough for both sides, and nothing that the library asks.
QUESTIONS = {
    "OPEN": ("Which machine here would you keep?", "What is the oldest thing you still use?"),
    "LEARN": ("What did the last thing you took apart teach you?", "Which repair are you fond of?"),
    "HELP": ("Which screw will not come loose?", "What waits on your shelf to be mended?"),
    "WHO_ELSE": ("Who mends what you cannot?", "Whose toolbox would you look into?"),
    "CLOSE": ("What shall we mend first?", "Which part will you bring next time?"),
}

PACK = "id title theme language on addedAt addedBy promptCount advice content prompts { name phase side about text }"
PACKS = (
    f"query ($event: ID!) {{ promptPacks(event: $event) {{ most packs {{ {PACK} }} examples {{ title content }} }} }}"
)
ADD = f"""
    mutation ($event: ID!, $content: String!, $key: ID!, $replaces: Boolean! = false, $on: Boolean! = true) {{
        addPromptPack(event: $event, content: $content, key: $key, replaces: $replaces, on: $on) {{
            __typename ... on PromptPack {{ {PACK} }} ... on PackNotValid {{ faults }} ... on PackThere {{ title }}
            ... on TooManyPacks {{ most }} ... on InputNotValid {{ field }} ... on Problem {{ message }} }} }}
"""
SWITCH = f"""
    mutation ($pack: ID!, $on: Boolean!) {{
        switchPromptPack(pack: $pack, on: $on) {{ __typename ... on PromptPack {{ {PACK} }} }} }}
"""
REMOVE = "mutation ($pack: ID!) { removePromptPack(pack: $pack) { __typename ... on Done { message } } }"


def prompt_of(key: str, phase: str, side: str, text: str, *more: str) -> str:
    """One entry; `more` are further lines of it."""
    lines = [
        "[[prompts]]", f'key = "{key}"', f'phase = "{phase}"', f'side = "{side}"', f'text = "{text}"',
        'why = "It is easy to answer."', "minutes = 2", *more,
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def file_of(*, theme: str = "mending", language: str = "en", title: str = "A day of mending", mark: str = "") -> str:
    """A whole pack without faults. `mark` stands at the end of each question, before its question mark."""
    top = f'title = "{title}"\ntheme = "{theme}"\nlanguage = "{language}"\n\n'
    return top + "\n".join(
        prompt_of(f"{phase.lower().replace('_', '-')}-{side.lower()}", phase, side, text.replace("?", f"{mark}?"))
        for phase, texts in QUESTIONS.items()
        for side, text in zip("AB", texts, strict=True)
    )


def texts_of(mark: str = "") -> set[str]:
    """The questions of such a pack."""
    return {text.replace("?", f"{mark}?") for texts in QUESTIONS.values() for text in texts}


async def add(
    front_door: FrontDoor, world: World, who: Somebody, event: Event, content: str, **more: Any
) -> dict[str, Any]:
    """What adding this file answers to them."""
    asked = {"event": global_id(Kind.EVENT, event.id), "content": content, "key": world.new_key()} | more
    answer: dict[str, Any] = (await front_door.as_(who.token).ask(ADD, **asked))["addPromptPack"]
    return answer
