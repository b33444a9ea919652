/* The charter of the Ringerike region, rule by rule: what the sources say is what the program
 * is told. */
#include "charters.h"

#include "base/day.h"

#define RINGERIKE    "charters/ringeriksregionen.yaml"
#define VESTRE_VIKEN "charters/vestre-viken-2021.yaml"

static const char *const six[] = {
    "hole", "krodsherad", "jevnaker", "modum", "sigdal", "ringerike"};

static const struct charter_question here = {.scope = SCOPE_ONE_AREA},
				     one = {.scope = SCOPE_ONE_MUNICIPALITY},
				     several = {.scope = SCOPE_SEVERAL_AREAS},
				     whole = {.scope = SCOPE_WHOLE_AREA};

/* R6K-01: the same six are in Vestre Viken, in the area of the local committee. */
static void
six_municipalities(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE),
			     *v = charter_of(*state, VESTRE_VIKEN);
	const struct charter_region *area = charter_region(c, S("lsu_omrade_ringerike"));

	assert_non_null(area);
	assert_int_equal(parties_of(c, PARTY_MUNICIPALITY), 6);
	for (size_t i = 0; i < 6; i++) {
		const struct charter_party *p = party(c, six[i]), *q = party(v, six[i]);

		assert_true(p->orgnr.n == 9 && str_eq(p->orgnr, q->orgnr));
		assert_true(str_eq(p->kommunenummer, q->kommunenummer));
		assert_true(charter_in_region(area, p)); /* KHSA-56 */
		assert_true(charter_in_region(charter_region(v, S("lsu_omrade_ringerike")), q));
	}
	assert_int_equal(party(c, "helsesamarbeidet")->kind, PARTY_MUNICIPAL_COOPERATION);
	assert_str(c->municipal_cooperation, "helsesamarbeidet");
}

static void
since_2013(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_party *p = party(c, "ringerike");

	/* R6K-03: the year; the day is not known */
	assert_int_equal(day_to_ymd(c->start_day).year, 2013);
	assert_str(c->basis.gap, "X");
	assert_int_equal(charter_party_population(p, day_of(2013, 1, 1))->value, 29400);
	assert_true(has(p->former_numbers, "0605") && has(p->former_numbers, "3007"));
	for (size_t i = 0; i < 6; i++)
		assert_non_null(charter_party_population(party(c, six[i]), c->start_day));
	/* R6K-04: to develop the services */
	assert_int_equal(c->n_goals, 2);
	assert_str(c->goals[0].nb, "Videreutvikle helse- og omsorgstjenestene i kommunene og i "
				   "spesialisthelsetjenesten");
	/* R6K-05: and to speak with one voice */
	assert_str(c->goals[1].nb, "Stå samlet og koordinert i samhandlingen med Vestre Viken");
	assert_common_defaults(*state, c);
}

static void
heads_of_sector_meet(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_body *b = body(c, "helsesamarbeidet_6k");
	const struct charter_composition *heads =
	    line(c, "helsesamarbeidet_6k", "kommunalsjefer");

	/* R6K-02: six heads of sector and the cooperation leader */
	assert_int_equal(charter_body_seats(b, SIDE_MUNICIPAL, false), 6 + 1);
	assert_int_equal(b->seats_stated, 7);
	assert_int_equal(heads->per, SEAT_PER_MEMBER);
	assert_str(heads->region, "lsu_omrade_ringerike");
	assert_true(has(heads->eligible, "municipal_sector_head"));
	assert_true(has(line(c, "helsesamarbeidet_6k", "samhandlingsleder")->eligible,
	    "cooperation_leader"));
	assert_int_equal(b->kind, BODY_MUNICIPAL);
	assert_int_equal(b->side, SIDE_MUNICIPAL);
	assert_str(b->region, "lsu_omrade_ringerike"); /* R6K-01 */
	/* R6K-06 */
	assert_int_equal(b->cadence.per_year, 8);
	assert_int_equal(b->cadence.count, CADENCE_EXACT);
	assert_true(has(b->cadence.before, "khs_styret"));
	/* R6K-07: the out-of-hours service has an hour there, and no seat */
	assert_int_equal(line(c, "helsesamarbeidet_6k", "legevakten")->status, SEAT_INVITED);
	assert_str(line(c, "helsesamarbeidet_6k", "legevakten")->party, "legevakten");
	assert_int_equal(party(c, "legevakten")->side, SIDE_MUNICIPAL);
}

static void
what_they_work_with(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_mandate *m = &body(c, "helsesamarbeidet_6k")->mandate;
	static const char *const topics[] = {
	    "KAD-plasser, kommunal akutt døgnenhet ved legevakten",
	    "Nettverk og erfaringsutveksling", "Kompetanseutvikling",
	    "Samordning opp mot spesialisthelsetjenesten", "IKT og velferdsteknologi",
	    "Utviklingssentrene for sykehjem og hjemmetjenester (USHT) og kompetansenettverket",
	    "FACT, psykiatri og rus"};

	/* R6K-09: seven topics, of which one is to coordinate towards the hospital */
	assert_int_equal(m->n_points, 7);
	for (size_t i = 0; i < 7; i++)
		assert_str(m->points[i].nb, topics[i]);
	assert_true(may(c, "helsesamarbeidet_6k", MAY_ADVISE, NULL));
	assert_true(may(c, "helsesamarbeidet_6k", MAY_INITIATE, NULL)); /* R6K-10 */
	assert_false(may(c, "helsesamarbeidet_6k", MAY_DECIDE, NULL));
	/* R6K-11 */
	assert_int_equal(body(c, "dialogmotet_akuttmedisin")->kind, BODY_NETWORK);
	assert_str(body(c, "dialogmotet_akuttmedisin")->region, "lsu_omrade_ringerike");
	assert_int_equal(body(c, "dialogmotet_akuttmedisin")->cadence.per_year, 2);
	assert_int_equal(body(c, "dialogmotet_akuttmedisin")->cadence.count, CADENCE_EXACT);
}

static void
one_voice(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_pre_meeting *board = pre_meeting(c, "khs_styret"),
					 *local = pre_meeting(c, "lsu_ringerike");

	/* R6K-05 */
	assert_int_equal(board->common_percent, 100);
	assert_int_equal(local->common_percent, 100);
	assert_true(board->all_members && local->all_members);
	/* R6K-06: before the board they always meet */
	assert_true(board->required);
	assert_str(board->held_in, "helsesamarbeidet_6k");
	assert_false(local->required); /* R6K-09: no source says that they must */
	/* R6K-04, R6K-09: the municipalities first, then with the hospital */
	assert_str(sent_to(*state, c, here), "helsesamarbeidet_6k");
	/* VV21-12: what is wider goes on to the board */
	assert_str(sent_to(*state, c, several), "khs_styret");
	assert_str(sent_to(*state, c, whole), "khs_styret");
	assert_no_route_binds(c);
}

static void
the_secretariat(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_secretary *s = secretary(c, "samhandlingsleder"),
				       *trust = secretary(c, "samhandlingsleder_sykehuset");

	/* R6K-08: Ringerike is the employer; the leader acts for all six */
	assert_str(s->employer, "ringerike");
	assert_str(c->host, "ringerike");
	assert_str(s->acts_for, "helsesamarbeidet");
	/* R6K-02 */
	assert_int_equal(s->side, SIDE_MUNICIPAL);
	assert_str(
	    line(c, "helsesamarbeidet_6k", "samhandlingsleder")->party, "helsesamarbeidet");
	assert_true(has(body(c, "helsesamarbeidet_6k")->prepared_by, "secretariat"));
	/* VV21-16 */
	assert_int_equal(trust->side, SIDE_TRUST);
	assert_str(trust->employer, "vestre_viken");
	assert_str(trust->acts_for, "ringerike_sykehus");
}

/* The board of another cooperation; it decides nothing for the municipalities. */
static void
the_board_of_khs(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_body *b = body(c, "khs_styret");
	const struct charter_composition *others = line(c, "khs_styret", "andre_delregioner");

	assert_int_equal(party(c, "khs_21")->kind, PARTY_MUNICIPAL_COOPERATION); /* VV21-01 */
	/* VV21-02, KHSA-08 */
	assert_int_equal(b->kind, BODY_MUNICIPAL);
	assert_int_equal(b->side, SIDE_MUNICIPAL);
	assert_true(charter_body_is_advisory(b));
	assert_true(may(c, "khs_styret", MAY_SUPPORT, NULL));
	assert_int_equal(b->decision.rule, DECISION_NONE);
	/* KHSA-10: seven, one of each sub-region; two sub-regions are here */
	assert_int_equal(seats(c, "khs_styret", SIDE_MUNICIPAL), 7);
	assert_int_equal(seats_from(c, "khs_styret", "ringeriksregionen"), 1);
	assert_int_equal(seats_from(c, "khs_styret", "midt_buskerud"), 1);
	assert_int_equal(others->count, 5);
	assert_str(others->party, "khs_21");
	assert_true(has(others->eligible, "municipal_sector_head")); /* KHSA-11 */
	/* KHSA-15 */
	assert_int_equal(b->cadence.per_year, 4);
	assert_int_equal(b->cadence.count, CADENCE_MIN);
}

/* VV21-12: two are sent by the six. VV21-13: for Ringerike sit Hole and Krødsherad. */
static void
two_speak_for_the_six_there(void **state)
{
	static const struct {
		const char *who, *region;
	} sent[] = {{"hole", "ringeriksregionen"}, {"krodsherad", "midt_buskerud"}};
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_body *b = body(c, "khs_styret");

	for (size_t i = 0; i < 2; i++) {
		const struct charter_composition *l = line(c, "khs_styret", sent[i].who);
		const struct charter_region *r = charter_region(c, str_from_c(sent[i].region));

		assert_str(l->party, sent[i].who);
		assert_str(l->appointed_by, "helsesamarbeidet_6k");
		assert_true(has(l->eligible, "municipal_sector_head"));
		assert_true(r && charter_in_region(r, party(c, sent[i].who)));
	}
	for (size_t i = 0; i < b->n_composition; i++)
		assert_false(str_eq(b->composition[i].party, c->host));
}

/* VV21-15: heads of sector of three municipalities, two of them of health and care. */
static void
municipalities_in_the_local_committee(void **state)
{
	static const char *const from[][2] = {{"helse_omsorg_hole", "hole"},
	    {"helse_omsorg_krodsherad", "krodsherad"}, {"utdanning_familie", "ringerike"}};
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_composition *leader =
					     line(c, "lsu_ringerike", "samhandlingsleder"),
					 *other = line(c, "lsu_ringerike", from[2][0]);

	for (size_t i = 0; i < 3; i++) {
		const struct charter_composition *l = line(c, "lsu_ringerike", from[i][0]);

		assert_str(l->party, from[i][1]);
		assert_true(has(l->eligible, "municipal_sector_head"));
	}
	assert_str(other->label.nb, "Kommunalsjef for utdanning og familie"); /* VV21-19 */
	/* VV21-16 */
	assert_str(leader->party, "helsesamarbeidet");
	assert_true(has(leader->eligible, "cooperation_leader"));
	assert_int_equal(seats(c, "lsu_ringerike", SIDE_MUNICIPAL), 4);
	/* VV21-15: its working committee */
	assert_true(has(body(c, "lsu_ringerike")->prepared_by, "au_lsu_ringerike"));
	assert_int_equal(body(c, "au_lsu_ringerike")->kind, BODY_WORKING_COMMITTEE);
	assert_str(body(c, "au_lsu_ringerike")->reports_to, "lsu_ringerike");
	assert_str(body(c, "au_lsu_ringerike")->region, "lsu_omrade_ringerike");
	assert_true(may(c, "au_lsu_ringerike", MAY_PREPARE, NULL));
}

/* VV21-16: beside the four of the municipalities eight, a user and a practitioner. */
static void
others_in_the_local_committee(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_body *b = body(c, "lsu_ringerike");
	const struct charter_composition *pko = line(c, "lsu_ringerike", "pko");

	assert_int_equal(b->kind, BODY_LOCAL);
	assert_true(b->bipartite);
	assert_str(b->region, "lsu_omrade_ringerike");
	assert_str(b->hospital, "ringerike_sykehus");
	assert_int_equal(b->seats_stated, 14);
	assert_int_equal(line(c, "lsu_ringerike", "ringerike_sykehus")->count, 7);
	assert_str(line(c, "lsu_ringerike", "ringerike_sykehus")->party, "ringerike_sykehus");
	assert_str(pko->party, "ringerike_sykehus");
	assert_true(has(pko->eligible, "practice_consultant_lead"));
	assert_int_equal(seats(c, "lsu_ringerike", SIDE_TRUST), 8);
	assert_int_equal(seats(c, "lsu_ringerike", SIDE_USER), 1);
	assert_str(line(c, "lsu_ringerike", "bruker")->party, "brukerutvalget");
	assert_int_equal(seats(c, "lsu_ringerike", SIDE_GP), 1);
	assert_str(line(c, "lsu_ringerike", "fastlege")->party, "fastlegene");
}

static void
what_the_local_committee_does(void **state)
{
	const struct charter *c = charter_of(*state, RINGERIKE);
	const struct charter_body *b = body(c, "lsu_ringerike");

	/* VV21-17 */
	assert_int_equal(b->cadence.per_year, 4);
	assert_int_equal(b->cadence.count, CADENCE_ABOUT);
	/* KHSA-57 */
	assert_true(may(c, "lsu_ringerike", MAY_DECIDE, &one));
	assert_true(may(c, "lsu_ringerike", MAY_DECIDE, &here));
	assert_false(may(c, "lsu_ringerike", MAY_DECIDE, &whole));
	assert_int_equal(b->decision.rule, DECISION_CONSENSUS); /* NAT-13 */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(six_municipalities),
	    WITH_ARENA(since_2013),
	    WITH_ARENA(heads_of_sector_meet),
	    WITH_ARENA(what_they_work_with),
	    WITH_ARENA(one_voice),
	    WITH_ARENA(the_secretariat),
	    WITH_ARENA(the_board_of_khs),
	    WITH_ARENA(two_speak_for_the_six_there),
	    WITH_ARENA(municipalities_in_the_local_committee),
	    WITH_ARENA(others_in_the_local_committee),
	    WITH_ARENA(what_the_local_committee_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
