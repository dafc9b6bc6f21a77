"""Direct a function, have an unlawful step refused, and run a partnership forward."""

import scotintegration as si

p = si.example("body-corporate")
direction = si.Direction(
    "winter-2026",
    given_to=p.health_board,
    functions=["district-nursing"],
    payment="£1,250,000",
    use="employ 24 district nurses",
    effective_from="2026-12-01",
)
register = si.DirectionsRegister(p.id, scope=p.register.scope)
try:
    register.issue(direction)
except si.UnlawfulStepError as refusal:
    print("refused:", refusal)
register = register.issue(direction.evolve(in_writing=True))
print("on 1 December:", register.state("winter-2026", on="2026-12-01"))

run = si.simulate(p, si.Scenario("base"), until="2029-03-31", seed=1)
print(run)
print()
for step in run.steps(about=run.register.directions[0].id):
    print(step)
then = run.at("2028-10-01")
print()
print(then.money("2028/29").year, "balances to", then.money("2028/29").gap)
print(then.check("directions").summary)
