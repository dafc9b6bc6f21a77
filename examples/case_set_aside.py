"""What becomes of a sum set aside where a made-up board specifies less of it for hospital beds, or more than it is."""

import scotintegration as si

p = si.example("large-hospital")
table = p.set_aside("2026/27")
for row in table:
    print(f"{row.function}: {row.set_aside} set aside, {row.specified} specified, {row.used} used so far")
print("in all", table.total.set_aside)

beds = next(one for one in p.register.in_force(on="2026-11-22") if "inpatient-geriatric-medicine" in one.functions)
for specified in ("£10m", "£11m"):
    draft = beds.evolve(
        id="2026-042-v2",
        varies=beds.id,
        specified=specified,
        decided_on="2026-11-18",
        meeting="2026-11-18",
        issued_on="2026-11-20",
        effective_from="2026-12-01",
    )
    then = p.evolve(directions=p.register.vary(beds.id, draft)).at("2026-12-01")
    print(f"\n{draft.specified} specified of {draft.set_aside}:")
    for finding in then.check("money").findings:
        print(f"  {finding}\n    to mend: {finding.mend}")

forecast = p.money("2026/27").forecast({"inpatient-geriatric-medicine": "+£1.2m", "care-at-home": "+£0.4m"})
print(f"\n{forecast}")
print("charged to the board:", forecast.overspend, "- not charged in the year:", forecast.not_charged)

report = si.scotland()["Fife"].check("money")
print("\nFife, of which no sum set aside was read:", report["PBJW-s14-3-hb-set-aside"].outcome)
