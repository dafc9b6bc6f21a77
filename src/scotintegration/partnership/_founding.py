"""What a newly founded partnership starts with (private)."""

from __future__ import annotations

from datetime import date

from scotintegration.bodies import IJB, HealthBoard, LeadAgency, LocalAuthority
from scotintegration.officers import ChiefFinanceOfficer, ChiefOfficer, ChiefSocialWorkOfficer
from scotintegration.schemes import IntegrationScheme, Model


def founded(
    health_board: HealthBoard, local_authorities: tuple[LocalAuthority, ...], model: Model | str, as_at: date | str
) -> dict[str, object]:
    """Give the fields of a partnership with nothing yet but its bodies, an unfinished scheme and vacant posts."""
    if not isinstance(health_board, HealthBoard):
        raise TypeError(f"health_board must be a HealthBoard, got {health_board!r}")
    for body in local_authorities:
        if not isinstance(body, LocalAuthority):
            raise TypeError(f"local_authorities must be of LocalAuthority, got {body!r}")
    if not local_authorities:
        raise ValueError("a partnership needs a council, got none")
    first = min(local_authorities, key=lambda body: body.id)
    scheme = IntegrationScheme(
        models=model,
        basis="s.2(4)" if len(local_authorities) > 1 else "s.2(3)",
        health_board=health_board.id,
        local_authorities=[body.id for body in local_authorities],
    )
    letter = scheme.model
    area = " and ".join(body.name.removesuffix(" Council") for body in sorted(local_authorities, key=str))
    social_work = [
        ChiefSocialWorkOfficer(f"chief-social-work-officer-{body.id}", body=body.id) for body in local_authorities
    ]
    if not letter.is_lead_agency:
        board = f"{first.id}-ijb"
        return {
            "id": board,
            "name": area,
            "as_at": as_at,
            "health_board": health_board,
            "local_authorities": local_authorities,
            "ijb": IJB(
                board, name=f"{area} Integration Joint Board", order=None, established_on=None, seats=(), vacancies=()
            ),
            "scheme": scheme,
            "posts": [
                ChiefOfficer("chief-officer", body=board, answers_to=()),
                ChiefFinanceOfficer("chief-finance-officer", body=board, answers_to=()),
                *social_work,
            ],
        }
    leads: dict[str, tuple[HealthBoard | LocalAuthority, ...]] = {
        "b": (health_board,),
        "c": (first,),
        "d": (health_board, first),
    }
    return {
        "id": f"{first.id}-authority",
        "name": area,
        "as_at": as_at,
        "health_board": health_board,
        "local_authorities": local_authorities,
        "lead_agencies": [
            LeadAgency(f"{body.id}-lead", name=f"{body.name} as lead agency", body=body.id)
            for body in leads[letter.value]
        ],
        "scheme": scheme,
        "posts": social_work,
    }
