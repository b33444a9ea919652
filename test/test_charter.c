#include "charters.h"

#include "base/day.h"
#include "charter/load.h"
#include "cli/charter.h"

#include <stdio.h>

#define SMALL "test/fixtures/charter/small.yaml"
#define SEVEN "gen/cooperation/seven.yaml" /* a copy of one, edited: seven.sed */

struct loaded {
	const struct charter *c;
	const struct charter_problem *v;
	size_t n;
	struct err *e;
};

static struct loaded
load(struct arena *a, str text)
{
	struct loaded l = {0};

	l.e = charter_load(a, text, &l.c, &l.v, &l.n);
	return l;
}

static const struct charter *
load_file(struct arena *a, const char *name)
{
	struct loaded l = load(a, charter_text_of(a, name));

	assert_ok(l.e);
	return l.c;
}

static str
replaced(struct arena *a, str text, const char *from, const char *to)
{
	const char *at = *from ? memmem(text.p, text.n, from, strlen(from)) : text.p + text.n;
	struct buf b = buf_new(a, 4 << 20);

	if (!at)
		fail_msg("not in the file: %s", from);
	buf_put(&b, (str){text.p, (size_t)(at - text.p)});
	buf_put(&b, str_from_c(to));
	at += strlen(from);
	buf_put(&b, (str){at, (size_t)(text.p + text.n - at)});
	return buf_str(&b);
}

/* --- every message, provoked ------------------------------------------------------------ */

/* One edit of the small charter, and a line that the check must then print. An edit of
 * nothing is put at the end of the file. */
static const struct {
	const char *from, *to, *says;
} faults[] = {
    /* form */
    {"    short_name: TM", "    shrt_name: TM",
	"22: error: schema: bodies.toppmote: There is no field shrt_name. Did you mean "
	"short_name?"},
    {"    short_name: TM", "    shrt_name: TM",
	"20: error: schema: bodies.toppmote: The field short_name is missing."},
    {"    short_name: TM", "    short_name: TM\n    quux: 1",
	"23: error: schema: bodies.toppmote: There is no field quux."},
    {"  key: liten", "  key: Liten",
	"2: error: schema: cooperation.key: \"Liten\" cannot be a key. Use lower case a–z, "
	"digits, _ and -, and begin with a letter."},
    {"  name: Lite samarbeid", "  name: [Lite]",
	"3: error: schema: cooperation.name must be text."},
    {"  name: Lite samarbeid", "  name:", "3: error: schema: cooperation.name has no value."},
    {"  name: Lite samarbeid", "  name: \"a\\0b\"",
	"3: error: schema: cooperation.name: The text is too long or holds characters that "
	"have "
	"no place in a text."},
    {"  name: Lite samarbeid", "  name: A\n  name: B",
	"4: error: schema: cooperation.name is given twice."},
    {"start: 2026-01-01\n", "start: 2026-02-30\n",
	"7: error: schema: cooperation.start must be a date that exists, written like this: "
	"2026-03-26."},
    {"notice_days: 14", "notice_days: to uker",
	"47: error: schema: bodies.utvalg.agenda.notice_days must be a whole number."},
    {"notice_days: 14", "notice_days: 400",
	"47: error: schema: bodies.utvalg.agenda.notice_days must be from 0 to 365."},
    {"    bipartite: true", "    bipartite: kanskje",
	"32: error: schema: bodies.utvalg.bipartite must be true or false."},
    {"from: 04-01", "from: 4. april",
	"40: error: schema: bodies.utvalg.term.from must be month and day, written like this: "
	"04-01."},
    {"{act: advise}", "advise",
	"57: error: schema: bodies.fagutvalg.authority.1 must have fields with a name and a "
	"value."},
    {"    authority:\n      - {act: advise}", "    authority: advise",
	"56: error: schema: bodies.fagutvalg.authority must be a list."},
    {"act: advise", "act: advice",
	"57: error: schema: bodies.fagutvalg.authority.1.act: \"advice\" is not possible here. "
	"Did "
	"you mean \"advise\"? Choose among: decide, recommend, advise, note, delegate, "
	"approve, "
	"prepare, support, guide, choose, mandate, initiate, create."},
    {"count: exact", "count: mange",
	"65: error: schema: bodies.formote.cadence.count: \"mange\" is not possible here. "
	"Choose "
	"among: min, exact, about."},
    {"key: fagutvalg", "key: utvalg",
	"49: error: schema: bodies: The key \"utvalg\" has been used before in the list."},
    {"reports_to: toppmote", "reports_to: topmote",
	"33: error: schema: bodies.utvalg.reports_to: There is no \"topmote\". Did you mean "
	"\"toppmote\"?"},
    {"reports_to: toppmote", "reports_to: storting",
	"33: error: schema: bodies.utvalg.reports_to: There is no \"storting\"."},
    {"employer: nord", "employer: nord, gap: hull",
	"69: error: schema: secretariat.members.m: \"hull\" is not a gap. Write G and the "
	"number "
	"in the list of gaps, or X for a choice without a number."},
    {"", "}", "101: error: schema: The file is not valid YAML: did not find expected key."},
    {"", "---\na: b\n", "101: error: schema: The file may hold only one YAML document."},
    {"  name: Lite samarbeid",
	"  name: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[A]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
	"3: error: schema: charter lies too deep in the file."},

    /* what the sources do not say */
    {"employer: nord", "employer: nord, gap: G19",
	"69: warning: G19: secretariat.members.m: The sources do not say this. The charter's "
	"own "
	"choice is used."},
    {"    decision: {by: consensus, quorum_percent: 50}\n", "",
	"27: warning: R005: utvalg: The field decision is not stated."},

    /* parties */
    {"kommunenummer: \"0101\"", "kommunenummer: \"101\"",
	"13: error: R013: nord: A municipality number is four digits, and only municipalities "
	"have one."},
    {"kommunenummer: \"0102\"", "kommunenummer: \"0101\"",
	"14: error: R013: sor and nord have the same municipality number: 0101."},
    {"name: Foretaket", "name: Foretaket, orgnr: \"894166763\"",
	"11: error: R013: hf: \"894166763\" is not an organisation number."},
    {"side: municipal, name: Nord", "side: trust, name: Nord",
	"13: error: R013: nord is on the wrong side for a party of its kind."},
    {"kommunenummer: \"0101\"",
	"kommunenummer: \"0101\", member_from: 2026-01-01, member_to: 2025-01-01",
	"13: error: R023: nord: The end date is before the start date."},
    {"population: {2025-01-01: 4000, 2026-01-01: 5100}", "member_from: 2026-01-01",
	"13: warning: R014: nord has no population, so that its size is unknown."},
    {"2025-01-01: 4000", "1.1.2026: 4000",
	"13: error: R014: nord has two populations for the same day."},
    {"regions: vest", "regions: [vest, oest]",
	"15: error: R016: ude is in two regions of the same layer: oest and vest."},
    {"regions: vest, ", "", "18: error: R016: The region vest has no members."},
    {"health_trust: hf", "health_trust: nord",
	"13: error: NAT-01: nord is not of the kind that the cooperation needs here."},
    {"  end: 2029-12-31\n", "  end: 2025-12-31\n",
	"1: error: R004: liten: The end date is before the start date."},
    {"type: agreement\n  health_trust: hf\n  municipal_cooperation: kommunene\n  start: "
     "2026-01-01\n  end: 2029-12-31",
	"type: project\n  health_trust: hf\n  municipal_cooperation: kommunene\n  start: "
	"2026-01-01",
	"1: error: R010: liten is a project and must have an end date."},
    {"  end: 2029-12-31\n", "",
	"1: error: R004: liten is to end on a date, but has no end date."},
    {"  end_rule: on_date", "  end_rule: on_date\n  small_limit: 50000",
	"1: error: R015: liten: The limit for small municipalities is above the one for "
	"large."},

    /* bodies */
    {"    reports_to: toppmote", "    reports_to: toppmote\n    seats: 8",
	"27: error: R029: utvalg is to have 8 seats, but its composition gives 6."},
    {"layer: omrade, use", "layer: lsu, use",
	"38: error: R029: utvalg: The seats kommunene are per region, but there is no region "
	"in "
	"the layer \"lsu\"."},
    {"party: hf, count: 3", "party: nord, count: 3",
	"39: error: R029: utvalg: The seats hf are for nord, which is on the other side."},
    {"    reports_to: toppmote", "    side: trust",
	"27: error: V5: utvalg is one side's own body, but has seats from both sides."},
    {"    kind: political", "    kind: political\n    bipartite: true",
	"20: error: R128: toppmote is to be bipartite, but has 3 municipal and 0 hospital "
	"seats."},
    {"party: hf, count: 3}", "party: hf, count: 4}",
	"27: warning: R128: utvalg is not equally composed: 3 municipal and 4 hospital seats."},
    {"party: hf, count: 3}", "party: hf, count: 4}\n    waiver: Slik er det.",
	"27: warning: R128: utvalg is not equally composed: 3 municipal and 4 hospital seats. "
	"Waived: Slik er det."},
    {"{act: advise}", "{act: decide}",
	"57: error: R139: fagutvalg is advisory and cannot be given the power to decide."},
    {"by: consensus", "by: none",
	"35: error: R133: utvalg is to decide, but its decision rule is \"none\"."},
    {"bodies: fagutvalg", "bodies: toppmote",
	"36: error: R080: utvalg cannot delegate to toppmote, which is not below it."},
    {"    level: 1\n", "    level: 1\n    reports_to: fagutvalg\n",
	"20: error: R081: toppmote reports to itself, directly or through others."},
    {"    level: 1", "    level: 3",
	"27: error: R008: utvalg reports to toppmote, which is on a lower level."},
    {"extraordinary: agreed", "before: formote",
	"42: error: R105: utvalg is to meet before itself: the order of meetings goes in a "
	"ring."},
    {"count: exact, before: utvalg", "count: exact, before: utvalg, interval_weeks: 26",
	"65: error: R105: formote cannot meet 4 times a year with 26 weeks between."},
    {"per_year: 4, count: exact", "per_year: 3, count: exact",
	"65: error: R093: formote meets 3 times a year, but is to meet before each meeting of "
	"utvalg, which are 4."},
    {"per_year: 4, count: exact", "per_year: 3, count: min",
	"65: warning: R093: formote meets 3 times a year, but is to meet before each meeting "
	"of "
	"utvalg, which are 4."},
    {"extraordinary: agreed", "month: 3, extraordinary: agreed", NULL},
    {"per_year: 4, count: min", "per_year: 5, month: 3, count: min",
	"42: error: R108: utvalg cannot meet 5 times in one and the same month."},
    {"extraordinary: agreed", "extraordinary_locked: true",
	"42: error: R109: utvalg has a locked agenda for extraordinary meetings, but nobody "
	"may "
	"ask for one."},
    {"years: 1, from", "continuous: true, from",
	"40: error: R034: utvalg: The seats cannot both be without end and have a term."},
    {"to: 03-31", "to: 03-30",
	"40: error: R051: utvalg: The term must have both from and to, and to must be the day "
	"before from."},
    {"first_side: trust, ", "",
	"41: error: R054: When the chair of utvalg alternates, the charter must say the period "
	"(period_years), who begins (first_side: municipal or trust) and from when (start)."},
    {"start: 2026-04-01", "start: 2026-01-01",
	"41: warning: R054: The chair of utvalg changes on another date than its term."},
    {"how: alternate, period_years: 1, first_side: trust,", "how: fixed,",
	"41: error: R116: A fixed chair of utvalg must say which side (first_side) or which "
	"seats "
	"(seats)."},
    {"vice_chair: true", "vice_chair: true, seats: direktor",
	"41: error: R116: utvalg has no seats with the key \"direktor\"."},
    {"    advisory: true\n    reports_to", "    temporary: true\n    reports_to",
	"49: error: R057: fagutvalg is temporary and must have a mandate (mandate.points) and "
	"an "
	"end date (end)."},
    {"    advisory: true\n    reports_to", "    end: 2027-01-01\n    reports_to",
	"49: error: R057: fagutvalg has an end date, but is not temporary."},
    {"        - {side: trust, by: [{role: secretary}, {role: vice_chair}]}\n", "",
	"43: warning: M3: The agenda of utvalg is set by one side only."},
    {", vice_chair: true", "",
	"46: error: M3: utvalg.agenda: Nobody can give one of the approvals: the role does not "
	"exist on that side."},
    {"        - {side: trust, by: [{role: secretary}, {role: vice_chair}]}\n",
	"        - {side: trust, by: [{role: secretary}]}\n"
	"        - {side: trust, by: [{role: secretary}]}\n",
	"47: error: M3: utvalg.agenda: The approvals cannot be given by different persons. "
	"Nobody "
	"may approve twice."},
    {"type: agreement", "type: health_community",
	"1: warning: R011: The users take no part on level 2."},
    {"type: agreement", "type: health_community",
	"1: warning: R011: The general practitioners take no part on level 2."},

    /* processes */
    {"held_in: formote", "held_in: utvalg",
	"81: error: V5: The pre-meeting before utvalg cannot be held in utvalg, which is not "
	"the "
	"side's own body: the other side would see into it."},
    {", before: utvalg", "",
	"81: warning: R093: The pre-meeting is held in formote, but formote does not have "
	"utvalg in "
	"cadence.before."},
    {"{body: utvalg, side: municipal, req", "{body: utvalg, side: user, req",
	"81: error: R093: The pre-meeting before utvalg must be of the municipal or the trust "
	"side."},
    {"  receipt:", "    - {body: utvalg, side: municipal}\n  receipt:",
	"82: error: R093: The side has two pre-meetings before utvalg."},
    {"body: utvalg, side: municipal, req", "body: fagutvalg, side: municipal, req",
	"27: warning: R093: utvalg may decide, but the charter does not say whether the "
	"municipalities have a pre-meeting."},
    {"    - to: utvalg\n      why: Ellers", "    - why: Ellers",
	"95: error: C3: The rule says neither where the matter goes (to) nor where it does not "
	"(never)."},
    {"never: formote", "never: formote\n      to: formote",
	"92: error: C3: The rule sends the matter both to and not to formote."},
    {"match: {topics: direction}\n      to: toppmote",
	"match: {types: decision}\n      to: fagutvalg",
	"86: error: R139: Matters for decision cannot go to fagutvalg, which is advisory."},
    {"approvers: *begge", "approvers: {side: trust, by: {role: secretary}}",
	"84: error: M10: process.minutes.approvers must have an approval from both the "
	"municipal side and the hospital side."},
    {"approval: explicit", "approval: silent, gap: G20",
	"84: error: M10: Silent approval of minutes must stand in a rule. A gap cannot be "
	"filled "
	"with it."},
    {"employer: nord", "acts_for: nord",
	"69: error: OST-11: m cannot act for nord: the municipal half of the secretariat works "
	"for all municipalities, not for the host."},
    {"employer: nord", "acts_for: hf",
	"69: error: OST-11: m cannot act for hf, which is on the other side."},
    {"{key: m, side: municipal", "{key: m, side: gp",
	"69: error: NAT-13: m must be of the municipal or the trust side."},
    {"{key: m, side: municipal", "{key: m, side: trust",
	"66: error: NAT-13: The secretariat must have at least one from the municipal and one "
	"from "
	"the hospital side."},
    {"reminder_days: 2", "reminder_days: 10",
	"79: error: R089: The reminder must come before the deadline of the read-through."},
    {"Sak {no}/{yy}", "Sak {nr}/{yy}",
	"98: error: D1: numbering.matter: \"nr\" cannot stand in braces. Use no, yy, yyyy or "
	"body."},
    {"Sak {no}/{yy}", "Sak {no}",
	"98: error: D1: numbering.matter: The number must have {no}, and {yy} or {yyyy} when "
	"it "
	"starts anew every year."},
};

static bool
says(struct arena *a, const struct loaded *l, const char *line)
{
	for (size_t i = 0; i < l->n; i++) {
		str s = charter_problem_line(a, &l->v[i], S("f"), LANG_EN);

		if (str_eq(s, str_from_c(arena_printf(a, "f:%s", line))))
			return true;
	}
	return false;
}

static void
each_fault_has_its_line(void **state)
{
	struct arena *a = *state;
	str small = charter_text_of(a, SMALL);
	int bad = 0;

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct loaded l = load(a, replaced(a, small, faults[i].from, faults[i].to));
		bool error = faults[i].says && strstr(faults[i].says, " error: ");

		if (faults[i].says && !says(a, &l, faults[i].says)) {
			bad++;
			printf("%s -> %s\n  wanted: %s\n", faults[i].from, faults[i].to,
			    faults[i].says);
			for (size_t k = 0; k < l.n; k++) {
				str s = charter_problem_line(a, &l.v[k], S("f"), LANG_EN);
				printf("  is:     " STR_FMT "\n", STR_ARG(s));
			}
		}
		if (error != (l.e != OK)) {
			bad++;
			printf("%s -> %s: loads or not\n", faults[i].from, faults[i].to);
		}
	}
	assert_int_equal(bad, 0);
}

/* Every message there is has been seen in one of the faults, or in too_big_or_strange. */
static void
each_message_is_provoked(void **state)
{
	static const char *const elsewhere[] = {"charter.invalid", "charter.more",
	    "charter.no_document", "charter.not_a_charter", "charter.too_many"};
	struct arena *a = *state;
	str small = charter_text_of(a, SMALL), rest = charter_text_of(a, "po/en/charter.po"),
	    line;
	struct buf seen = buf_new(a, 1 << 20);

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct loaded l = load(a, replaced(a, small, faults[i].from, faults[i].to));

		for (size_t k = 0; k < l.n; k++)
			buf_printf(&seen, "%s\n", l.v[k].code);
	}
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
		buf_printf(&seen, "%s\n", elsewhere[i]);
	while (str_cut(rest, '\n', &line, &rest)) {
		if (line.n < 9 || memcmp(line.p, "msgid \"c", 8) != 0)
			continue;
		const char *code = arena_printf(a, "%.*s\n", (int)line.n - 8, line.p + 7);

		if (!memmem(seen.p, seen.n, code, strlen(code)))
			fail_msg("no fault provokes %s", code);
	}
}

static bool
has_code(const struct loaded *l, const char *code)
{
	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->v[i].code, code) == 0)
			return true;
	}
	return false;
}

static void
too_big_or_strange(void **state)
{
	struct arena *a = *state;
	struct buf many = buf_new(a, 4 << 20), wide = buf_new(a, 4 << 20);
	struct loaded l = load(a, S(""));

	assert_err(l.e, "charter.invalid");
	assert_true(has_code(&l, "charter.no_document"));
	l = load(a, S("a: \xff"));
	assert_true(has_code(&l, "charter.not_a_charter"));
	l = load(a, (str){arena_array(a, char, 2 << 20), 2 << 20});
	assert_true(has_code(&l, "charter.not_a_charter"));
	/* an anchor inside itself; aliases that unfold to millions; anchors without end */
	l = load(a, S("parties: &p\n  - {regions: *p, parties: *p}\n"));
	assert_non_null(l.e);
	buf_put(&many, S("bodies:\n - &b\n  authority: ["));
	for (int i = 0; i < 1000; i++)
		buf_put(&many, S("{act: decide},"));
	buf_put(&many, S("]\n"));
	for (int i = 0; i < 1000; i++)
		buf_put(&many, S(" - *b\n"));
	l = load(a, buf_str(&many));
	assert_true(has_code(&l, "charter.too_many"));
	many.n = 0;
	buf_put(&many, S("parties:\n - &p\n  population: {"));
	for (int i = 0; i < 1000; i++)
		buf_put(&many, S("2026-01-01: 1,"));
	buf_put(&many, S("}\n"));
	for (int i = 0; i < 100; i++)
		buf_put(&many, S(" - *p\n"));
	l = load(a, buf_str(&many));
	assert_true(has_code(&l, "charter.too_many"));
	many.n = 0;
	for (int i = 0; i < 1001; i++)
		buf_printf(&many, "a%d: &a%d 1\n", i, i);
	l = load(a, buf_str(&many));
	assert_int_equal(l.n, 1);
	assert_true(has_code(&l, "charter.too_many"));
	for (int i = 0; i < 700; i++)
		buf_printf(&wide, "x%d: 1\n", i);
	l = load(a, buf_str(&wide));
	assert_int_equal(l.n, 500);
	assert_true(has_code(&l, "charter.more"));
	wide.n = 0;
	buf_put(&wide, S("parties: ["));
	for (int i = 0; i < 3000; i++)
		buf_put(&wide, S("1,"));
	buf_put(&wide, S("]\n"));
	l = load(a, buf_str(&wide));
	assert_true(has_code(&l, "charter.too_many"));
}

static void
messages_come_in_three_languages(void **state)
{
	struct arena *a = *state;
	struct loaded l = load(a,
	    replaced(a, charter_text_of(a, SMALL), "    short_name: TM", "    short_nam: TM"));
	const struct charter_problem *p = &l.v[1];

	assert_str(charter_problem_line(a, p, S("f"), LANG_NB),
	    "f:22: error: schema: bodies.toppmote: Feltet short_nam finnes ikke. Mente du "
	    "short_name?");
	assert_str(charter_problem_message(a, p, LANG_NN),
	    "bodies.toppmote: Feltet short_nam finst ikkje. Meinte du short_name?");
	assert_str(charter_problem_message(a, p, LANG_EN),
	    "bodies.toppmote: There is no field short_nam. Did you mean short_name?");
}

/* The words of a charter are those of the rest of the program. */
static void
a_charter_speaks_as_core_does(void **state)
{
	struct arena *a = *state;
	str small = charter_text_of(a, SMALL);
	const struct {
		const char *field, *(*key)(int64_t value);
		int64_t max;
	} words[] = {
	    {"types", matter_type_key, 7},
	    {"scopes", matter_scope_key, 4},
	    {"topics", matter_topic_key, 8},
	    {"consequences", matter_consequence_key, 8},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		for (int64_t v = 0; v <= words[i].max; v++) {
			const char *key = words[i].key(v);
			bool is_mask = words[i].key == matter_consequence_key;

			if (!key)
				continue;
			struct loaded l = load(
			    a, replaced(a, small, "{topics: direction}\n      to: toppmote",
				   arena_printf(
				       a, "{%s: %s}\n      to: utvalg", words[i].field, key)));
			assert_ok(l.e);
			const struct charter_match *m = &l.c->process.routes[0].match;
			unsigned set = m->types | m->scopes | m->topics | m->consequences;
			assert_int_equal(set, is_mask ? (unsigned)v : 1u << v);
		}
	}
}

/* --- the command ------------------------------------------------------------------------ */

static int
command(const char *file, const char *lang, char said[20000])
{
	static const struct cli_command *const commands[] = {&cmd_charter, NULL};
	char *argv[] = {"rodtrad", "charter", "check", (char *)lang, (char *)file};
	FILE *out = tmpfile(), *err = tmpfile();
	int status = cli_main(5, argv, commands, out, err);

	rewind(out);
	said[fread(said, 1, 19999, out)] = 0;
	fclose(out);
	fclose(err);
	return status;
}

static void
the_command_tells_by_its_exit(void **state)
{
	char said[20000];

	(void)state;
	assert_int_equal(command(SMALL, "--lang=en", said), 0);
	assert_string_equal(said, "");
	assert_int_equal(command("charters/ostfold.yaml", "--lang=nb", said), 0);
	assert_non_null(strstr(said, "charters/ostfold.yaml:"));
	assert_non_null(
	    strstr(said, ": warning: G19: secretariat.members.regionene: Kildene sier"));
	assert_int_equal(command("test/fixtures/charter/broken.yaml", "--lang=en", said), 1);
	assert_non_null(
	    strstr(said, "broken.yaml:2: error: schema: The file is not valid YAML"));
	assert_int_equal(command("test/fixtures/charter/none.yaml", "--lang=en", said), 2);
	assert_int_equal(command(SMALL, "--lang=se", said), 2);
}

/* --- the shipped charters --------------------------------------------------------------- */

static int64_t
municipalities(const struct charter *c)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->n_parties; i++)
		n += c->parties[i].kind == PARTY_MUNICIPALITY;
	return n;
}

static void
assert_sides(
    const struct charter *c, const char *key, int64_t municipal, int64_t trust, int64_t all)
{
	const struct charter_body *b = charter_body(c, str_from_c(key));
	int64_t n = 0;

	assert_non_null(b);
	for (size_t i = 0; i < b->seats.n; i++)
		n += b->seats.v[i].from->status == SEAT_MEMBER;
	assert_int_equal(charter_body_seats(b, SIDE_MUNICIPAL, true), municipal);
	assert_int_equal(charter_body_seats(b, SIDE_TRUST, true), trust);
	assert_int_equal(n, all);
}

static void
vestre_viken_is_as_its_sources_say(void **state)
{
	const struct charter *c = load_file(*state, "charters/vestre-viken-2021.yaml");
	const struct charter_body *ssu = charter_body(c, S("ssu"));
	const struct charter_body *khs = charter_body(c, S("khs_styret"));

	assert_int_equal(municipalities(c), 21);          /* VV21-01 */
	assert_sides(c, "ssu", 3, 3, 8);                  /* VV21-07 */
	assert_sides(c, "lsu_ringerike", 4, 8, 14);       /* VV21-16, VV21-18 */
	assert_sides(c, "partnerskapsmotet", 42, 22, 67); /* VV21-04: the invited apart */
	assert_sides(c, "khs_styret", 7, 0, 7);           /* KHSA-10 */
	assert_sides(c, "helsesamarbeidet_6k", 7, 0, 7);  /* R6K-02 */
	assert_int_equal(ssu->cadence.per_year, 8);       /* VV21-08 */
	assert_int_equal(ssu->cadence.count, CADENCE_EXACT);
	assert_str(ssu->cadence.basis.rule, "VV21-08");
	assert_str(ssu->cadence.basis.source, "004");
	assert_int_equal(charter_body(c, S("lsu_ringerike"))->cadence.count, CADENCE_ABOUT);
	assert_true(charter_body_is_advisory(khs)); /* VV21-02 */
	assert_int_equal(khs->composition[0].min_small, 2);
	assert_false(charter_body_outcomes(khs, NULL) & OUTCOME_BIT(OUTCOME_DECIDE));
	assert_str(charter_pre_meeting(c, ssu, SIDE_MUNICIPAL)->held_in, "khs_styret");
	assert_null(charter_pre_meeting(c, ssu, SIDE_TRUST));
	assert_str(charter_body(c, S("lsu_drammen"))->seats.v[4].party, "drammen_sykehus");
	assert_str(charter_body(c, S("lsu_drammen"))->seats.v[0].region, "lsu_omrade_drammen");
}

static void
ostfold_is_as_its_sources_say(void **state)
{
	const struct charter *c = load_file(*state, "charters/ostfold.yaml");
	const struct charter_body *pm = charter_body(c, S("partnerskapsmotet"));
	const struct charter_body *ssu = charter_body(c, S("ssu"));

	assert_int_equal(municipalities(c), 13); /* OST-01 */
	assert_sides(c, "ssu", 6, 6, 12);        /* OST-04, G18 */
	assert_sides(c, "fsu", 6, 6, 15);        /* OST-40 */
	assert_sides(c, "formotet", 13, 0, 13);  /* OST-09 */
	assert_int_equal(pm->cadence.month, 3);  /* OST-21 */
	assert_int_equal(pm->cadence.extraordinary, EXTRAORDINARY_ONE_PARTY);
	assert_true(pm->cadence.extraordinary_locked); /* OST-22 */
	assert_int_equal(pm->chair.rule, CHAIR_RULE_PER_MEETING);
	assert_int_equal(pm->agenda.setters.n, 2);          /* OST-23 */
	assert_int_equal(ssu->term.from_month, 4);          /* OST-34 */
	assert_true(charter_read_through_required(c, ssu)); /* OST-08 */
	assert_true(charter_pre_meeting(c, ssu, SIDE_MUNICIPAL)->all_members);
	assert_true(charter_body_is_advisory(charter_body(c, S("fsu"))));
	assert_true(charter_may_delegate(c, ssu, charter_body(c, S("fsu"))));
	assert_false(charter_may_delegate(c, ssu, pm));
	assert_str(c->host, "sarpsborg");
	assert_str(c->secretariat.members[0].employer, "sarpsborg");
	assert_str(c->secretariat.members[0].acts_for, "kommunene_i_ostfold"); /* OST-11, V7 */
	assert_str(c->secretariat.members[3].basis.gap, "G19");
}

/* OST-32, OST-34: the chair changes side on 1 April. */
static void
the_chair_alternates(void **state)
{
	const struct charter *c = load_file(*state, "charters/ostfold.yaml");
	const struct charter_chair *k = &charter_body(c, S("ssu"))->chair;

	assert_int_equal(charter_chair_side(k, day_of(2021, 3, 31)), SIDE_NONE);
	assert_int_equal(charter_chair_side(k, day_of(2021, 4, 1)), SIDE_TRUST);
	assert_int_equal(charter_chair_side(k, day_of(2022, 3, 31)), SIDE_TRUST);
	assert_int_equal(charter_chair_side(k, day_of(2022, 4, 1)), SIDE_MUNICIPAL);
	assert_int_equal(charter_chair_side(k, day_of(2026, 3, 31)), SIDE_TRUST);
	assert_int_equal(charter_chair_side(k, day_of(2026, 4, 1)), SIDE_MUNICIPAL);
}

/* A line of the municipalities' data as fields. */
static size_t
fields_of(str line, str f[32])
{
	size_t n = 0;

	while (n < 31 && str_cut(line, ',', &f[n], &line))
		n++;
	f[n++] = line;
	return n;
}

/* The charters agree with the shipped numbers, names and populations. */
static void
parties_are_those_of_the_data(void **state)
{
	static const char *const files[] = {
	    "charters/vestre-viken-2021.yaml", "charters/ostfold.yaml", SEVEN};
	struct arena *a = *state;
	size_t compared = 0;

	for (size_t i = 0; i < 3; i++) {
		const struct charter *c = load_file(a, files[i]);
		str rest = charter_text_of(a, "data/municipalities.csv"), line, f[32];

		while (str_cut(rest, '\n', &line, &rest)) {
			assert_int_equal(fields_of(line, f), 21);
			for (size_t k = 0; k < c->n_parties; k++) {
				const struct charter_party *p = &c->parties[k];
				const struct charter_population *pop =
				    charter_party_population(p, day_of(2026, 6, 1));
				int64_t value;

				if (!p->kommunenummer.n || !str_eq(p->kommunenummer, f[0]))
					continue;
				assert_true(str_eq(p->name.nb, f[1]) && str_eq(p->orgnr, f[5]));
				assert_true(str_to_i64(f[20], &value) && value == pop->value);
				assert_str(pop->source, "SSB tabell 07459");
				compared++;
			}
		}
	}
	assert_int_equal(compared, 21 + 13 + 7);
}

/* R001: other bodies and seven municipalities are another file, not another program. */
static void
another_cooperation_is_another_file(void **state)
{
	const struct charter *c = load_file(*state, SEVEN);
	const struct charter *from = load_file(*state, "charters/ostfold.yaml");
	const struct charter_body *council = charter_body(c, S("raadslaget"));
	const struct charter_body *ring = charter_body(c, S("fagringen"));

	assert_int_equal(municipalities(c), 7);
	assert_sides(c, "samtinget", 14, 13, 29);
	assert_sides(c, "raadslaget", 3, 3, 8);
	assert_sides(c, "fagringen", 4, 4, 11);
	assert_true(charter_body_is_advisory(ring) && charter_body_below(c, ring, council));
	assert_null(charter_body_may(council, MAY_DECIDE, NULL));
	assert_non_null(charter_body_may(council, MAY_RECOMMEND, NULL));
	for (size_t i = 0; i < c->n_parties; i++)
		if (c->parties[i].kind == PARTY_MUNICIPALITY)
			assert_null(charter_party(from, c->parties[i].key));
	assert_null(charter_body(from, council->key));
	assert_null(charter_body(from, ring->key));
	assert_null(charter_body(from, S("samtinget")));
}

/* --- questions -------------------------------------------------------------------------- */

static str
order_of(struct arena *a, const struct charter *c, const struct charter_question *q)
{
	const struct charter_choice *v;
	struct buf b = buf_new(a, 2000);
	size_t n;

	charter_triage_bodies(c, a, q, &v, &n);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s" STR_FMT, i ? " " : "",
		    v[i].is_suggested ? "+" : (v[i].is_barred ? "-" : ""),
		    STR_ARG(v[i].body->key));
	return buf_str(&b);
}

static void
triage_follows_the_routes(void **state)
{
	struct arena *a = *state;
	const struct charter *c = load_file(a, SMALL);
	struct charter_question q = {.type = MATTER_DECISION, .scope = SCOPE_ONE_AREA};
	struct charter_triage t;

	assert_str(order_of(a, c, &q), "+utvalg toppmote fagutvalg formote");
	q.topic = TOPIC_DIRECTION;
	assert_str(order_of(a, c, &q), "+toppmote utvalg fagutvalg formote");
	q.scope = SCOPE_WHOLE_AREA; /* C4 */
	assert_str(order_of(a, c, &q), "+toppmote utvalg fagutvalg -formote");
	q.consequences = CONSEQUENCE_ECONOMIC;
	assert_str(order_of(a, c, &q), "+toppmote utvalg fagutvalg -formote");
	q.is_larger = true; /* C5 */
	assert_str(order_of(a, c, &q), "+toppmote +utvalg fagutvalg -formote");
	charter_triage_rules(c, charter_body(c, S("formote")), &q, &t);
	assert_true(t.local_is_narrow && !t.is_local);
	assert_str(t.topic_body->key, "toppmote");
	assert_str(t.principle_body->key, "utvalg");
	q.topic = TOPIC_OTHER;
	q.consequences = CONSEQUENCE_PROFESSIONAL;
	charter_triage_rules(c, charter_body(c, S("utvalg")), &q, &t);
	assert_null(t.topic_body);
	assert_null(t.principle_body);
}

/* A matter of one area does not go to the local body of another. */
static void
a_local_body_keeps_to_its_area(void **state)
{
	struct arena *a = *state;
	const struct charter *c = load_file(a, "charters/vestre-viken-2021.yaml");
	struct charter_question q = {
	    .scope = SCOPE_ONE_AREA, .region = S("lsu_omrade_drammen")};
	const struct charter_choice *v;
	size_t n;

	charter_triage_bodies(c, a, &q, &v, &n);
	assert_str(v[0].body->key, "lsu_drammen");
	assert_true(v[0].is_suggested && v[n - 1].is_barred && !v[n - 1].route);
	for (size_t i = 1; i < n; i++)
		assert_false(v[i].is_suggested);
	q.scope = SCOPE_SEVERAL_AREAS;
	charter_triage_bodies(c, a, &q, &v, &n);
	assert_str(v[0].body->key, "ssu");
	assert_true(v[n - 1].is_barred && v[n - 1].route);
}

static void
a_body_decides_within_its_authority(void **state)
{
	const struct charter *c = load_file(*state, SMALL);
	const struct charter_body *b = charter_body(c, S("utvalg"));
	struct charter_question q = {.consequences = CONSEQUENCE_PROFESSIONAL};

	assert_non_null(charter_body_may(b, MAY_DECIDE, NULL));
	assert_null(charter_body_may(b, MAY_DECIDE, &q));
	q.consequences |= CONSEQUENCE_PRINCIPLE;
	assert_non_null(charter_body_may(b, MAY_DECIDE, &q));
	assert_int_equal(charter_body_outcomes(b, &q),
	    OUTCOME_BIT(OUTCOME_DECIDE) | OUTCOME_BIT(OUTCOME_NOTE) |
		OUTCOME_BIT(OUTCOME_RETURN) | OUTCOME_BIT(OUTCOME_ESCALATE) |
		OUTCOME_BIT(OUTCOME_DELEGATE) | OUTCOME_BIT(OUTCOME_POSTPONE) |
		OUTCOME_BIT(OUTCOME_DISPUTE));
	b = charter_body(c, S("toppmote"));
	assert_false(charter_body_outcomes(b, &q) &
		     (OUTCOME_BIT(OUTCOME_ESCALATE) | OUTCOME_BIT(OUTCOME_DECIDE)));
}

static void
read_through_and_summons_are_as_the_charter_says(void **state)
{
	struct arena *a = *state;
	str small = charter_text_of(a, SMALL);
	const struct charter *c = load(a, small).c;

	assert_int_equal(charter_notice_days(charter_body(c, S("utvalg"))), 14);
	assert_true(charter_read_through_required(c, charter_body(c, S("utvalg"))));
	assert_false(charter_read_through_required(c, charter_body(c, S("toppmote"))));
	c = load(a, replaced(a, small, "reminder_days: 2", "bodies: toppmote")).c;
	assert_false(charter_read_through_required(c, charter_body(c, S("utvalg"))));
	assert_true(charter_read_through_required(c, charter_body(c, S("toppmote"))));
	c = load(
	    a, replaced(a, small, "notice_days: 14", "notice_days: 14\n      papers_days: 20"))
		.c;
	assert_int_equal(charter_notice_days(charter_body(c, S("utvalg"))), 20);
	c = load(a, replaced(a, small, "required: true, deadline", "required: false, deadline"))
		.c;
	assert_false(charter_read_through_required(c, charter_body(c, S("utvalg"))));
}

static void
sizes_and_seats_come_from_the_parties(void **state)
{
	struct arena *a = *state;
	const struct charter *c = load_file(a, SMALL);
	const struct charter_party *nord = charter_party(c, S("nord"));
	const struct charter_body *b = charter_body(c, S("utvalg"));

	assert_int_equal(charter_size_class(c, nord, day_of(2024, 1, 1)), SIZE_UNKNOWN);
	assert_int_equal(charter_size_class(c, nord, day_of(2025, 12, 31)), SIZE_SMALL);
	assert_int_equal(charter_size_class(c, nord, day_of(2026, 1, 1)), SIZE_MEDIUM);
	assert_int_equal(
	    charter_size_class(c, charter_party(c, S("sor")), day_of(2026, 1, 1)), SIZE_LARGE);
	/* one per region, times its multiplier */
	assert_str(b->seats.v[0].key, "utvalg.kommunene.1");
	assert_str(b->seats.v[1].region, "oest");
	assert_str(b->seats.v[2].key, "utvalg.kommunene.3");
	assert_str(b->seats.v[2].region, "vest");
	assert_str(charter_body(c, S("toppmote"))->seats.v[1].party, "sor");
	assert_str(charter_say(&b->name, LANG_NN), "Utvalet");
	assert_str(charter_body_said(c, b->key, S("Gammelt"), LANG_NN), "Utvalet");
	assert_str(charter_body_said(c, S("borte"), S("Gammelt"), LANG_NN), "Gammelt");
	assert_str(charter_say(&nord->name, LANG_EN), "Nord");
	assert_str(charter_number_label(a, &c->matter_number, 14, 2026, b), "Sak 14/26");
	assert_str(charter_number_label(a, &c->meeting_number, 2, 2026, b), "U-møte 2/2026");
	c = load(a, replaced(a, charter_text_of(a, SMALL), "30000", "5000")).c;
	assert_int_equal(
	    charter_size_class(c, charter_party(c, S("sor")), day_of(2026, 1, 1)), SIZE_MEDIUM);
	/* who is not said to act for another acts for its side's own */
	assert_str(c->secretariat.members[0].acts_for, "kommunene");
	assert_str(c->secretariat.members[1].acts_for, "hf");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(each_fault_has_its_line),
	    WITH_ARENA(each_message_is_provoked),
	    WITH_ARENA(too_big_or_strange),
	    WITH_ARENA(messages_come_in_three_languages),
	    WITH_ARENA(a_charter_speaks_as_core_does),
	    WITH_ARENA(the_command_tells_by_its_exit),
	    WITH_ARENA(vestre_viken_is_as_its_sources_say),
	    WITH_ARENA(ostfold_is_as_its_sources_say),
	    WITH_ARENA(the_chair_alternates),
	    WITH_ARENA(parties_are_those_of_the_data),
	    WITH_ARENA(another_cooperation_is_another_file),
	    WITH_ARENA(triage_follows_the_routes),
	    WITH_ARENA(a_local_body_keeps_to_its_area),
	    WITH_ARENA(a_body_decides_within_its_authority),
	    WITH_ARENA(read_through_and_summons_are_as_the_charter_says),
	    WITH_ARENA(sizes_and_seats_come_from_the_parties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
