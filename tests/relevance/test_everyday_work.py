"""What people call their own work is found over the seed taxonomy alone, by the way in which the questions about work look for it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Occupation
from catalogue.skills.knowledge import SkillKnowledge
from catalogue.skills.offering import offered_occupations

EVERYDAY = {
    "apothekersassistent": "apothekersassistente",
    "bakker": "bakker banketbakker",
    "beveiliger": "beveiliger beveiligster portier",
    "boekhouder": "boekhouder boekhoudster",
    "bloemist": "bloemist bloemiste",
    "brandweerman of -vrouw": "brandweer brandweerman brandweervrouw",
    "buschauffeur": "buschauffeur buschauffeuse",
    "conciërge": "conciërge huismeester",
    "docent voortgezet onderwijs": "docent docente leraar lerares",
    "doktersassistent": "doktersassistente",
    "fietsenmaker": "fietsenmaker",
    "glazenwasser": "glazenwasser",
    "heftruckchauffeur": "heftruckchauffeur",
    "journalist": "journalist journaliste redacteur",
    "jurist": "jurist juriste advocaat notaris",
    "kapper": "kapper kapster barbier",
    "kassamedewerker": "caissière",
    "kok": "kok kokkin",
    "kraamverzorgende": "kraamverzorgende",
    "leraar basisonderwijs": "juf meester leerkracht",
    "logistiek medewerker": "orderpicker magazijnmedewerker",
    "loodgieter": "loodgieter",
    "makelaar": "makelaar taxateur",
    "medewerker bediening": "ober serveerster barman gastvrouw",
    "medewerker klantenservice": "telefoniste callcentermedewerker",
    "militair": "militair soldaat",
    "ondernemer": "ondernemer zzp'er",
    "pedagogisch medewerker": "peuterleidster gastouder oppas",
    "politieagent": "politieagent politieagente wijkagent",
    "postbezorger": "postbode postbezorger koerier pakketbezorger",
    "schoonmaker": "schoonmaakster interieurverzorgster",
    "slager": "slager",
    "stratenmaker": "stratenmaker wegwerker",
    "stukadoor": "stukadoor",
    "tandartsassistent": "tandartsassistente",
    "taxichauffeur": "taxichauffeur",
    "tegelzetter": "tegelzetter",
    "treinmachinist": "treinmachinist conducteur trambestuurder",
    "visser": "visser",
    "winkelmedewerker": "verkoper verkoopster vakkenvuller",
}


@pytest.fixture(scope="module")
def labels(seeded: Database) -> dict[int, str]:
    """The Dutch label of each occupation."""
    with seeded.reading() as session:
        return {occupation.id: occupation.label_nl for occupation in session.scalars(select(Occupation))}


@pytest.mark.parametrize(("label", "typed"), [(label, name) for label, names in EVERYDAY.items() for name in names.split()])
def test_everyday_work_is_the_first_that_is_offered(knowledge: SkillKnowledge, labels: dict[int, str], label: str, typed: str) -> None:
    assert labels[offered_occupations(knowledge.find_occupations, typed, 8)[0].id] == label
