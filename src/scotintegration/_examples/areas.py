"""The made-up areas, and what their services cost (private)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.dates import FinancialYear
from scotintegration.money import Money
from scotintegration.risk_shares import (
    RiskShare,
    host_bears,
    negotiated,
    originating_party,
    originating_party_loan,
    proportional,
)
from scotintegration.schemes import Basis

FIRST: Final = FinancialYear("2024/25")
"""The first year with money and directions."""

YEARS: Final = FinancialYear.between(FIRST, "2027/28")
"""The years with money and directions."""

NHS_COST: Final[Mapping[str, int]] = MappingProxyType(
    {
        "accident-emergency": 9_480,
        "allied-health-professions": 8_640,
        "community-addiction-services": 2_410,
        "community-dialysis": 610,
        "community-geriatric-medicine": 1_870,
        "community-learning-disability": 2_050,
        "community-mental-health": 8_920,
        "community-palliative-care": 1_340,
        "continence": 960,
        "district-nursing": 7_230,
        "general-dental-services": 9_350,
        "gp-inpatient-care": 3_660,
        "gp-out-of-hours": 3_020,
        "health-professional-public-health": 1_480,
        "hospital-addiction-services": 740,
        "hospital-mental-health": 11_870,
        "hospital-palliative-care": 1_120,
        "inpatient-general-medicine": 14_920,
        "inpatient-geriatric-medicine": 8_310,
        "inpatient-learning-disability-psychiatry": 1_930,
        "inpatient-rehabilitation-medicine": 3_240,
        "inpatient-respiratory-medicine": 4_150,
        "ophthalmic-services": 2_870,
        "pharmaceutical-services": 38_460,
        "primary-medical-services": 25_780,
        "public-dental": 2_160,
    }
)
"""What each service of a Health Board costs in the first year, in thousands of pounds, in an area of common size."""

COUNCIL_COST: Final[Mapping[str, int]] = MappingProxyType(
    {
        "adult-mental-health-social-care": 4_110,
        "adult-placement": 870,
        "adult-protection": 940,
        "adult-social-work": 9_870,
        "adults-with-incapacity": 520,
        "aids-adaptations": 1_160,
        "care-at-home": 24_380,
        "care-homes": 27_450,
        "carer-support": 1_780,
        "community-care-assessment": 2_640,
        "day-services": 3_480,
        "drug-alcohol-social-care": 1_230,
        "gardening-assistance": 90,
        "housing-support-personal-care": 1_940,
        "local-area-coordination": 380,
        "local-health-improvement": 410,
        "occupational-therapy-council": 1_720,
        "physical-learning-disability-support": 14_260,
        "reablement-equipment-telecare": 4_060,
        "respite": 2_240,
        "self-directed-support": 8_150,
        "sheltered-employment": 330,
        "support-services": 3_120,
    }
)
"""What each service of a council costs in the first year, in thousands of pounds, in an area of common size."""

CHILDREN_COST: Final[Mapping[str, int]] = MappingProxyType({"camhs": 4_350, "children-community-health": 6_120})
"""What the children's services of a Health Board cost, where it delegates them."""

USES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "addictions": ("keep treatment within three weeks of referral and run recovery groups", "outcomes 1, 5 and 7"),
        "adult_social_care": (
            "pay for care that keeps people in their own homes, and for placements",
            "outcomes 2 and 4",
        ),
        "carers": ("pay for carers' support plans, short breaks and the carers' centre", "outcome 6"),
        "children": ("run health visiting, school nursing and specialist clinics", "outcomes 1 and 5"),
        "community_health": ("employ community nursing and therapy teams in each locality", "outcomes 2 and 9"),
        "housing": ("adapt homes and pay for support in them", "outcome 2"),
        "learning_disability": (
            "staff the learning disability teams and bring people home to live",
            "outcomes 2 and 3",
        ),
        "mental_health": ("staff wards and community teams, moving staff to the teams", "outcomes 3 and 5"),
        "palliative": ("let people be cared for and die where they choose", "outcomes 3 and 4"),
        "primary_care": ("pay contractors and meet the cost of prescribing", "outcomes 1 and 9"),
        "unscheduled_hospital": (
            "staff the wards and send people home within a day of being ready",
            "outcomes 3 and 9",
        ),
    }
)
"""What money of each care group is to be used for, and to what end."""


@attrs.frozen(kw_only=True)
class Area:
    """
    One made-up area and the choices its scheme makes.

    Attributes:
        name: Its name.
        short: The beginning of its ids.
        health_board: The Health Board.
        councils: The councils of the scheme, each with its share of the councils' money, in parts of a hundred.
        seats: Voting seats of each council; the Health Board fills as many as all of them.
        neds: How many of the Health Board's nominees are non-executive directors.
        hospital_areas: How many council areas each hospital service of the Health Board serves.
        set_aside: Ids of the services for which a sum is set aside.
        deemed_out: Ids of the services the Health Board took out of set-aside.
        size: How large the area is, in parts of a hundred of the common size.
        by_group: Whether a direction covers a care group and not one function.
        risk_share: How its scheme divides an additional payment towards an overspend.
    """

    name: str
    short: str
    health_board: HealthBoard
    councils: tuple[tuple[LocalAuthority, int], ...]
    seats: int = 4
    neds: int = 4
    hospital_areas: int = 1
    set_aside: frozenset[str] = frozenset()
    deemed_out: frozenset[str] = frozenset()
    size: int = 100
    by_group: bool = False
    risk_share: RiskShare = host_bears

    @property
    def bodies(self) -> tuple[LocalAuthority, ...]:
        """The councils, in order of id."""
        return tuple(sorted((council for council, _ in self.councils), key=lambda body: body.id))

    @property
    def basis(self) -> Basis:
        """The provision of its scheme: one council of the only area, one of several areas, or a joint scheme."""
        if len(self.councils) > 1:
            return Basis.JOINT
        return Basis.SAME_AREA if self.hospital_areas == 1 else Basis.SINGLE

    @property
    def nhs_seats(self) -> int:
        """The voting seats of the Health Board."""
        return self.seats * len(self.councils)


def cost(thousands: int, year: FinancialYear, *, parts: int = 100, grows: int = 34) -> Money:
    """Give a year's cost in whole pounds from that of the first year; *grows* is thousandths a year."""
    years = year - FIRST
    return Money(thousands * 10 * parts * (1000 + grows) ** years // 1000**years * 100)


def _nhs(id: str, name: str, *councils: str) -> HealthBoard:
    return HealthBoard(
        id,
        name=name,
        accountable_officer="chief executive",
        gms_contractors=(),
        ministers_directions=(),
        local_authorities=councils,
        source={"name": "made up"},
    )


def _wards(council: str) -> list[str]:
    return [f"{council}-ward-{number}" for number in range(1, 9)]


def _council(id: str, name: str, councillors: int, population: int) -> LocalAuthority:
    return LocalAuthority(
        id,
        name=name,
        councillors=councillors,
        population=population,
        zones=_wards(id),
        ministers_directions=(),
        source={"name": "made up"},
    )


HOSPITAL: Final = frozenset(
    {
        "accident-emergency",
        "hospital-palliative-care",
        "inpatient-general-medicine",
        "inpatient-geriatric-medicine",
        "inpatient-rehabilitation-medicine",
        "inpatient-respiratory-medicine",
    }
)
"""Hospital services for which sums are set aside where they serve several council areas."""

OWN_BEDS: Final = frozenset(
    {"hospital-addiction-services", "hospital-mental-health", "inpatient-learning-disability-psychiatry"}
)
"""Hospital services that a Health Board here takes out of set-aside and pays for."""

STRATHALLAN: Final = Area(
    name="Strathallan",
    short="strathallan",
    health_board=_nhs("nhs-glenmore", "NHS Glenmore", "strathallan-council"),
    councils=((_council("strathallan-council", "Strathallan Council", 42, 118_400), 100),),
    risk_share=proportional({"nhs-glenmore": 60, "strathallan-council": 40}),
)
CAIRNWATER: Final = Area(
    name="Invercairn and Dunmorrow",
    short="cairnwater",
    health_board=_nhs("nhs-cairnwater", "NHS Cairnwater", "dunmorrow-council", "invercairn-council"),
    councils=(
        (_council("dunmorrow-council", "Dunmorrow Council", 24, 51_300), 43),
        (_council("invercairn-council", "Invercairn Council", 30, 68_900), 57),
    ),
    seats=3,
    neds=6,
    hospital_areas=2,
    deemed_out=HOSPITAL | OWN_BEDS,
    by_group=True,
    risk_share=originating_party,
)
BALNAVAIRD: Final = Area(
    name="Balnavaird",
    short="balnavaird",
    health_board=_nhs(
        "nhs-westerbraes", "NHS Westerbraes", "balnavaird-council", "glenorrin-council", "strathcarrow-council"
    ),
    councils=((_council("balnavaird-council", "Balnavaird Council", 36, 139_700), 100),),
    seats=3,
    neds=2,
    hospital_areas=3,
    set_aside=HOSPITAL,
    deemed_out=OWN_BEDS,
    size=122,
    risk_share=originating_party_loan(3),
)
MORRAN: Final = Area(
    name="Eastmorran, Midmorran and Westmorran",
    short="morran",
    health_board=_nhs("nhs-morran", "NHS Morran", "eastmorran-council", "midmorran-council", "westmorran-council"),
    councils=(
        (_council("eastmorran-council", "Eastmorran Council", 22, 47_200), 38),
        (_council("midmorran-council", "Midmorran Council", 20, 39_800), 33),
        (_council("westmorran-council", "Westmorran Council", 18, 35_100), 29),
    ),
    seats=2,
    neds=6,
    hospital_areas=3,
    set_aside=HOSPITAL,
    deemed_out=OWN_BEDS,
    size=105,
    by_group=True,
    risk_share=negotiated,
)
ARDLARICH: Final = Area(
    name="Ardlarich",
    short="ardlarich",
    health_board=_nhs("nhs-ardlarich", "NHS Ardlarich", "ardlarich-council"),
    councils=((_council("ardlarich-council", "Ardlarich Council", 34, 96_500), 100),),
    size=135,
)
KINBRAE: Final = Area(
    name="Kinbrae",
    short="kinbrae",
    health_board=_nhs("nhs-kinbrae", "NHS Kinbrae", "kinbrae-council"),
    councils=((_council("kinbrae-council", "Kinbrae Council", 28, 72_300), 100),),
    size=150,
)
