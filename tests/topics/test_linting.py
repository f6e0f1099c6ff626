"""The topic table: whole, in both languages, and told in words what is wrong with it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli.app import app
from server.topics.languages import LANGUAGES
from server.topics.linting import complaints, complaints_about_senses
from server.topics.senses import SENSES
from server.topics.signs import faults_of_signs, files_of_signs
from server.topics.table import TABLE, TopicTableNotValid, parse_table, topic_table

ONE = """
[bees]
en = ["bees"]
de = ["Bienen"]
broader = ["animals"]
[animals]
en = ["animals"]
de = ["Tiere"]
"""


def said(content: str) -> str:
    return "\n".join(complaints({"one.toml": content}))


def test_the_committed_table_has_nothing_to_complain_of_and_more_than_eight_hundred_topics() -> None:
    assert complaints({path.name: path.read_text(encoding="utf-8") for path in TABLE.glob("*.toml")}) == ()
    assert len(topic_table().topics) >= 800
    assert {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru"} <= LANGUAGES.keys()


@pytest.mark.parametrize("language", ["en", "de", "de-CH", "fr", "ja", "fi"])
def test_every_topic_is_shown_by_a_name_without_marks(language: str) -> None:
    names = [topic.shown_as(language) for topic in topic_table().topics.values()]

    assert all(name and name[0] not in "=^" for name in names)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("[bees]", "[Bees]", "Bees: a key is made of small letters"),
        ('broader = ["animals"]', 'broader = ["beasts"]', "bees: broader names 'beasts', which is no topic"),
        ('broader = ["animals"]', 'wider = ["animals"]', "wider is not a word this table knows"),
        ('broader = ["animals"]', 'broader = "animals"', "broader must be a list of words"),
        ('en = ["bees"]', 'fr = ["abeilles"]', "it has no English name"),
        ('de = ["Bienen"]', "", "bees: it has no name in de"),
        ('["Bienen"]', '["Bienen", "bienen"]', "'bienen' stands twice under de"),
        ('["Bienen"]', '["Tiere"]', "'tiere' (de) stands under bees and animals"),
        ('["bees"]', '["bees, honey"]', "holds a comma"),
        (
            'de = ["Tiere"]',
            'de = ["Tiere"]\n[art]\nen = ["bienen"]\nde = ["Kunst"]',
            "'bienen' is bees (de) and art (en)",
        ),
        ('["bees"]', '["b"]', "so short that it stands in many texts by chance"),
        ('["bees"]', '["one two three four five six seven"]', "longer than 6 words"),
        ('de = ["Tiere"]', 'de = ["Tiere"]\nbroader = ["bees"]', "bees is broader than itself by way of others"),
        ('["bees"]', '["sur"]', "is a common word, in one language or another"),
        ("[bees]", "[bees]\nsetting = 1", "setting is written setting = true, or left out"),
        ("[bees]", "[bees", "it is not TOML"),
        ("[bees]", 'language = "en"\n[bees]', "language stands outside of a topic"),
    ],
)
def test_what_is_wrong_is_said_in_words(before: str, after: str, complaint: str) -> None:
    assert complaint in said(ONE.replace(before, after, 1))


def test_the_committed_senses_have_nothing_to_complain_of() -> None:
    assert complaints_about_senses(SENSES.read_text(encoding="utf-8"), topic_table()) == ()


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('words = "bees"\nbeside = "spelling"', "bees: no [company] is called 'spelling'"),
        ('words = "bees"\ntopics = "bee"\nbeside_word = "spelling"', "bees: 'bee' is no topic of the table"),
        ('words = "bees"', "bees: it says no company"),
        ('words = "wasps"\nbeside_word = "spelling"', "'wasps' is no name in the table"),
    ],
)
def test_what_is_wrong_with_a_word_of_several_senses_is_said(entry: str, complaint: str) -> None:
    told = "\n".join(complaints_about_senses(f"[company]\n[[words]]\n{entry}", parse_table({"one.toml": ONE})))

    assert complaint in told


def test_a_whole_table_is_not_complained_of() -> None:
    assert said(ONE) == ""
    assert parse_table({"one.toml": ONE}).above["bees"] == {"animals": 1}


def test_a_table_that_is_not_whole_is_refused_with_all_its_faults() -> None:
    with pytest.raises(TopicTableNotValid) as refused:
        parse_table({"one.toml": ONE.replace("animals", "Animals")})

    assert len(refused.value.faults) >= 1
    assert "The topic table cannot be used" in str(refused.value)


def test_the_commands_show_what_is_found_and_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(ONE.replace('de = ["Bienen"]', ""), encoding="utf-8")
    runner = CliRunner()

    assert "beekeeping  (by “bees”)" in runner.invoke(app, ["topics", "find", "my bees"]).output
    assert "No topic" in runner.invoke(app, ["topics", "find", "nothing at all"]).output
    assert "nothing to mend" in runner.invoke(app, ["topics", "lint"]).output
    ill = runner.invoke(app, ["topics", "lint", str(tmp_path)])
    assert (ill.exit_code, "bees: it has no name in de" in ill.output) == (1, True)


def test_the_committed_signs_have_nothing_to_complain_of() -> None:
    assert tuple(faults_of_signs(files_of_signs(), topic_table().topics)) == ()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[signs]\nbee = ["hive + winter"]', "'bee' is no topic of the table"),
        ('[signs]\nbees = ["hive winter"]', "needs two lists of words with a + between them"),
        ('[signs]\nbees = ["hive + "]', "needs two lists of words with a + between them"),
        ('[signs]\nbees = ["$homes + winter"]', "no [groups] is called 'homes'"),
        ('[signs]\nbees = ["bee-hive + winter"]', "'bee-hive' is not one word"),
        ('[signs]\nbees = ["a hive + winter"]', "'a' stands in every text"),
    ],
)
def test_what_is_wrong_with_a_sign_is_said(content: str, complaint: str) -> None:
    assert complaint in "\n".join(faults_of_signs({"one.toml": content}, ["bees"]))
