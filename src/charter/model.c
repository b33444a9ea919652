#include "charter/model.h"

#include <string.h>

/* Rows of the tables below. T is the struct that the schema fills. */
#define STR(T, m)                                                        \
	{                                                                \
#m, F_STR, false, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define STR_(T, m)                                                      \
	{                                                               \
#m, F_STR, true, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define KEY_(T, m)                                                      \
	{                                                               \
#m, F_KEY, true, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define REF(T, m, r)                                                     \
	{                                                                \
#m, F_REF, false, offsetof(T, m), 0, NULL, NULL, r, 0, 0 \
	}
#define REF_(T, m, r)                                                   \
	{                                                               \
#m, F_REF, true, offsetof(T, m), 0, NULL, NULL, r, 0, 0 \
	}
#define REFS(T, m, r)                                                     \
	{                                                                 \
#m, F_REFS, false, offsetof(T, m), 0, NULL, NULL, r, 0, 0 \
	}
#define STRS(T, m)                                                        \
	{                                                                 \
#m, F_STRS, false, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define INT(T, m, lo, hi)                                                  \
	{                                                                  \
#m, F_INT, false, offsetof(T, m), 0, NULL, NULL, 0, lo, hi \
	}
#define INT_(T, m, lo, hi)                                                \
	{                                                                 \
#m, F_INT, true, offsetof(T, m), 0, NULL, NULL, 0, lo, hi \
	}
#define BOOL(T, m)                                                        \
	{                                                                 \
#m, F_BOOL, false, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define DAY(T, n, m)                                                    \
	{                                                               \
		n, F_DAY, false, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define DAY_(T, n, m)                                                  \
	{                                                              \
		n, F_DAY, true, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define ENUM(T, m, w)                                                     \
	{                                                                 \
#m, F_ENUM, false, offsetof(T, m), 0, NULL, &(w), 0, 0, 0 \
	}
#define ENUM_(T, m, w)                                                   \
	{                                                                \
#m, F_ENUM, true, offsetof(T, m), 0, NULL, &(w), 0, 0, 0 \
	}
#define SET(T, m, w)                                                     \
	{                                                                \
#m, F_SET, false, offsetof(T, m), 0, NULL, &(w), 0, 0, 0 \
	}
#define SET_(T, m, w)                                                   \
	{                                                               \
#m, F_SET, true, offsetof(T, m), 0, NULL, &(w), 0, 0, 0 \
	}
#define MASK(T, m, w)                                                     \
	{                                                                 \
#m, F_MASK, false, offsetof(T, m), 0, NULL, &(w), 0, 0, 0 \
	}
#define TEXT(T, m)                                                        \
	{                                                                 \
#m, F_TEXT, false, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define TEXT_(T, m)                                                      \
	{                                                                \
#m, F_TEXT, true, offsetof(T, m), 0, NULL, NULL, 0, 0, 0 \
	}
#define TEXTS(T, m)                                                                         \
	{                                                                                   \
#m, F_TEXTS, false, offsetof(T, m), offsetof(T, n_##m), NULL, NULL, 0, 0, 0 \
	}
#define PART(T, m, s)                                                       \
	{                                                                   \
#m, F_STRUCT, false, offsetof(T, m), 0, &(s), NULL, 0, 0, 0 \
	}
#define PART_(T, n, m, s)                                                 \
	{                                                                 \
		n, F_STRUCT, true, offsetof(T, m), 0, &(s), NULL, 0, 0, 0 \
	}
#define LIST(T, m, s)                                                                      \
	{                                                                                  \
#m, F_LIST, false, offsetof(T, m), offsetof(T, n_##m), &(s), NULL, 0, 0, 0 \
	}
#define LIST_(T, m, s)                                                                    \
	{                                                                                 \
#m, F_LIST, true, offsetof(T, m), offsetof(T, n_##m), &(s), NULL, 0, 0, 0 \
	}
/* A struct of only a list, v and n. */
#define SPAN(T, m, s)                                                                      \
	{                                                                                  \
#m, F_LIST, false, offsetof(T, m.v), offsetof(T, m.n), &(s), NULL, 0, 0, 0 \
	}

#define N_OF(v) (sizeof(v) / sizeof((v)[0]))
#define WORDS(v)                    \
	{                           \
		v, (int)N_OF(v) - 1 \
	}

#define SCHEMA(T, f)                                                              \
	.size = sizeof(T), .fields = f, .n_fields = N_OF(f), .stated = NOT_THERE, \
	.line = NOT_THERE, .basis = offsetof(T, basis)
#define SCHEMA_PLAIN(T, f)                                                        \
	.size = sizeof(T), .fields = f, .n_fields = N_OF(f), .stated = NOT_THERE, \
	.line = NOT_THERE, .basis = NOT_THERE
#define SCHEMA_STATED(T, f)                                                     \
	.size = sizeof(T), .fields = f, .n_fields = N_OF(f), .line = NOT_THERE, \
	.stated = offsetof(T, stated), .basis = offsetof(T, basis)

/* In a file "rule" is always the id of a rule; what a chair, a decision and minutes go by has
 * names of its own there. */

/* --- words ------------------------------------------------------------------------------ */

static const char *const side_names[] = {NULL, "municipal", "trust", "user", "gp", "other"};
static const struct words sides = WORDS(side_names);

static const char *const type_names[] = {NULL, "project", "agreement", "health_community"};
static const struct words cooperation_types = WORDS(type_names);

static const char *const end_names[] = {NULL, "on_date", "until_new_agreement", "open"};
static const struct words end_rules = WORDS(end_names);

static const char *const party_names[] = {NULL, "municipality", "health_trust", "hospital",
    "clinic", "county_authority", "regional_council", "user_organisation", "user_committee",
    "employee_organisation", "ks", "gp", "municipal_cooperation", "county_governor",
    "university", "other"};
static const struct words party_kinds = WORDS(party_names);

static const char *const body_names[] = {NULL, "political", "strategic", "professional",
    "local", "secretariat", "network", "working_committee", "municipal"};
static const struct words body_kinds = WORDS(body_names);

static const char *const level_names[] = {NULL, "1", "2", "3", "local"};
static const struct words body_levels = WORDS(level_names);

static const char *const act_names[] = {NULL, "decide", "recommend", "advise", "note",
    "delegate", "approve", "prepare", "support", "guide", "choose", "mandate", "initiate",
    "create"};
static const struct words acts = WORDS(act_names);

static const char *const matter_type_names[] = {NULL, "information", "discussion", "decision",
    "recommendation", "hearing", "dispute", "deviation"};
static const struct words matter_types = WORDS(matter_type_names);

static const char *const scope_names[] = {
    NULL, "one_municipality", "one_area", "several_areas", "whole_area"};
static const struct words scopes = WORDS(scope_names);

static const char *const consequence_names[] = {
    NULL, "professional", "economic", NULL, "administrative", NULL, NULL, NULL, "principle"};
static const struct words consequences = WORDS(consequence_names);

static const char *const topic_names[] = {"other", "procedure", "service_model", "direction",
    "annual_report", "mandate", "theme", "economy", "agreement"};
static const struct words topics = WORDS(topic_names);

static const char *const per_names[] = {NULL, "member", "region"};
static const struct words seat_pers = WORDS(per_names);

static const char *const role_level_names[] = {
    NULL, "political", "top", "middle", "professional"};
static const struct words role_levels = WORDS(role_level_names);

static const char *const status_names[] = {NULL, "member", "observer", "invited"};
static const struct words seat_statuses = WORDS(status_names);

static const char *const re_election_names[] = {"not_stated", "yes", "no"};
static const struct words re_elections = WORDS(re_election_names);

static const char *const chair_names[] = {
    "not_stated", "self_constituting", "alternate", "per_meeting", "fixed", "appointed"};
static const struct words chair_rules = WORDS(chair_names);

static const char *const count_names[] = {NULL, "min", "exact", "about"};
static const struct words cadence_counts = WORDS(count_names);

static const char *const extraordinary_names[] = {"none", "one_party", "agreed"};
static const struct words extraordinaries = WORDS(extraordinary_names);

static const char *const holder_names[] = {
    NULL, "secretary", "chair", "vice_chair", "member", "contact"};
static const struct words holders = WORDS(holder_names);

static const char *const rule_names[] = {
    NULL, "consensus", "majority", "two_thirds", "unanimity", "none"};
static const struct words decision_rules = WORDS(rule_names);

static const char *const minutes_names[] = {NULL, "explicit", "silent"};
static const struct words minutes_rules = WORDS(minutes_names);

static const char *const perspective_names[] = {NULL, "trust", "municipality", "patient"};
static const struct words perspectives = WORDS(perspective_names);

static const char *const proposer_names[] = {NULL, "contact", "member", "secretary", "public"};
static const struct words proposers = WORDS(proposer_names);

static const char *const number_names[] = {NULL, "body_and_year", "year", "body"};
static const struct words number_pers = WORDS(number_names);

/* --- parties and regions ---------------------------------------------------------------- */

static void
party_defaults(void *o)
{
	struct charter_party *p = o;

	p->member_from_day = p->member_to_day = DAY_NONE;
}

#define T struct charter_party
static const struct field party_fields[] = {
    KEY_(T, key),
    ENUM_(T, kind, party_kinds),
    ENUM_(T, side, sides),
    TEXT_(T, name),
    STR(T, kommunenummer),
    STRS(T, former_numbers),
    STR(T, orgnr),
    REF(T, parent, REF_PARTY),
    REFS(T, regions, REF_REGION),
    {"population", F_SERIES, false, offsetof(T, populations), offsetof(T, n_populations), NULL,
	NULL, 0, 0, 10000000},
    DAY(T, "member_from", member_from_day),
    DAY(T, "member_to", member_to_day),
    REF(T, merged_into, REF_PARTY),
};
static const struct schema party_schema = {SCHEMA(T, party_fields), .defaults = party_defaults};
#undef T

static void
region_defaults(void *o)
{
	((struct charter_region *)o)->seat_multiplier = 1;
}

#define T struct charter_region
static const struct field region_fields[] = {
    KEY_(T, key),
    STR_(T, layer),
    TEXT_(T, name),
    REFS(T, members, REF_PARTY),
    INT(T, seat_multiplier, 1, 10),
};
static const struct schema region_schema = {
    SCHEMA(T, region_fields), .defaults = region_defaults};
#undef T

/* --- bodies ----------------------------------------------------------------------------- */

#define T struct charter_match
static const struct field match_fields[] = {
    SET(T, types, matter_types),
    SET(T, scopes, scopes),
    SET(T, topics, topics),
    MASK(T, consequences, consequences),
    BOOL(T, larger),
};
static const struct schema match_schema = {SCHEMA_PLAIN(T, match_fields)};
#undef T

#define T struct charter_authority
static const struct field authority_fields[] = {
    ENUM_(T, act, acts),
    TEXT(T, text),
    PART(T, match, match_schema),
    REFS(T, bodies, REF_BODY),
};
static const struct schema authority_schema = {SCHEMA(T, authority_fields)};
#undef T

static void
composition_defaults(void *o)
{
	struct charter_composition *c = o;

	c->count = 1;
	c->status = SEAT_MEMBER;
}

#define T struct charter_composition
static const struct field composition_fields[] = {
    KEY_(T, key),
    TEXT_(T, label),
    ENUM_(T, side, sides),
    ENUM(T, status, seat_statuses),
    INT(T, count, 0, 100),
    ENUM(T, per, seat_pers),
    STR(T, layer),
    REF(T, party, REF_PARTY),
    REF(T, region, REF_REGION),
    BOOL(T, use_multiplier),
    BOOL(T, outside_parity),
    ENUM(T, level, role_levels),
    STRS(T, eligible),
    REF(T, appointed_by, REF_PARTY | REF_BODY),
    REF(T, ex_officio_of, REF_BODY),
    INT(T, deputies, 0, 10),
    INT(T, min_small, 0, 100),
};
static const struct schema composition_schema = {
    SCHEMA(T, composition_fields), .defaults = composition_defaults};
#undef T

#define T struct charter_term
static const struct field term_fields[] = {
    INT(T, years, 0, 20),
    {"from", F_MONTH_DAY, false, offsetof(T, from_month), 0, NULL, NULL, 0, 0, 0},
    {"to", F_MONTH_DAY, false, offsetof(T, to_month), 0, NULL, NULL, 0, 0, 0},
    BOOL(T, continuous),
    ENUM(T, re_election, re_elections),
};
static const struct schema term_schema = {SCHEMA_STATED(T, term_fields)};
#undef T

static void
chair_defaults(void *o)
{
	((struct charter_chair *)o)->start_day = DAY_NONE;
}

#define T struct charter_chair
static const struct field chair_fields[] = {
    {"how", F_ENUM, true, offsetof(T, rule), 0, NULL, &chair_rules, 0, 0, 0},
    INT(T, period_years, 1, 20),
    ENUM(T, first_side, sides),
    DAY(T, "start", start_day),
    STRS(T, seats),
    BOOL(T, vice_chair),
    BOOL(T, co_chair),
    REF(T, appointed_by, REF_PARTY | REF_BODY),
};
static const struct schema chair_schema = {SCHEMA(T, chair_fields), .defaults = chair_defaults};
#undef T

#define T struct charter_cadence
static const struct field cadence_fields[] = {
    INT_(T, per_year, 0, 366),
    ENUM_(T, count, cadence_counts),
    INT(T, month, 1, 12),
    INT(T, interval_weeks, 1, 52),
    REFS(T, before, REF_BODY),
    REFS(T, after, REF_BODY),
    ENUM(T, extraordinary, extraordinaries),
    BOOL(T, extraordinary_locked),
};
static const struct schema cadence_schema = {SCHEMA_STATED(T, cadence_fields)};
#undef T

#define T struct charter_holder
static const struct field holder_fields[] = {
    ENUM_(T, role, holders),
    REF(T, body, REF_BODY),
    STR(T, seat),
    TEXT(T, designated_by),
};
static const struct schema holder_schema = {SCHEMA_PLAIN(T, holder_fields)};
#undef T

#define T struct charter_approval
static const struct field approval_fields[] = {
    ENUM(T, side, sides),
    TEXT(T, label),
    LIST_(T, by, holder_schema),
};
static const struct schema approval_schema = {.size = sizeof(T),
    .fields = approval_fields,
    .n_fields = N_OF(approval_fields),
    .basis = NOT_THERE,
    .stated = NOT_THERE,
    .line = offsetof(T, line)};
#undef T

#define T struct charter_agenda
static const struct field agenda_fields[] = {
    SPAN(T, setters, approval_schema),
    INT(T, notice_days, 0, 365),
    INT(T, papers_days, 0, 365),
};
static const struct schema agenda_schema = {SCHEMA(T, agenda_fields)};
#undef T

#define T struct charter_decision
static const struct field decision_fields[] = {
    {"by", F_ENUM, true, offsetof(T, rule), 0, NULL, &decision_rules, 0, 0, 0},
    INT(T, quorum_percent, 0, 100),
    INT(T, quorum_per_side, 0, 100),
};
static const struct schema decision_schema = {SCHEMA(T, decision_fields)};
#undef T

static void
mandate_defaults(void *o)
{
	((struct charter_mandate *)o)->from_day = DAY_NONE;
}

#define T struct charter_mandate
static const struct field mandate_fields[] = {
    TEXTS(T, points),
    DAY(T, "from", from_day),
    REF(T, set_by, REF_BODY),
};
static const struct schema mandate_schema = {
    SCHEMA_STATED(T, mandate_fields), .defaults = mandate_defaults};
#undef T

static void
body_defaults(void *o)
{
	struct charter_body *b = o;

	b->end_day = b->mandate.from_day = b->chair.start_day = DAY_NONE;
}

#define T struct charter_body
static const struct field body_fields[] = {
    KEY_(T, key),
    TEXT_(T, name),
    STR_(T, short_name),
    STRS(T, aliases),
    ENUM_(T, level, body_levels),
    ENUM_(T, kind, body_kinds),
    ENUM(T, side, sides),
    BOOL(T, bipartite),
    REF(T, region, REF_REGION),
    REF(T, hospital, REF_PARTY),
    REF(T, reports_to, REF_BODY),
    REFS(T, prepared_by, REF_BODY | REF_SECRETARIAT),
    BOOL(T, temporary),
    DAY(T, "end", end_day),
    BOOL(T, advisory),
    BOOL(T, only_listed),
    {"seats", F_INT, false, offsetof(T, seats_stated), 0, NULL, NULL, 0, 1, 1000},
    LIST(T, authority, authority_schema),
    PART(T, mandate, mandate_schema),
    LIST(T, composition, composition_schema),
    PART(T, term, term_schema),
    PART(T, chair, chair_schema),
    PART(T, cadence, cadence_schema),
    PART(T, agenda, agenda_schema),
    PART(T, decision, decision_schema),
};
static const struct schema body_schema = {SCHEMA(T, body_fields), .defaults = body_defaults};
#undef T

/* --- secretariat and processes ---------------------------------------------------------- */

static void
secretary_defaults(void *o)
{
	((struct charter_secretary *)o)->count = 1;
}

#define T struct charter_secretary
static const struct field secretary_fields[] = {
    KEY_(T, key),
    ENUM_(T, side, sides),
    TEXT_(T, label),
    INT(T, count, 1, 20),
    BOOL(T, associated),
    REF(T, acts_for, REF_PARTY),
    REF(T, employer, REF_PARTY),
    INT(T, percent, 1, 100),
};
static const struct schema secretary_schema = {
    SCHEMA(T, secretary_fields), .defaults = secretary_defaults};
#undef T

#define T struct charter_secretariat
static const struct field secretariat_fields[] = {
    TEXT_(T, name),
    STR(T, email),
    LIST_(T, members, secretary_schema),
    PART(T, lead, chair_schema),
    TEXTS(T, tasks),
};
static const struct schema secretariat_schema = {SCHEMA(T, secretariat_fields)};
#undef T

#define T struct charter_read_through
static const struct field read_through_fields[] = {
    BOOL(T, required),
    INT_(T, deadline_days, 1, 365),
    INT(T, reminder_days, 0, 365),
    REFS(T, bodies, REF_BODY),
};
static const struct schema read_through_schema = {SCHEMA(T, read_through_fields)};
#undef T

static void
pre_meeting_defaults(void *o)
{
	struct charter_pre_meeting *p = o;

	p->common_percent = 100;
	p->convened_by = HOLDER_SECRETARY;
}

#define T struct charter_pre_meeting
static const struct field pre_meeting_fields[] = {
    REF_(T, body, REF_BODY),
    ENUM_(T, side, sides),
    BOOL(T, required),
    BOOL(T, all_members),
    REF(T, held_in, REF_BODY),
    ENUM(T, convened_by, holders),
    INT(T, common_percent, 1, 100),
};
static const struct schema pre_meeting_schema = {
    SCHEMA(T, pre_meeting_fields), .defaults = pre_meeting_defaults};
#undef T

#define T struct charter_preparation
static const struct field preparation_fields[] = {
    INT(T, authors_per_side, 0, 10),
    SET(T, perspectives, perspectives),
    SPAN(T, sign_off, approval_schema),
    REFS(T, rapporteur_bodies, REF_BODY),
};
static const struct schema preparation_schema = {SCHEMA(T, preparation_fields)};
#undef T

#define T struct charter_days
static const struct field days_fields[] = {
    INT_(T, days, 0, 3650),
    BOOL(T, working),
};
static const struct schema days_schema = {SCHEMA(T, days_fields)};
#undef T

#define T struct charter_minutes
static const struct field minutes_fields[] = {
    {"approval", F_ENUM, true, offsetof(T, rule), 0, NULL, &minutes_rules, 0, 0, 0},
    INT_(T, days, 1, 365),
    SPAN(T, approvers, approval_schema),
};
static const struct schema minutes_schema = {SCHEMA(T, minutes_fields)};
#undef T

#define T struct charter_proposers
static const struct field proposers_fields[] = {
    SET_(T, who, proposers),
};
static const struct schema proposers_schema = {SCHEMA(T, proposers_fields)};
#undef T

#define T struct charter_route
static const struct field route_fields[] = {
    PART(T, match, match_schema),
    REFS(T, to, REF_BODY),
    REFS(T, never, REF_BODY),
    BOOL(T, advisory),
    TEXT_(T, why),
};
static const struct schema route_schema = {SCHEMA(T, route_fields)};
#undef T

#define T struct charter_process
static const struct field process_fields[] = {
    PART_(T, "read_through", read_through, read_through_schema),
    LIST(T, pre_meetings, pre_meeting_schema),
    PART_(T, "preparation", preparation, preparation_schema),
    PART_(T, "acknowledge", acknowledge, days_schema),
    PART_(T, "receipt", receipt, days_schema),
    PART_(T, "follow_up", follow_up, days_schema),
    PART_(T, "minutes", minutes, minutes_schema),
    PART_(T, "proposers", proposers, proposers_schema),
    LIST_(T, routes, route_schema),
};
static const struct schema process_schema = {SCHEMA_PLAIN(T, process_fields)};
#undef T

#define T struct charter_number
static const struct field number_fields[] = {
    STR_(T, form),
    ENUM_(T, per, number_pers),
};
static const struct schema number_schema = {SCHEMA(T, number_fields)};
#undef T

/* --- the whole -------------------------------------------------------------------------- */

static void
cooperation_defaults(void *o)
{
	struct charter *c = o;

	c->start_day = c->end_day = DAY_NONE;
	c->small_limit = 5000;
	c->large_limit = 20000;
}

#define T struct charter
static const struct field cooperation_fields[] = {
    KEY_(T, key),
    TEXT_(T, name),
    STRS(T, aliases),
    ENUM_(T, type, cooperation_types),
    REF_(T, health_trust, REF_PARTY),
    REF_(T, municipal_cooperation, REF_PARTY),
    REF(T, host, REF_PARTY),
    DAY_(T, "start", start_day),
    DAY(T, "end", end_day),
    ENUM_(T, end_rule, end_rules),
    INT(T, small_limit, 1, 0),
    INT(T, large_limit, 1, 0),
    STR(T, population_source),
    TEXTS(T, goals),
};
static const struct schema cooperation_schema = {
    SCHEMA(T, cooperation_fields), .defaults = cooperation_defaults};

static const struct field numbering_fields[] = {
    PART_(T, "matter", matter_number, number_schema),
    PART_(T, "meeting", meeting_number, number_schema),
    PART_(T, "decision", decision_number, number_schema),
};
static const struct schema numbering_schema = {SCHEMA_PLAIN(T, numbering_fields)};

/* These two sections fill members of struct charter itself. */
static const struct field charter_fields[] = {
    {"cooperation", F_STRUCT, true, 0, 0, &cooperation_schema, NULL, 0, 0, 0},
    LIST_(T, parties, party_schema),
    LIST(T, regions, region_schema),
    LIST_(T, bodies, body_schema),
    PART_(T, "secretariat", secretariat, secretariat_schema),
    PART_(T, "process", process, process_schema),
    {"numbering", F_STRUCT, true, 0, 0, &numbering_schema, NULL, 0, 0, 0},
};
const struct schema charter_schema = {SCHEMA_PLAIN(T, charter_fields)};
#undef T
