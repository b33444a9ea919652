/*
 * core/charter.h - a cooperation as its charter describes it, and questions to that charter.
 *
 * Read-only data: charter/load.h fills it from a YAML file, every rule reads it. Things are
 * named by key (lower case a-z, 0-9, _ and -), unique in their list; a reference is the key
 * of the other thing, and a loaded charter has no reference to nothing.
 *
 * Every part that states a rule carries a struct charter_basis: which rule of which source
 * it is, or which gap in the sources its default fills.
 *
 * Units      Days are civil days since 1970-01-01, named _day; DAY_NONE where none is set.
 *            Spans are in the unit their name says. Counts of 0 mean "not stated" unless said.
 * Ownership  Everything lives in the arena the charter was loaded into.
 * Errors     None here: a question that has no answer returns NULL, 0 or false.
 */
#ifndef CORE_CHARTER_H
#define CORE_CHARTER_H

#include "base/lang.h"
#include "base/str.h"
#include "core/actor.h"
#include "core/matter.h"

#define DAY_NONE INT64_MIN

/* --- words ------------------------------------------------------------------------------ */

/* A name or sentence in three languages. nb is always there; nn and en are filled with nb
 * where the charter gives none. */
struct charter_text {
	str nb, nn, en;
};

/* Where a value comes from. rule "VV21-07", source "004", quote verbatim Norwegian; gap
 * "G18", or "X" for a default without a numbered gap; waiver says why a check is let pass. */
struct charter_basis {
	str rule, source, quote, gap, waiver;
	int line; /* in the charter file */
};

struct charter_keys {
	const str *v;
	size_t n;
};

/* --- parties and regions ---------------------------------------------------------------- */

enum party_kind { /* stored as these numbers: never renumber */
	PARTY_MUNICIPALITY = 1,
	PARTY_HEALTH_TRUST = 2,
	PARTY_HOSPITAL = 3,
	PARTY_CLINIC = 4,
	PARTY_COUNTY_AUTHORITY = 5,
	PARTY_REGIONAL_COUNCIL = 6,
	PARTY_USER_ORGANISATION = 7,
	PARTY_USER_COMMITTEE = 8,
	PARTY_EMPLOYEE_ORGANISATION = 9,
	PARTY_KS = 10,
	PARTY_GP = 11,                    /* the general practitioners */
	PARTY_MUNICIPAL_COOPERATION = 12, /* all municipalities together, not their host */
	PARTY_COUNTY_GOVERNOR = 13,
	PARTY_UNIVERSITY = 14,
	PARTY_OTHER = 15,
};

struct charter_population {
	int64_t at_day;
	int64_t value;
	str source;
	int line;
};

struct charter_party {
	str key;
	enum party_kind kind;
	enum side side;
	struct charter_text name;
	str kommunenummer; /* four digits, the one in force; a municipality only */
	struct charter_keys former_numbers;
	str orgnr;  /* nine digits, or empty */
	str parent; /* party key: a hospital's trust; empty: none */
	struct charter_keys regions;
	const struct charter_population *populations; /* oldest first */
	size_t n_populations;
	int64_t member_from_day, member_to_day; /* to: last day; DAY_NONE: open */
	str merged_into;                        /* party key */
	struct charter_basis basis;
};

struct charter_region {
	str key;
	str layer; /* "fee_region", "lsu_area", "health_house": the charter's own word */
	struct charter_text name;
	struct charter_keys members; /* party keys; those with the region in theirs are added */
	int64_t seat_multiplier;     /* 1 unless stated */
	struct charter_basis basis;
};

/* --- bodies ----------------------------------------------------------------------------- */

enum body_kind { /* stored as these numbers: never renumber */
	BODY_POLITICAL = 1,
	BODY_STRATEGIC = 2,
	BODY_PROFESSIONAL = 3,
	BODY_LOCAL = 4,
	BODY_SECRETARIAT = 5,
	BODY_NETWORK = 6,
	BODY_WORKING_COMMITTEE = 7, /* arbeidsutvalg */
	BODY_MUNICIPAL = 8,         /* the municipalities' own */
};

enum body_level { LEVEL_1 = 1, LEVEL_2 = 2, LEVEL_3 = 3, LEVEL_LOCAL = 4 };

/* What a body may do. The first five are outcomes of an item. */
enum charter_act { /* stored as these numbers: never renumber */
	MAY_DECIDE = 1,
	MAY_RECOMMEND = 2,
	MAY_ADVISE = 3,
	MAY_NOTE = 4,
	MAY_DELEGATE = 5,
	MAY_APPROVE = 6, /* decides, about a document */
	MAY_PREPARE = 7,
	MAY_SUPPORT = 8,
	MAY_GUIDE = 9,
	MAY_CHOOSE = 10,
	MAY_MANDATE = 11,  /* sets another body's mandate */
	MAY_INITIATE = 12, /* starts projects and working groups */
	MAY_CREATE = 13,   /* sets up sub-committees */
};

/* A question: what a matter is about. 0: not known. */
struct charter_question {
	enum matter_type type;
	enum matter_scope scope;
	unsigned consequences;   /* mask of enum matter_consequence */
	enum matter_topic topic; /* TOPIC_OTHER: none that a charter routes by */
	bool is_larger;          /* larger economic or administrative consequence */
	bool is_extensive;
	str region; /* scope one area: which; empty: not known */
};

/* What a rule is about. Sets are of 1u << value; 0: whatever. */
struct charter_match {
	unsigned types, scopes, topics;
	unsigned consequences; /* mask of enum matter_consequence: one of them is enough */
	bool larger;           /* of the economic and administrative only the larger */
};

struct charter_authority {
	enum charter_act act;
	struct charter_text text;   /* about what, for people */
	struct charter_match match; /* about what, for triage and outcomes */
	struct charter_keys bodies; /* delegate, mandate: to which; empty: any below */
	struct charter_basis basis;
};

enum seat_per { SEAT_FIXED = 0, SEAT_PER_MEMBER = 1, SEAT_PER_REGION = 2 };

enum role_level { /* level of leadership */
	ROLE_LEVEL_NONE = 0,
	ROLE_LEVEL_POLITICAL = 1,
	ROLE_LEVEL_TOP = 2,
	ROLE_LEVEL_MIDDLE = 3,
	ROLE_LEVEL_PROFESSIONAL = 4,
};

enum seat_status { /* stored as these numbers: never renumber */
	SEAT_MEMBER = 1,
	SEAT_OBSERVER = 2, /* may speak, has no say in the decision */
	SEAT_INVITED = 3,
};

/* One line of a body's composition. */
struct charter_composition {
	str key; /* unique in the body */
	struct charter_text label;
	enum side side;
	enum seat_status status;
	int64_t count; /* seats; per member or region: seats for each */
	enum seat_per per;
	str layer;           /* region layer of per: region */
	str party;           /* whom the seat is for; empty: anyone of the side */
	str region;          /* from where; empty: anywhere */
	bool use_multiplier; /* per region: times the region's seat_multiplier */
	bool outside_parity; /* not counted when the sides are compared */
	enum role_level level;
	struct charter_keys eligible; /* role words: municipal_sector_head ... */
	str appointed_by;             /* body or party key */
	str ex_officio_of;            /* body key: whoever sits there sits here */
	int64_t deputies;             /* ranked personal deputies of each seat */
	int64_t min_small;            /* so many of these at least from small municipalities */
	struct charter_basis basis;
};

/* A seat, expanded from the composition by charter_load. */
struct charter_seat {
	str key;  /* "ssu.kommunene.2": unique in the charter, stable */
	str body; /* body key */
	const struct charter_composition *from;
	int64_t number; /* 1.. within its line of composition */
	str party;      /* party key; empty: anyone of the side */
	str region;     /* region key; empty: anywhere */
};

struct charter_seats {
	const struct charter_seat *v;
	size_t n;
};

enum re_election { RE_ELECTION_NOT_STATED = 0, RE_ELECTION_YES = 1, RE_ELECTION_NO = 2 };

struct charter_term {
	bool stated;
	int64_t years;                      /* 0: none */
	int64_t from_month, from_month_day; /* window 1 April: 4, 1; 0: none */
	int64_t to_month, to_month_day;
	bool continuous; /* no end until replaced */
	enum re_election re_election;
	struct charter_basis basis;
};

enum chair_rule {
	CHAIR_RULE_NOT_STATED = 0,
	CHAIR_RULE_SELF_CONSTITUTING = 1, /* elected by the body itself */
	CHAIR_RULE_ALTERNATE = 2,         /* the sides take turns */
	CHAIR_RULE_PER_MEETING = 3,       /* agreed before each meeting by the agenda setters */
	CHAIR_RULE_FIXED = 4,             /* always this side */
	CHAIR_RULE_APPOINTED = 5,         /* by the body or party appointed_by */
};

struct charter_chair {
	enum chair_rule rule;
	int64_t period_years;      /* alternate */
	enum side first_side;      /* alternate: who starts; fixed: who */
	int64_t start_day;         /* alternate: first day of the first period */
	struct charter_keys seats; /* composition keys the chair is taken from; empty: any */
	bool vice_chair; /* a vice-chair exists; under alternation from the other side */
	bool co_chair;
	str appointed_by;
	struct charter_basis basis;
};

enum cadence_count { CADENCE_MIN = 1, CADENCE_EXACT = 2, CADENCE_ABOUT = 3 };

enum extraordinary { /* who may ask for an extra meeting */
	EXTRAORDINARY_NONE = 0,
	EXTRAORDINARY_ONE_PARTY = 1, /* one partner is enough */
	EXTRAORDINARY_AGREED = 2,    /* both sides agree */
};

struct charter_cadence {
	bool stated;
	int64_t per_year;
	enum cadence_count count;
	int64_t month;          /* 1..12: only then, extraordinary meetings apart; 0: any */
	int64_t interval_weeks; /* 0: none */
	struct charter_keys before, after; /* bodies it meets before or after, in each round */
	enum extraordinary extraordinary;
	bool extraordinary_locked; /* its agenda holds only the matters it was asked for */
	struct charter_basis basis;
};

/* Who can give an approval: a role, where it says so in a body or a line of composition. */
enum holder_role {
	HOLDER_SECRETARY = 1,
	HOLDER_CHAIR = 2,
	HOLDER_VICE_CHAIR = 3,
	HOLDER_MEMBER = 4,
	HOLDER_CONTACT = 5,
};

struct charter_holder {
	enum holder_role role;
	str body; /* chair, vice-chair, member: of which body; empty: the body it is about */
	str seat; /* member: composition key; empty: any */
	struct charter_text designated_by; /* "kommunedirektørene"; empty: nobody */
};

/* One approval that must be given: by any one of `by`, acting for this side. A person gives
 * at most one of a list of approvals. */
struct charter_approval {
	enum side side; /* SIDE_NONE: either */
	struct charter_text label;
	const struct charter_holder *by;
	size_t n_by;
	int line;
};

struct charter_approvals {
	const struct charter_approval *v;
	size_t n;
};

struct charter_agenda {
	struct charter_approvals setters; /* all must approve the agenda */
	int64_t notice_days;              /* call goes out at least so long before */
	int64_t papers_days;              /* papers are out at least so long before */
	struct charter_basis basis;
};

enum decision_rule {
	DECISION_CONSENSUS = 1,
	DECISION_MAJORITY = 2,
	DECISION_TWO_THIRDS = 3,
	DECISION_UNANIMITY = 4,
	DECISION_NONE = 5, /* the body decides nothing */
};

struct charter_decision {
	enum decision_rule rule;
	int64_t quorum_percent;  /* of the members' seats; 0: none */
	int64_t quorum_per_side; /* seats present of each of the two sides; 0: none */
	struct charter_basis basis;
};

struct charter_mandate {
	bool stated;
	const struct charter_text *points;
	size_t n_points;
	int64_t from_day;
	str set_by; /* body key */
	struct charter_basis basis;
};

struct charter_body {
	str key;
	struct charter_text name;
	str short_name; /* "SSU" */
	struct charter_keys aliases;
	enum body_level level;
	enum body_kind kind;
	enum side side; /* a side's own body: the other side does not see into it; else none */
	bool bipartite;
	str region;                      /* a local body: its area */
	str hospital;                    /* party key of its hospital */
	str reports_to;                  /* body key; empty: top */
	struct charter_keys prepared_by; /* body keys, or the word "secretariat" */
	bool temporary;
	int64_t end_day;
	bool advisory; /* it binds nobody: to decide or approve is refused */
	int64_t
	    seats_stated; /* members' seats by the sources, to check the composition; 0: not */
	bool only_listed; /* it treats nothing but the topics of its authority */
	const struct charter_authority *authority;
	size_t n_authority;
	struct charter_mandate mandate;
	const struct charter_composition *composition;
	size_t n_composition;
	struct charter_seats seats; /* expanded */
	struct charter_term term;
	struct charter_chair chair;
	struct charter_cadence cadence;
	struct charter_agenda agenda;
	struct charter_decision decision;
	struct charter_basis basis;
};

/* --- secretariat and processes ---------------------------------------------------------- */

struct charter_secretary {
	str key;
	enum side side;
	struct charter_text label;
	int64_t count;
	bool associated; /* takes part, is not of the core */
	str acts_for;    /* party key: municipal half: the municipal_cooperation */
	str employer;    /* party key: whose employee; never for whom */
	int64_t percent; /* of a full post; 0: not stated */
	struct charter_basis basis;
};

struct charter_secretariat {
	struct charter_text name;
	str email; /* that everybody may write to; empty: not given */
	const struct charter_secretary *members;
	size_t n_members;
	struct charter_chair lead; /* who leads, and how it changes */
	const struct charter_text *tasks;
	size_t n_tasks;
	struct charter_basis basis;
};

struct charter_pre_meeting {
	str body;         /* before which body's meetings */
	enum side side;   /* whose pre-meeting */
	bool required;    /* a call cannot go out, or be confirmed, without it */
	bool all_members; /* all parties of the side are asked, not only seat holders */
	str held_in;      /* body key where it is held; empty: on its own */
	enum holder_role convened_by;
	int64_t common_percent; /* of the parties must agree or abstain for one voice */
	struct charter_basis basis;
};

struct charter_read_through {
	bool required;
	int64_t deadline_days, reminder_days;
	struct charter_keys bodies; /* for matters to these; empty: all joint bodies */
	struct charter_basis basis;
};

struct charter_days {
	int64_t days;
	bool working; /* Monday to Friday without public holidays */
	struct charter_basis basis;
};

/* The last day of so many days counted from a day, and the first from which they have not run
 * out on a day. */
int64_t charter_days_after(const struct charter_days *d, int64_t day);
int64_t charter_days_before(const struct charter_days *d, int64_t day);

enum minutes_rule { MINUTES_EXPLICIT = 1, MINUTES_SILENT = 2 };

struct charter_minutes {
	enum minutes_rule rule;
	int64_t days; /* working days to answer; silent: after that approved */
	struct charter_approvals approvers;
	struct charter_basis basis;
};

enum charter_perspective {
	PERSPECTIVE_TRUST = 1,
	PERSPECTIVE_MUNICIPALITY = 2,
	PERSPECTIVE_PATIENT = 3,
};

struct charter_preparation {
	int64_t authors_per_side;
	unsigned perspectives; /* set of 1u << enum charter_perspective that must be lit */
	struct charter_approvals sign_off;     /* who signs a version before it goes out */
	struct charter_keys rapporteur_bodies; /* extensive matters there need a rapporteur */
	struct charter_basis basis;
};

enum proposer { /* who may propose a matter */
	PROPOSER_CONTACT = 1,
	PROPOSER_MEMBER = 2,
	PROPOSER_SECRETARY = 3,
	PROPOSER_PUBLIC = 4,
};

struct charter_proposers {
	unsigned who; /* set of 1u << enum proposer */
	struct charter_basis basis;
};

/* A triage rule. */
struct charter_route {
	struct charter_match match;
	struct charter_keys to;    /* bodies it goes to, best first; others need a reason */
	struct charter_keys never; /* bodies it does not go to, but with a reason */
	bool advisory;             /* a suggestion: departed from without a reason */
	struct charter_text why;
	struct charter_basis basis;
};

struct charter_process {
	struct charter_read_through read_through;
	const struct charter_pre_meeting *pre_meetings;
	size_t n_pre_meetings;
	struct charter_preparation preparation;
	struct charter_days acknowledge; /* the secretariat answers whoever proposed */
	struct charter_days receipt;     /* addressees confirm a decision */
	struct charter_days follow_up;   /* default time to carry a decision out */
	struct charter_minutes minutes;
	struct charter_proposers proposers;
	const struct charter_route *routes; /* first match leads */
	size_t n_routes;
};

enum numbering_per { NUMBER_PER_BODY_YEAR = 1, NUMBER_PER_YEAR = 2, NUMBER_PER_BODY = 3 };

/* Form: text with {no}, {yy}, {yyyy}, {body} (short name). */
struct charter_number {
	str form;
	enum numbering_per per;
	struct charter_basis basis;
};

/* --- the whole -------------------------------------------------------------------------- */

enum cooperation_type {
	COOPERATION_PROJECT = 1,
	COOPERATION_AGREEMENT = 2,
	COOPERATION_HEALTH_COMMUNITY = 3,
};

enum end_rule {
	END_ON_DATE = 1,
	END_UNTIL_NEW_AGREEMENT = 2,
	END_OPEN = 3,
};

struct charter {
	str key;
	struct charter_text name;
	struct charter_keys aliases;
	enum cooperation_type type;
	str health_trust;          /* party key */
	str municipal_cooperation; /* party key; for whom the municipal half acts */
	str host;                  /* party key of the host municipality; empty: none */
	int64_t start_day, end_day;
	enum end_rule end_rule;
	int64_t small_limit, large_limit; /* inhabitants: small below, large above */
	str population_source;            /* "SSB tabell 07459" */
	const struct charter_text *goals;
	size_t n_goals;
	struct charter_basis basis;

	const struct charter_party *parties;
	size_t n_parties;
	const struct charter_region *regions;
	size_t n_regions;
	const struct charter_body *bodies;
	size_t n_bodies;
	struct charter_secretariat secretariat;
	struct charter_process process;
	struct charter_number matter_number, meeting_number, decision_number;
};

/* --- questions -------------------------------------------------------------------------- */

/* NULL: no such key. */
const struct charter_party *charter_party(const struct charter *c, str key);
const struct charter_region *charter_region(const struct charter *c, str key);
const struct charter_body *charter_body(const struct charter *c, str key);
/* What a body is called in a language; name, as it is stored, when the charter no longer has
 * it. */
str charter_body_said(const struct charter *c, str key, str name, enum lang lang);
str charter_seat_said(const struct charter *c, str key, str label, enum lang lang);
const struct charter_composition *charter_composition(const struct charter_body *b, str key);

bool charter_keys_has(struct charter_keys keys, str key);

str charter_say(const struct charter_text *t, enum lang lang);

/* The body b reports to; NULL: it is at the top. */
const struct charter_body *
charter_body_parent(const struct charter *c, const struct charter_body *b);
/* Whether below is under above in the reporting line, at any distance. */
bool charter_body_below(const struct charter *c, const struct charter_body *below,
    const struct charter_body *above);
/* Whether both the municipal and the trust side have members' seats in it. */
bool charter_body_is_joint(const struct charter_body *b);
/* Whether it may decide or approve nothing at all. */
bool charter_body_is_advisory(const struct charter_body *b);

/* The rule that lets b do this with such a matter; NULL: it may not. q NULL: with some. */
const struct charter_authority *charter_body_may(
    const struct charter_body *b, enum charter_act act, const struct charter_question *q);

/* Mask of OUTCOME_BIT()s that are in b's power for such a matter (core/matter.h body_may).
 * Note, return, postpone and dispute are always in it; escalate if b reports to a body. */
unsigned charter_body_outcomes(const struct charter_body *b, const struct charter_question *q);
/* Whether b may delegate to the other. */
bool charter_may_delegate(
    const struct charter *c, const struct charter_body *b, const struct charter_body *to);

/* How many members' seats the side has in b. counted: only those that parity counts. */
int64_t charter_body_seats(const struct charter_body *b, enum side side, bool counted);

struct charter_choice {
	const struct charter_body *body;
	const struct charter_route *route; /* why it is suggested or barred; NULL: neither */
	bool is_suggested;
	bool is_barred; /* only with a written reason */
};

/* All bodies a matter could go to: the suggested first, in the order of the routes, then the
 * open, then the barred. A local body of another area is barred. */
void charter_triage_bodies(const struct charter *c, struct arena *a,
    const struct charter_question *q, const struct charter_choice **ret, size_t *ret_n);

/* The same as the guards of core/matter.h struct triage_rules want it. */
struct charter_triage {
	bool is_local, local_is_narrow;
	const struct charter_body *principle_body; /* NULL: the charter names none */
	const struct charter_body *topic_body;     /* NULL: no rule for the topic */
	bool topic_is_advisory;
	unsigned only_topics; /* set of 1u << enum matter_topic; 0: no limit */
	bool needs_rapporteur;
};
void charter_triage_rules(const struct charter *c, const struct charter_body *target,
    const struct charter_question *q, struct charter_triage *ret);

/* The pre-meeting rule of this side before b's meetings; NULL: none. */
const struct charter_pre_meeting *
charter_pre_meeting(const struct charter *c, const struct charter_body *b, enum side side);

/* Whether a read-through goes before matters to b, unless triage gives a reason. */
bool charter_read_through_required(const struct charter *c, const struct charter_body *b);

/* Whether somebody who acts so may raise matters (C1): as one of process.proposers. */
bool charter_may_propose(const struct charter *c, const struct actor *who);

/* How long before a meeting of b the summons goes out, in days. The papers go with it, so it
 * is the longer of the two times. */
int64_t charter_notice_days(const struct charter_body *b);

/* The side that chairs on that day; SIDE_NONE: the rule does not say (elected, agreed). */
enum side charter_chair_side(const struct charter_chair *chair, int64_t day);

bool charter_party_is_member(const struct charter_party *p, int64_t day);
/* The newest population at or before the day; NULL: none. */
const struct charter_population *
charter_party_population(const struct charter_party *p, int64_t day);
enum size_class { SIZE_UNKNOWN = 0, SIZE_SMALL = 1, SIZE_MEDIUM = 2, SIZE_LARGE = 3 };
enum size_class
charter_size_class(const struct charter *c, const struct charter_party *p, int64_t day);
/* Whether the party belongs to the region, by either's statement. */
bool charter_in_region(const struct charter_region *r, const struct charter_party *p);

/* The label: "Sak 14/26". */
str charter_number_label(struct arena *a, const struct charter_number *form, int64_t number,
    int64_t year, const struct charter_body *body_or_null);

#endif
