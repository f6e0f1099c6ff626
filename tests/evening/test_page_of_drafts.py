"""The page of drafts that is read aloud: as the chooser writes them now, and no two alike."""

import re
import subprocess
import sys
from pathlib import Path

from server.evening.reviewing import PER_LANGUAGE
from tests.drafts.shapes import share_a_run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "evening-drafts.md"
SAMPLE = "tests/evening/sample_evenings.toml"


def drafts_on_the_page() -> list[str]:
    return re.findall(r"^   > (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def handsel(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_page_is_as_the_evening_would_write_it_now() -> None:
    written = handsel("drafts", SAMPLE)

    assert (written.returncode, written.stderr) == (0, "")
    assert PAGE.read_text(encoding="utf-8") == written.stdout, f"./run drafts {SAMPLE} > docs/evening-drafts.md"


def test_the_page_holds_sixty_drafts_of_which_no_two_share_a_run_of_five_words() -> None:
    drafts = drafts_on_the_page()

    assert len(drafts) == 2 * PER_LANGUAGE == 60
    assert share_a_run(drafts) == []


def test_a_file_that_holds_no_evenings_is_refused_in_a_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text("cards = []", encoding="utf-8")

    for path, sentence in ((other, "is no file of evenings"), (tmp_path / "gone.toml", "cannot be read.")):
        refused = handsel("drafts", str(path))
        assert refused.returncode == 1
        assert sentence in refused.stderr
