"""What a goal in own words gives over the seed taxonomy: nothing for noise, a question for a description, and of a story what it wishes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Skill
from catalogue.skills.knowledge import SkillKnowledge
from matching.goal_texts import heard_skills, named_goal, perhaps_meant

NO_GOAL = {
    "mashed": "asdf qwer|qwerty|sdfgsdfg sdfg|hjkl jkl; asdf zxcv|aaaaaaa|xxx|lkjhgf poiuyt|wfwefwef|mnbvcx|uyt uyt uyt|asdf",
    "names": "Fatima El Amrani|Pieter|Jan de Vries|Mohammed|Willem Alexander|Lisa Jansen uit Almere|Yusuf Yilmaz|Johan Cruijff",
    "chatter": "bla bla bla|hoi|goedemorgen allemaal|groetjes uit Spanje|ja hoor|ik hou van jou|geen idee|ik weet het nog niet|ik ben moe",
    "verse": "Op een grote paddenstoel rood met witte stippen|O maan, wat schijn je zacht|never gonna give you up|Altijd is Kortjakje ziek",
    "pasted": "AJAX - FEYENOORD 2-1 (1-0). Gele kaart: nummer 8.|Hoi mam, de bus had vertraging. Kusjes!|oh oh oh, yeah yeah yeah",
    "latin": "Lorem ipsum|lorem ipsum dolor sit amet|consectetur adipiscing elit|ut labore et dolore magna",
    "foreign": "xin chào bạn|dzień dobry jak się masz|quiero bailar toda la noche|merhaba nasılsın|je ne sais pas|wo ist der Bahnhof",
    "numbers": "12345|06 12345678|2026-11-22|3,14|zeven acht negen",
    "invented": "blorpen en fnirken|krolderen|snorfelen, wubben|ik wil vlonkeren",
    "of work itself": "ik wil lichter werk|ik ben loodgieter en wil minder zwaar werk|a better job|lichter werk, een leukere baan",
    "shopping": "melk, kaas, boter, 6 eieren, appels|milk, bread, eggs, cheese|wc-papier, tandpasta, shampoo|kaas, boter en een half bruin",
}
TEXTS_WITHOUT_GOAL = [text for texts in NO_GOAL.values() for text in texts.split("|")]

DESCRIBED = [
    ("de bodem onder mijn gras verbeteren", "bodemkunde"),
    ("help elderly people at home", "cliënten helpen in het dagelijks leven"),
    ("filmpjes maken voor internet", "video monteren"),
    ("voedsel langer houdbaar maken", "de houdbaarheid van voedsel bepalen"),
    ("wamtepompen instaleren", "warmtepompen plaatsen"),
    ("zonnepaneelen op het dak leggen", "zonnepanelen monteren"),
    ("uitrekenen hoeveel een verbouwing kost", "bouwkosten calculeren"),
    ("pakketten klaarzetten in een magazijn", "orders verzamelen"),
    ("meubels en kamers mooi inrichten", "een interieur ontwerpen"),
    ("check if food is safe", "voedselveiligheid bewaken"),
    ("bier, chips, wijn", "halfgeleiders"),
    ("metsellen", "metselwerk maken"),
    ("tuiniren", "een tuinontwerp maken"),
    ("iets met data", "gegevens analyseren"),
    ("ik wil iets met hout doen", "houtverbindingen maken"),
    ("iets met accu's, ik sleutel graag aan brommers", "batterijtechniek"),
]

STORIES: list[tuple[str, set[str], set[str]]] = [
    (
        (
            "Ik werk al 12 jaar als installateur en onderhoud cv-ketels. Mijn knie wil niet meer. Ik wil leren over warmtepompen en "
            "zonnepanelen, en misschien later leiding geven. Mijn broer heeft een garage."
        ),
        {"warmtepompen plaatsen", "zonnepanelen monteren", "leidinggeven"},
        {"cv-ketels onderhouden", "auto's onderhouden en repareren", "leidingwerk aanleggen"},
    ),
    (
        "Ik was jaren timmerman. Nu zit ik thuis met een slechte rug. Ik zou graag iets met computers doen, bijvoorbeeld websites maken.",
        {"werken met een computer (basis)", "webpagina's bouwen met HTML en CSS"},
        {"timmerwerk in de bouw uitvoeren", "onveiligheid thuis signaleren (meldcode)"},
    ),
    (
        "Mijn moeder is verpleegkundige en mijn vader boer. Zelf wil ik leren programmeren in Python.",
        {"programmeren in Python"},
        {"verpleegtechnische handelingen uitvoeren", "regeneratief boeren", "medicijnen geven"},
    ),
    (
        "I have worked as a truck driver for ten years. My wife is a nurse. I would like to learn welding and CNC milling.",
        {"lassen", "CNC-freesmachines bedienen"},
        {"een vrachtwagen rijden", "verpleegtechnische handelingen uitvoeren"},
    ),
    (
        (
            "Mijn man heeft een melkveebedrijf. Ik doe daar de administratie, maar dat wil ik niet meer. Ik droom van ouderen verzorgen en "
            "mensen met dementie begeleiden."
        ),
        {"mensen met dementie begeleiden"},
        {"dieren melken", "een administratie voeren"},
    ),
    (
        "Vroeger reed ik op een vrachtwagen, dat mag niet meer. Nu zoek ik iets op kantoor. Het liefst met Excel of boekhouden.",
        {"werken met een spreadsheet", "boekhouden"},
        {"een vrachtwagen rijden"},
    ),
    ("Ik wil minder tillen, en meer met computers.", {"werken met een computer (basis)"}, {"cliënten tillen en verplaatsen"}),
    ("Ik wil lassen in plaats van schoonmaken", {"lassen"}, {"schoonmaken"}),
    ("Mijn ploeg moet omgeschoold van gasketels naar warmtepompen", {"warmtepompen plaatsen"}, {"cv-ketels onderhouden"}),
    ("Schilderen, dat lijkt me leuk. Ik woon in een dorp.", {"schilderen"}, set()),
    ("Iets met data, zoals een dashboard maken van cijfers.", {"een dashboard bouwen"}, set()),
]


@pytest.fixture(scope="module")
def labels(seeded: Database) -> dict[int, str]:
    """The Dutch label of each skill."""
    with seeded.reading() as session:
        return {skill.id: skill.label_nl for skill in session.scalars(select(Skill))}


@pytest.mark.parametrize("text", TEXTS_WITHOUT_GOAL)
def test_noise_is_no_goal_and_is_not_asked_about(knowledge: SkillKnowledge, labels: dict[int, str], text: str) -> None:
    said = [*heard_skills(text, knowledge), *perhaps_meant(text, knowledge)]
    assert [labels[key] for key in said] == []
    assert named_goal(text, knowledge).occupations == ()


@pytest.mark.parametrize(("text", "label"), DESCRIBED)
def test_what_is_described_is_asked_about(knowledge: SkillKnowledge, labels: dict[int, str], text: str, label: str) -> None:
    assert label in [labels[key] for key in perhaps_meant(text, knowledge)]


@pytest.mark.parametrize(("text", "wished", "told"), STORIES)
def test_of_a_story_only_what_is_wished_counts(
    knowledge: SkillKnowledge, labels: dict[int, str], text: str, wished: set[str], told: set[str]
) -> None:
    said = {labels[key] for key in (*heard_skills(text, knowledge), *perhaps_meant(text, knowledge))}
    assert wished <= said
    assert not told & said
