"""What a late budget leaves without a direction, where the last ones stand on and where they end with the year."""

import scotintegration as si

late = si.example("late-budget")
ended = si.example("body-corporate")
ended = ended.evolve(directions=ended.register.as_known_at("2026-03-01"))

for what, p in (("directions with no last day", late), ("directions that end with the year", ended)):
    print(f"{what}:")
    for day in ("2026-03-31", "2026-04-01", "2026-06-30"):
        then = p.at(day)
        live = then.register.in_force(on=day)
        breaches = then.check("directions").unlawful
        print(f"  {day}: {len(live)} in force, {len(breaches)} breaches of statute")
        for finding in breaches[:1]:
            print(f"    the first: {finding}")

(finding,) = late.at("2026-04-01").check("money")["FIN-budget-identity"].findings
print(f"\nAnd until the late budget is set: {finding}")

aberdeen = si.scotland()["Aberdeen City"].register
print("\nReal directions that wait for a budget:")
for one in aberdeen:
    if isinstance(one.conditions, str):
        state = aberdeen.state(one.id, on="2025-04-11")
        print(f"  {one.id}: on condition of {one.conditions}; state on 2025-04-11 {state}")
