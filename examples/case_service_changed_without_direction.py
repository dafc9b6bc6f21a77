"""What is found of the Teviot day service, closed in June 2019 with no direction behind it."""

import scotintegration as si

PAPER = "https://scottishborders.moderngov.co.uk/mgAi.aspx?ID=46127"

borders = si.scotland()["Scottish Borders"]
closed = si.ServiceChange(
    id="teviot-day-service",
    function="day-services",
    made_by=borders.local_authorities[0].id,
    on="2019-06-30",
    what="the Teviot day service was decommissioned",
    direction=None,
    source={"on": "June 2019, day not shown: taken as the last", "direction": PAPER},
)
then = borders.evolve(service_changes=si.Listing.partial(closed))
for field in closed.source:
    print(f"{field}: {closed.source[field]}")
(finding,) = then.gap_list(on="2019-07-01").of("change with no direction").certain
print(f"\n{finding}\n  to mend: {finding.mend}")

(later,) = borders.directions
print(f"\nThe direction that came after: {later.notes}")
print("  decided on", later.decided_on, "- takes effect on", later.effective_from, "- payment", later.payment)
