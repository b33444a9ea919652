/* A matter's intake, through the use cases (domain.md 3.1: C1, C2, C3, C9). */
#include "world.h"

#include "app/account.h"
#include "app/found.h"
#include "app/house.h"
#include "app/matter.h"
#include "app/open.h"
#include "base/clock.h"
#include "base/idscan.h"
#include "base/random.h"
#include "q_people.h"
#include <stdio.h>

struct people {
	struct world *w;
	struct house house;
	struct opened space;
	int64_t contact, other, secretary, trust_secretary;
};

static str
file_text(struct arena *a, const char *file)
{
	FILE *f = fopen(file, "rb");
	char *p = arena_array(a, char, 1 << 20);

	assert_non_null(f);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (str){p, n};
}

struct add {
	int64_t *ret;
	const char *email;
	enum role role;
	const char *party;
	enum side side;
};

static struct err *
add_person(struct cx *cx, const void *arg, struct result *ret)
{
	const struct add *in = arg;
	struct q_party_by_key *party;
	int64_t id;

	TRY(q_party_by_key(cx->db, cx->a, str_from_c(in->party), &party));
	assert_non_null(party);
	TRY(q_person_add(cx->db, cx->a, pid_new(cx->a), str_from_c(in->email), S(""),
	    str_from_c(in->email), S(""), 0, in->ret));
	TRY(q_appointment_add(cx->db, cx->a, pid_new(cx->a), *in->ret, in->role, party->id,
	    in->side, 0, 0, 0, 0, 1, NULL, &id));
	ret->type = "person";
	ret->pid = S("0123456789abcdef");
	return OK;
}

static struct cx
as_system(struct people *p)
{
	struct cx cx;

	cx_for_system(&cx, p->w->a, &p->space, &p->house, NOW_AT);
	return cx;
}

static void
add(struct people *p, int64_t *ret, const char *email, enum role role, const char *party,
    enum side side)
{
	static const struct usecase uc = {
	    .action = ACT_PERSON_INVITE, .in_size = sizeof(struct add), .run = add_person};
	struct cx cx = as_system(p);
	struct result done;

	assert_ok(
	    usecase_run(&cx, &uc, &(struct add){ret, email, role, party, side}, S(""), &done));
}

static int
people_setup(void **state)
{
	assert_int_equal(world_setup(state), 0);
	struct world *w = *state;
	struct people *p = arena_new(w->a, struct people);

	p->w = w;
	p->space = (struct opened){.key = S("test"), .space = w->space};
	struct cx cx = as_system(p);
	assert_ok(space_found(&cx, file_text(w->a, "charters/ostfold.yaml")));
	p->space.charter = cx.charter;
	const struct charter *c = cx.charter;
	const char *coop = str_to_c(w->a, c->municipal_cooperation);
	const char *trust = str_to_c(w->a, c->health_trust), *muni[2];
	size_t n = 0;
	for (size_t i = 0; i < c->n_parties && n < 2; i++)
		if (c->parties[i].kind == PARTY_MUNICIPALITY)
			muni[n++] = str_to_c(w->a, c->parties[i].key);
	add(p, &p->contact, "a@x.no", ROLE_CONTACT, muni[0], SIDE_MUNICIPAL);
	add(p, &p->other, "b@x.no", ROLE_CONTACT, muni[1], SIDE_MUNICIPAL);
	add(p, &p->secretary, "c@x.no", ROLE_SECRETARY, coop, SIDE_MUNICIPAL);
	add(p, &p->trust_secretary, "d@x.no", ROLE_SECRETARY, trust, SIDE_TRUST);
	*state = p;
	return 0;
}

static int
people_teardown(void **state)
{
	struct people *p = *state;
	void *w = p->w;

	return world_teardown(&w);
}

static struct err *
load_actor(struct cx *cx, void *arg)
{
	struct actor *who;

	TRY(actor_load(cx, *(int64_t *)arg, 0, &who));
	cx->actor = who;
	return OK;
}

static struct cx
as(struct people *p, int64_t person)
{
	struct cx cx = as_system(p);

	assert_ok(cx_read(&cx, load_actor, &person));
	return cx;
}

/* Performs a use case; pairs are names and values, a NULL name ends them. */
static struct err *
act(struct people *p, int64_t person, enum action action, str pid, const char *const *pairs,
    struct result *ret)
{
	struct cx cx = as(p, person);
	str names[16], values[16];
	struct given g = {.names = names, .values = values};

	for (; pairs && pairs[0]; pairs += 2) {
		names[g.n] = str_from_c(pairs[0]);
		values[g.n++] = str_from_c(pairs[1]);
	}
	return usecase_perform(&cx, usecase_find(action), &g, &pid, S(""), ret);
}

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define PROPOSAL                                                                               \
	"title", "Hjemreise etter dagkirurgi", "summary", "Uklart hvem som ringer.", "submit", \
	    "1"

static struct err *
count_seen(struct cx *cx, void *arg)
{
	struct matter_lines lines;

	TRY(matters_recent(cx, NOW_AT + 1, S(""), 10, &lines));
	*(size_t *)arg = lines.n;
	return OK;
}

static size_t
seen_by(struct people *p, int64_t person)
{
	struct cx cx = as(p, person);
	size_t n = 0;

	assert_ok(cx_read(&cx, count_seen, &n));
	return n;
}

static void
c1_to_c2_a_party_proposes_and_the_secretariat_acknowledges(void **state)
{
	struct people *p = *state;
	struct result done;

	assert_ok(act(p, p->contact, ACT_MATTER_PROPOSE, S(""), PAIRS(PROPOSAL), &done));
	assert_int_equal(seen_by(p, p->contact), 1);
	assert_int_equal(seen_by(p, p->secretary), 1);
	assert_int_equal(seen_by(p, p->trust_secretary), 1);
	assert_int_equal(seen_by(p, p->other), 0);
	str pid = str_copy(p->w->a, done.pid);
	assert_err(
	    act(p, p->other, ACT_MATTER_RECEIVE, pid, PAIRS("rev", "2"), &done), "not_found");
	assert_err(
	    act(p, p->contact, ACT_MATTER_RECEIVE, pid, PAIRS("rev", "2"), &done), "denied");
	assert_err(
	    act(p, p->secretary, ACT_MATTER_RECEIVE, pid, PAIRS("rev", "1"), &done), "changed");
	assert_ok(act(p, p->secretary, ACT_MATTER_RECEIVE, pid, PAIRS("rev", "2"), &done));
	assert_err(act(p, p->secretary, ACT_MATTER_RECEIVE, pid, PAIRS("rev", "3"), &done),
	    "matter.wrong_state");
}

/* C2: five working days, until the end of the day's work; a weekend and Easter lie between. */
static void
c2_the_proposer_is_told_by_when(void **state)
{
	struct people *p = *state;
	struct cx cx = as(p, p->secretary);
	struct civil by;

	by = clock_to_civil(matter_acknowledge_by(&cx, clock_at(day_of(2026, 11, 26), 9, 0)));
	assert_int_equal(by.day, day_of(2026, 12, 3));
	assert_int_equal(by.hour * 100 + by.minute, 1600);
	by = clock_to_civil(matter_acknowledge_by(&cx, clock_at(day_of(2026, 3, 31), 23, 59)));
	assert_int_equal(by.day, day_of(2026, 4, 10));
}

static void
a_draft_is_the_proposers_alone(void **state)
{
	struct people *p = *state;
	struct result done;

	assert_ok(act(p, p->contact, ACT_MATTER_PROPOSE, S(""),
	    PAIRS("title", "Et utkast", "summary", "Ikke ferdig ennå."), &done));
	assert_int_equal(seen_by(p, p->contact), 1);
	assert_int_equal(seen_by(p, p->secretary), 0);
}

static void
c9_a_rejection_needs_a_reason(void **state)
{
	struct people *p = *state;
	struct result done;

	assert_ok(act(p, p->contact, ACT_MATTER_PROPOSE, S(""), PAIRS(PROPOSAL), &done));
	str pid = str_copy(p->w->a, done.pid);
	assert_ok(act(p, p->secretary, ACT_MATTER_RECEIVE, pid, PAIRS("rev", "2"), &done));
	assert_err(
	    act(p, p->secretary, ACT_MATTER_REJECT, pid, PAIRS("rev", "3"), &done), "input");
	assert_ok(act(p, p->secretary, ACT_MATTER_REJECT, pid,
	    PAIRS("rev", "3", "reason", "Hører til i lokalt utvalg."), &done));
}

static void
an_identity_number_is_refused_and_nothing_is_kept(void **state)
{
	struct people *p = *state;
	struct result done;
	str summary = S("Gjelder ");

	for (int n = 0; idscan_worst(summary, 0, NULL) != IDSCAN_REFUSE; n++)
		summary = str_from_c(arena_printf(p->w->a, "Gjelder 010190%05d.", n));
	struct cx cx = as(p, p->contact);
	str names[] = {S("title"), S("summary")}, values[] = {S("En sak om noe"), summary};
	struct given g = {.names = names, .values = values, .n = 2};
	assert_err(
	    usecase_perform(&cx, usecase_find(ACT_MATTER_PROPOSE), &g, NULL, S(""), &done),
	    "input");
	assert_string_equal(cx.faults->v[0].code, "input.identity_number");
	assert_string_equal(cx.faults->v[0].field, "summary");
	assert_int_equal(seen_by(p, p->contact), 0);
}

static void
the_same_form_twice_is_done_once(void **state)
{
	struct people *p = *state;
	struct cx cx = as(p, p->contact);
	str names[] = {S("title"), S("summary")}, values[] = {S("En sak om noe"), S("Kort.")};
	struct given g = {.names = names, .values = values, .n = 2};
	struct result one, two;

	assert_ok(
	    usecase_perform(&cx, usecase_find(ACT_MATTER_PROPOSE), &g, NULL, S("key-1"), &one));
	assert_ok(
	    usecase_perform(&cx, usecase_find(ACT_MATTER_PROPOSE), &g, NULL, S("key-1"), &two));
	assert_true(str_eq(one.pid, two.pid));
	assert_int_equal(seen_by(p, p->contact), 1);
	values[1] = S("Lengre."); /* gone back to, and changed */
	assert_err(
	    usecase_perform(&cx, usecase_find(ACT_MATTER_PROPOSE), &g, NULL, S("key-1"), &two),
	    "once.other");
	assert_ok(
	    usecase_perform(&cx, usecase_find(ACT_MATTER_PROPOSE), &g, NULL, S("key-2"), &two));
	assert_int_equal(seen_by(p, p->contact), 2);
}

#define WITH_PEOPLE(f) cmocka_unit_test_setup_teardown(f, people_setup, people_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_PEOPLE(c1_to_c2_a_party_proposes_and_the_secretariat_acknowledges),
	    WITH_PEOPLE(c2_the_proposer_is_told_by_when),
	    WITH_PEOPLE(a_draft_is_the_proposers_alone),
	    WITH_PEOPLE(c9_a_rejection_needs_a_reason),
	    WITH_PEOPLE(an_identity_number_is_refused_and_nothing_is_kept),
	    WITH_PEOPLE(the_same_form_twice_is_done_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
