"""What a name of a Plan's noun is made of is read from it again."""

import datetime as dt

import bedspace as bs
from bedspace.compile import names, plan
from bedspace.compile.names import GroupName, PlaceName, QueueName, StageName

HOME = GroupName("home", "all")


def test_names_are_as_the_pages_have_them() -> None:
    assert HOME.stage("remand") == "home/all/remand"
    assert HOME.stock("remand") == "home/all/stock/remand"
    assert (HOME.admissions, HOME.observed) == (
        "home/all/admissions",
        "home/all/admissions-observed",
    )
    assert names.place("home", "north") == "home/north"
    assert names.place("home", "north", "lease") == "home/north@lease"
    assert names.queue("home", "trial") == "home/trial"
    assert names.change(dt.date(2026, 1, 2), "home/all/remand") == "2026-01-02 home/all/remand"
    assert names.at_liberty("released") == "released, to return"


def test_what_is_made_is_read() -> None:
    assert names.read_stage(HOME.stage("released, to return")) == StageName(
        "home", "all", "released, to return"
    )
    for of in (HOME.stage("remand"), HOME.stock("remand"), HOME.admissions, HOME.observed):
        assert names.read_group(of) == HOME
    assert names.read_place("home/north") == PlaceName("home", "north", None)
    assert names.read_place(names.place("home", "north", "lease")) == PlaceName(
        "home", "north", "lease"
    )
    assert names.read_queue("home/trial") == QueueName("home", "trial")
    assert names.changed(names.change(dt.date(2026, 1, 2), "home/all/remand")) == "home/all/remand"
    assert names.way_out(names.at_liberty("released")) == "released"
    assert names.way_out("remand") == "remand"


def test_every_name_of_a_plan_says_what_the_scenario_has() -> None:
    scn = bs.load("two-hundred-places")
    made = plan(scn)
    for one in made.stages:
        said = names.read_stage(one.name)
        assert said.group in scn.systems[said.system].groups
        assert GroupName(said.system, said.group).stage(said.stage) == one.name
    for place in made.places:
        read = names.read_place(place.name)
        assert read.facility in scn.systems[read.system].facilities
        assert (read.agreement in scn.agreements) == (place.within is not None)
