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
    from scotintegration.annual_reviews import DirectionsReview as DirectionsReview
    from scotintegration.approvals import Approval as Approval
    from scotintegration.approvals import Resolution as Resolution
    from scotintegration.bodies import IJB as IJB
    from scotintegration.bodies import Code as Code
    from scotintegration.bodies import Electorate as Electorate
    from scotintegration.bodies import HealthBoard as HealthBoard
    from scotintegration.bodies import LeadAgency as LeadAgency
    from scotintegration.bodies import LocalAuthority as LocalAuthority
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
    from scotintegration.decisions import DecisionRecord as DecisionRecord
    from scotintegration.differences import as_code as as_code
    from scotintegration.differences import diff as diff
    from scotintegration.directions import Direction as Direction
    from scotintegration.directions import ServiceChange as ServiceChange
    from scotintegration.drafting import DirectionReport as DirectionReport
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
    from scotintegration.evaluations import SelfEvaluation as SelfEvaluation
    from scotintegration.evidence import Evidence as Evidence
    from scotintegration.examples import EXAMPLES as EXAMPLES
    from scotintegration.examples import example as example
    from scotintegration.examples import sample as sample
    from scotintegration.findings import Explanation as Explanation
    from scotintegration.findings import Finding as Finding
    from scotintegration.findings import Waiver as Waiver
    from scotintegration.flows import Flows as Flows
    from scotintegration.forecasts import Forecast as Forecast
    from scotintegration.forecasts import ForecastLine as ForecastLine
    from scotintegration.functions import AgeScope as AgeScope
    from scotintegration.functions import DelegatedFunction as DelegatedFunction
    from scotintegration.functions import Funding as Funding
    from scotintegration.gap_list import GapItem as GapItem
    from scotintegration.gap_list import GapKind as GapKind
    from scotintegration.gap_list import GapList as GapList
    from scotintegration.in_year import LateAllocation as LateAllocation
    from scotintegration.in_year import MonthlySpending as MonthlySpending
    from scotintegration.in_year import WindfallReturn as WindfallReturn
    from scotintegration.interchange import dumps as dumps
    from scotintegration.interchange import json_schema as json_schema
    from scotintegration.interchange import load as load
    from scotintegration.interchange import loads as loads
    from scotintegration.interchange import save as save
    from scotintegration.interchange import to_dict as to_dict
    from scotintegration.law import Law as Law
    from scotintegration.lines import Layer as Layer
    from scotintegration.lines import Line as Line
    from scotintegration.meetings import Committee as Committee
    from scotintegration.meetings import Interest as Interest
    from scotintegration.meetings import Meeting as Meeting
    from scotintegration.meetings import Proxy as Proxy
    from scotintegration.meetings import StandingOrders as StandingOrders
    from scotintegration.meetings import Vote as Vote
    from scotintegration.mends import Completion as Completion
    from scotintegration.mends import completion as completion
    from scotintegration.ministers import ExemptionOrder as ExemptionOrder
    from scotintegration.ministers import MinistersDirection as MinistersDirection
    from scotintegration.money import Money as Money
    from scotintegration.national import NationalSelfEvaluation as NationalSelfEvaluation
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
    from scotintegration.prices import real_terms as real_terms
    from scotintegration.proposals import Proposal as Proposal
    from scotintegration.proposals import Rating as Rating
    from scotintegration.proposals import Scale as Scale
    from scotintegration.proposals import proposal as proposal
    from scotintegration.proposals import proposals as proposals
    from scotintegration.receipts import Receipt as Receipt
    from scotintegration.receipts import reproduce as reproduce
    from scotintegration.recovery import RecoveryOption as RecoveryOption
    from scotintegration.recovery import RecoveryOptions as RecoveryOptions
    from scotintegration.registers import DirectionsRegister as DirectionsRegister
    from scotintegration.reports import NetworkReport as NetworkReport
    from scotintegration.reports import Report as Report
    from scotintegration.revisions import Revision as Revision
    from scotintegration.risk_shares import Loan as Loan
    from scotintegration.risk_shares import Remedy as Remedy
    from scotintegration.risk_shares import RiskShare as RiskShare
    from scotintegration.risk_shares import Share as Share
    from scotintegration.risk_shares import host_bears as host_bears
    from scotintegration.risk_shares import negotiated as negotiated
    from scotintegration.risk_shares import originating_party as originating_party
    from scotintegration.risk_shares import originating_party_loan as originating_party_loan
    from scotintegration.risk_shares import proportional as proportional
    from scotintegration.rules import RULES as RULES
    from scotintegration.rules import Reform as Reform
    from scotintegration.rules import Rule as Rule
    from scotintegration.rules import cannot_tell as cannot_tell
    from scotintegration.rules import fail as fail
    from scotintegration.rules import rule as rule
    from scotintegration.rules import warn as warn
    from scotintegration.savings import Saving as Saving
    from scotintegration.savings import Savings as Savings
    from scotintegration.schemes import Arrangement as Arrangement
    from scotintegration.schemes import Basis as Basis
    from scotintegration.schemes import IntegrationScheme as IntegrationScheme
    from scotintegration.schemes import Model as Model
    from scotintegration.schemes import Review as Review
    from scotintegration.scotland import scotland as scotland
    from scotintegration.set_asides import SetAsideTable as SetAsideTable
    from scotintegration.simulation import Chance as Chance
    from scotintegration.simulation import Ensemble as Ensemble
    from scotintegration.simulation import Group as Group
    from scotintegration.simulation import Position as Position
    from scotintegration.simulation import RecoverShare as RecoverShare
    from scotintegration.simulation import Run as Run
    from scotintegration.simulation import Scenario as Scenario
    from scotintegration.simulation import SplitBySpending as SplitBySpending
    from scotintegration.simulation import Sweep as Sweep
    from scotintegration.simulation import constant as constant
    from scotintegration.simulation import ensemble as ensemble
    from scotintegration.simulation import lognormal as lognormal
    from scotintegration.simulation import normal as normal
    from scotintegration.simulation import observed as observed
    from scotintegration.simulation import sensitivity as sensitivity
    from scotintegration.simulation import shared_out as shared_out
    from scotintegration.simulation import simulate as simulate
    from scotintegration.simulation import sweep as sweep
    from scotintegration.simulation import triangular as triangular
    from scotintegration.simulation import uniform as uniform
    from scotintegration.steps import Step as Step
    from scotintegration.tables import Table as Table
    from scotintegration.timelines import timeline as timeline
    from scotintegration.timelines import to_do as to_do
    from scotintegration.unknown import UNKNOWN as UNKNOWN
    from scotintegration.unknown import Listing as Listing

_HOME = {  # public name: the module it is loaded from
    "AgeScope": "functions",
    "AnnualAccounts": "accounts",
    "AnnualFinancialStatement": "performance",
    "Approval": "approvals",
    "Arrangement": "schemes",
    "Basis": "schemes",
    "Budget": "budgets",
    "ChairPeriod": "officers",
    "Chance": "simulation",
    "Charge": "budgets",
    "ChiefFinanceOfficer": "officers",
    "ChiefOfficer": "officers",
    "ChiefSocialWorkOfficer": "officers",
    "Citation": "citations",
    "CitationError": "errors",
    "Code": "bodies",
    "Committee": "meetings",
    "Completion": "mends",
    "ConservationError": "errors",
    "DateError": "errors",
    "Decision": "performance",
    "DecisionRecord": "decisions",
    "DelegatedFunction": "functions",
    "Determination": "budgets",
    "Direction": "directions",
    "DirectionReport": "drafting",
    "DirectionsRegister": "registers",
    "DirectionsReview": "annual_reviews",
    "Disqualification": "officers",
    "DuplicateError": "errors",
    "EXAMPLES": "examples",
    "Electorate": "bodies",
    "EndReason": "officers",
    "Ensemble": "simulation",
    "Evidence": "evidence",
    "ExemptionOrder": "ministers",
    "Explanation": "findings",
    "Fault": "errors",
    "FinancialYear": "dates",
    "Finding": "findings",
    "Flows": "flows",
    "Forecast": "forecasts",
    "ForecastLine": "forecasts",
    "FrozenError": "errors",
    "Funding": "functions",
    "GapItem": "gap_list",
    "GapKind": "gap_list",
    "GapList": "gap_list",
    "GraphError": "errors",
    "Ground": "officers",
    "Group": "simulation",
    "HealthBoard": "bodies",
    "Holder": "officers",
    "HostedShare": "budgets",
    "IJB": "bodies",
    "Instrument": "citations",
    "IntegrationScheme": "schemes",
    "Interest": "meetings",
    "Interval": "dates",
    "LateAllocation": "in_year",
    "Law": "law",
    "Layer": "lines",
    "LeadAgency": "bodies",
    "Line": "lines",
    "Listing": "unknown",
    "LoadError": "errors",
    "Loan": "risk_shares",
    "LocalAuthority": "bodies",
    "Locality": "plans",
    "Meeting": "meetings",
    "Member": "officers",
    "MinistersDirection": "ministers",
    "Model": "schemes",
    "Money": "money",
    "MoneyError": "errors",
    "MonitoringCommittee": "bodies",
    "MonitoringReport": "bodies",
    "MonthlySpending": "in_year",
    "NationalSelfEvaluation": "national",
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
    "Position": "simulation",
    "Proposal": "proposals",
    "Proxy": "meetings",
    "RULES": "rules",
    "Rating": "proposals",
    "Receipt": "receipts",
    "Recommendation": "performance",
    "RecoverShare": "simulation",
    "RecoveryOption": "recovery",
    "RecoveryOptions": "recovery",
    "Reform": "rules",
    "Remedy": "risk_shares",
    "ReplacementDirection": "plans",
    "Report": "reports",
    "Reserve": "budgets",
    "Resolution": "approvals",
    "Review": "schemes",
    "Revision": "revisions",
    "RiskShare": "risk_shares",
    "Route": "officers",
    "Rule": "rules",
    "RuleError": "errors",
    "Run": "simulation",
    "Saving": "savings",
    "Savings": "savings",
    "Scale": "proposals",
    "Scenario": "simulation",
    "ScotIntegrationError": "errors",
    "ScottishMinisters": "bodies",
    "Seats": "bodies",
    "SelfEvaluation": "evaluations",
    "ServiceChange": "directions",
    "SetAside": "budgets",
    "SetAsideReport": "budgets",
    "SetAsideTable": "set_asides",
    "Share": "risk_shares",
    "Source": "citations",
    "Spending": "performance",
    "SplitBySpending": "simulation",
    "StandingOrders": "meetings",
    "Step": "steps",
    "StrategicPlan": "plans",
    "StrategicPlanningGroup": "plans",
    "Sweep": "simulation",
    "Table": "tables",
    "UNKNOWN": "unknown",
    "UnknownFactError": "errors",
    "UnlawfulError": "errors",
    "UnlawfulStepError": "errors",
    "Vacancy": "bodies",
    "Vote": "meetings",
    "Waiver": "findings",
    "WindfallReturn": "in_year",
    "as_code": "differences",
    "cannot_tell": "rules",
    "citations": "citations",
    "cite": "citations",
    "completion": "mends",
    "constant": "simulation",
    "coverage": "coverage",
    "diff": "differences",
    "dumps": "interchange",
    "ensemble": "simulation",
    "example": "examples",
    "fail": "rules",
    "host_bears": "risk_shares",
    "json_schema": "interchange",
    "law_changes": "changes",
    "load": "interchange",
    "loads": "interchange",
    "lognormal": "simulation",
    "negotiated": "risk_shares",
    "normal": "simulation",
    "observed": "simulation",
    "originating_party": "risk_shares",
    "originating_party_loan": "risk_shares",
    "outcomes": "plans",
    "proportional": "risk_shares",
    "proposal": "proposals",
    "proposals": "proposals",
    "real_terms": "prices",
    "reproduce": "receipts",
    "rule": "rules",
    "sample": "examples",
    "save": "interchange",
    "scotland": "scotland",
    "sensitivity": "simulation",
    "shared_out": "simulation",
    "simulate": "simulation",
    "sweep": "simulation",
    "timeline": "timelines",
    "to_dict": "interchange",
    "to_do": "timelines",
    "triangular": "simulation",
    "uniform": "simulation",
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
