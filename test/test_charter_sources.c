/* The two charters, rule by rule: what the sources say is what the program is told. */
#include "charters.h"

#define VESTRE_VIKEN "charters/vestre-viken-2021.yaml"
#define OSTFOLD      "charters/ostfold.yaml"

/* --- the national model ----------------------------------------------------------------- */

static void
the_national_model_holds_in_both(void **state)
{
	static const char *const files[] = {VESTRE_VIKEN, OSTFOLD};
	const struct charter_question direction = {.topic = TOPIC_DIRECTION},
				      procedure = {.topic = TOPIC_PROCEDURE}, any = {0};

	for (size_t i = 0; i < 2; i++) {
		const struct charter *c = charter_of(*state, files[i]);

		/* NAT-04: political and administrative top, once a year, for the direction */
		assert_int_equal(body(c, "partnerskapsmotet")->level, LEVEL_1);
		assert_int_equal(body(c, "partnerskapsmotet")->kind, BODY_POLITICAL);
		assert_int_equal(body(c, "partnerskapsmotet")->cadence.per_year, 1);
		assert_true(has(line(c, "partnerskapsmotet", "ordforere")->eligible, "mayor"));
		assert_int_equal(
		    line(c, "partnerskapsmotet", "kommunedirektorer")->level, ROLE_LEVEL_TOP);
		assert_true(may(c, "partnerskapsmotet", MAY_DECIDE, &direction));
		assert_str(sent_to(*state, c, direction), "partnerskapsmotet");
		/* NAT-05: strategies, matters and running decisions */
		assert_int_equal(body(c, "ssu")->level, LEVEL_2);
		assert_int_equal(body(c, "ssu")->kind, BODY_STRATEGIC);
		assert_true(may(c, "ssu", MAY_DECIDE, &any));
		assert_true(may(c, "ssu", MAY_RECOMMEND, &any));
		assert_str(sent_to(*state, c, any), "ssu");
		/* NAT-06: procedures and service models, as advice */
		assert_int_equal(body(c, "fsu")->level, LEVEL_3);
		assert_true(may(c, "fsu", MAY_ADVISE, &procedure));
		assert_false(may(c, "fsu", MAY_DECIDE, NULL));
		assert_str(sent_to(*state, c, procedure), "fsu");
		/* NAT-07: users and general practitioners; in the one that says twelve seats
		 * of two sides (OST-30), not on the second level */
		for (size_t k = 0; k < 3; k++) {
			static const char *const level[] = {"partnerskapsmotet", "fsu", "ssu"};
			bool bipartite = i == 1 && k == 2;

			assert_int_equal(seats(c, level[k], SIDE_USER) > 0, !bipartite);
			assert_int_equal(seats(c, level[k], SIDE_GP) > 0, !bipartite);
		}
	}
}

/* --- Vestre Viken ----------------------------------------------------------------------- */

static void
vestre_viken_joint_bodies(void **state)
{
	const struct charter *c = charter_of(*state, VESTRE_VIKEN);

	assert_int_equal(c->n_goals, 2); /* NAT-11 */
	assert_str(c->basis.rule, "NAT-11");
	/* VV21-03: the board with its user representatives, and the leader group */
	assert_int_equal(line(c, "partnerskapsmotet", "styret")->level, ROLE_LEVEL_POLITICAL);
	assert_true(has(line(c, "partnerskapsmotet", "ledermotet")->eligible, "trust_ceo"));
	assert_int_equal(line(c, "partnerskapsmotet", "brukere")->count, 2);
	/* VV21-05 */
	assert_int_equal(line(c, "partnerskapsmotet", "tillitsvalgte")->status, SEAT_INVITED);
	assert_int_equal(line(c, "partnerskapsmotet", "fastlege")->status, SEAT_MEMBER);
	/* VV21-06 */
	assert_int_equal(body(c, "partnerskapsmotet")->cadence.count, CADENCE_EXACT);
	/* VV21-09 */
	assert_int_equal(body(c, "au_ssu")->kind, BODY_WORKING_COMMITTEE);
	assert_str(body(c, "au_ssu")->reports_to, "ssu");
	assert_true(may(c, "au_ssu", MAY_PREPARE, NULL));
	assert_true(has(body(c, "ssu")->prepared_by, "au_ssu"));
	/* KHSA-55 */
	assert_true(may(c, "ssu", MAY_INITIATE, NULL));
	/* KHSA-33: one of the secretariat for the municipalities, one for the trust */
	assert_int_equal(c->secretariat.n_members, 2);
	assert_str(secretary(c, "koordinator")->acts_for, "khs_21");
	assert_str(secretary(c, "samhandlingssjef")->acts_for, "vestre_viken");
}

static void
vestre_viken_local_bodies(void **state)
{
	const struct charter *c = charter_of(*state, VESTRE_VIKEN);
	const struct charter_question one = {.scope = SCOPE_ONE_MUNICIPALITY},
				      whole = {.scope = SCOPE_WHOLE_AREA};

	assert_int_equal(bodies_of(c, BODY_LOCAL), 5); /* KHSA-56 */
	/* KHSA-57 */
	assert_true(may(c, "lsu_drammen", MAY_DECIDE, &one));
	assert_false(may(c, "lsu_drammen", MAY_DECIDE, &whole));
	/* KHSP-71: equal, where it is agreed locally */
	assert_int_equal(
	    seats(c, "lsu_drammen", SIDE_MUNICIPAL), seats(c, "lsu_drammen", SIDE_TRUST));
	/* VV21-15 */
	assert_str(line(c, "lsu_ringerike", "helse_omsorg_hole")->party, "hole");
	assert_str(line(c, "lsu_ringerike", "helse_omsorg_krodsherad")->party, "krodsherad");
	assert_true(has(body(c, "lsu_ringerike")->prepared_by, "au_lsu_ringerike"));
	/* VV21-19: a sector that is not health */
	assert_str(line(c, "lsu_ringerike", "utdanning_familie")->party, "ringerike");
	/* VV21-17 */
	assert_int_equal(body(c, "lsu_ringerike")->cadence.per_year, 4);
	assert_int_equal(body(c, "lsu_ringerike")->cadence.count, CADENCE_ABOUT);
}

static void
vestre_viken_municipal_bodies(void **state)
{
	const struct charter *c = charter_of(*state, VESTRE_VIKEN);
	const struct charter_question agreement = {.topic = TOPIC_AGREEMENT},
				      principle = {.consequences = CONSEQUENCE_PRINCIPLE};
	const struct charter_body *mayors = body(c, "ordforer_og_direktormotet"),
				  *board = body(c, "khs_styret"),
				  *six = body(c, "helsesamarbeidet_6k");

	/* KHSA-50 */
	assert_int_equal(mayors->cadence.per_year, 1);
	assert_true(charter_body_may(mayors, MAY_DECIDE, &principle) != NULL);
	assert_int_equal(charter_body_seats(mayors, SIDE_MUNICIPAL, false), 42);
	/* KHSA-51 */
	assert_str(
	    charter_body_may(mayors, MAY_DECIDE, &agreement)->basis.rule, "KHSA-51, KHSA-75");
	assert_int_equal(mayors->decision.rule, DECISION_UNANIMITY); /* KHSA-75 */
	/* KHSA-08: it supports; it decides nothing for the municipalities */
	assert_true(charter_body_is_advisory(board));
	assert_true(may(c, "khs_styret", MAY_SUPPORT, NULL));
	assert_true(may(c, "khs_styret", MAY_INITIATE, NULL)); /* KHSA-18 */
	/* KHSA-11, KHSA-12 */
	assert_true(has(line(c, "khs_styret", "regionene")->eligible, "municipal_sector_head"));
	assert_int_equal(line(c, "khs_styret", "regionene")->min_small, 2);
	assert_int_equal(board->chair.rule, CHAIR_RULE_SELF_CONSTITUTING); /* KHSA-13 */
	/* KHSA-14 */
	assert_int_equal(board->term.years, 2);
	assert_int_equal(board->term.re_election, RE_ELECTION_YES);
	/* KHSA-15: four at the least; before each meeting of the committee it is eight */
	assert_int_equal(board->cadence.count, CADENCE_MIN);
	assert_true(board->cadence.per_year >= 4);
	assert_int_equal(board->cadence.per_year, body(c, "ssu")->cadence.per_year);
	/* KHSA-06 */
	assert_str(
	    charter_pre_meeting(c, body(c, "ssu"), SIDE_MUNICIPAL)->held_in, "khs_styret");
	assert_true(charter_pre_meeting(c, body(c, "ssu"), SIDE_MUNICIPAL)->required);
	assert_int_equal(charter_body_seats(six, SIDE_MUNICIPAL, false) - 1, 6); /* R6K-01 */
	/* R6K-04: it speaks before the local committee of its area */
	assert_non_null(charter_pre_meeting(c, body(c, "lsu_ringerike"), SIDE_MUNICIPAL));
	/* R6K-06 */
	assert_int_equal(six->cadence.per_year, 8);
	assert_true(has(six->cadence.before, "khs_styret"));
	/* VV21-12: from the six to the board, from the board to the committee */
	assert_true(has(board->cadence.before, "ssu"));
	assert_str(line(c, "ssu", "kommunene")->appointed_by, "khs_styret");
}

/* --- Østfold ---------------------------------------------------------------------------- */

static void
ostfold_partnership_and_committee(void **state)
{
	const struct charter *c = charter_of(*state, OSTFOLD);
	const struct charter_body *pm = body(c, "partnerskapsmotet"), *ssu = body(c, "ssu");
	const struct charter_question larger = {
	    .consequences = CONSEQUENCE_ECONOMIC, .is_larger = true};

	assert_int_equal(c->n_goals, 3);    /* OST-16 */
	assert_true(pm->reports_to.n == 0); /* OST-20 */
	/* OST-24 */
	assert_true(has(pm->prepared_by, "ssu") && has(pm->prepared_by, "fsu"));
	/* OST-30 */
	assert_true(ssu->bipartite);
	assert_str(charter_body_may(ssu, MAY_DECIDE, &larger)->basis.rule, "OST-30");
	assert_str(sent_to(*state, c, larger), "ssu");
	/* OST-31 */
	assert_int_equal(ssu->cadence.per_year, 4);
	assert_int_equal(ssu->cadence.extraordinary, EXTRAORDINARY_AGREED);
	/* OST-33 */
	assert_true(has(ssu->prepared_by, "fsu") && has(ssu->prepared_by, "secretariat"));
	/* OST-35: on the same level */
	assert_int_equal(line(c, "ssu", "toppledelsen_so")->level, ROLE_LEVEL_TOP);
	assert_int_equal(line(c, "ssu", "regionene")->level, ROLE_LEVEL_TOP);
	/* OST-60 */
	assert_true(may(c, "ssu", MAY_CREATE, NULL) && may(c, "fsu", MAY_CREATE, NULL));
}

static void
ostfold_secretariat(void **state)
{
	const struct charter *c = charter_of(*state, OSTFOLD);
	const struct charter_body *fsu = body(c, "fsu");
	size_t core = 0;

	/* OST-13: leads together with the trust's, and convenes the pre-meetings */
	assert_true(c->secretariat.lead.co_chair);
	assert_int_equal(charter_pre_meeting(c, body(c, "ssu"), SIDE_MUNICIPAL)->convened_by,
	    HOLDER_SECRETARY);
	assert_true(secretary(c, "regionene")->associated);
	/* OST-41: the two managers take turns */
	assert_int_equal(fsu->chair.rule, CHAIR_RULE_ALTERNATE);
	assert_int_equal(fsu->chair.period_years, 1);
	assert_true(has(fsu->chair.seats, "samhandlingssjef_so"));
	assert_true(has(fsu->chair.seats, "samhandlingssjef_kommuner"));
	assert_str(secretary(c, "radgiver_so")->acts_for, "sykehuset_ostfold"); /* OST-42 */
	/* OST-50 */
	for (size_t i = 0; i < c->secretariat.n_members; i++)
		core += !c->secretariat.members[i].associated;
	assert_int_equal(core, 3);
	/* OST-52: from all three */
	assert_int_equal(c->process.preparation.perspectives,
	    1u << PERSPECTIVE_TRUST | 1u << PERSPECTIVE_MUNICIPALITY |
		1u << PERSPECTIVE_PATIENT);
	/* OST-53: the summons is theirs, on both sides */
	assert_int_equal(fsu->agenda.setters.n, 2);
	assert_int_equal(fsu->agenda.setters.v[0].by[0].role, HOLDER_SECRETARY);
	assert_true(charter_notice_days(fsu) > 0);
	assert_int_equal(c->secretariat.n_tasks, 7); /* OST-58 */
}

static void
ostfold_networks(void **state)
{
	const struct charter *c = charter_of(*state, OSTFOLD);
	const struct charter_body *contacts = body(c, "samhandlingskontaktene");

	/* OST-70, OST-71: one for each municipality, one for each area of the hospital */
	assert_int_equal(charter_body_seats(contacts, SIDE_MUNICIPAL, false), 13);
	assert_int_equal(charter_body_seats(contacts, SIDE_TRUST, false), 5);
	/* OST-72: it informs, and decides nothing */
	assert_int_equal(contacts->kind, BODY_NETWORK);
	assert_true(charter_body_is_advisory(contacts));
	assert_int_equal(contacts->cadence.per_year, 2); /* OST-74 */
	/* OST-75: those of the committee are contacts */
	assert_true(has(line(c, "fsu", "kommunene")->eligible, "cooperation_contact"));
	/* OST-80 */
	assert_int_equal(body(c, "samhandlingsforum")->cadence.per_year, 1);
	assert_true(has(body(c, "dialogmotet")->prepared_by, "fsu")); /* OST-81 */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(the_national_model_holds_in_both),
	    WITH_ARENA(vestre_viken_joint_bodies),
	    WITH_ARENA(vestre_viken_local_bodies),
	    WITH_ARENA(vestre_viken_municipal_bodies),
	    WITH_ARENA(ostfold_partnership_and_committee),
	    WITH_ARENA(ostfold_secretariat),
	    WITH_ARENA(ostfold_networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
