"""Where the chain of directions for Rosewell House, Aberdeen, contradicts itself, and where it may have a hole."""

import scotintegration as si

aberdeen = si.scotland()["Aberdeen City"]
for one in aberdeen.register.chain("HSCP.21.088 Appendix D"):
    print(f"{one.id}: decided {one.decided_on}, from {one.effective_from}, until {one.ends_on}")
    print("   ", one.source["id"])

gaps = aberdeen.gap_list(between=("2021-08-01", "2026-03-31"))
print("\nCertain:")
for item in gaps.certain:
    print(f"  {item.what} [{item.citation.printed}]\n    to mend: {item.mend}")
print("\nPossible holes, of which it cannot be told:")
for item in gaps.of("nothing to follow"):
    print(f"  {item.days}, after {item.where}")

gaps.to_csv("rosewell-house.csv")
print(f"\nAll {len(gaps)} items are in rosewell-house.csv")
