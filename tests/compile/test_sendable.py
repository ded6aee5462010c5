"""Who may be sent: the law's answer group by group, and what of it reaches the Plan."""

import pytest

from bedspace.compile import GroupLaw, sendable
from tests.compile.made import GROUP, LEASE, USUAL, made, plan

REMOVAL, TREATY = "us-removal", "us-treaty-transfer"


def asked(
    route: str, group: str, on: str = "2025-02-04", more: str = "{}", **extra: str
) -> GroupLaw:
    """The law's answer for the people of a group with these attributes."""
    changes: dict[str, str | None] = {
        f"{GROUP}/attributes": group,
        f"{LEASE}/routes": f"[{route}]",
        f"{LEASE}/law_on": on,
        **{path.replace("__", "/"): text for path, text in extra.items()},
    }
    if more != "{}":
        changes[f"{LEASE}/assume"] = more
    (found,) = sendable(made(changes), "lease")
    return found


MIX = "{{violent: {0} %, drug: {1} %, unspecified: {2} %}}"


def mixed(violent: int, drug: int, unknown: int, more: str = "{}") -> GroupLaw:
    changes: dict[str, str | None] = {
        f"{GROUP}/attributes": "{citizenship: venezuelan}",
        f"{GROUP}/shares": f"{{offence: {MIX.format(violent, drug, unknown)}}}",
        f"{LEASE}/routes": f"[{REMOVAL}]",
        f"{LEASE}/law_on": "2025-02-04",
    }
    if more != "{}":
        changes[f"{LEASE}/assume"] = more
    (found,) = sendable(made(changes), "lease")
    return found


def test_without_routes_the_law_is_not_asked() -> None:
    (found,) = sendable(made(), "lease")
    assert (found.agreement, found.group) == ("lease", "all")
    assert found.share_sendable("sentenced") == 1.0
    assert [part.best for part in found.parts] == [None]


@pytest.mark.parametrize(
    ("citizenship", "share"),
    [
        ("united-states", 0.0),
        ("venezuelan", 0.0),
        ("salvadoran", 1.0),
        ("united-states+salvadoran", 1.0),
    ],
)
def test_a_treaty_transfer_is_for_nationals_of_the_receiver(citizenship: str, share: float) -> None:
    found = asked(TREATY, f"{{citizenship: {citizenship}}}")
    assert found.share_sendable("sentenced") == share
    assert found.share_sendable("remand") == 0.0  # nobody asked


def test_a_stage_is_asked_with_its_own_status() -> None:
    # On remand nobody serves a sentence: the treaty does not reach them.
    stages = {"agreements__lease__eligible": "{groups: [all], stages: [remand, sentenced]}"}
    found = asked(TREATY, "{citizenship: salvadoran}", **stages)
    assert (found.share_sendable("remand"), found.share_sendable("sentenced")) == (0.0, 1.0)
    assert [p.facts.custody_status for p in found.parts] == ["remand", "sentenced"]


def test_the_violent_share_is_barred_from_removal_before_release() -> None:
    found = mixed(25, 60, 15)
    assert found.share_sendable("sentenced") == pytest.approx(0.6)
    parts = {part.mix: part for part in found.parts}
    assert {mix: part.may_be_sent for mix, part in parts.items()} == {
        "violent": False,
        "not violent": True,
        "offence unknown": False,
    }
    assert [parts[m].share for m in ("violent", "not violent", "offence unknown")] == (
        pytest.approx([0.25, 0.6, 0.15])
    )


def test_a_word_for_everybody_stands_for_the_mix() -> None:
    for word, share in (("violent", 0.0), ("drug", 1.0)):
        group = f"{{citizenship: venezuelan, offence: {word}}}"
        assert asked(REMOVAL, group).share_sendable("sentenced") == share


def test_an_assumed_gate_opens_the_way_and_stays_visible() -> None:
    found = mixed(25, 60, 15, more="[{gate: us-removal/release, reason: what if}]")
    assert found.share_sendable("sentenced") == 1.0
    violent = next(part for part in found.parts if part.mix == "violent")
    assert violent.best is not None
    assert violent.best.real.status == "barred" and violent.best.effective.status != "barred"
    assert violent.best.assumed == ("us-removal/release",)
    assert violent.best.reasons == {"us-removal/release": "what if"}


def test_citizens_are_not_removed_and_residents_are_aliens() -> None:
    gate = "[{gate: us-removal/release, reason: what if}]"
    assert (
        asked(REMOVAL, "{citizenship: united-states}", more=gate).share_sendable("sentenced") == 0.0
    )
    resident = asked(REMOVAL, '{citizenship: other, lawful_resident: "yes"}', more=gate)
    assert resident.share_sendable("sentenced") == 1.0
    assert resident.parts[0].facts.lawful_resident is True
    dual = asked(REMOVAL, "{citizenship: united-states+salvadoran}", more=gate)
    assert dual.share_sendable("sentenced") == 0.0


def test_unsettled_law_does_not_bar() -> None:
    group = "{citizenship: venezuelan}"
    held = {
        "systems__home__pathways__usual": "{detained: {status: immigration, stay: {fixed: 9 d}}}",
        "agreements__lease__eligible": "{groups: [all], stages: [detained]}",
    }
    found = asked(REMOVAL, group, on="2025-07-01", **held)
    assert found.parts[0].best is not None
    assert found.parts[0].best.real.status == "unsettled"
    assert found.share_sendable("detained") == 1.0


def test_the_law_of_the_date_asked() -> None:
    group = "{citizenship: salvadoran}"
    assert asked(TREATY, group, on="1970-01-01").share_sendable("sentenced") == 0.0
    changed = {f"{GROUP}/attributes": group, f"{LEASE}/routes": f"[{TREATY}]"}
    (found,) = sendable(made(changed), "lease")  # no law_on: the first day of the term
    assert found.parts[0].best is not None
    assert found.parts[0].best.real.on.isoformat() == "2025-03-01"


def test_the_best_of_several_routes() -> None:
    found = asked(f"{REMOVAL}, {TREATY}", "{citizenship: salvadoran}")
    (part,) = found.parts
    assert [v.real.route for v in part.routes] == [REMOVAL, TREATY]
    assert part.best is not None and part.best.real.route == TREATY


def test_a_draw_of_the_mix_keeps_a_whole() -> None:
    from bedspace.scenario import with_values

    scn = made(
        {
            f"{GROUP}/attributes": "{citizenship: venezuelan}",
            f"{GROUP}/shares": f"{{offence: {MIX.format(25, 60, 15)}}}",
            f"{LEASE}/routes": f"[{REMOVAL}]",
        }
    )
    (found,) = sendable(with_values(scn, {"home.groups.all.shares.offence.violent": 0.5}), "lease")
    assert sum(part.share for part in found.parts) == pytest.approx(1)
    assert found.share_sendable("sentenced") == pytest.approx(0.6 / 1.25)


def test_only_who_may_be_sent_is_in_the_plan() -> None:
    changes: dict[str, str | None] = {
        f"{GROUP}/attributes": "{citizenship: united-states}",
        "systems/home/groups/mixed": "{pathway: usual, attributes: {citizenship: venezuelan}, "
        f"shares: {{offence: {MIX.format(25, 75, 0)}}}}}",
        "systems/home/groups/short": "{pathway: brief, attributes: {citizenship: venezuelan}}",
        "systems/home/pathways/brief": "{remand: {stay: {fixed: 9 d}}}",
        f"{LEASE}/eligible": "{groups: [short, mixed, all], stages: [sentenced, remand]}",
        f"{LEASE}/routes": f"[{REMOVAL}]",
    }
    (transfer,) = plan(changes).transfers
    # On remand nobody serves a sentence, so removal before release bars none of them.
    assert dict(zip(transfer.stages, transfer.allowed, strict=True)) == pytest.approx(
        {
            "home/mixed/remand": 1.0,
            "home/mixed/sentenced": 0.75,
            "home/short/remand": 1.0,
        }
    )
    assert list(transfer.stages) == sorted(transfer.stages)


def test_barred_altogether_nobody_is_sent() -> None:
    changed = {
        f"{GROUP}/attributes": "{citizenship: united-states}",
        f"{LEASE}/routes": f"[{TREATY}]",
    }
    (transfer,) = plan(changed).transfers
    assert (transfer.stages, transfer.allowed) == ((), ())


def test_what_a_stage_is_called_is_not_its_status() -> None:
    changed = {f"{USUAL}/sentenced/status": "immigration", f"{LEASE}/routes": f"[{TREATY}]"}
    (found,) = sendable(made(changed), "lease")
    assert found.parts[0].facts.custody_status == "immigration"
