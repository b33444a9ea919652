/* Who proposes, and triage by what the charter says of read-throughs, through use case and
 * page (domain.md 3.1 and 3.3: C1, C12, C13, OST-08, R088), for two cooperations and a third
 * that has one before one of its bodies only. */
#include "people.h"

#include "app/matter.h"

#include <string.h>

#define MUNI "secretary.municipal"

static const char *
received(struct people *p)
{
	const struct charter *c = p->charter;
	struct result done;
	size_t i = 0;

	while (c->parties[i].kind != PARTY_MUNICIPALITY)
		i++;
	const char *who = arena_printf(p->a, "contact." STR_FMT, STR_ARG(c->parties[i].key));
	assert_ok(act(cx_as(p, who), &done, ACT_MATTER_PROPOSE, "title", "Utskrivning i helg",
	    "summary", "Ingen tar imot på lørdager.", "submit", "1"));
	const char *pid = str_to_c(p->a, done.pid);
	assert_ok(act(cx_as(p, MUNI), &done, ACT_MATTER_RECEIVE, "matter", pid, "rev", "2"));
	return pid;
}

static const char *
rev_of(struct people *p, const char *pid)
{
	struct object object;
	struct matter *m;

	assert_ok(matter_load(cx_as(p, MUNI), str_from_c(pid), &m, &object));
	return arena_printf(p->a, "%lld", (long long)m->rev);
}

static bool
refuses_silence(struct people *p, const char *pid, const struct charter_body *b)
{
	struct cx *cx = cx_as(p, MUNI);
	struct result done;
	struct err *e = act(cx, &done, ACT_MATTER_TRIAGE, "matter", pid, "rev", rev_of(p, pid),
	    "type", "information", "scope", "whole_area", "consequence", "professional",
	    "topic", "other", "override_reason", "Slik ble det.", "body",
	    str_to_c(p->a, body_pid_of(p, str_to_c(p->a, b->key))), "round", "no");

	return e && strcmp(fault_of(cx, "round_reason"), "input.required") == 0;
}

/* Without a read-through only with a reason where the charter has one, and freely elsewhere. */
static void
c12_no_read_through_needs_a_reason_where_the_charter_has_one(void **state)
{
	struct people *p = *state;
	const struct charter *c = p->charter;
	const char *pid = received(p);
	size_t with = 0;

	for (size_t i = 0; i < c->n_bodies; i++) {
		bool has = charter_read_through_required(c, &c->bodies[i]);
		with += has;
		assert_int_equal(refuses_silence(p, pid, &c->bodies[i]), has);
	}
	assert_true(with > 0 && with < c->n_bodies);
}

/* Which answer the form proposes for a matter with these consequences. */
static bool
proposes(struct people *p, const char *pid, const char *consequence, const char *answer)
{
	const char *radio = arena_printf(p->a, "name=\"round\" value=\"%s\"  checked", answer);
	struct answer r = ask(p, MUNI, "GET",
	    arena_printf(p->a,
		"/saker/%s/vurdering?type=decision&scope=whole_area&consequence=%s&topic=other",
		pid, consequence),
	    NULL);

	assert_int_equal(r.status, 200);
	return says(&r, radio);
}

static void
r088_a_read_through_is_proposed(void **state)
{
	struct people *p = *state;
	const char *pid = received(p);

	assert_true(proposes(p, pid, "professional", "yes"));
	assert_false(proposes(p, pid, "professional", "no"));
}

static void
r088_a_read_through_is_proposed_before_some_bodies_only(void **state)
{
	struct people *p = *state;
	const char *pid = received(p);

	assert_true(proposes(p, pid, "professional", "yes")); /* to raadslaget */
	assert_true(proposes(p, pid, "principle", "no"));     /* to samtinget */
	assert_false(proposes(p, pid, "principle", "yes"));
}

/* Any party may propose, through those whom the charter lets. */
static void
c1_those_whom_the_charter_names_propose(void **state)
{
	struct people *p = *state;
	struct charter *c = (struct charter *)p->charter; /* the test's own */
	struct result done;
	const char *member = "chair";
	int64_t before;

	assert_ok(act(cx_as(p, member), &done, ACT_MATTER_PROPOSE, "title", "Helgevakt",
	    "summary", "Ingen tar imot på lørdager."));
	c->process.proposers.who = 1u << PROPOSER_CONTACT | 1u << PROPOSER_SECRETARY;
	before = entries(p);
	assert_err(act(cx_as(p, member), &done, ACT_MATTER_PROPOSE, "title", "Helgevakt",
		       "summary", "Ingen tar imot på lørdager."),
	    "denied");
	assert_int_equal(entries(p), before);
	struct answer r = ask(p, member, "GET", "/saker", NULL);
	assert_false(says(&r, "/saker/ny\""));
	r = ask(p, "contact.halden", "GET", "/saker", NULL);
	assert_true(says(&r, "/saker/ny\""));
	assert_ok(act(cx_as(p, "contact.halden"), &done, ACT_MATTER_PROPOSE, "title",
	    "Helgevakt", "summary", "Ingen tar imot på lørdager."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_OSTFOLD(c1_those_whom_the_charter_names_propose),
	    WITH_OSTFOLD(c12_no_read_through_needs_a_reason_where_the_charter_has_one),
	    WITH_VESTRE_VIKEN(c12_no_read_through_needs_a_reason_where_the_charter_has_one),
	    WITH_SEVEN(c12_no_read_through_needs_a_reason_where_the_charter_has_one),
	    WITH_OSTFOLD(r088_a_read_through_is_proposed),
	    WITH_VESTRE_VIKEN(r088_a_read_through_is_proposed),
	    WITH_SEVEN(r088_a_read_through_is_proposed_before_some_bodies_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
