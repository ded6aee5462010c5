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


MIX = "{{violent: {0} %, fraud: {1} %, unspecified: {2} %}}"
FRAUD: dict[str, str | None] = {"offences": "{fraud: {violent: false}}"}


def mixed(violent: int, fraud: int, unknown: int, more: str = "{}") -> GroupLaw:
    changes: dict[str, str | None] = {
        **FRAUD,
        f"{GROUP}/attributes": "{citizenship: venezuelan}",
        f"{GROUP}/shares": f"{{offence: {MIX.format(violent, fraud, unknown)}}}",
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
        "fraud": True,
        "unspecified": False,
    }
    assert [parts[m].share for m in ("violent", "fraud", "unspecified")] == (
        pytest.approx([0.25, 0.6, 0.15])
    )


def test_a_word_for_everybody_stands_for_the_mix() -> None:
    for word, share in (("violent", 0.0), ("fraud", 1.0)):
        group = f"{{citizenship: venezuelan, offence: {word}}}"
        said = {"offences": f"{{{word}: {{violent: {str(word == 'violent').lower()}}}}}"}
        assert asked(REMOVAL, group, **said).share_sendable("sentenced") == share


def test_an_offence_of_which_nothing_is_said_is_not_known() -> None:
    """Only the name `violent` says anything by itself; the exception has to be shown."""
    group = "{citizenship: venezuelan, offence: fraud}"
    assert asked(REMOVAL, group).share_sendable("sentenced") == 0.0


OFFENCES = """{
  drug: {violent: false, drug_trafficking: true},
  weapons: {violent: false, firearms: true},
  smuggling: {violent: false, people_smuggling: true},
  immigration: {violent: false},
  fraud: {violent: false, drug_trafficking: false, firearms: false, people_smuggling: false,
          child_exploitation: false, national_security: false}}"""


def test_what_the_exception_leaves_out_is_barred_and_what_is_not_known_needs() -> None:
    """10 violent, 40 drugs, 15 weapons, 5 smuggling are barred, and 3 nobody knows: 27 are left, 20
    of immigration, who need the offence to be shown too, and 7 of fraud."""
    mix = (
        "{violent: 10 %, drug: 40 %, weapons: 15 %, smuggling: 5 %, immigration: 20 %, "
        "fraud: 7 %, unspecified: 3 %}"
    )
    (found,) = sendable(
        made(
            {
                "offences": OFFENCES,
                f"{GROUP}/attributes": "{citizenship: venezuelan}",
                f"{GROUP}/shares": f"{{offence: {mix}}}",
                f"{LEASE}/routes": f"[{REMOVAL}]",
                f"{LEASE}/law_on": "2025-02-04",
            }
        ),
        "lease",
    )
    assert found.share_sendable("sentenced") == pytest.approx(0.27)
    words = {
        part.mix: next(f.words for f in part.routes[0].real.findings if "/release" in f.gate_id)
        for part in found.parts
        if part.may_be_sent
    }
    assert list(words) == ["immigration", "fraud"]
    assert "to be shown" in words["immigration"] and "to be shown" not in words["fraud"]


def test_any_attribute_may_be_mixed_and_several_mixes_are_independent() -> None:
    """Of 100 people 54 have an order of removal and 8 reside lawfully; 60 are Salvadorans. So
    0.6 x 0.54 = 32.4 % are Salvadorans with an order, of whom 92 % reside without a right."""
    mixes = (
        "{citizenship: {salvadoran: 60 %, venezuelan: 40 %}, "
        "removal_order: {'yes': 54 %, 'no': 35 %, unknown: 11 %}, "
        "lawful_resident: {'yes': 8 %, 'no': 92 %}, "
        "hair: {red: 2 %, other: 98 %}}"
    )
    found = asked(REMOVAL, "{}", **{f"{GROUP}/shares": mixes})
    assert len(found.parts) == 2 * 3 * 2  # nobody asks for the hair
    assert sum(part.share for part in found.parts) == pytest.approx(1)
    home = [
        part
        for part in found.parts
        if part.facts.citizenship == "salvadoran" and part.facts.removal_order
    ]
    assert sum(part.share for part in home) == pytest.approx(0.6 * 0.54)
    lawless = [part for part in home if part.facts.lawful_resident is False]
    assert sum(part.share for part in lawless) == pytest.approx(0.6 * 0.54 * 0.92)
    treaty = asked(TREATY, "{}", **{f"{GROUP}/shares": mixes})
    assert treaty.share_sendable("sentenced") == pytest.approx(0.6)  # Venezuelans are barred


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
            **FRAUD,
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
        **FRAUD,
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


KOSOVO: dict[str, str | None] = {
    "systems/home/country": "denmark",
    "systems/abroad/country": "kosovo",
    f"{LEASE}/routes": "[denmark-kosovo-2022]",
    f"{LEASE}/law_on": "2027-04-01",
    f"{GROUP}/attributes": '{citizenship: other, removal_order: "yes"}',
}


def sent(changes: dict[str, str | None]) -> tuple[str, ...]:
    """Stages from which the compiled agreement sends anybody."""
    (transfer,) = plan(changes).transfers
    return tuple(transfer.stages)


@pytest.mark.parametrize(
    ("attributes", "sends"),
    [
        ('{citizenship: other, removal_order: "yes"}', True),
        ('{citizenship: danish, removal_order: "yes"}', False),
        ('{citizenship: other, removal_order: "no"}', False),
        ('{citizenship: other, removal_order: "yes", terrorism: "yes"}', False),
        ('{citizenship: other, removal_order: "yes", serious_illness: "yes"}', False),
    ],
)
def test_a_real_lease_sends_only_whom_its_treaty_is_for(attributes: str, sends: bool) -> None:
    assert bool(sent(KOSOVO | {f"{GROUP}/attributes": attributes})) is sends


def test_nobody_is_sent_before_a_treaty_or_after_it() -> None:
    norway = KOSOVO | {
        "systems/home/country": "norway",
        "systems/abroad/country": "netherlands",
        f"{LEASE}/routes": "[norway-netherlands-2015]",
        f"{GROUP}/attributes": "{citizenship: norwegian, sex: male}",
    }
    found = {
        day: bool(sent(norway | {f"{LEASE}/law_on": day}))
        for day in ("2015-03-01", "2015-09-01", "2018-08-31", "2018-09-01")
    }
    assert list(found.values()) == [False, True, True, False]


@pytest.mark.parametrize(
    ("cells", "sends"),
    [
        ("{count: 30, floor: 12 m2, floor_includes_sanitary: false}", True),  # 90 in 30: 4 m2
        ("{count: 30, floor: 8.9 m2, floor_includes_sanitary: true}", False),  # at most 2.97 m2
        ("{count: 30, floor: 12 m2, occupants: 5}", False),  # 2.4 m2, as it is said to be used
        ("{count: 90, floor: 2 m2}", True),  # single cells: the standard is for shared ones
    ],
)
def test_conditions_bar_a_sender_whom_the_convention_binds(cells: str, sends: bool) -> None:
    tower = {"systems/abroad/facilities/tower/cells": cells}
    assert bool(sent(KOSOVO | tower)) is sends
    # The same cells bar nobody whom the United States sends: they are not bound by it.
    american = tower | {
        f"{LEASE}/routes": f"[{TREATY}]",
        f"{GROUP}/attributes": "{citizenship: salvadoran}",
    }
    assert sent(american)


def test_a_state_sends_to_another_by_its_own_statute() -> None:
    hawaii: dict[str, str | None] = {
        "systems/home/country": "hawaii",
        "systems/abroad/country": "arizona",
        "systems/abroad/facilities/tower/operator": "private",
        f"{LEASE}/routes": "[us-hawaii-contract]",
    }
    assert sent(hawaii)
    (found,) = sendable(made(hawaii), "lease")
    said = {f.gate_id.rpartition("/")[2]: f for f in found.parts[0].routes[0].real.findings}
    assert said["non-refoulement"].status == said["liberty"].status == "permitted"
    assert said["arizona-notice"].delay is not None
    assert not sent(hawaii | {"systems/abroad/country": "el-salvador"})
