"""Writes rulebook.md from the registry; a test compares the two."""

from pathlib import Path

from scotintegration.rules import RULES, Rule, Topic

PAGE = Path(__file__).with_name("rulebook.md")
HEAD = """# Rulebook

Every rule that ships with the library, by topic, as the registry has it.
Each is asked of a partnership on a date and answers *pass*, *fail*, *warn*, *not applicable* or *cannot tell*.
Only rules of severity *statute* make anything unlawful; permissions guard against false alarms and never fail.
This page is written by `python docs/reference/_rulebook.py`.
Not legal advice.
"""


def row(rule: Rule) -> str:
    """Give one row of a topic's table."""
    cited = "; ".join(f"[{one.printed}]({one.url})" if one.url else one.printed for one in rule.citations)
    models = "".join(model.letter for model in rule.models)
    return f"| `{rule.id}` | {rule.title} | {cited} | {rule.days} | {models} | {rule.severity} | {rule.modality} |"


def page() -> str:
    """Give the whole page."""
    parts = [HEAD]
    for topic in Topic:
        rows = [row(rule) for rule in RULES if rule.topic is topic]
        parts.append(
            f"\n## {topic.value.capitalize()}\n\n"
            "| rule | what it asks | provisions | in force | models | severity | modality |\n"
            "|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
