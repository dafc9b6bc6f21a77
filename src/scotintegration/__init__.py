"""
Governance of health and social care integration in Scotland.

Public names are listed once, in the table below, and loaded when they are first
used: importing the package loads nothing else and does nothing else. Submodules,
such as `scotintegration.testing`, load on first use as well.

To add a public name, add a line to the table and the name to the imports above it,
which only type checkers and editors read; a test compares the two.
"""

import importlib
import sys
from types import ModuleType

from scotintegration._version import __version__ as __version__

TYPE_CHECKING = False  # type checkers take it for true; importing typing would take longer than all the rest

if TYPE_CHECKING:
    from scotintegration.accounts import AnnualAccounts as AnnualAccounts
    from scotintegration.bodies import IJB as IJB
    from scotintegration.bodies import Code as Code
    from scotintegration.bodies import Electorate as Electorate
    from scotintegration.bodies import HealthBoard as HealthBoard
    from scotintegration.bodies import LeadAgency as LeadAgency
    from scotintegration.bodies import LocalAuthority as LocalAuthority
    from scotintegration.bodies import MinistersDirection as MinistersDirection
    from scotintegration.bodies import MonitoringCommittee as MonitoringCommittee
    from scotintegration.bodies import MonitoringReport as MonitoringReport
    from scotintegration.bodies import OtherBody as OtherBody
    from scotintegration.bodies import ScottishMinisters as ScottishMinisters
    from scotintegration.bodies import Seats as Seats
    from scotintegration.bodies import Vacancy as Vacancy
    from scotintegration.budgets import Budget as Budget
    from scotintegration.budgets import Charge as Charge
    from scotintegration.budgets import Determination as Determination
    from scotintegration.budgets import HostedShare as HostedShare
    from scotintegration.budgets import Payment as Payment
    from scotintegration.budgets import Reserve as Reserve
    from scotintegration.budgets import SetAside as SetAside
    from scotintegration.budgets import SetAsideReport as SetAsideReport
    from scotintegration.changes import law_changes as law_changes
    from scotintegration.citations import Citation as Citation
    from scotintegration.citations import Instrument as Instrument
    from scotintegration.citations import Source as Source
    from scotintegration.citations import citations as citations
    from scotintegration.citations import cite as cite
    from scotintegration.coverage import coverage as coverage
    from scotintegration.dates import FinancialYear as FinancialYear
    from scotintegration.dates import Interval as Interval
    from scotintegration.differences import diff as diff
    from scotintegration.directions import Direction as Direction
    from scotintegration.directions import ServiceChange as ServiceChange
    from scotintegration.errors import CitationError as CitationError
    from scotintegration.errors import ConservationError as ConservationError
    from scotintegration.errors import DateError as DateError
    from scotintegration.errors import DuplicateError as DuplicateError
    from scotintegration.errors import Fault as Fault
    from scotintegration.errors import FrozenError as FrozenError
    from scotintegration.errors import GraphError as GraphError
    from scotintegration.errors import LoadError as LoadError
    from scotintegration.errors import MoneyError as MoneyError
    from scotintegration.errors import NotFoundError as NotFoundError
    from scotintegration.errors import RuleError as RuleError
    from scotintegration.errors import ScotIntegrationError as ScotIntegrationError
    from scotintegration.errors import UnknownFactError as UnknownFactError
    from scotintegration.errors import UnlawfulError as UnlawfulError
    from scotintegration.errors import UnlawfulStepError as UnlawfulStepError
    from scotintegration.evidence import Evidence as Evidence
    from scotintegration.examples import EXAMPLES as EXAMPLES
    from scotintegration.examples import example as example
    from scotintegration.examples import sample as sample
    from scotintegration.findings import Explanation as Explanation
    from scotintegration.findings import Finding as Finding
    from scotintegration.findings import Waiver as Waiver
    from scotintegration.flows import Flows as Flows
    from scotintegration.functions import AgeScope as AgeScope
    from scotintegration.functions import DelegatedFunction as DelegatedFunction
    from scotintegration.functions import Funding as Funding
    from scotintegration.law import Law as Law
    from scotintegration.lines import Layer as Layer
    from scotintegration.lines import Line as Line
    from scotintegration.meetings import Committee as Committee
    from scotintegration.meetings import Interest as Interest
    from scotintegration.meetings import Meeting as Meeting
    from scotintegration.meetings import Proxy as Proxy
    from scotintegration.meetings import StandingOrders as StandingOrders
    from scotintegration.meetings import Vote as Vote
    from scotintegration.money import Money as Money
    from scotintegration.network import Network as Network
    from scotintegration.officers import ChairPeriod as ChairPeriod
    from scotintegration.officers import ChiefFinanceOfficer as ChiefFinanceOfficer
    from scotintegration.officers import ChiefOfficer as ChiefOfficer
    from scotintegration.officers import ChiefSocialWorkOfficer as ChiefSocialWorkOfficer
    from scotintegration.officers import Disqualification as Disqualification
    from scotintegration.officers import EndReason as EndReason
    from scotintegration.officers import Ground as Ground
    from scotintegration.officers import Holder as Holder
    from scotintegration.officers import Member as Member
    from scotintegration.officers import Office as Office
    from scotintegration.officers import Route as Route
    from scotintegration.partnership import Partnership as Partnership
    from scotintegration.performance import AnnualFinancialStatement as AnnualFinancialStatement
    from scotintegration.performance import Decision as Decision
    from scotintegration.performance import PerformanceReport as PerformanceReport
    from scotintegration.performance import Recommendation as Recommendation
    from scotintegration.performance import Spending as Spending
    from scotintegration.plans import Locality as Locality
    from scotintegration.plans import Outcome as Outcome
    from scotintegration.plans import PlanningMember as PlanningMember
    from scotintegration.plans import ReplacementDirection as ReplacementDirection
    from scotintegration.plans import StrategicPlan as StrategicPlan
    from scotintegration.plans import StrategicPlanningGroup as StrategicPlanningGroup
    from scotintegration.plans import outcomes as outcomes
    from scotintegration.receipts import Receipt as Receipt
    from scotintegration.registers import DirectionsRegister as DirectionsRegister
    from scotintegration.reports import NetworkReport as NetworkReport
    from scotintegration.reports import Report as Report
    from scotintegration.revisions import Revision as Revision
    from scotintegration.rules import RULES as RULES
    from scotintegration.rules import Rule as Rule
    from scotintegration.rules import cannot_tell as cannot_tell
    from scotintegration.rules import fail as fail
    from scotintegration.rules import rule as rule
    from scotintegration.rules import warn as warn
    from scotintegration.schemes import Arrangement as Arrangement
    from scotintegration.schemes import Basis as Basis
    from scotintegration.schemes import IntegrationScheme as IntegrationScheme
    from scotintegration.schemes import Model as Model
    from scotintegration.schemes import Review as Review
    from scotintegration.scotland import scotland as scotland
    from scotintegration.simulation import Run as Run
    from scotintegration.simulation import Scenario as Scenario
    from scotintegration.simulation import simulate as simulate
    from scotintegration.tables import Table as Table
    from scotintegration.timelines import timeline as timeline
    from scotintegration.timelines import to_do as to_do
    from scotintegration.unknown import UNKNOWN as UNKNOWN
    from scotintegration.unknown import Listing as Listing

_HOME = {  # public name: the module it is loaded from
    "AgeScope": "functions",
    "AnnualAccounts": "accounts",
    "AnnualFinancialStatement": "performance",
    "Arrangement": "schemes",
    "Basis": "schemes",
    "Budget": "budgets",
    "ChairPeriod": "officers",
    "Charge": "budgets",
    "ChiefFinanceOfficer": "officers",
    "ChiefOfficer": "officers",
    "ChiefSocialWorkOfficer": "officers",
    "Citation": "citations",
    "CitationError": "errors",
    "Code": "bodies",
    "Committee": "meetings",
    "ConservationError": "errors",
    "DateError": "errors",
    "Decision": "performance",
    "DelegatedFunction": "functions",
    "Determination": "budgets",
    "Direction": "directions",
    "DirectionsRegister": "registers",
    "Disqualification": "officers",
    "DuplicateError": "errors",
    "EXAMPLES": "examples",
    "Electorate": "bodies",
    "EndReason": "officers",
    "Evidence": "evidence",
    "Explanation": "findings",
    "Fault": "errors",
    "FinancialYear": "dates",
    "Finding": "findings",
    "Flows": "flows",
    "FrozenError": "errors",
    "Funding": "functions",
    "GraphError": "errors",
    "Ground": "officers",
    "HealthBoard": "bodies",
    "Holder": "officers",
    "HostedShare": "budgets",
    "IJB": "bodies",
    "Instrument": "citations",
    "IntegrationScheme": "schemes",
    "Interest": "meetings",
    "Interval": "dates",
    "Law": "law",
    "Layer": "lines",
    "LeadAgency": "bodies",
    "Line": "lines",
    "Listing": "unknown",
    "LoadError": "errors",
    "LocalAuthority": "bodies",
    "Locality": "plans",
    "Meeting": "meetings",
    "Member": "officers",
    "MinistersDirection": "bodies",
    "Model": "schemes",
    "Money": "money",
    "MoneyError": "errors",
    "MonitoringCommittee": "bodies",
    "MonitoringReport": "bodies",
    "Network": "network",
    "NetworkReport": "reports",
    "NotFoundError": "errors",
    "Office": "officers",
    "OtherBody": "bodies",
    "Outcome": "plans",
    "Partnership": "partnership",
    "Payment": "budgets",
    "PerformanceReport": "performance",
    "PlanningMember": "plans",
    "Proxy": "meetings",
    "RULES": "rules",
    "Receipt": "receipts",
    "Recommendation": "performance",
    "ReplacementDirection": "plans",
    "Report": "reports",
    "Reserve": "budgets",
    "Review": "schemes",
    "Revision": "revisions",
    "Route": "officers",
    "Rule": "rules",
    "RuleError": "errors",
    "Run": "simulation",
    "Scenario": "simulation",
    "ScotIntegrationError": "errors",
    "ScottishMinisters": "bodies",
    "Seats": "bodies",
    "ServiceChange": "directions",
    "SetAside": "budgets",
    "SetAsideReport": "budgets",
    "Source": "citations",
    "Spending": "performance",
    "StandingOrders": "meetings",
    "StrategicPlan": "plans",
    "StrategicPlanningGroup": "plans",
    "Table": "tables",
    "UNKNOWN": "unknown",
    "UnknownFactError": "errors",
    "UnlawfulError": "errors",
    "UnlawfulStepError": "errors",
    "Vacancy": "bodies",
    "Vote": "meetings",
    "Waiver": "findings",
    "cannot_tell": "rules",
    "citations": "citations",
    "cite": "citations",
    "coverage": "coverage",
    "diff": "differences",
    "example": "examples",
    "fail": "rules",
    "law_changes": "changes",
    "outcomes": "plans",
    "rule": "rules",
    "sample": "examples",
    "scotland": "scotland",
    "simulate": "simulation",
    "timeline": "timelines",
    "to_do": "timelines",
    "warn": "rules",
}

__all__ = sorted(_HOME)  # type checkers read the imports above

if not TYPE_CHECKING:  # or every misspelt name would pass for an object

    def __getattr__(name):
        """Load a public name or a submodule on its first use."""
        if home := _HOME.get(name):
            value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
        if not name.startswith("_"):
            submodule = f"{__name__}.{name}"
            try:
                return importlib.import_module(submodule)
            except ModuleNotFoundError as error:
                if error.name != submodule:  # it is there, and lacks something itself
                    raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        """List the public names, loaded or not."""
        return sorted({*globals(), *_HOME})


class _Package(ModuleType):
    """
    The package itself, in which a public name outranks the submodule of that name.

    Importing `scotintegration.coverage` makes Python set the attribute *coverage*
    of the package to that module, where people expect the function. Such a module is
    still reached by ``from scotintegration.coverage import ...``.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
