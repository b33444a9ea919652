/*
 * Who is there (M6, M7, R125 to R130), and approvals that a charter asks for (M3, M10).
 */
#include "support.h"

#include "core/approval.h"
#include "core/attendance.h"

#define SEAT(id, side_, who)                                                            \
	{                                                                               \
		.seat_id = id, .person_id = 100 + (id), .side = side_, .presence = who, \
		.is_ordinary = true                                                     \
	}
#define M SIDE_MUNICIPAL
#define T SIDE_TRUST

static const struct seat_presence room[] = {
    SEAT(1, M, PRESENCE_MEMBER), SEAT(2, M, PRESENCE_DEPUTY), SEAT(3, M, PRESENCE_ABSENT),
    SEAT(4, T, PRESENCE_MEMBER), SEAT(5, T, PRESENCE_MEMBER), SEAT(6, T, PRESENCE_UNKNOWN),
    SEAT(7, SIDE_USER, PRESENCE_MEMBER),
    {.seat_id = 8, .person_id = 108, .side = M, .presence = PRESENCE_INVITED},
    {.seat_id = 9, .person_id = 109, .side = T, .presence = PRESENCE_MEMBER}, /* observer */
};
#define N_ROOM (sizeof(room) / sizeof(room[0]))

static void
r125_counts_by_side_from_ordinary_seats(void **state)
{
	struct attendance at;

	(void)state;
	attendance_count(room, N_ROOM, &at);
	assert_int_equal(at.seats_n, 7);
	assert_int_equal(at.present_n, 5);
	assert_int_equal(at.member_n, 4);
	assert_int_equal(at.deputy_n, 1);
	assert_int_equal(at.absent_n, 1);
	assert_int_equal(at.unknown_n, 1);
	assert_int_equal(at.seats_by[M], 3);
	assert_int_equal(at.present_by[M], 2);
	assert_int_equal(at.present_by[T], 2);
	assert_int_equal(at.present_by[SIDE_USER], 1);
	assert_int_equal(at.unmandated_n, 1); /* R130 */

	const struct seat_presence odd[] = {
	    SEAT(1, -1, PRESENCE_MEMBER), SEAT(2, SIDE_N, PRESENCE_MEMBER)};
	attendance_count(odd, 2, &at);
	assert_int_equal(at.present_n, 2);
	assert_int_equal(at.present_by[SIDE_NONE], 2);
}

static void
a_conflicted_seat_leaves_the_room(void **state)
{
	struct seat_presence rows[N_ROOM];
	struct attendance at;

	(void)state;
	memcpy(rows, room, sizeof(room));
	rows[0].is_conflicted = rows[2].is_conflicted = true; /* the other is absent anyway */
	rows[1].has_mandate = true;
	attendance_count(rows, N_ROOM, &at);
	assert_int_equal(at.present_n, 4);
	assert_int_equal(at.present_by[M], 1);
	assert_int_equal(at.conflicted_n, 1);
	assert_int_equal(at.member_n, 4);
	assert_int_equal(at.unmandated_n, 0);
}

static void
m7_quorum_is_the_charters(void **state)
{
	struct attendance at = {.seats_n = 14, .present_n = 7};
	const struct charter_decision none = {0}, half = {.quorum_percent = 50},
				      two_each = {.quorum_per_side = 2};

	(void)state;
	at.seats_by[M] = at.seats_by[T] = 7;
	at.present_by[M] = 6;
	at.present_by[T] = 1;
	assert_true(attendance_is_quorate(&at, &none));
	assert_true(attendance_is_quorate(&at, &half));
	assert_false(attendance_is_quorate(&at, &two_each));
	at.present_n = 6;
	assert_false(attendance_is_quorate(&at, &half));
	at.present_n = 7;
	at.present_by[T] = 2;
	assert_true(attendance_is_quorate(&at, &two_each));
	at.present_by[T] = 0; /* a joint body is not joint with one side away */
	assert_false(attendance_is_quorate(&at, &none));
	at.seats_by[T] = 0; /* the municipalities' own body */
	assert_true(attendance_is_quorate(&at, &none));
	at.present_n = 1;
	assert_true(attendance_is_quorate(&at, &none));
	at.present_n = 0;
	assert_false(attendance_is_quorate(&at, &none));
}

static void
r126_r127_parity_of_seats_and_levels(void **state)
{
	struct seat_presence rows[N_ROOM];
	struct parity p;

	(void)state;
	memcpy(rows, room, sizeof(room));
	p = attendance_parity(rows, N_ROOM, 0);
	assert_true(p.municipal_n == 2 && p.trust_n == 2 && p.gap == 0 && p.is_even);
	assert_false(p.is_level_even); /* levels not known */
	rows[2].presence = PRESENCE_MEMBER;
	p = attendance_parity(rows, N_ROOM, 0);
	assert_true(p.gap == 1 && !p.is_even);
	assert_true(attendance_parity(rows, N_ROOM, 1).is_even);
	rows[0].presence = rows[1].presence = PRESENCE_ABSENT;
	p = attendance_parity(rows, N_ROOM, 0);
	assert_true(p.municipal_n == 1 && p.trust_n == 2 && p.gap == 1);
	rows[2].level = ROLE_LEVEL_TOP;
	rows[3].level = ROLE_LEVEL_PROFESSIONAL;
	assert_false(attendance_parity(rows, N_ROOM, 0).is_level_even);
	rows[4].level = ROLE_LEVEL_MIDDLE;
	assert_true(attendance_parity(rows, N_ROOM, 0).is_level_even);
	rows[2].level = ROLE_LEVEL_PROFESSIONAL; /* the other way round */
	assert_true(attendance_parity(rows, N_ROOM, 0).is_level_even);
	rows[2].level = ROLE_LEVEL_POLITICAL;
	rows[4].level = ROLE_LEVEL_POLITICAL;
	rows[4].presence = PRESENCE_ABSENT; /* who is not there lifts nobody */
	assert_false(attendance_parity(rows, N_ROOM, 0).is_level_even);
}

static void
deputies_are_called_by_rank(void **state)
{
	struct deputy ranked[] = {
	    {.person_id = 102, .rank = 1}, /* sits in seat 2 already */
	    {.person_id = 203, .rank = 3},
	    {.person_id = 202, .rank = 2},
	};

	(void)state;
	assert_true(attendance_sits(room, N_ROOM, 102, 3));
	assert_false(attendance_sits(room, N_ROOM, 102, 2));
	assert_false(attendance_sits(room, N_ROOM, 103, 1)); /* absent */
	assert_int_equal(attendance_deputy(ranked, 3, room, N_ROOM, 3), 202);
	ranked[2].is_unavailable = true;
	assert_int_equal(attendance_deputy(ranked, 3, room, N_ROOM, 3), 203);
	assert_int_equal(attendance_deputy(ranked, 1, room, N_ROOM, 3), 0);
	assert_int_equal(attendance_deputy(ranked, 1, room, N_ROOM, 2), 102);
	for (int i = PRESENCE_UNKNOWN; i <= PRESENCE_INVITED; i++)
		assert_non_null(presence_key(i));
}

/* --- approvals -------------------------------------------------------------------------- */
static const struct charter_holder secretary = {.role = HOLDER_SECRETARY};
static const struct charter_holder chair = {.role = HOLDER_CHAIR};
static const struct charter_holder vice = {.role = HOLDER_VICE_CHAIR};
static const struct charter_holder fsu_or_secretary[] = {
    {.role = HOLDER_MEMBER, .body = {"fsu", 3}}, {.role = HOLDER_SECRETARY}};

static const struct charter_approval three_places[] = {
    {.by = &secretary, .n_by = 1}, {.by = &chair, .n_by = 1}, {.by = &vice, .n_by = 1}};
static const struct charter_approvals three = {three_places, 3}; /* R110 */
static const struct charter_approval each_side[] = {
    {.side = M, .by = fsu_or_secretary, .n_by = 2},
    {.side = T, .by = fsu_or_secretary, .n_by = 2}};
static const struct charter_approvals sides = {each_side, 2}; /* DECISIONS 13 */

static void
m3_who_can_fill_which_place(void **state)
{
	const str ssu = S("ssu");
	struct approver as = {.side = M, .role = ROLE_SECRETARY};

	(void)state;
	assert_int_equal(approval_places(&three, ssu, &as, 1), 1);
	assert_int_equal(approval_places(&sides, ssu, &as, 1), 1);
	as.side = T;
	assert_int_equal(approval_places(&sides, ssu, &as, 1), 2);
	as = (struct approver){
	    .side = M, .role = ROLE_MEMBER, .chairing = CHAIR_CHAIR, .body = ssu};
	assert_int_equal(approval_places(&three, ssu, &as, 1), 2);
	assert_int_equal(approval_places(&sides, ssu, &as, 1), 0);
	as.body = S("fsu");
	assert_int_equal(approval_places(&three, ssu, &as, 1), 0);
	assert_int_equal(approval_places(&sides, ssu, &as, 1), 1);
	as = (struct approver){
	    .side = M, .role = ROLE_CONTACT, .chairing = CHAIR_CHAIR, .body = ssu};
	assert_int_equal(approval_places(&three, ssu, &as, 1), 0);
	as = (struct approver){.side = M, .role = ROLE_MEMBER, .body = S("fsu")};
	as.role = ROLE_ADMIN;
	assert_int_equal(approval_places(&sides, ssu, &as, 1), 0);
	as.side = SIDE_USER;
	as.role = ROLE_MEMBER;
	assert_int_equal(approval_places(&sides, ssu, &as, 1), 0);

	const struct charter_holder seat = {.role = HOLDER_MEMBER, .seat = S("ceo")};
	const struct charter_approval place = {.by = &seat, .n_by = 1};
	const struct charter_approvals one = {&place, 1};
	as =
	    (struct approver){.side = T, .role = ROLE_MEMBER, .body = ssu, .seat = S("clinic")};
	assert_int_equal(approval_places(&one, ssu, &as, 1), 0);
	as.seat = S("ceo");
	assert_int_equal(approval_places(&one, ssu, &as, 1), 1);
}

static void
never_one_person_twice(void **state)
{
	/* person 1 is secretary and chair, person 2 secretary only, person 3 vice-chair */
	const struct approval given[] = {{1, 1 | 2}, {2, 1}, {3, 4}};
	const struct approval twice[] = {{1, 1 | 2}, {1, 1 | 2}, {3, 4}};

	(void)state;
	assert_int_equal(approval_missing(&three, NULL, 0), 7);
	assert_int_equal(approval_missing(&three, given, 1), 2 | 4);
	assert_int_equal(approval_missing(&three, given, 2), 4); /* person 1 moves to chair */
	assert_int_equal(approval_missing(&three, given, 3), 0);
	assert_int_equal(approval_missing(&three, twice, 3), 2);
}

static void
r110_only_what_helps_is_taken(void **state)
{
	const struct approval given[] = {{1, 1 | 2}, {2, 1}};

	assert_ok(approval_can(&three, *state, given, 2, 3, 4));
	assert_ok(approval_can(&three, *state, given, 1, 2, 1));
	assert_err(approval_can(&three, *state, given, 2, 3, 0), "approval.not_yours");
	assert_err(approval_can(&three, *state, given, 2, 1, 4), "approval.already_given");
	assert_err(approval_can(&three, *state, given, 2, 9, 1 | 2), "approval.not_needed");
}

static void
a_gap_means_both_secretaries(void **state)
{
	const struct charter_approvals gap = {0};
	const struct approver m = {.side = M, .role = ROLE_SECRETARY};
	const struct approval given[] = {{1, 1}, {2, 2}}, same[] = {{1, 1 | 2}, {1, 1 | 2}};

	(void)state;
	assert_ptr_equal(approval_rule(&gap), &approval_by_both_secretaries);
	assert_ptr_equal(approval_rule(&three), &three);
	assert_int_equal(approval_places(&gap, S("ssu"), &m, 1), 1);
	assert_int_equal(approval_missing(&gap, given, 1), 2);
	assert_int_equal(approval_missing(&gap, given, 2), 0);
	assert_int_equal(approval_missing(&gap, same, 2), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(r125_counts_by_side_from_ordinary_seats),
	    WITH_ARENA(a_conflicted_seat_leaves_the_room),
	    WITH_ARENA(m7_quorum_is_the_charters),
	    WITH_ARENA(r126_r127_parity_of_seats_and_levels),
	    WITH_ARENA(deputies_are_called_by_rank),
	    WITH_ARENA(m3_who_can_fill_which_place),
	    WITH_ARENA(never_one_person_twice),
	    WITH_ARENA(r110_only_what_helps_is_taken),
	    WITH_ARENA(a_gap_means_both_secretaries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
