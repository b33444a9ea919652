#include "app/demo.h"

#include "app/account.h"
#include "app/demo_names.h"
#include "app/demo_story.h"
#include "app/found.h"
#include "app/people.h"
#include "app/totp.h"
#include "base/base32.h"
#include "base/clock.h"
#include "base/day.h"
#include "charter/files.h"
#include "core/charter.h"
#include "q_people.h"

#include <inttypes.h>
#include <string.h>

enum { FOUNDED_DAYS_BEFORE = 180 };

/* --- people ----------------------------------------------------------------------------- */

/* Letters that an address may have. */
static str
plain(struct arena *a, str s)
{
	static const char *const from[] = {"æ", "ø", "å", "Æ", "Ø", "Å"};
	static const char to[] = "eoaEOA";
	char *p = arena_array(a, char, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		size_t k = 0;
		while (k < 6 && !(i + 1 < s.n && memcmp(s.p + i, from[k], 2) == 0))
			k++;
		char c = k < 6 ? to[k] : s.p[i];
		i += k < 6;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		p[n++] = c == ' ' ? '.' : c == '_' ? '-' : c;
	}
	return (str){p, n};
}

struct newcomer {
	const char *key, *role, *party, *seat, *rank, *chairing; /* party, seat: pids */
	str title, at; /* at: key of a party, for the address */
	bool logs_in;
};

static struct err *
open_account(
    struct demo *d, struct cx *cx, const struct newcomer *new, const struct demo_person *p)
{
	char raw[TOTP_SECRET_BYTES];
	str secret, recovery, token = d->last.secret;

	random_draw(&d->random, raw, sizeof(raw));
	struct demo_account *acc = &d->done->accounts[d->done->n++];
	*acc = (struct demo_account){
	    .space = d->o->key,
	    .who = new->title,
	    .name = p->name,
	    .email = p->email,
	    .password = demo_password(d->a, &d->random),
	    .secret = base32_encode(d->a, BASE32_RFC4648, (str){raw, sizeof(raw)}),
	};
	if (!totp_secret_bytes(d->a, acc->secret, &secret))
		return err_new(d->a, ERR_INTERNAL, "demo.secret", "not base32");
	struct link_use u = {.token = token,
	    .password = acc->password,
	    .secret = acc->secret,
	    .code = totp_code(d->a, secret, cx->now_at / TOTP_STEP_S)};
	return link_use(cx, &u, &recovery);
}

static struct err *
find_id(struct cx *cx, void *arg)
{
	struct demo_person *p = arg;
	struct q_person_by_pid *row;

	TRY(q_person_by_pid(cx->db, cx->a, p->pid, &row));
	p->id = row ? row->id : 0;
	return OK;
}

static struct err *
add_person(struct demo *d, const struct newcomer *new)
{
	struct cx *cx = demo_cx_system(d);
	str name = demo_name(d->a, d->n_names++);
	const char *pairs[20], **p = pairs;

	if (d->n_people >= DEMO_PEOPLE_MAX)
		return err_new(d->a, ERR_INTERNAL, "demo.crowd", "%d", DEMO_PEOPLE_MAX);
	const char *email = arena_printf(d->a, STR_FMT "@" STR_FMT ".example",
	    STR_ARG(plain(d->a, name)), STR_ARG(plain(d->a, new->at)));
	*p++ = "name", *p++ = str_to_c(d->a, name);
	*p++ = "title", *p++ = str_to_c(d->a, new->title);
	*p++ = "email", *p++ = email;
	*p++ = "role", *p++ = new->role;
	*p++ = "party", *p++ = new->party;
	*p++ = "seat", *p++ = new->seat ? new->seat : "";
	*p++ = "rank", *p++ = new->rank ? new->rank : "";
	*p++ = "chairing", *p++ = new->chairing ? new->chairing : "";
	*p = NULL;
	cx->actor = operator_actor();
	TRY(demo_perform(d, cx, ACT_PERSON_INVITE, pairs));
	struct demo_person *who = &d->people[d->n_people++];
	*who = (struct demo_person){.key = str_from_c(new->key),
	    .pid = d->last.pid,
	    .name = name,
	    .email = str_from_c(email)};
	TRY(cx_read(cx, find_id, who));
	d->done->people++;
	return new->logs_in ? open_account(d, cx, new, who) : OK;
}

static struct err *
also_known_as(struct demo *d, const char *key)
{
	struct demo_person *p = &d->people[d->n_people];

	*p = d->people[d->n_people - 1];
	p->key = str_from_c(key);
	d->n_people++;
	return OK;
}

/* --- who there is ----------------------------------------------------------------------- */
struct places { /* pids, by the charter's keys */
	struct q_party_list *parties;
	struct q_body_list *bodies;
	size_t n_parties, n_bodies;
};

static struct err *
read_places(struct cx *cx, void *arg)
{
	struct places *x = arg;

	TRY(q_party_list(cx->db, cx->a, &x->parties, &x->n_parties));
	return q_body_list(cx->db, cx->a, &x->bodies, &x->n_bodies);
}

static const char *
party_pid(struct demo *d, const struct places *x, str key)
{
	for (size_t i = 0; i < x->n_parties; i++)
		if (str_eq(x->parties[i].key, key))
			return str_to_c(d->a, x->parties[i].pid);
	return "";
}

static struct err *
cast_secretariat(struct demo *d, const struct places *x)
{
	const struct charter *c = d->o->charter;
	bool done[SIDE_OTHER + 1] = {false};

	for (size_t i = 0; i < c->secretariat.n_members; i++) {
		const struct charter_secretary *s = &c->secretariat.members[i];
		bool first = !done[s->side];
		if (s->associated)
			continue;
		done[s->side] = true;
		const char *key = arena_printf(d->a, "secretary.%s%s", side_key(s->side),
		    first ? "" : str_to_c(d->a, s->key));
		TRY(add_person(d, &(struct newcomer){.key = key,
				      .role = "secretary",
				      .party = party_pid(d, x, s->acts_for),
				      .title = s->label.nb,
				      .at = s->employer.n ? s->employer : s->acts_for,
				      .logs_in = first}));
	}
	return OK;
}

static struct err *
cast_contacts(struct demo *d, const struct places *x)
{
	const struct charter *c = d->o->charter;
	int with_login = 3;

	for (size_t i = 0; i < c->n_parties; i++) {
		const struct charter_party *p = &c->parties[i];
		bool trust = p->kind == PARTY_HEALTH_TRUST,
		     town = p->kind == PARTY_MUNICIPALITY;
		if (!trust && !town && p->kind != PARTY_HOSPITAL)
			continue;
		const char *title = arena_printf(d->a, "%s, " STR_FMT,
		    town ? "Samhandlingskontakt" : "Samhandlingsrådgiver", STR_ARG(p->name.nb));
		TRY(add_person(d, &(struct newcomer){.key = arena_printf(d->a,
							 "contact." STR_FMT, STR_ARG(p->key)),
				      .role = "contact",
				      .party = party_pid(d, x, p->key),
				      .title = str_from_c(title),
				      .at = p->key,
				      .logs_in = trust || (town && with_login-- > 0)}));
		if (town && with_login >= 0)
			TRY(also_known_as(d, arena_printf(d->a, "town.%d", 3 - with_login)));
		if (trust)
			TRY(also_known_as(d, "trust"));
	}
	return OK;
}

/* A party for a seat of a side that is for no party: the municipalities in turn. */
static str
party_for(const struct charter *c, const struct charter_seat *s, size_t number)
{
	size_t n = 0;

	if (s->party.n)
		return s->party;
	if (s->from->side == SIDE_TRUST)
		return c->health_trust;
	for (int round = 0; round < 50; round++)
		for (size_t i = 0; i < c->n_parties; i++) {
			const struct charter_party *p = &c->parties[i];
			bool of_side =
			    p->side == s->from->side &&
			    (p->side != SIDE_MUNICIPAL || p->kind == PARTY_MUNICIPALITY);
			if (of_side && n++ == number)
				return p->key;
		}
	return S("");
}

struct sitting {
	const struct charter_body *body;
	const struct q_seat_list *seat;
	const struct charter_seat *rules;
	enum chairing chairing;
	size_t number; /* of the seat in the body */
	bool is_main;  /* the strategic body: its people are those of the story */
};

static const char *
second_key(const struct sitting *s)
{
	if (!s->is_main)
		return NULL;
	return s->chairing == CHAIR_CHAIR   ? "chair"
	       : s->chairing == CHAIR_VICE  ? "vice"
	       : s->seat->side == SIDE_USER ? "user"
	       : s->seat->side == SIDE_GP   ? "gp"
					    : NULL;
}

static struct err *
cast_seat(struct demo *d, const struct places *x, const struct sitting *s)
{
	static const char *const chairing[] = {"none", "chair", "vice"};
	str party = party_for(d->o->charter, s->rules, s->number);
	const char *second = second_key(s);
	struct newcomer who = {
	    .key = str_to_c(d->a, s->seat->key),
	    .role = "member",
	    .party = party_pid(d, x, party),
	    .seat = str_to_c(d->a, s->seat->pid),
	    .chairing = chairing[s->chairing],
	    .title = s->seat->label,
	    .at = party,
	};

	if (party.n == 0)
		return OK; /* the charter names nobody who could sit there: it stays vacant */
	who.logs_in = second && !demo_person(d, second);
	TRY(add_person(d, &who));
	if (who.logs_in)
		TRY(also_known_as(d, second));
	who.role = "deputy";
	who.chairing = NULL;
	who.logs_in = false;
	for (int64_t rank = 1; rank <= s->rules->from->deputies; rank++) {
		who.rank = arena_printf(d->a, "%" PRId64, rank);
		who.key = arena_printf(d->a, STR_FMT "+%s", STR_ARG(s->seat->key), who.rank);
		TRY(add_person(d, &who));
	}
	return OK;
}

struct seats {
	int64_t body_id;
	struct q_seat_list *v;
	size_t n;
};

static struct err *
read_seats(struct cx *cx, void *arg)
{
	struct seats *s = arg;

	return q_seat_list(cx->db, cx->a, s->body_id, &s->v, &s->n);
}

static const struct charter_seat *
rules_of(const struct charter_body *b, str seat_key)
{
	for (size_t i = 0; i < b->seats.n; i++)
		if (str_eq(b->seats.v[i].key, seat_key))
			return &b->seats.v[i];
	return NULL;
}

static struct err *
cast_body(struct demo *d, const struct places *x, const struct charter_body *b, int64_t body_id)
{
	enum side first = charter_chair_side(&b->chair, d->day);
	struct seats seats = {.body_id = body_id};
	bool taken[2] = {false, false};

	if (first != SIDE_TRUST)
		first = SIDE_MUNICIPAL;
	TRY(cx_read(demo_cx_system(d), read_seats, &seats));
	for (size_t i = 0; i < seats.n; i++) {
		const struct q_seat_list *q = &seats.v[i];
		struct sitting s = {.body = b,
		    .seat = q,
		    .rules = rules_of(b, q->key),
		    .number = i,
		    .is_main = b == d->body};
		bool leads = q->side == (int64_t)first;
		if (!s.rules)
			continue;
		if ((q->side == SIDE_MUNICIPAL || q->side == SIDE_TRUST) && !taken[leads]) {
			taken[leads] = true;
			s.chairing = leads ? CHAIR_CHAIR : CHAIR_VICE;
		}
		TRY(cast_seat(d, x, &s));
	}
	return OK;
}

static bool
is_cast(const struct charter_body *b)
{
	return b->kind == BODY_STRATEGIC || b->kind == BODY_PROFESSIONAL ||
	       b->kind == BODY_LOCAL || b->kind == BODY_WORKING_COMMITTEE ||
	       b->kind == BODY_POLITICAL;
}

static struct err *
cast_all(struct demo *d)
{
	const struct charter *c = d->o->charter;
	struct places x = {0};

	TRY(cx_read(demo_cx_system(d), read_places, &x));
	TRY(add_person(d, &(struct newcomer){.key = "admin",
			      .role = "admin",
			      .party = party_pid(d, &x, c->health_trust),
			      .title = S("Administrator"),
			      .at = c->health_trust,
			      .logs_in = true}));
	TRY(cast_secretariat(d, &x));
	TRY(cast_contacts(d, &x));
	for (size_t i = 0; i < x.n_bodies; i++) {
		const struct charter_body *b = charter_body(c, x.bodies[i].key);
		if (b && is_cast(b))
			TRY(cast_body(d, &x, b, x.bodies[i].id));
	}
	return OK;
}

/* --- a space ---------------------------------------------------------------------------- */
struct demo_space {
	const char *key, *charter;
};

static const struct demo_space demo_spaces[] = {
    {"ostfold", "ostfold"},
    {"vestre-viken", "vestre-viken-2021"},
};
enum { DEMO_SPACES = sizeof(demo_spaces) / sizeof(demo_spaces[0]) };

/* The charter with an address to write to, which the real ones leave out. */
static str
with_address(struct demo *d, const struct demo_space *s)
{
	static const char part[] = "\nsecretariat:\n";
	const char *text = str_to_c(d->a, charter_file_text(s->charter));
	const char *at = strstr(text, part);
	int head = at ? (int)(at - text + (int)sizeof(part) - 1) : 0;

	return str_from_c(
	    arena_printf(d->a, "%.*s%s%s%s%s", head, text, at ? "  email: sekretariatet@" : "",
		at ? s->key : "", at ? ".example\n" : "", text + head));
}

static struct err *
found(struct demo *d, const struct demo_space *s)
{
	struct cx *cx = demo_cx_system(d);

	TRY(space_found(cx, with_address(d, s)));
	d->o->charter = cx->charter;
	for (size_t i = 0; i < cx->charter->n_bodies && !d->body; i++)
		if (cx->charter->bodies[i].kind == BODY_STRATEGIC)
			d->body = &cx->charter->bodies[i];
	return OK;
}

static struct err *
make_space(struct demo *d, const char *dir, const char *database, const struct demo_space *s)
{
	d->o = arena_new(d->a, struct opened);
	demo_at(d, FOUNDED_DAYS_BEFORE, 8, 0);
	TRY(space_open_key(d->a, dir, database, str_from_c(s->key), true, d->now_at, d->o));
	TRY(found(d, s));
	demo_at(d, FOUNDED_DAYS_BEFORE, 9, 0);
	TRY(cast_all(d));
	return demo_tell(d);
}

struct err *
demo_make(struct arena *a, const char *dir, const char *database, struct house *house,
    uint64_t seed, int64_t day, struct demo_done *ret)
{
	struct random ids = random_seeded(seed ^ 0x5eed);

	*ret = (struct demo_done){.accounts = arena_array(a, struct demo_account, 64)};
	a->ids = &ids;
	for (size_t i = 0; i < DEMO_SPACES; i++) {
		struct demo *d = arena_new(a, struct demo);
		*d = (struct demo){.a = a, .house = house, .day = day, .done = ret};
		d->random = random_seeded(seed + i);
		d->n_names = i * 97; /* other people in each */
		struct err *e = make_space(d, dir, database, &demo_spaces[i]);
		if (e) {
			a->ids = NULL;
			return e;
		}
	}
	a->ids = NULL;
	return OK;
}
