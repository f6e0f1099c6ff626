"""Random cards for properties: several scripts, emoji, right-to-left, nothing at all, and far too much."""
# ruff: noqa: RUF001 (letters of several scripts on purpose)

from hypothesis import strategies as st

from server.registrations.models import Card

WRITTEN = (
    "turning a closed school into a tool library",
    "Hi! I'm Mei, and I run a repair evening in an old laundrette, which is more fun than it sounds.",
    "bees, bread, bicycles",
    "Ich suche einen Raum für Reparaturabende; dienstags wäre schön.",
    "我们在旧学校里办了一个工具图书馆，大家可以借用工具。欢迎来看看！",
    "自転車の修理と金継ぎ、それから古い時計。",
    "أحوّل مدرسة مغلقة إلى مكتبة أدوات، ونجتمع كل ثلاثاء. هل تأتي؟",
    "אני מתקן רדיו ישן, בעיקר בערבים; אפשר ללמוד ממני.",
    "Чиню старые велосипеды вместе с соседями, а зимой лыжи.",
    "Μια βιβλιοθήκη εργαλείων στη γειτονιά; ναι, γιατί όχι.",
    "हम एक नया पुस्तकालय खोल रहे हैं। आप आइए।",
    "동네 수리 모임을 열고 있어요. 매주 화요일 저녁입니다.",
    "ฉันกำลังเปลี่ยนโรงเรียนเก่าให้เป็นห้องสมุดเครื่องมือและอยากเรียนรู้วิธีซ่อมจักรยานกับเพื่อนบ้านทุกวันเสาร์",
    "\U0001f331\U0001f41d\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f1f5\U0001f1f9",
    "n/a",
    "   ",
    "see https://example.org/about",
    "a" * 10_000,
    "e\u0301" * 5_000,
    "word, " * 2_000,
)

field_text = st.one_of(
    st.none(),
    st.sampled_from(WRITTEN),
    st.text(max_size=300),
    st.lists(st.sampled_from(WRITTEN), min_size=2, max_size=4).map(" ".join),
)

cards = st.builds(
    Card,
    name=st.sampled_from(("Ana Duarte", "李文", "ليلى حداد", "Ben", "Ольга", "")),
    pronouns=st.sampled_from((None, "she/her", "they/them")),
    up_to=field_text,
    seeking=field_text,
    offering=field_text,
    ask_me_about=field_text,
    good_introduction=field_text,
    new_here=st.booleans(),
    between_things=st.booleans(),
)
