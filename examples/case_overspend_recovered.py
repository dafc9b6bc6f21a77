"""Who paid for overspends, as recorded, and a made-up board taken through the same steps to the penny."""

import scotintegration as si


def said(parts):
    return ", ".join(f"{party} {amount}" for party, amount in parts.items())


left = si.Money("£1.488m") - si.Money("£0.585m")
agreed = {"west-lothian-council": si.Money("£0.585m"), "nhs-lothian": si.Money("£0.318m")}
print("West Lothian 2023/24, after reserves:", said(si.negotiated.split({"left": left}, agreed=agreed)))
shares = si.proportional({"council": 40, "health board": 60})
print("Aberdeen City 2024/25, after reserves, at 6 to 4:", said(shares.split({"left": si.Money("£10.45m")})))
lent = si.originating_party_loan(4).loans({"argyll-and-bute-council": si.Money("£4.282m")}, "2018/19")[0]
print(lent.to_table())

p = si.example("body-corporate")
over = {"pharmaceutical-services": "+£6m", "care-at-home": "+£3.5m", "respite": "-£0.5m"}
options = p.money("2026/27").forecast(over).recovery_options()
print(f"\n{options}\n")
plan = options["recovery plan"]
print(plan)
for draft in plan.draft_directions():
    lawful = p.check_direction(draft).lawful
    print(f"{draft.id} varies {draft.varies}: {draft.payment} from {draft.effective_from}, lawful {lawful}")
    assert lawful
print("\nLeft to the parties by the scheme's shares:", said(p.scheme.risk_share.split({"left": plan.left})))
