"""Packs extend one another: what a later file replaces, adds to, inherits and leaves behind."""

from tests.standards.pack import MEASURES, header, loaded, row, small, written

from jinji_report.standards.load import load
from jinji_report.vocabulary import Grade, Line, Tier

GRADE = row("grade", "g.deaths", 'grade = "较大"', 'category = "火灾"', 'measure = "deaths"', "at_least = 3")
HOP = row("hop", "h.county", 'tier = "县"', "minutes = 15")
LIMIT = row("limit", "l.first", 'text = "首报"', 'form = "书面"', 'starts = "occurred"', "within = 60")


def extended(folder, *more, base=(), top=()):
    """A pack `top` with the rows `more`, over the small pack with the rows `base`."""
    written(folder, "base", small(*base, id="base"))
    text = "\n".join([header("top", 'extends = ["base"]', *top), *more])
    return load(str(written(folder, "top", text)))


def ids(rows):
    return [row.id for row in rows]


def test_a_pack_brings_in_grades_categories_factors_and_owners(tmp_path):
    owner = row("owner", "o.fire", 'unit = "消防救援"', 'side = "行业"', 'angle = "火因"')
    factor = row("factor", "f.x", 'name = "学生"', 'effect = "shown"', 'when = { tag = "学生" }')
    standards = extended(tmp_path, base=(GRADE, owner, factor))
    assert ids(standards.grades) == ["g.deaths"]
    assert ids(standards.owners) == ["o.fire"]
    assert ids(standards.factors) == ["f.x"]
    assert list(standards.categories) == ["火灾", "地震灾害"]
    assert standards.desk.unit == "甲县委办公室"


def test_a_row_of_the_same_id_replaces_the_one_below(tmp_path):
    changed = GRADE.replace("at_least = 3", "at_least = 2").replace("较大", "重大")
    grades = extended(tmp_path, changed, base=(GRADE,)).grades
    assert [(g.grade, g.when["at_least"]) for g in grades] == [(Grade.SERIOUS, 2)]


def test_a_measure_can_be_told_again_by_a_later_file(tmp_path):
    again = '[[measure]]\nid = "deaths"\nlabel = "遇难"\nunit = "名"\nask = "遇难几名？"\nnear = 2'
    deaths = extended(tmp_path, again).measures["deaths"]
    assert (deaths.label, deaths.near) == ("遇难", 2)


def test_words_for_a_known_category_are_added_to_those_that_it_has(tmp_path):
    more = '[[category]]\nname = "火灾"\nkind = "事故灾难"\nstrong = ["走水"]\nexcludes = ["火锅"]'
    fire = extended(tmp_path, more).categories["火灾"]
    assert fire.strong == ("着火", "走水")
    assert fire.excludes == ("火锅",)


def test_words_for_a_known_category_leave_its_noun_alone(tmp_path):
    more = '[[category]]\nname = "火灾"\nkind = "事故灾难"\nstrong = ["走水"]'
    assert extended(tmp_path, more).categories["火灾"].noun == "起火"


def test_what_a_category_brings_is_added_to_and_spelled_out(tmp_path):
    more = '[[category]]\nname = "火灾"\nkind = "事故灾难"\nbrings = ["两样"]'
    group = '[[group]]\nname = "两样"\ncategories = ["自然灾害", "火灾"]'
    assert extended(tmp_path).categories["火灾"].brings == ()
    assert extended(tmp_path, more, group).categories["火灾"].brings == ("地震灾害", "火灾")
    base = '[[category]]\nname = "停电"\nkind = "事故灾难"\nbrings = ["火灾"]\naftermath = true'
    again = '[[category]]\nname = "停电"\nkind = "事故灾难"\nbrings = ["地震灾害"]'
    dark = extended(tmp_path, again, base=(base,)).categories["停电"]
    assert (dark.brings, dark.aftermath) == (("火灾", "地震灾害"), True)


def test_words_for_a_known_tag_leave_its_role_alone(tmp_path):
    tag = next(
        t for t in extended(tmp_path, '[[tag]]\nname = "学生"\nwords = ["娃娃"]').tags if t.name == "学生"
    )
    assert tag.words == ("学生", "娃娃")
    assert tag.role == "victim"


LANGUAGE = (
    '[[language]]\nname = "渲染"\nwords = ["惨烈"]\nseverity = "须改"\nwhy = "不是情况"\nsuggest = "删去"'
)


def test_words_for_a_known_row_of_language_are_added_and_the_rest_is_left_alone(tmp_path):
    more = '[[language]]\nname = "渲染"\nwords = ["吓人"]\nexcludes = ["不吓人"]'
    (row_,) = extended(tmp_path, more, base=(LANGUAGE,)).language
    assert row_.words == ("惨烈", "吓人")
    assert row_.excludes == ("不吓人",)
    assert (row_.must, row_.why, row_.suggest, row_.stages) == (True, "不是情况", "删去", ())


def test_reporting_rows_of_a_base_are_left_behind(tmp_path):
    assert extended(tmp_path).reports == ()


def test_reporting_rows_come_along_where_the_pack_asks_for_them(tmp_path):
    assert ids(extended(tmp_path, top=('inherit = ["report"]',)).reports) == ["r.deaths"]


def test_limits_and_hops_of_a_base_are_left_behind(tmp_path):
    standards = extended(tmp_path, base=(LIMIT, HOP))
    assert standards.limits == ()
    assert standards.hops == ()


def test_limits_and_hops_come_along_where_the_pack_asks_for_them(tmp_path):
    standards = extended(tmp_path, base=(LIMIT, HOP), top=('inherit = ["limit"]',))
    assert ids(standards.limits) == ["l.first"]
    assert ids(standards.hops) == ["h.county"]
    assert standards.reports == ()


def test_what_two_bases_bring_is_all_there(tmp_path):
    other = row("report", "r.other", 'to = [{ tier = "省", line = "党委" }]', 'text = "凡有人受伤"')
    written(tmp_path, "one", small(id="one"))
    written(tmp_path, "two", header("two") + other)
    path = written(tmp_path, "top", header("top", 'extends = ["one", "two"]', 'inherit = ["report"]'))
    assert set(ids(load(str(path)).reports)) == {"r.deaths", "r.other"}


def test_a_base_that_two_bases_share_is_read_once(tmp_path):
    written(tmp_path, "base", small(GRADE, id="base"))
    written(
        tmp_path, "one", header("one", 'extends = ["base"]') + GRADE.replace("at_least = 3", "at_least = 2")
    )
    written(tmp_path, "two", header("two", 'extends = ["base"]'))
    path = written(tmp_path, "top", header("top", 'extends = ["one", "two"]'))
    assert [g.when["at_least"] for g in load(str(path)).grades] == [2]


def test_a_local_copy_of_a_shipped_name_extends_the_shipped_one(tmp_path):
    path = written(
        tmp_path, "county", header("county", 'extends = ["county"]', 'inherit = ["limit", "report"]')
    )
    assert ids(load(str(path)).reports) == ids(load("county").reports)


def test_a_file_beside_the_pack_goes_before_a_shipped_one(tmp_path):
    written(tmp_path, "national", small(id="national"))
    path = written(tmp_path, "top", header("top", 'extends = ["national"]'))
    assert list(load(str(path)).measures) == ["deaths", "injured", "seriously_injured"]


def test_a_category_list_may_name_a_class_a_group_and_a_leaf(tmp_path):
    more = '[[category]]\nname = "爆炸事故"\nkind = "事故灾难"\n[[group]]\nname = "火和震"\ncategories = ["火灾", "自然灾害"]\n'
    watch = row("watch", "w.{}", "days = 7", 'category = "{}"')
    names = {"事故灾难": ("火灾", "爆炸事故"), "火和震": ("火灾", "地震灾害"), "火灾": ("火灾",)}
    watches = [watch.format(i, name) for i, name in enumerate(names)]
    assert [w.categories for w in loaded(tmp_path, more, *watches).watches] == list(names.values())


def test_wording_of_a_later_file_replaces_only_what_it_says(tmp_path):
    base = '[wording]\nunknown = "不详"\nchecking = "核实中"\n[wording.title]\n"首报" = "{place}首报"\n"终报" = "{place}终报"'
    wording = extended(
        tmp_path, '[wording]\nunknown = "待查"\n[wording.title]\n"终报" = "终"', base=(base,)
    ).wording
    assert (wording["unknown"], wording["checking"]) == ("待查", "核实中")
    assert wording["title"] == {"首报": "{place}首报", "终报": "终"}


def test_the_digest_names_all_the_files_that_made_the_standards(tmp_path):
    before = extended(tmp_path).digest
    assert before == extended(tmp_path).digest
    assert before != extended(tmp_path, base=(GRADE,)).digest
    assert len(before) == 64


def test_the_digest_does_not_depend_on_where_the_files_lie(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert extended(tmp_path / "a").digest == extended(tmp_path / "b").digest


def test_an_office_without_a_name_is_called_by_tier_and_line(tmp_path):
    named = '[[office]]\ntier = "市"\nline = "党委"\nname = "甲市委办公室"'
    standards = loaded(tmp_path, named)
    address = standards.reports[0].to[0]
    assert (address.tier, address.line) == (Tier.CITY, Line.PARTY)
    assert standards.office_name(address) == "甲市委办公室"
    assert loaded(tmp_path).office_name(address) == "市级党委"


def test_a_pack_of_measures_alone_can_be_a_base(tmp_path):
    written(tmp_path, "measures", header("measures") + MEASURES)
    text = small(top=('extends = ["measures"]',)).replace(MEASURES, "")
    assert list(load(str(written(tmp_path, "top", text))).measures) == [
        "deaths",
        "injured",
        "seriously_injured",
    ]
