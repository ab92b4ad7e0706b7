"""The arrays of one version of the catalogue, with what is worked out from them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from matching.core.bridges import FirstSteps
from matching.core.path.candidates import Usual, usual
from matching.core.reach import EssentialNeeds
from matching.exploring import essential_needs
from matching.gather import Catalogue
from matching.titles import TitleIndex


@dataclass(frozen=True)
class Snapshot:
    """The arrays of one version of modules and taxonomy."""

    version: tuple[int, int]
    catalogue: Catalogue

    @cached_property
    def first_steps(self) -> FirstSteps:
        """Made at the first match."""
        return FirstSteps.of(self.catalogue.modules, self.catalogue.background.shared)

    @cached_property
    def titles(self) -> TitleIndex:
        """Made at the first goal in free text."""
        return TitleIndex(self.catalogue.titles)

    @cached_property
    def essential_needs(self) -> EssentialNeeds:
        """Made when somebody first explores."""
        return essential_needs(self.catalogue.occupations)

    @cached_property
    def usual(self) -> Usual:
        """Made at the first path."""
        return usual(self.catalogue.modules, self.catalogue.editions)
