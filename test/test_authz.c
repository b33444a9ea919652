/*
 * P9: test/authz.csv says what authorize() answers for every action, state and persona.
 *
 * A row is an action, the states it is about ("*": all, "!a": all but a, "a|b": these), and a
 * letter for each persona: A allow, D deny, H hide. Every action and state stands in one row.
 * The things asked about are seen by everybody but the public; see the last tests for things
 * unseen.
 */
#include "support.h"

#include "core/authz.h"
#include "core/decision.h"
#include "core/matter.h"
#include "core/meeting.h"
#include "core/premeeting.h"
#include "core/round.h"

#include <stdio.h>

enum { ASKED = 11, PROPOSES = 12, TOWN = 13, TRUST = 14, BODY = 7, ELSEWHERE = 8 };
enum { AUTHOR_ID = 40, RAISER_ID = 41, ACCOUNT_ID = 50 };

struct persona {
	const char *name;
	int64_t person_id;
	struct appointment as;
	int64_t party_id; /* acts for; 0: for the appointment's party */
};
#define P(name, id, ...)                   \
	{                                  \
		name, id, {__VA_ARGS__}, 0 \
	}
#define M .side = SIDE_MUNICIPAL
#define T .side = SIDE_TRUST

static const struct persona personas[] = {
    {"public", 0, {0}, 0},
    {"nobody", 1, {0}, 0},
    P("admin", 2, .role = ROLE_ADMIN),
    P("secretary_m", 3, .role = ROLE_SECRETARY, .party_id = 90, M),
    P("secretary_t", 4, .role = ROLE_SECRETARY, .party_id = 91, T),
    P("proposer", 5, .role = ROLE_CONTACT, .party_id = PROPOSES, M),
    P("asked", 6, .role = ROLE_CONTACT, .party_id = ASKED, M),
    P("contact_m", 7, .role = ROLE_CONTACT, .party_id = TOWN, M),
    P("contact_t", 8, .role = ROLE_CONTACT, .party_id = TRUST, T),
    P("member_m", 9, .role = ROLE_MEMBER, .party_id = TOWN, .body_id = BODY, M),
    P("member_t", 10, .role = ROLE_MEMBER, .party_id = TRUST, .body_id = BODY, T),
    P("elsewhere", 11, .role = ROLE_MEMBER, .party_id = TOWN, .body_id = ELSEWHERE, M),
    P("deputy_m", 12, .role = ROLE_DEPUTY, .party_id = TOWN, .body_id = BODY, M),
    P("chair_t", 13, .role = ROLE_MEMBER, .party_id = TRUST, .body_id = BODY,
	.chairing = CHAIR_CHAIR, T),
    P("author", AUTHOR_ID, .role = ROLE_MEMBER, .party_id = PROPOSES, .body_id = ELSEWHERE, M),
    P("raiser", RAISER_ID, .role = ROLE_MEMBER, .party_id = PROPOSES, .body_id = ELSEWHERE, M),
    P("coauthor", AUTHOR_ID, .role = ROLE_CONTACT, .party_id = TRUST, T),
    P("named", 14, .role = ROLE_MEMBER, .party_id = TRUST, .body_id = ELSEWHERE, T),
    {"self", ACCOUNT_ID, {0}, 0},
    P("colleague", 16, .role = ROLE_MEMBER, .party_id = PROPOSES, .body_id = ELSEWHERE, M),
    {"other_hat", 15, {.role = ROLE_CONTACT, .party_id = ASKED, M}, TOWN},
};
#define N_PERSONAS (sizeof(personas) / sizeof(personas[0]))

static const int64_t authors[] = {AUTHOR_ID};

static struct actor
actor_of(const struct persona *p)
{
	return (struct actor){.person_id = p->person_id,
	    .party_id = p->party_id ? p->party_id : p->as.party_id,
	    .appointments = &p->as,
	    .n_appointments = p->as.role ? 1 : 0};
}

static struct object
object_for(const struct persona *p, enum object_kind kind, int state)
{
	return (struct object){.kind = kind,
	    .state = state,
	    .party_id = ASKED,
	    .proposer_party_id = PROPOSES,
	    .raiser_id = RAISER_ID,
	    .body_id = BODY,
	    .side = SIDE_MUNICIPAL,
	    .person_id = ACCOUNT_ID,
	    .authors = authors,
	    .n_authors = 1,
	    .is_visible = p->person_id != 0,
	    .is_named = strcmp(p->name, "named") == 0};
}

static enum verdict
ask(const struct persona *p, enum action action, int state)
{
	struct actor actor = actor_of(p);
	struct object o = object_for(p, action_object(action), state);
	const struct appointment *by;
	enum verdict v = authorize(&actor, action, &o, &by);

	assert_true(!by || (v == VERDICT_ALLOW && by == &p->as));
	return v;
}

/* --- the file --------------------------------------------------------------------------- */
static const char *
state_key(enum object_kind kind, int64_t state)
{
	switch (kind) {
	case OBJECT_MATTER: return matter_state_key(state);
	case OBJECT_ROUND: return round_state_key(state);
	case OBJECT_MEETING: return meeting_state_key(state);
	case OBJECT_PREMEETING: return premeeting_state_key(state);
	case OBJECT_DECISION: return decision_state_key(state);
	case OBJECT_SPACE:
	case OBJECT_PERSON:
	case OBJECT_BODY: return "";
	}
	return "";
}

static bool
is_among(str states, enum object_kind kind, int state)
{
	str key = str_from_c(state_key(kind, state)), word;
	bool is_not = states.n && states.p[0] == '!';

	if (str_eq(states, S("*")))
		return true;
	if (is_not)
		states = (str){states.p + 1, states.n - 1};
	while (str_cut(states, '|', &word, &states))
		if (str_eq(word, key))
			return !is_not;
	return str_eq(states, key) != is_not;
}

struct line {
	enum action action;
	str states;
	char letters[N_PERSONAS];
};

static str
read_file(struct arena *a)
{
	FILE *f = fopen("test/authz.csv", "r");

	assert_non_null(f);
	char *p = arena_array(a, char, 1 << 16);
	size_t n = fread(p, 1, (1 << 16) - 1, f);
	fclose(f);
	return (str){p, n};
}

static void
read_head(str line)
{
	str word;

	assert_true(str_cut(line, ',', &word, &line) && str_eq(word, S("action")));
	assert_true(str_cut(line, ',', &word, &line) && str_eq(word, S("states")));
	for (size_t i = 0; i + 1 < N_PERSONAS; i++) {
		assert_true(str_cut(line, ',', &word, &line));
		assert_str(word, personas[i].name);
	}
	assert_str(line, personas[N_PERSONAS - 1].name);
}

static struct line
read_row(str line)
{
	struct line r = {0};
	str word;

	assert_true(str_cut(line, ',', &word, &line));
	r.action = action_of(word);
	if (!r.action)
		fail_msg("no such action: " STR_FMT, STR_ARG(word));
	assert_true(str_cut(line, ',', &r.states, &line));
	assert_int_equal(line.n, 2 * N_PERSONAS - 1);
	for (size_t i = 0; i < N_PERSONAS; i++) {
		r.letters[i] = line.p[2 * i];
		assert_non_null(strchr("ADH", r.letters[i]));
	}
	return r;
}

static size_t
read_rows(struct arena *a, struct line *rows, size_t max)
{
	str doc = read_file(a), line;
	size_t n = 0;

	assert_true(str_cut(doc, '\n', &line, &doc));
	read_head(line);
	while (str_cut(doc, '\n', &line, &doc)) {
		assert_true(n < max);
		rows[n++] = read_row(line);
	}
	assert_int_equal(doc.n, 0);
	return n;
}

/* Cells in which the row and the code differ. */
static int
deviations(const struct line *r, bool is_told)
{
	enum object_kind kind = action_object(r->action);
	int n = object_states(kind), found = 0;

	for (int state = n ? 1 : 0; state <= n; state++)
		for (size_t i = 0; is_among(r->states, kind, state) && i < N_PERSONAS; i++) {
			char is = "HDA"[ask(&personas[i], r->action, state)];

			if (is == r->letters[i])
				continue;
			found++;
			if (is_told)
				print_error("%s %s by %s: %c, the file says %c\n",
				    action_key(r->action), state_key(kind, state),
				    personas[i].name, is, r->letters[i]);
		}
	return found;
}

#define MAX_ROWS 512

static void
every_cell_is_as_the_file_says(void **state)
{
	struct line *rows = arena_array(*state, struct line, MAX_ROWS);
	size_t n = read_rows(*state, rows, MAX_ROWS);
	int found = 0;

	for (size_t i = 0; i < n; i++)
		found += deviations(&rows[i], true);
	assert_int_equal(found, 0);
}

static void
every_action_and_state_stands_once(void **state)
{
	struct line *rows = arena_array(*state, struct line, MAX_ROWS);
	size_t n = read_rows(*state, rows, MAX_ROWS);

	for (enum action a = ACT_NONE + 1; a < ACT_END; a++) {
		enum object_kind kind = action_object(a);
		int n_states = object_states(kind);

		for (int s = n_states ? 1 : 0; s <= n_states; s++) {
			int times = 0;

			for (size_t i = 0; i < n; i++)
				times +=
				    rows[i].action == a && is_among(rows[i].states, kind, s);
			if (times != 1)
				fail_msg("%s %s stands %d times", action_key(a),
				    state_key(kind, s), times);
		}
	}
}

/* The negative control: one wrong letter anywhere is found. */
static void
a_wrong_cell_is_found(void **state)
{
	struct line *rows = arena_array(*state, struct line, MAX_ROWS);
	size_t n = read_rows(*state, rows, MAX_ROWS);

	for (size_t i = 0; i < n; i++)
		for (size_t p = 0; p < N_PERSONAS; p++) {
			struct line r = rows[i];

			r.letters[p] = r.letters[p] == 'A' ? 'D' : 'A';
			assert_true(deviations(&r, false) > 0);
		}
}

/* --- what no row can undo --------------------------------------------------------------- */
/* Unseen things do not exist; the cooperation itself is no secret. */
static void
what_is_not_seen_is_hidden(void **state)
{
	(void)state;
	for (enum action a = ACT_NONE + 1; a < ACT_END; a++)
		for (int s = 0; s <= object_states(action_object(a)); s++)
			for (size_t i = 0; i < N_PERSONAS; i++) {
				struct actor actor = actor_of(&personas[i]);
				struct object o = object_for(&personas[i], action_object(a), s);

				o.is_visible = false;
				if (o.kind != OBJECT_SPACE)
					assert_int_equal(
					    authorize(&actor, a, &o, NULL), VERDICT_HIDE);
			}
}

/* DECISIONS 8: equal powers over what is joint; a room is its own side's alone. */
static void
the_two_halves_are_equal(void **state)
{
	const struct persona *m = &personas[3], *t = &personas[4];

	(void)state;
	for (enum action a = ACT_NONE + 1; a < ACT_END; a++)
		for (int s = 0; s <= object_states(action_object(a)); s++) {
			if (action_object(a) != OBJECT_PREMEETING)
				assert_int_equal(ask(m, a, s), ask(t, a, s));
			else
				assert_int_equal(ask(t, a, s), VERDICT_HIDE);
		}
	struct actor actor = actor_of(t);
	struct object o = object_for(t, OBJECT_PREMEETING, PREMEETING_HELD);
	assert_int_equal(authz_doers(&actor, &o), 0);
	o.side = SIDE_TRUST;
	assert_int_equal(authorize(&actor, ACT_PREMEETING_POSITION, &o, NULL), VERDICT_ALLOW);
	assert_int_equal(authz_doers(&actor, &o), DOER_SECRETARY);
}

/* A deed needs an appointment for the party acted for; reading does not. */
static void
deeds_are_for_the_party_acted_for(void **state)
{
	const struct appointment as[] = {
	    {.id = 1, .role = ROLE_CONTACT, .party_id = TOWN, M},
	    {.id = 2, .role = ROLE_CONTACT, .party_id = ASKED, M},
	    {.id = 3, .role = ROLE_ADMIN},
	};
	struct actor actor = {.person_id = 20, .appointments = as, .n_appointments = 3};
	struct object o = {
	    .kind = OBJECT_ROUND, .state = ROUND_OPEN, .party_id = ASKED, .is_visible = true};
	struct object space = {.kind = OBJECT_SPACE};
	const struct appointment *by = as;

	(void)state;
	actor.party_id = TOWN;
	assert_int_equal(authorize(&actor, ACT_ROUND_ANSWER, &o, &by), VERDICT_DENY);
	assert_null(by);
	assert_int_equal(authorize(&actor, ACT_ROUND_READ, &o, &by), VERDICT_ALLOW);
	assert_int_equal(authz_doers(&actor, &o), 0);
	actor.party_id = ASKED;
	assert_int_equal(authorize(&actor, ACT_ROUND_ANSWER, &o, &by), VERDICT_ALLOW);
	assert_ptr_equal(by, &as[1]);
	assert_int_equal(authz_doers(&actor, &o), DOER_CONTACT);
	assert_int_equal(authorize(&actor, ACT_SPACE_IMPORT, &space, &by), VERDICT_ALLOW);
	assert_ptr_equal(by, &as[2]);
	actor.n_appointments = 1; /* the appointment has ended: gone at the next request */
	assert_int_equal(authorize(&actor, ACT_ROUND_ANSWER, &o, &by), VERDICT_DENY);
}

static void
several_parties_can_be_asked(void **state)
{
	const int64_t parties[] = {TOWN, TRUST};
	struct actor actor = actor_of(&personas[7]);
	struct object o = {.kind = OBJECT_ROUND,
	    .state = ROUND_OPEN,
	    .is_visible = true,
	    .parties = parties,
	    .n_parties = 2};

	(void)state;
	assert_int_equal(authorize(&actor, ACT_ROUND_ANSWER, &o, NULL), VERDICT_ALLOW);
	o.n_parties = 0;
	assert_int_equal(authorize(&actor, ACT_ROUND_ANSWER, &o, NULL), VERDICT_DENY);
}

static void
an_administrator_appoints_others_only(void **state)
{
	const struct appointment as = {.role = ROLE_ADMIN};
	struct actor actor = {
	    .person_id = ACCOUNT_ID, .appointments = &as, .n_appointments = 1};
	struct object o = {.kind = OBJECT_PERSON, .person_id = ACCOUNT_ID, .is_visible = true};

	(void)state;
	assert_int_equal(authorize(&actor, ACT_APPOINTMENT_ADD, &o, NULL), VERDICT_DENY);
	o.person_id = 51;
	assert_int_equal(authorize(&actor, ACT_APPOINTMENT_ADD, &o, NULL), VERDICT_ALLOW);
}

/* A wrong kind, an unknown action and a state that does not exist give nothing. */
static void
what_makes_no_sense_is_not_allowed(void **state)
{
	const struct persona *m = &personas[3];
	struct actor actor = actor_of(m);
	struct object o = object_for(m, OBJECT_MATTER, MATTER_RECEIVED);

	(void)state;
	assert_int_equal(authorize(&actor, ACT_MATTER_TRIAGE, &o, NULL), VERDICT_ALLOW);
	assert_int_equal(authorize(&actor, ACT_MEETING_SUMMON, &o, NULL), VERDICT_DENY);
	assert_int_equal(authorize(&actor, ACT_NONE, &o, NULL), VERDICT_DENY);
	assert_int_equal(authorize(&actor, ACT_END, &o, NULL), VERDICT_DENY);
	int64_t wrong[] = {0, -1, MATTER_STATE_N + 1, 63, 64, 1 << 20};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		o.state = wrong[i];
		assert_int_equal(authorize(&actor, ACT_MATTER_TRIAGE, &o, NULL), VERDICT_HIDE);
	}
	o.kind = 0;
	assert_int_equal(authorize(&actor, ACT_MATTER_TRIAGE, &o, NULL), VERDICT_HIDE);
}

/* A role that this program does not know is no role. */
static void
unknown_roles_give_nothing(void **state)
{
	const int64_t roles[] = {-1, 0, 6, 32, 33, 34, 64};

	(void)state;
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		const struct appointment as = {.role = roles[i], .party_id = ASKED, M};
		struct actor actor = {.person_id = 1,
		    .party_id = ASKED,
		    .appointments = &as,
		    .n_appointments = 1};
		struct object o = object_for(&personas[3], OBJECT_MATTER, MATTER_RECEIVED);

		assert_int_equal(authorize(&actor, ACT_MATTER_READ, &o, NULL), VERDICT_HIDE);
		o = object_for(&personas[3], OBJECT_PREMEETING, PREMEETING_HELD);
		assert_int_equal(authz_doers(&actor, &o), 0);
	}
}

static void
keys_go_both_ways(void **state)
{
	(void)state;
	for (enum action a = ACT_NONE + 1; a < ACT_END; a++) {
		assert_non_null(action_key(a));
		assert_int_equal(action_of(str_from_c(action_key(a))), a);
		assert_non_null(object_key(action_object(a)));
	}
	assert_int_equal(action_of(S("matter.nothing")), ACT_NONE);
	assert_null(action_key(ACT_NONE));
	assert_null(action_key(ACT_END));
	assert_int_equal(action_object(ACT_NONE), 0);
	assert_int_equal(action_object(ACT_END), 0);
	assert_false(action_is_read(ACT_NONE) || action_is_read(ACT_END));
	assert_true(action_is_read(ACT_MATTER_READ) && !action_is_read(ACT_MATTER_EDIT));
}

/* --- the table and the state machines give the same people the same acts ---------------- */
static bool
offers(enum action a, int state, unsigned by)
{
	struct {
		enum action action;
		int act;
	} other[] = {
	    {ACT_ROUND_OPEN, MATTER_DO_SEND_ROUND},
	    {ACT_ROUND_LOOK, ROUND_DO_LOOK},
	    {ACT_ROUND_ANSWER, ROUND_DO_ANSWER},
	    {ACT_ROUND_ANSWER_FOR, ROUND_DO_ANSWER_FOR},
	    {ACT_ROUND_REMIND, ROUND_DO_REMIND},
	    {ACT_ROUND_EXTEND, ROUND_DO_EXTEND},
	    {ACT_ROUND_DISPOSE, ROUND_DO_DISPOSE},
	    {ACT_ROUND_CLOSE, ROUND_DO_RELEASE},
	    {ACT_ROUND_CANCEL, ROUND_DO_CANCEL},
	    {ACT_MEETING_UPDATE, MEETING_DO_UPDATE},
	    {ACT_MEETING_POSTPONE, MEETING_DO_POSTPONE},
	    {ACT_MEETING_RESCHEDULE, MEETING_DO_RESCHEDULE},
	    {ACT_MEETING_CANCEL, MEETING_DO_CANCEL},
	    {ACT_MEETING_AGENDA_ADD, MEETING_DO_ADD_ITEM},
	    {ACT_MEETING_AGENDA_REMOVE, MEETING_DO_REMOVE_ITEM},
	    {ACT_MEETING_AGENDA_ORDER, MEETING_DO_ORDER},
	    {ACT_MEETING_AGENDA_APPROVE, MEETING_DO_APPROVE_AGENDA},
	    {ACT_MEETING_AGENDA_REOPEN, MEETING_DO_REOPEN_AGENDA},
	    {ACT_MEETING_AGREE_CHAIR, MEETING_DO_AGREE_CHAIR},
	    {ACT_MEETING_SUMMON, MEETING_DO_SUMMON},
	    {ACT_MEETING_REPLY, MEETING_DO_REPLY},
	    {ACT_MEETING_ATTEND, MEETING_DO_ATTEND},
	    {ACT_MEETING_CONFLICT, MEETING_DO_CONFLICT},
	    {ACT_MEETING_OPEN, MEETING_DO_OPEN},
	    {ACT_MEETING_INQUORATE, MEETING_DO_FIND_INQUORATE},
	    {ACT_MEETING_TAKE_UP, MEETING_DO_TAKE_UP},
	    {ACT_MEETING_OUTCOME, MEETING_DO_OUTCOME},
	    {ACT_MEETING_CLOSE, MEETING_DO_CLOSE},
	    {ACT_MEETING_MINUTES_EDIT, MEETING_DO_EDIT_MINUTES},
	    {ACT_MEETING_MINUTES_COMMENT, MEETING_DO_COMMENT_MINUTES},
	    {ACT_MEETING_MINUTES_APPROVE, MEETING_DO_APPROVE_MINUTES},
	    {ACT_MEETING_MINUTES_CORRECT, MEETING_DO_CORRECT},
	    {ACT_MEETING_PUBLISH, MEETING_DO_PUBLISH},
	    {ACT_MEETING_ARCHIVE, MEETING_DO_ARCHIVE},
	    {ACT_PREMEETING_WRITE, PREMEETING_DO_WRITE},
	    {ACT_PREMEETING_STAND, PREMEETING_DO_STAND},
	    {ACT_PREMEETING_HOLD, PREMEETING_DO_HOLD},
	    {ACT_PREMEETING_POSITION, PREMEETING_DO_POSITION},
	    {ACT_PREMEETING_RECORD, PREMEETING_DO_RECORD},
	    {ACT_PREMEETING_RELEASE, PREMEETING_DO_RELEASE},
	    {ACT_PREMEETING_CANCEL, PREMEETING_DO_CANCEL},
	    {ACT_DECISION_ACKNOWLEDGE, DECISION_DO_ACKNOWLEDGE},
	    {ACT_DECISION_PASS_ON, DECISION_DO_PASS_ON},
	    {ACT_DECISION_UPDATE, DECISION_DO_UPDATE},
	    {ACT_DECISION_UPDATE_FOR, DECISION_DO_UPDATE_FOR},
	    {ACT_DECISION_EXCUSE, DECISION_DO_EXCUSE},
	    {ACT_DECISION_REPLACE, DECISION_DO_REPLACE},
	    {ACT_DECISION_REMIND, DECISION_DO_REMIND},
	    {ACT_DECISION_PUBLISH, DECISION_DO_PUBLISH},
	};
	str head, key = str_from_c(action_key(a));
	int act = 0;

	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (other[i].action == a)
			act = other[i].act;
	assert_true(str_cut(key, '.', &head, &key));
	for (int i = 1; !act && action_object(a) == OBJECT_MATTER && i <= MATTER_ACT_N; i++)
		if (str_eq(key, str_from_c(matter_act_key(i))))
			act = i;
	switch (action_object(a)) {
	case OBJECT_MATTER: return matter_offers(state, act, by, NULL);
	case OBJECT_ROUND: return round_offers(state, act, by, NULL);
	case OBJECT_MEETING: return meeting_offers(state, act, by, NULL);
	case OBJECT_PREMEETING: return premeeting_offers(state, act, by, NULL);
	case OBJECT_DECISION: return decision_offers(state, act, by, NULL);
	case OBJECT_SPACE:
	case OBJECT_PERSON:
	case OBJECT_BODY: return false;
	}
	return false;
}

static void
table_and_machines_agree(void **state)
{
	int compared = 0;

	(void)state;
	for (enum action a = ACT_NONE + 1; a < ACT_END; a++)
		for (int s = 1; s <= object_states(action_object(a)); s++)
			for (size_t i = 1; i < N_PERSONAS && offers(a, s, DOER_ALL); i++) {
				struct actor actor = actor_of(&personas[i]);
				struct object o = object_for(&personas[i], action_object(a), s);
				bool is_offered = offers(a, s, authz_doers(&actor, &o));
				bool is_allowed = ask(&personas[i], a, s) == VERDICT_ALLOW;

				compared++;
				if (is_offered != is_allowed)
					fail_msg("%s %s by %s: machine %d, table %d",
					    action_key(a), state_key(o.kind, s),
					    personas[i].name, is_offered, is_allowed);
			}
	assert_true(compared > 3000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(every_cell_is_as_the_file_says),
	    WITH_ARENA(every_action_and_state_stands_once),
	    WITH_ARENA(a_wrong_cell_is_found),
	    WITH_ARENA(what_is_not_seen_is_hidden),
	    WITH_ARENA(the_two_halves_are_equal),
	    WITH_ARENA(deeds_are_for_the_party_acted_for),
	    WITH_ARENA(several_parties_can_be_asked),
	    WITH_ARENA(an_administrator_appoints_others_only),
	    WITH_ARENA(what_makes_no_sense_is_not_allowed),
	    WITH_ARENA(unknown_roles_give_nothing),
	    WITH_ARENA(keys_go_both_ways),
	    WITH_ARENA(table_and_machines_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
