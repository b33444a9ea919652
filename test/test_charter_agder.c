/* The Agder charter, rule by rule: what the sources say is what the program is told. */
#include "charters.h"

#include "base/day.h"

#define AGDER "charters/agder.yaml"

/* AGD-10: each network is two bodies, for the municipalities alone and with the hospital. */
static const struct network {
	const char *region, *joint, *alone, *hospital;
	int64_t n_municipalities;
} networks[] = {
    {"ostre_agder", "helsenettverk_ostre_agder", "helsenettverk_ostre_agder_kommunene",
	"arendal_sykehus", 8},
    {"setesdal", "helsenettverk_setesdal", "helsenettverk_setesdal_kommunene",
	"kristiansand_sykehus", 4},
    {"kristiansandregionen", "helsenettverk_kristiansandregionen",
	"helsenettverk_kristiansandregionen_kommunene", "kristiansand_sykehus", 5},
    {"lindesnesregionen", "helsenettverk_lindesnesregionen",
	"helsenettverk_lindesnesregionen_kommunene", "kristiansand_sykehus", 2},
    {"lister", "helsenettverk_lister", "helsenettverk_lister_kommunene", "flekkefjord_sykehus",
	6},
};
enum { NETWORK_N = sizeof(networks) / sizeof(networks[0]) };

/* AGD-21 */
static const char *const arenas[] = {"fagutvalg_akuttmedisin", "fagutvalg_ehelse",
    "fagutvalg_ikt_forum", "msr", "fagutvalg_avtalegruppe", "fagutvalg_kompetansedeling",
    "fagutvalg_jordmortjenester", "fagutvalg_rehabilitering"};
enum { ARENA_N = sizeof(arenas) / sizeof(arenas[0]) };

static void
the_trust_and_its_hospitals(void **state)
{
	static const char *const hospitals[] = {
	    "arendal_sykehus", "flekkefjord_sykehus", "kristiansand_sykehus"};
	const struct charter *c = charter_of(*state, AGDER);

	/* AGD-01 */
	assert_str(c->health_trust, "sorlandet_sykehus");
	assert_int_equal(party(c, "sorlandet_sykehus")->kind, PARTY_HEALTH_TRUST);
	assert_int_equal(parties_of(c, PARTY_HOSPITAL), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(party(c, hospitals[i])->kind, PARTY_HOSPITAL);
		assert_str(party(c, hospitals[i])->parent, "sorlandet_sykehus");
	}
}

static void
the_health_community(void **state)
{
	static const char *const goals[] = {"Bedre helse gjennom samhandling",
	    "Fornøyde brukere", "Faglig godt sammenhengende helsetilbud",
	    "Effektiv ressursutnyttelse", "Nytenkning og innføring av beste praksis",
	    "Gode helseresultater"};
	const struct charter *c = charter_of(*state, AGDER);

	/* AGD-02 */
	assert_int_equal(c->type, COOPERATION_HEALTH_COMMUNITY);
	assert_int_equal(c->start_day, day_of(2020, 1, 1));
	assert_str(c->host, "kristiansand"); /* AGD-08 */
	/* AGD-20 */
	assert_int_equal(c->n_goals, 6);
	for (size_t i = 0; i < 6; i++)
		assert_str(c->goals[i].nb, goals[i]);
	assert_int_equal(body(c, "oss")->kind, BODY_STRATEGIC);
	assert_int_equal(body(c, "oss")->level, LEVEL_2);
	assert_true(body(c, "oss")->bipartite);
	assert_true(body(c, "oss")->reports_to.n == 0);
	assert_common_defaults(*state, c);
}

/* NAT-07 */
static void
assert_users_and_practitioners(const struct charter *c, const char *key)
{
	assert_int_equal(seats(c, key, SIDE_USER), 1);
	assert_int_equal(seats(c, key, SIDE_GP), 1);
	assert_str(line(c, key, "bruker")->party, "brukerne");
	assert_str(line(c, key, "fastlege")->party, "fastlegene");
}

static void
the_national_model(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	const struct charter_question procedure = {.topic = TOPIC_PROCEDURE}, any = {0};

	/* NAT-05 */
	assert_true(may(c, "oss", MAY_DECIDE, &any));
	assert_true(may(c, "oss", MAY_RECOMMEND, &any));
	assert_str(sent_to(*state, c, any), "oss");
	/* NAT-06 */
	assert_str(sent_to(*state, c, procedure), arenas[0]);
	for (size_t i = 0; i < ARENA_N; i++) {
		assert_true(may(c, arenas[i], MAY_ADVISE, &procedure));
		assert_false(may(c, arenas[i], MAY_DECIDE, NULL));
		assert_int_equal(body(c, arenas[i])->decision.rule, DECISION_NONE);
		assert_users_and_practitioners(c, arenas[i]);
	}
	assert_users_and_practitioners(c, "oss");
	assert_int_equal(body(c, "oss")->decision.rule, DECISION_CONSENSUS); /* NAT-13 */
	assert_no_route_binds(c);
}

/* How many municipalities belong to the region. */
static int64_t
members(const struct charter *c, const struct charter_region *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->n_parties; i++)
		n += c->parties[i].kind == PARTY_MUNICIPALITY &&
		     charter_in_region(r, &c->parties[i]);
	return n;
}

/* AGD-03: five regions; the sources name neither them nor their municipalities. */
static void
five_regions_hold_all_municipalities(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	int64_t n = 0;

	assert_int_equal(c->n_regions, NETWORK_N);
	for (size_t i = 0; i < c->n_regions; i++) {
		const struct charter_region *r = &c->regions[i];

		assert_str(r->key, networks[i].region);
		assert_str(r->layer, "municipal_region");
		assert_str(r->basis.gap, "X");
		assert_int_equal(members(c, r), networks[i].n_municipalities);
		n += members(c, r);
	}
	assert_int_equal(n, parties_of(c, PARTY_MUNICIPALITY));
	for (size_t i = 0; i < c->n_parties; i++)
		if (c->parties[i].kind == PARTY_MUNICIPALITY)
			assert_int_equal(c->parties[i].regions.n, 1);
}

static void
six_coordinators_prepare(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	const struct charter_body *au = body(c, "au_koss");

	/* AGD-03: one of each region, and one of Kristiansand's own */
	assert_int_equal(seats(c, "au_koss", SIDE_MUNICIPAL), 6);
	assert_int_equal(au->seats.n, 6);
	for (size_t i = 0; i < NETWORK_N; i++)
		assert_int_equal(seats_from(c, "au_koss", networks[i].region), 1);
	assert_true(has(line(c, "au_koss", "koordinatorer")->eligible, "regional_coordinator"));
	assert_true(
	    has(line(c, "au_koss", "koordinator_kristiansand")->eligible, "local_coordinator"));
	assert_str(line(c, "au_koss", "koordinator_kristiansand")->party, "kristiansand");
	/* AGD-12: they are the working committee */
	assert_int_equal(au->kind, BODY_WORKING_COMMITTEE);
	assert_int_equal(au->side, SIDE_MUNICIPAL);
	assert_str(au->reports_to, "koss");
	assert_true(may(c, "au_koss", MAY_PREPARE, NULL));
	assert_true(has(body(c, "koss")->prepared_by, "au_koss"));
	assert_int_equal(au->cadence.interval_weeks, 2); /* AGD-17 */
}

/* AGD-12: all municipalities in a body of their own, which the trust does not see into. */
static void
koss_is_every_municipality(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	const struct charter_body *koss = body(c, "koss");

	assert_int_equal(koss->kind, BODY_MUNICIPAL);
	assert_int_equal(koss->side, SIDE_MUNICIPAL);
	assert_int_equal(seats(c, "koss", SIDE_MUNICIPAL), parties_of(c, PARTY_MUNICIPALITY));
	assert_int_equal(seats(c, "koss", SIDE_TRUST), 0);
	assert_int_equal(line(c, "koss", "kommunene")->per, SEAT_PER_MEMBER);
	assert_str(koss->basis.gap, "G39");
	/* AGD-15: with its leadership */
	assert_int_equal(line(c, "koss", "kommunene")->level, ROLE_LEVEL_TOP);
	/* AGD-16: KS helps, and has no seat */
	assert_int_equal(line(c, "koss", "ks")->status, SEAT_INVITED);
	assert_str(line(c, "koss", "ks")->party, "ks_agder");
	assert_int_equal(party(c, "ks_agder")->kind, PARTY_KS);
	assert_int_equal(seats(c, "koss", SIDE_OTHER), 0);
}

/* AGD-13: the municipalities meet before the joint committee does, and agree. */
static void
koss_meets_before_the_joint_committee(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	const struct charter_pre_meeting *p = pre_meeting(c, "oss");

	/* how often that is, no source says */
	assert_true(has(body(c, "koss")->cadence.before, "oss"));
	assert_int_equal(body(c, "koss")->cadence.per_year, 0);
	assert_true(may(c, "koss", MAY_PREPARE, NULL));
	assert_str(p->held_in, "koss");
	assert_true(p->required);
	assert_true(p->all_members); /* AGD-12 */
	assert_int_equal(p->common_percent, 100);
	for (size_t i = 0; i < NETWORK_N; i++)
		assert_int_equal(seats_from(c, "oss", networks[i].region), 1);
}

static void
the_secretariat(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	const struct charter_secretary *regional = secretary(c, "regionale_koordinatorer"),
				       *common = secretary(c, "felles_koordinator"),
				       *manager = secretary(c, "samhandlingssjef");

	/* AGD-23: the coordinators, the common one, and the trust's manager */
	assert_int_equal(c->secretariat.n_members, 3);
	assert_int_equal(regional->side, SIDE_MUNICIPAL);
	assert_int_equal(common->side, SIDE_MUNICIPAL);
	assert_int_equal(manager->side, SIDE_TRUST);
	assert_str(manager->acts_for, "sorlandet_sykehus");
	assert_true(has(body(c, "oss")->prepared_by, "secretariat"));
	assert_true(set_by_both_secretaries(body(c, "oss")));
	assert_int_equal(regional->count, 5); /* AGD-03 */
	/* AGD-06: host municipalities employ them; the sources do not say which */
	assert_str(regional->acts_for, "kommunene_i_agder");
	assert_true(regional->employer.n == 0);
	/* AGD-07: one of the six has half a post for all municipalities */
	assert_str(c->municipal_cooperation, "kommunene_i_agder");
	assert_int_equal(party(c, "kommunene_i_agder")->kind, PARTY_MUNICIPAL_COOPERATION);
	assert_int_equal(common->count, 1);
	assert_int_equal(common->percent, 50);
	assert_str(common->acts_for, "kommunene_i_agder");
	assert_str(common->basis.gap, "G14");
	assert_str(common->employer, "kristiansand");
}

/* AGD-09: from each municipality a head of sector and an assessor, or two unit managers. */
static void
assert_municipalities(const struct charter *c, const char *key, const struct network *n)
{
	const struct charter_composition *head = line(c, key, "kommunalsjef"),
					 *assessor = line(c, key, "bisitter");

	assert_int_equal(seats(c, key, SIDE_MUNICIPAL), 2 * n->n_municipalities);
	assert_int_equal(seats_from(c, key, n->region), 2 * n->n_municipalities);
	assert_int_equal(head->per, SEAT_PER_MEMBER);
	assert_int_equal(assessor->per, SEAT_PER_MEMBER);
	assert_true(has(head->eligible, "municipal_sector_head"));
	assert_false(has(assessor->eligible, "municipal_sector_head"));
	assert_true(has(assessor->eligible, "assessor"));
	assert_false(has(head->eligible, "assessor"));
	assert_true(has(head->eligible, "unit_manager"));
	assert_true(has(assessor->eligible, "unit_manager"));
	assert_int_equal(head->level, ROLE_LEVEL_MIDDLE);
	assert_int_equal(assessor->level, ROLE_LEVEL_MIDDLE);
	/* its secretary is the coordinator, without a seat */
	assert_int_equal(line(c, key, "koordinator")->side, SIDE_MUNICIPAL);
	assert_int_equal(line(c, key, "koordinator")->status, SEAT_OBSERVER);
	assert_true(has(line(c, key, "koordinator")->eligible, "regional_coordinator"));
}

/* AGD-18: the coordinator convenes, sets the agenda and writes the minutes. */
static void
assert_run_by_the_coordinator(const struct charter_body *b)
{
	assert_int_equal(b->agenda.setters.n, 1);
	assert_int_equal(b->agenda.setters.v[0].side, SIDE_MUNICIPAL);
	assert_int_equal(b->agenda.setters.v[0].n_by, 1);
	assert_int_equal(b->agenda.setters.v[0].by[0].role, HOLDER_SECRETARY);
}

static void
networks_with_the_hospital(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);

	assert_int_equal(bodies_of(c, BODY_LOCAL), NETWORK_N); /* AGD-19 */
	for (size_t i = 0; i < NETWORK_N; i++) {
		const struct network *n = &networks[i];
		const struct charter_body *b = body(c, n->joint);
		const struct charter_question here = {
		    .scope = SCOPE_ONE_AREA, .region = str_from_c(n->region)};

		assert_municipalities(c, n->joint, n);
		assert_run_by_the_coordinator(b);
		/* AGD-09 */
		assert_int_equal(seats(c, n->joint, SIDE_USER), 1);
		assert_int_equal(seats(c, n->joint, SIDE_OTHER), 1);
		assert_str(line(c, n->joint, "bruker")->party, "brukerne");
		assert_str(line(c, n->joint, "tillitsvalgt")->party, "tillitsvalgte");
		/* AGD-10 */
		assert_int_equal(b->cadence.per_year, 3);
		assert_int_equal(b->cadence.count, CADENCE_EXACT);
		assert_int_equal(b->side, SIDE_NONE);
		assert_true(b->bipartite);
		/* AGD-11: how many, the sources do not say */
		assert_str(line(c, n->joint, "sykehuset")->party, n->hospital);
		assert_int_equal(line(c, n->joint, "sykehuset")->side, SIDE_TRUST);
		assert_true(seats(c, n->joint, SIDE_TRUST) > 0);
		assert_str(b->hospital, n->hospital);
		/* AGD-19: what others have a local committee for goes to the network */
		assert_str(b->region, n->region);
		assert_str(sent_to(*state, c, here), n->joint);
		assert_str(b->reports_to, "oss"); /* AGD-22 */
	}
}

static void
networks_of_the_municipalities_alone(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);

	for (size_t i = 0; i < NETWORK_N; i++) {
		const struct network *n = &networks[i];
		const struct charter_body *b = body(c, n->alone);

		assert_municipalities(c, n->alone, n);
		assert_run_by_the_coordinator(b);
		assert_str(b->region, n->region); /* AGD-09 */
		/* AGD-10 */
		assert_int_equal(b->side, SIDE_MUNICIPAL);
		assert_int_equal(seats(c, n->alone, SIDE_TRUST), 0);
		assert_int_equal(b->cadence.per_year, 3);
		assert_int_equal(b->cadence.count, CADENCE_EXACT);
		/* AGD-14: whether on the same day is not clear */
		assert_true(has(b->cadence.before, "oss"));
		assert_str(b->cadence.basis.gap, "G15");
	}
}

/* AGD-18: in the meetings of the joint committee they are assessors. */
static void
coordinators_are_assessors(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);
	const struct charter_composition *all = line(c, "oss", "koordinatorer"),
					 *own = line(c, "oss", "koordinator_kristiansand");

	assert_int_equal(all->side, SIDE_MUNICIPAL);
	assert_int_equal(all->status, SEAT_OBSERVER);
	assert_int_equal(all->per, SEAT_PER_REGION);
	assert_str(all->layer, "municipal_region");
	assert_true(has(all->eligible, "regional_coordinator"));
	assert_int_equal(own->status, SEAT_OBSERVER);
	assert_int_equal(own->per, SEAT_FIXED);
	assert_int_equal(own->count, 1);
	assert_str(own->party, "kristiansand");
	assert_true(has(own->eligible, "local_coordinator"));
}

/* AGD-21: OSS and eight more; the last of them is new. */
static void
arenas_of_both_sides(void **state)
{
	const struct charter *c = charter_of(*state, AGDER);

	assert_int_equal(bodies_of(c, BODY_PROFESSIONAL), ARENA_N);
	for (size_t i = 0; i < ARENA_N; i++) {
		const struct charter_body *b = body(c, arenas[i]);

		assert_int_equal(b->kind, BODY_PROFESSIONAL);
		assert_int_equal(b->level, LEVEL_3);
		assert_str(b->reports_to, "oss");
		assert_true(b->bipartite && charter_body_is_joint(b));
	}
	assert_str(body(c, "msr")->name.nb, "Medisinsk samhandlingsråd");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(the_trust_and_its_hospitals),
	    WITH_ARENA(the_health_community),
	    WITH_ARENA(the_national_model),
	    WITH_ARENA(five_regions_hold_all_municipalities),
	    WITH_ARENA(six_coordinators_prepare),
	    WITH_ARENA(koss_is_every_municipality),
	    WITH_ARENA(koss_meets_before_the_joint_committee),
	    WITH_ARENA(the_secretariat),
	    WITH_ARENA(networks_with_the_hospital),
	    WITH_ARENA(networks_of_the_municipalities_alone),
	    WITH_ARENA(coordinators_are_assessors),
	    WITH_ARENA(arenas_of_both_sides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
