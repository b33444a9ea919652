/* The two charters of Trøndelag, rule by rule: what the sources say is what the program is
 * told. */
#include "charters.h"

#include "base/day.h"

#define NORTH "charters/nord-trondelag.yaml"
#define SOUTH "charters/sor-trondelag.yaml"

/* NT-20: each for its service agreement. */
static const char *const councils_north[] = {"fagrad_koordinerende_enheter",
    "samarbeidsorgan_nord", "fagrad_svangerskap", "fagrad_digital", "fagrad_forebygging",
    "fagrad_kvalitet"};
enum { NORTH_N = sizeof(councils_north) / sizeof(councils_north[0]) };

/* ST-15 */
static const char *const councils_south[] = {"fagrad_barn_og_unge", "fagrad_digital",
    "fagrad_forskning", "fagrad_beredskap", "fagrad_forebygging", "fagrad_innleggelse",
    "fagrad_koordinerte", "fagrad_kvalitet", "fagrad_psykisk_helse", "fagrad_svangerskap"};
enum { SOUTH_N = sizeof(councils_south) / sizeof(councils_south[0]) };

static const char *const regions_south[] = {"region_trondheim", "region_trondelag_sorvest",
    "region_fosen", "region_vaernesregionen", "region_sor_og_ost"};
enum { REGION_N = sizeof(regions_south) / sizeof(regions_south[0]) };

static const struct charter_question direction = {.topic = TOPIC_DIRECTION},
				     procedure = {.topic = TOPIC_PROCEDURE}, any = {0};

/* --- both ------------------------------------------------------------------------------- */

/* The sources describe both as they were in September 2020, with the municipalities of that
 * year, and know no day when either began. */
static void
assert_of_2020(struct arena *a, const struct charter *c)
{
	assert_int_equal(c->type, COOPERATION_AGREEMENT);
	assert_int_equal(c->start_day, day_of(2020, 1, 1));
	assert_str(c->basis.gap, "X");
	assert_common_defaults(a, c);
	assert_no_route_binds(c);
}

/* NAT-05, NAT-13: where the sources are silent of it, the committee of the second level
 * decides as the national model says. */
static void
assert_second_level(struct arena *a, const struct charter *c)
{
	assert_true(may(c, "asu", MAY_DECIDE, &any));
	assert_true(may(c, "asu", MAY_RECOMMEND, &any));
	assert_int_equal(body(c, "asu")->decision.rule, DECISION_CONSENSUS);
	assert_str(sent_to(a, c, any), "asu");
}

/* NAT-06 */
static void
assert_council(const struct charter *c, const char *key)
{
	const struct charter_body *b = body(c, key);

	assert_int_equal(b->kind, BODY_PROFESSIONAL);
	assert_int_equal(b->level, LEVEL_3);
	assert_true(b->bipartite && charter_body_is_joint(b));
	assert_true(may(c, key, MAY_ADVISE, &procedure));
	assert_true(charter_body_is_advisory(b));
	assert_int_equal(b->decision.rule, DECISION_NONE);
	assert_str(b->reports_to, "asu");
	assert_true(has(b->prepared_by, "secretariat")); /* NT-18, ST-10 */
	assert_true(set_by_both_secretaries(b));
}

/* --- Nord-Trøndelag --------------------------------------------------------------------- */

static void
north_shares_a_coordinator(void **state)
{
	const struct charter *c = charter_of(*state, NORTH);
	const struct charter_secretary *s = secretary(c, "samhandlingskoordinator");
	const struct charter_party *together = party(c, "kommunene_i_nord_trondelag");

	/* NT-01: twenty share the post; nineteen are known by name */
	assert_int_equal(parties_of(c, PARTY_MUNICIPALITY), 19);
	assert_int_equal(together->kind, PARTY_MUNICIPAL_COOPERATION);
	assert_str(together->basis.gap, "X");
	assert_str(c->municipal_cooperation, "kommunene_i_nord_trondelag");
	assert_str(s->acts_for, "kommunene_i_nord_trondelag");
	assert_int_equal(s->count, 1);
	/* NT-02 */
	assert_int_equal(s->percent, 100);
	assert_str(s->employer, "steinkjer");
	assert_str(c->host, "steinkjer");
	assert_of_2020(*state, c);
}

static void
north_secretariat(void **state)
{
	const struct charter *c = charter_of(*state, NORTH);

	/* NT-17: the trust's manager and adviser, and the coordinator beside them */
	assert_int_equal(c->secretariat.n_members, 3);
	assert_int_equal(secretary(c, "samhandlingskoordinator")->side, SIDE_MUNICIPAL);
	assert_int_equal(secretary(c, "samhandlingssjef")->side, SIDE_TRUST);
	assert_int_equal(secretary(c, "samhandlingsradgiver")->side, SIDE_TRUST);
	assert_str(secretary(c, "samhandlingssjef")->acts_for, "helse_nord_trondelag");
	assert_str(secretary(c, "samhandlingsradgiver")->acts_for, "helse_nord_trondelag");
	assert_true(set_by_both_secretaries(body(c, "asu")));
	/* NT-18: and the papers, so that the trust does not write them alone */
	assert_int_equal(c->process.preparation.authors_per_side, 1);
	assert_true(has(body(c, "psu")->prepared_by, "secretariat"));
	assert_true(has(body(c, "asu")->prepared_by, "secretariat"));
	assert_true(set_by_both_secretaries(body(c, "psu")));
}

static void
north_health_leaders(void **state)
{
	const struct charter *c = charter_of(*state, NORTH);
	const struct charter_composition *leaders =
	    line(c, "helseledernettverket", "helseledere");

	/* NT-12: a network that is run together with KS */
	assert_int_equal(body(c, "helseledernettverket")->kind, BODY_NETWORK);
	assert_int_equal(body(c, "helseledernettverket")->side, SIDE_MUNICIPAL);
	assert_int_equal(leaders->per, SEAT_PER_MEMBER);
	assert_true(has(leaders->eligible, "municipal_health_leader"));
	assert_int_equal(seats(c, "helseledernettverket", SIDE_MUNICIPAL), 19);
	assert_int_equal(line(c, "helseledernettverket", "ks")->status, SEAT_INVITED);
	assert_str(line(c, "helseledernettverket", "ks")->party, "ks_nord_trondelag");
	assert_int_equal(party(c, "ks_nord_trondelag")->kind, PARTY_KS);
}

static void
north_political_committee(void **state)
{
	const struct charter *c = charter_of(*state, NORTH);

	/* NT-13: the political level, for the direction */
	assert_int_equal(body(c, "psu")->kind, BODY_POLITICAL);
	assert_int_equal(body(c, "psu")->level, LEVEL_1);
	assert_true(body(c, "psu")->bipartite);
	assert_str(sent_to(*state, c, direction), "psu");
	assert_int_equal(c->n_goals, 4);
	assert_str(
	    c->goals[0].nb, "Et godt samhandlingsklima mellom kommunene og helseforetaket");
	/* NT-14: some of the mayors and of the board; how many, the sources do not say */
	assert_true(has(line(c, "psu", "ordforere")->eligible, "mayor"));
	assert_true(has(line(c, "psu", "styret")->eligible, "trust_board_member"));
	assert_int_equal(line(c, "psu", "ordforere")->level, ROLE_LEVEL_POLITICAL);
	assert_int_equal(line(c, "psu", "styret")->level, ROLE_LEVEL_POLITICAL);
	assert_str(line(c, "psu", "styret")->party, "helse_nord_trondelag");
	assert_int_equal(seats(c, "psu", SIDE_MUNICIPAL), seats(c, "psu", SIDE_TRUST));
	assert_str(line(c, "psu", "ordforere")->basis.gap, "G10");
	assert_str(line(c, "psu", "styret")->basis.gap, "G10");
	/* NT-15: it guides, and decides nothing */
	assert_true(may(c, "psu", MAY_GUIDE, NULL));
	assert_true(charter_body_is_advisory(body(c, "psu")));
	assert_int_equal(body(c, "psu")->decision.rule, DECISION_NONE);
	assert_true(charter_body_below(c, body(c, "asu"), body(c, "psu")));
}

static void
north_administrative_committee(void **state)
{
	const struct charter *c = charter_of(*state, NORTH);
	const struct charter_pre_meeting *p = pre_meeting(c, "asu");

	/* NT-16: six and six, the county governor, the employees and the users */
	assert_int_equal(body(c, "asu")->kind, BODY_STRATEGIC);
	assert_int_equal(body(c, "asu")->level, LEVEL_2);
	assert_true(body(c, "asu")->bipartite);
	assert_int_equal(seats(c, "asu", SIDE_MUNICIPAL), 6);
	assert_int_equal(seats(c, "asu", SIDE_TRUST), 6);
	assert_int_equal(seats(c, "asu", SIDE_OTHER), 2);
	assert_int_equal(seats(c, "asu", SIDE_USER), 1);
	assert_str(line(c, "asu", "kommunene")->appointed_by, "kommunene_i_nord_trondelag");
	assert_str(line(c, "asu", "helseforetaket")->appointed_by, "helse_nord_trondelag");
	assert_str(line(c, "asu", "helseforetaket")->party, "helse_nord_trondelag");
	assert_str(line(c, "asu", "fylkesmannen")->party, "fylkesmannen");
	assert_int_equal(party(c, "fylkesmannen")->kind, PARTY_COUNTY_GOVERNOR);
	assert_str(line(c, "asu", "ansatte")->party, "ansatte");
	assert_int_equal(party(c, "ansatte")->kind, PARTY_EMPLOYEE_ORGANISATION);
	assert_str(line(c, "asu", "brukerne")->party, "brukerne");
	assert_int_equal(party(c, "brukerne")->kind, PARTY_USER_ORGANISATION);
	assert_second_level(*state, c);
	/* NT-19: one voice of all; that a meeting is held for it is not said */
	assert_int_equal(p->common_percent, 100);
	assert_true(p->all_members);
	assert_false(p->required);
}

static void
north_councils(void **state)
{
	const struct charter *c = charter_of(*state, NORTH);

	/* NT-20 */
	assert_int_equal(bodies_of(c, BODY_PROFESSIONAL), NORTH_N);
	for (size_t i = 0; i < NORTH_N; i++)
		assert_council(c, councils_north[i]);
	assert_str(sent_to(*state, c, procedure), councils_north[0]);
	assert_str(
	    line(c, "samarbeidsorgan_nord", "nord_universitet")->party, "nord_universitet");
	assert_int_equal(party(c, "nord_universitet")->kind, PARTY_UNIVERSITY);
	assert_int_equal(seats(c, "samarbeidsorgan_nord", SIDE_OTHER), 1);
}

/* NT-21: other arenas, of which the sources give no more than the name. */
static void
north_networks(void **state)
{
	static const char *const networks[] = {"dialogmotene", "namdal_legeforum",
	    "innherred_medisinske_forum", "legeutvalget", "kreft_og_lindring",
	    "personalnettverket", "kognitiv_miljoterapi", "migrasjonshelse",
	    "demens_og_alderspsykiatri", "treningskontakt", "kols"};
	enum { NETWORK_N = sizeof(networks) / sizeof(networks[0]) };
	const struct charter *c = charter_of(*state, NORTH);

	assert_int_equal(bodies_of(c, BODY_NETWORK), NETWORK_N + 1); /* the health leaders */
	for (size_t i = 0; i < NETWORK_N; i++) {
		assert_int_equal(body(c, networks[i])->kind, BODY_NETWORK);
		assert_true(charter_body_is_advisory(body(c, networks[i])));
		assert_int_equal(body(c, networks[i])->n_composition, 0);
		assert_str(body(c, networks[i])->basis.gap, "X");
	}
}

/* --- Sør-Trøndelag ---------------------------------------------------------------------- */

static void
south_shares_a_coordinator(void **state)
{
	const struct charter *c = charter_of(*state, SOUTH);
	const struct charter_secretary *s = secretary(c, "samhandlingskoordinator");
	const struct charter_party *together = party(c, "kommunene_i_sor_trondelag");

	/* ST-01: 21 are in it; 19 are known by name */
	assert_int_equal(parties_of(c, PARTY_MUNICIPALITY), 19);
	assert_int_equal(together->kind, PARTY_MUNICIPAL_COOPERATION);
	assert_str(together->basis.gap, "X");
	assert_str(c->host, "trondheim");
	assert_str(s->employer, "trondheim");
	assert_str(s->acts_for, "kommunene_i_sor_trondelag");
	assert_int_equal(s->count, 1);
	assert_int_equal(s->percent, 100); /* ST-17: it is no side job */
	assert_of_2020(*state, c);
}

static void
south_works_by_regions(void **state)
{
	const struct charter *c = charter_of(*state, SOUTH);
	const struct charter_body *heads = body(c, "kommunegruppenettverket");

	/* ST-05: five regions, whose heads meet four times a year */
	assert_int_equal(c->n_regions, REGION_N);
	assert_int_equal(heads->kind, BODY_NETWORK);
	assert_int_equal(heads->side, SIDE_MUNICIPAL);
	assert_int_equal(heads->cadence.per_year, 4);
	assert_int_equal(heads->cadence.count, CADENCE_EXACT);
	assert_int_equal(heads->seats.n, REGION_N);
	assert_true(
	    has(line(c, "kommunegruppenettverket", "regionsjefer")->eligible, "region_head"));
	for (size_t i = 0; i < REGION_N; i++) {
		assert_str(c->regions[i].key, regions_south[i]);
		assert_str(c->regions[i].layer, "municipal_region");
		assert_int_equal(seats_from(c, "kommunegruppenettverket", regions_south[i]), 1);
	}
	for (size_t i = 0; i < c->n_parties; i++)
		if (c->parties[i].kind == PARTY_MUNICIPALITY)
			assert_int_equal(c->parties[i].regions.n, 1);
}

/* ST-08: one of each region. ST-06: and none of a single municipality. */
static void
assert_one_of_each_region(const struct charter *c, const char *key)
{
	const struct charter_body *b = body(c, key);

	assert_int_equal(seats(c, key, SIDE_MUNICIPAL), REGION_N);
	for (size_t i = 0; i < REGION_N; i++)
		assert_int_equal(seats_from(c, key, regions_south[i]), 1);
	for (size_t i = 0; i < b->n_composition; i++)
		if (b->composition[i].side == SIDE_MUNICIPAL) {
			assert_int_equal(b->composition[i].per, SEAT_PER_REGION);
			assert_true(b->composition[i].party.n == 0);
		}
}

static void
south_committees(void **state)
{
	const struct charter *c = charter_of(*state, SOUTH);

	/* ST-14: the political level for strategic and political questions ... */
	assert_int_equal(body(c, "psu")->level, LEVEL_1);
	assert_int_equal(body(c, "psu")->kind, BODY_POLITICAL);
	assert_true(body(c, "psu")->bipartite && body(c, "asu")->bipartite);
	assert_true(may(c, "psu", MAY_ADVISE, &direction));
	assert_true(charter_body_is_advisory(body(c, "psu")));
	assert_int_equal(body(c, "psu")->decision.rule, DECISION_NONE);
	assert_str(sent_to(*state, c, direction), "psu");
	/* ... and the administrative for all else */
	assert_int_equal(body(c, "asu")->level, LEVEL_2);
	assert_int_equal(body(c, "asu")->kind, BODY_STRATEGIC);
	assert_true(charter_body_below(c, body(c, "asu"), body(c, "psu")));
	assert_second_level(*state, c);
	assert_one_of_each_region(c, "asu");
	assert_int_equal(c->n_goals, 3);
	assert_str(
	    c->goals[0].nb, "Et godt samhandlingsklima mellom kommunene og helseforetaket");
}

static void
south_councils(void **state)
{
	const struct charter *c = charter_of(*state, SOUTH);

	/* ST-15: ten, and the doctors' */
	assert_int_equal(bodies_of(c, BODY_PROFESSIONAL), SOUTH_N + 1);
	for (size_t i = 0; i < SOUTH_N; i++) {
		assert_council(c, councils_south[i]);
		assert_one_of_each_region(c, councils_south[i]);
	}
	assert_str(sent_to(*state, c, procedure), councils_south[0]);
	assert_int_equal(body(c, "samarbeidsutvalg_leger")->kind, BODY_PROFESSIONAL);
	assert_str(body(c, "samarbeidsutvalg_leger")->reports_to, "asu");
	assert_str(body(c, "samarbeidsutvalg_leger")->basis.gap, "X");
}

static void
south_meetings(void **state)
{
	const struct charter *c = charter_of(*state, SOUTH);
	const struct charter_body *leaders = body(c, "helseledersamlingen"),
				  *weekly = body(c, "ukemotet");

	/* ST-07 */
	assert_int_equal(leaders->kind, BODY_NETWORK);
	assert_int_equal(leaders->side, SIDE_MUNICIPAL);
	assert_int_equal(leaders->cadence.per_year, 2);
	assert_int_equal(leaders->cadence.count, CADENCE_EXACT);
	assert_int_equal(seats(c, "helseledersamlingen", SIDE_MUNICIPAL), 19);
	assert_int_equal(line(c, "helseledersamlingen", "helseledere")->per, SEAT_PER_MEMBER);
	assert_true(has(line(c, "helseledersamlingen", "helseledere")->eligible,
	    "municipal_health_leader"));
	/* ST-09: the coordinator and the hospital */
	assert_int_equal(weekly->cadence.interval_weeks, 1);
	assert_int_equal(weekly->cadence.per_year, 52);
	assert_true(has(
	    line(c, "ukemotet", "samhandlingskoordinator")->eligible, "common_coordinator"));
	assert_int_equal(line(c, "ukemotet", "samhandlingskoordinator")->side, SIDE_MUNICIPAL);
	assert_str(line(c, "ukemotet", "sykehuset")->party, "st_olavs");
}

/* ST-10: both halves prepare, and are the thread from networks to partnership meeting. */
static void
south_secretariat(void **state)
{
	static const char *const prepared[] = {"partnerskapsmotet", "psu", "asu"};
	const struct charter *c = charter_of(*state, SOUTH);
	const struct charter_secretary *trust = secretary(c, "helseforetaket");

	assert_int_equal(c->secretariat.n_members, 2);
	assert_int_equal(secretary(c, "samhandlingskoordinator")->side, SIDE_MUNICIPAL);
	assert_int_equal(trust->side, SIDE_TRUST);
	assert_true(trust->count > 1); /* «personer» */
	assert_str(trust->acts_for, "st_olavs");
	assert_int_equal(c->secretariat.n_tasks, 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(has(body(c, prepared[i])->prepared_by, "secretariat"));
	assert_true(set_by_both_secretaries(body(c, "psu")));
	assert_true(set_by_both_secretaries(body(c, "asu")));
	assert_int_equal(c->process.preparation.authors_per_side, 1);
	/* the partnership meeting is named, and no more */
	assert_int_equal(body(c, "partnerskapsmotet")->kind, BODY_POLITICAL);
	assert_int_equal(body(c, "partnerskapsmotet")->level, LEVEL_1);
	assert_str(body(c, "partnerskapsmotet")->basis.gap, "X");
	assert_int_equal(body(c, "partnerskapsmotet")->n_composition, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(north_shares_a_coordinator),
	    WITH_ARENA(north_secretariat),
	    WITH_ARENA(north_health_leaders),
	    WITH_ARENA(north_political_committee),
	    WITH_ARENA(north_administrative_committee),
	    WITH_ARENA(north_councils),
	    WITH_ARENA(north_networks),
	    WITH_ARENA(south_shares_a_coordinator),
	    WITH_ARENA(south_works_by_regions),
	    WITH_ARENA(south_committees),
	    WITH_ARENA(south_councils),
	    WITH_ARENA(south_meetings),
	    WITH_ARENA(south_secretariat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
