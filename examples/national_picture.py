"""The national picture: every integration authority, its model, and what can be told of it."""

import scotintegration as si

net = si.scotland(as_at="2026-11-22")
print(net)
print()
report = net.check()
print(report)
print()
print(report.receipt)
assert not report.unlawful, "public sources name too little for a breach to be certain"
