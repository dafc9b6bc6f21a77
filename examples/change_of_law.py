"""What the change of 1 September 2026 does to a board that is on record, and to one that is not."""

import scotintegration as si

for p in (si.example("body-corporate"), si.scotland()["Glasgow City"]):
    before = p.check("membership", as_at="2026-08-31")
    after = p.check("membership", as_at="2026-09-01")
    print(si.diff(before, after))
    print()

august, september = si.Law("2026-08-31"), si.Law("2026-09-01")
print("four votes for, four against, in August:", "carried" if august.carried(4, 4) else "not carried")
print("quorum of eight voters in August:", august.quorum(8), "- of eleven in September:", september.quorum(11))
