"""The simulated year in plain Python, one partnership and one run at a time, as the specification words it."""

from fractions import Fraction

ARMS = (0, 1)


def largest_remainder(total, weights):
    """Split a sum, odd pence to the largest remainders, ties to the left."""
    whole = sum(weights)
    exact = [Fraction(total * weight, whole) for weight in weights]
    shares = [int(part) for part in exact]
    in_turn = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in in_turn[: total - sum(shares)]:
        shares[i] += 1
    return shares


class Board:
    """One partnership in one run."""

    def __init__(self, inputs, partnership):
        self.inputs, self.a = inputs, partnership
        arms = inputs.arm[partnership].tolist()
        self.arm_of = {f: arm for f, arm in enumerate(arms) if arm in ARMS}
        self.reserve = int(inputs.opening_reserve_pence[partnership])
        self.rows, self.events, self.months, self.meetings = [], [], [], []

    def play(self, z, u):
        """Simulate every year with normals (years, 12, functions) and uniforms (years, 6, members)."""
        for y in range(self.inputs.years):
            self.year(y, z[y].tolist(), u[y].tolist())
        return self

    def year(self, y, z, u):
        opening = self.reserve
        self.budget = {f: int(self.inputs.budgets_pence[y, self.a, f]) for f in self.arm_of}
        self.amount, self.spent = dict(self.budget), dict.fromkeys(self.budget, 0)
        growth, sigma = self.inputs.growth[y, self.a].tolist(), self.inputs.volatility
        before, deferred = len(self.events), 0
        for month in range(1, 13):
            for f, budget in self.budget.items():
                monthly = budget * month // 12 - budget * (month - 1) // 12
                chance = sigma * z[month - 1][f]
                self.spent[f] += round(monthly * (growth[f] + chance))
            if month % 2 == 0:
                quorate = self.quorate(y, month // 2 - 1, u[month // 2 - 1])
                self.meetings.append(quorate)
                deferred += not quorate
                if quorate:
                    self.decide(y, month)
            self.months.append((dict(self.spent), dict(self.amount)))
        tops = self.settle()
        assert opening + sum(self.budget.values()) + sum(tops) == sum(self.spent.values()) + self.reserve
        directions = len(self.budget) + len(self.events) - before
        self.rows.append((directions, deferred, self.reserve, *tops))

    def quorate(self, y, meeting, u):
        present, seat = [], 0
        for seats, members in zip(
            self.inputs.seats, self.inputs.voting_members[y, meeting, self.a].tolist(), strict=True
        ):
            present.append(sum(x < self.inputs.attendance for x in u[seat : seat + members]))
            seat += seats
        enough = sum(present) >= self.inputs.quorum[y, meeting, self.a]
        return bool(enough and (not self.inputs.both_sides or (present[0] and present[1])))

    def decide(self, y, month):
        need, spare = {}, {}
        for f, budget in self.budget.items():
            due, spent = budget * month // 12, self.spent[f]
            to_come = round((budget - due) * (spent / due)) if due else 0
            d = spent + to_come - self.amount[f]
            need[f] = d if 100 * d > budget else 0
            spare[f] = -d if d < 0 else 0
        sides = [[f for f, arm in self.arm_of.items() if arm == side] for side in ARMS]
        for receivers, donors, source in (
            (sides[0], sides[0], 1),
            (sides[1], sides[1], 1),
            (sides[0], sides[1], 2),
            (sides[1], sides[0], 2),
        ):
            total = min(sum(need[f] for f in receivers), sum(spare[f] for f in donors))
            self.move(total, receivers, need, 1, (y, month, source))
            self.move(total, donors, spare, -1, (y, month, source))
        total = min(sum(need.values()), self.reserve)
        self.move(total, list(need), need, 1, (y, month, 3))
        self.reserve -= total

    def move(self, total, functions, waiting, sign, about):
        if not total:
            return
        y, month, source = about
        shares = largest_remainder(total, [waiting[f] for f in functions])
        for f, by in zip(functions, shares, strict=True):
            if by:
                old = self.amount[f]
                self.amount[f] += sign * by
                waiting[f] -= by
                self.events.append((y, month, f, old, self.amount[f], source))

    def settle(self):
        gaps = [self.amount[f] - self.spent[f] for f in self.budget]
        self.reserve += sum(gap for gap in gaps if gap > 0)
        over = -sum(gap for gap in gaps if gap < 0)
        drawn = min(over, self.reserve)
        self.reserve -= drawn
        payments = [sum(self.budget[f] for f, arm in self.arm_of.items() if arm == side) for side in ARMS]
        return largest_remainder(over - drawn, payments) if over > drawn else [0, 0]


def simulate(inputs, z, u):
    """Give the boards of every run and partnership, played to the end."""
    return [
        [Board(inputs, a).play(z[r, :, :, a], u[r, :, :, a]) for a in range(inputs.partnerships)] for r in range(len(z))
    ]
