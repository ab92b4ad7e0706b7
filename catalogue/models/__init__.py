"""The catalogue's tables, one noun a file."""

from catalogue.models.base import Base, new_uid, stable_uid
from catalogue.models.count import Event, ModuleCount, Vain, VainCount
from catalogue.models.demand import Demand, DemandAnswer, DemandSkill, DemandStep
from catalogue.models.edition import Edition
from catalogue.models.feed import Feed, FeedModule, FeedRevision
from catalogue.models.forecast import Confidence, Direction, Forecast
from catalogue.models.hub_team import Approval, HubTeam, HubTemplate
from catalogue.models.module import Module, ModuleSkill
from catalogue.models.module_origin import ModuleOrigin
from catalogue.models.module_owner import ModuleOwner
from catalogue.models.module_vector import ModuleVector
from catalogue.models.near_pair import MergedModule, NearPair, SettledPair
from catalogue.models.occupation import ESSENTIAL_LEVEL, OPTIONAL_LEVEL, Occupation, OccupationAlias, OccupationGroup, OccupationSkill
from catalogue.models.organisation import Hub, Organisation, hub_partner
from catalogue.models.place import Place, Postcode
from catalogue.models.revision import NextVersion, Revision
from catalogue.models.skill import Skill, SkillAlias, SkillCollection, SkillRelation
from catalogue.models.stack import Stack, StackStep
from catalogue.models.theme import Theme
from catalogue.models.version import Version
from catalogue.models.work import IndexChange, Job

__all__ = [
    "ESSENTIAL_LEVEL",
    "OPTIONAL_LEVEL",
    "Approval",
    "Base",
    "Confidence",
    "Demand",
    "DemandAnswer",
    "DemandSkill",
    "DemandStep",
    "Direction",
    "Edition",
    "Event",
    "Feed",
    "FeedModule",
    "FeedRevision",
    "Forecast",
    "Hub",
    "HubTeam",
    "HubTemplate",
    "IndexChange",
    "Job",
    "MergedModule",
    "Module",
    "ModuleCount",
    "ModuleOrigin",
    "ModuleOwner",
    "ModuleSkill",
    "ModuleVector",
    "NearPair",
    "NextVersion",
    "Occupation",
    "OccupationAlias",
    "OccupationGroup",
    "OccupationSkill",
    "Organisation",
    "Place",
    "Postcode",
    "Revision",
    "SettledPair",
    "Skill",
    "SkillAlias",
    "SkillCollection",
    "SkillRelation",
    "Stack",
    "StackStep",
    "Theme",
    "Vain",
    "VainCount",
    "Version",
    "hub_partner",
    "new_uid",
    "stable_uid",
]
