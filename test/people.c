#include "people.h"

#include "app/account.h"
#include "app/found.h"
#include "base/cache.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/sha.h"
#include "core/charter.h"
#include "q_account.h"
#include "q_journal.h"
#include "q_people.h"
#include "web/api.h"
#include "web/kept.h"
#include "web/session.h"
#include "web/web.h"

#include <stdio.h>
#include <string.h>

/* --- contexts --------------------------------------------------------------------------- */
static struct cx *
cx_new(struct people *p)
{
	static const struct actor nobody;
	struct cx *cx = arena_new(p->a, struct cx);

	*cx = (struct cx){
	    .a = p->a,
	    .db = p->w->db,
	    .space = p->w->space,
	    .house = &p->house,
	    .charter = p->charter,
	    .now_at = p->now_at,
	    .today = clock_day(p->now_at),
	    .lang = LANG_NB,
	    .actor = &nobody,
	    .session_tag = S("-"),
	    .faults = arena_new(p->a, struct faults),
	};
	return cx;
}

struct cx *
cx_nobody(struct people *p)
{
	return cx_new(p);
}

struct cx *
cx_of(struct people *p, const struct person *who)
{
	struct cx *cx = cx_new(p);
	struct actor *actor;

	assert_ok(actor_load(cx, who->id, who->party_id, &actor));
	cx->actor = actor;
	cx->session_tag = S("0123456789abcdef");
	return cx;
}

struct cx *
cx_as(struct people *p, const char *key)
{
	return cx_of(p, person_of(p, key));
}

/* --- who there is ----------------------------------------------------------------------- */
static struct person *
find(struct people *p, str key)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->all[i].key, key))
			return &p->all[i];
	return NULL;
}

struct person *
person_of(struct people *p, const char *key)
{
	struct person *who = find(p, str_from_c(key));

	if (!who)
		fail_msg("no person '%s'", key);
	return who;
}

int64_t
party_id_of(struct people *p, const char *party_key)
{
	struct q_party_by_key *row;

	assert_ok(q_party_by_key(p->w->db, p->a, str_from_c(party_key), &row));
	if (!row)
		fail_msg("no party '%s'", party_key);
	return row->id;
}

static struct q_body_by_key *
body_row(struct people *p, str key)
{
	struct q_body_by_key *row;

	assert_ok(q_body_by_key(p->w->db, p->a, key, &row));
	if (!row)
		fail_msg("no body '" STR_FMT "'", STR_ARG(key));
	return row;
}

int64_t
body_id_of(struct people *p, const char *body_key)
{
	return body_row(p, str_from_c(body_key))->id;
}

str
body_pid_of(struct people *p, const char *body_key)
{
	return body_row(p, str_from_c(body_key))->pid;
}

/* --- adding people, in one entry of the record ------------------------------------------ */
struct newcomer {
	str key;
	enum role role;
	int64_t party_id, side, body_id, seat_id, rank, chairing;
};

struct newcomers {
	struct people *p;
	struct newcomer v[PEOPLE_MAX];
	size_t n;
};

static void
come(struct newcomers *all, struct newcomer who)
{
	assert_true(all->n < PEOPLE_MAX);
	all->v[all->n++] = who;
}

static struct err *
add_one(struct cx *cx, struct people *p, const struct newcomer *new)
{
	struct person *who = &p->all[p->n++];
	int64_t id, n;

	*who = (struct person){
	    .key = new->key,
	    .pid = pid_new(cx->a),
	    .name = str_from_c(arena_printf(cx->a, "Prøve Person %zu", p->n)),
	    .email = str_from_c(arena_printf(cx->a, "p%zu@eksempel.no", p->n)),
	    .party_id = new->party_id,
	};
	TRY(q_person_add(
	    cx->db, cx->a, who->pid, who->name, new->key, who->email, S(""), 0, &who->id));
	TRY(q_account_add(cx->db, cx->a, who->id, cx->now_at, &n));
	if (!new->role)
		return OK;
	return q_appointment_add(cx->db, cx->a, pid_new(cx->a), who->id, new->role,
	    new->party_id, new->side, new->body_id, new->seat_id, new->rank, new->chairing,
	    cx->today - 365, NULL, &id);
}

static struct err *
run_add(struct cx *cx, const void *arg, struct result *ret)
{
	const struct newcomers *all = arg;

	for (size_t i = 0; i < all->n; i++)
		TRY(add_one(cx, all->p, &all->v[i]));
	ret->type = "person";
	ret->pid = all->p->all[all->p->n - 1].pid;
	return OK;
}

static struct err *
run_end(struct cx *cx, const void *arg, struct result *ret)
{
	const struct person *who = arg;
	struct appointment *list;
	size_t n;
	int64_t changed;

	TRY(q_appointments_of(cx->db, cx->a, who->id, cx->today, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(q_appointment_end(cx->db, cx->a, list[i].id, cx->today - 1, &changed));
	ret->type = "person";
	ret->pid = who->pid;
	return OK;
}

static void
record(struct people *p, enum action action,
    struct err *(*run)(struct cx *, const void *, struct result *), const void *arg)
{
	struct usecase uc = {.action = action, .run = run};
	struct result done;

	assert_ok(usecase_run(cx_new(p), &uc, arg, S(""), &done));
}

void
people_end(struct people *p, const char *key)
{
	record(p, ACT_APPOINTMENT_END, run_end, person_of(p, key));
}

/* --- the cast --------------------------------------------------------------------------- */
static int64_t
party_of_key(struct people *p, str key)
{
	return key.n ? party_id_of(p, str_to_c(p->a, key)) : 0;
}

/* For whom somebody sits who sits for a side: of the municipalities, the number-th. */
static int64_t
party_of_side(struct people *p, int64_t side, size_t number)
{
	const struct charter *c = p->charter;
	size_t n = 0;

	if (side == SIDE_TRUST)
		return party_of_key(p, c->health_trust);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < c->n_parties; i++)
			if ((int64_t)c->parties[i].side == side &&
			    (side != SIDE_MUNICIPAL ||
				c->parties[i].kind == PARTY_MUNICIPALITY) &&
			    n++ == number)
				return party_of_key(p, c->parties[i].key);
		number = n ? number % n : 0;
		n = 0;
	}
	return party_of_key(p, c->health_trust);
}

static str
secretary_party(const struct charter *c, enum side side)
{
	for (size_t i = 0; i < c->secretariat.n_members; i++)
		if (c->secretariat.members[i].side == side)
			return c->secretariat.members[i].acts_for;
	return side == SIDE_TRUST ? c->health_trust : c->municipal_cooperation;
}

static void
cast_secretaries(struct people *p, struct newcomers *all)
{
	const struct charter *c = p->charter;

	come(all, (struct newcomer){.key = S("secretary.municipal"),
		      .role = ROLE_SECRETARY,
		      .side = SIDE_MUNICIPAL,
		      .party_id = party_of_key(p, secretary_party(c, SIDE_MUNICIPAL))});
	come(all, (struct newcomer){.key = S("secretary.trust"),
		      .role = ROLE_SECRETARY,
		      .side = SIDE_TRUST,
		      .party_id = party_of_key(p, secretary_party(c, SIDE_TRUST))});
	come(all, (struct newcomer){.key = S("admin"),
		      .role = ROLE_ADMIN,
		      .party_id = party_of_key(p, c->health_trust)});
	come(all, (struct newcomer){.key = S("outsider")});
}

static void
cast_contacts(struct people *p, struct newcomers *all)
{
	for (size_t i = 0; i < p->charter->n_parties; i++) {
		const struct charter_party *x = &p->charter->parties[i];
		if (x->kind != PARTY_MUNICIPALITY && x->kind != PARTY_HEALTH_TRUST &&
		    x->kind != PARTY_HOSPITAL)
			continue;
		come(all, (struct newcomer){
			      .key = str_from_c(
				  arena_printf(p->a, "contact." STR_FMT, STR_ARG(x->key))),
			      .role = ROLE_CONTACT,
			      .side = x->side,
			      .party_id = party_of_key(p, x->key),
			  });
	}
}

static int64_t
deputies_of(const struct charter_body *b, str seat_key)
{
	for (size_t i = 0; i < b->seats.n; i++)
		if (str_eq(b->seats.v[i].key, seat_key))
			return b->seats.v[i].from->deputies;
	return 0;
}

static void
cast_seat(struct people *p, struct newcomers *all, const struct charter_body *b,
    const struct q_seat_list *s, size_t number, enum chairing chairing)
{
	struct newcomer who = {
	    .key = s->key,
	    .role = ROLE_MEMBER,
	    .side = s->side,
	    .party_id = s->party_id ? s->party_id : party_of_side(p, s->side, number),
	    .body_id = body_row(p, b->key)->id,
	    .seat_id = s->id,
	    .chairing = chairing,
	};

	come(all, who);
	who.role = ROLE_DEPUTY;
	who.chairing = CHAIR_NONE;
	for (who.rank = 1; who.rank <= deputies_of(b, s->key); who.rank++) {
		who.key = str_from_c(
		    arena_printf(p->a, STR_FMT "+%d", STR_ARG(s->key), (int)who.rank));
		come(all, who);
	}
}

/* The first seat of the side that chairs gets the chair, that of the other the vice-chair. */
static void
cast_body(struct people *p, struct newcomers *all, const struct charter_body *b)
{
	enum side first = charter_chair_side(&b->chair, clock_day(p->now_at));
	bool taken[2] = {false, false};
	struct q_seat_list *seats;
	size_t n;

	if (first != SIDE_TRUST)
		first = SIDE_MUNICIPAL;
	assert_ok(q_seat_list(p->w->db, p->a, body_row(p, b->key)->id, &seats, &n));
	for (size_t i = 0; i < n; i++) {
		bool two_sided = seats[i].side == SIDE_MUNICIPAL || seats[i].side == SIDE_TRUST;
		bool is_first = seats[i].side == (int64_t)first;
		enum chairing chairing = CHAIR_NONE;
		if (two_sided && !taken[is_first]) {
			taken[is_first] = true;
			chairing = is_first ? CHAIR_CHAIR : CHAIR_VICE;
		}
		cast_seat(p, all, b, &seats[i], i, chairing);
	}
}

void
people_seat(struct people *p, const char *body_key)
{
	const struct charter_body *b = charter_body(p->charter, str_from_c(body_key));
	struct newcomers *all = arena_new(p->a, struct newcomers);

	assert_non_null(b);
	all->p = p;
	cast_body(p, all, b);
	record(p, ACT_PERSON_INVITE, run_add, all);
}

static struct q_seat_list *
seat_row(struct people *p, int64_t body_id, const char *key)
{
	struct q_seat_list *seats;
	size_t n;

	assert_ok(q_seat_list(p->w->db, p->a, body_id, &seats, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(seats[i].key, str_from_c(key)))
			return &seats[i];
	fail_msg("no seat '%s'", key);
	return NULL;
}

struct person *
people_add(struct people *p, const char *key, enum role role, const char *party_key,
    const char *body_key, const char *seat_key)
{
	struct newcomers *all = arena_new(p->a, struct newcomers);
	struct newcomer who = {.key = str_copy(p->a, str_from_c(key)), .role = role};
	struct q_party_by_key *party = NULL;

	if (party_key)
		assert_ok(q_party_by_key(p->w->db, p->a, str_from_c(party_key), &party));
	if (party) {
		who.party_id = party->id;
		who.side = party->side;
	}
	if (body_key)
		who.body_id = body_id_of(p, body_key);
	if (seat_key) {
		struct q_seat_list *s = seat_row(p, who.body_id, seat_key);
		who.seat_id = s->id;
		who.side = s->side;
	}
	all->p = p;
	come(all, who);
	record(p, ACT_PERSON_INVITE, run_add, all);
	return person_of(p, key);
}

/* --- founding --------------------------------------------------------------------------- */
static str
read_charter(struct arena *a, const char *file)
{
	FILE *f = fopen(file, "rb");
	char *text = arena_array(a, char, 1 << 20);

	assert_non_null(f);
	size_t n = fread(text, 1, 1 << 20, f);
	fclose(f);
	return (str){text, n};
}

static void
found(struct people *p, const char *file)
{
	struct cx *cx = cx_new(p);

	assert_ok(space_found(cx, read_charter(p->a, file)));
	p->charter = cx->charter;
	for (size_t i = 0; i < p->charter->n_bodies && !p->strategic; i++)
		if (p->charter->bodies[i].kind == BODY_STRATEGIC)
			p->strategic = &p->charter->bodies[i];
	assert_non_null(p->strategic);
}

/* Second names for some who sit in the strategic body. */
static void
name_again(struct people *p, const struct newcomer *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *key = v[i].chairing == CHAIR_CHAIR  ? "chair"
				  : v[i].chairing == CHAIR_VICE ? "vice"
				  : v[i].side == SIDE_USER      ? "user"
				  : v[i].side == SIDE_GP        ? "gp"
								: NULL;
		if (!key || v[i].role != ROLE_MEMBER || find(p, str_from_c(key)))
			continue;
		struct person *who = find(p, v[i].key);
		p->all[p->n] = *who;
		p->all[p->n++].key = str_from_c(key);
	}
}

static void
populate(struct people *p)
{
	struct newcomers *all = arena_new(p->a, struct newcomers);

	all->p = p;
	cast_secretaries(p, all);
	cast_contacts(p, all);
	cast_body(p, all, p->strategic);
	record(p, ACT_PERSON_INVITE, run_add, all);
	name_again(p, all->v, all->n);
}

static int
set_up(void **state, int (*world)(void **), const char *file)
{
	struct people *p;

	assert_int_equal(world(state), 0);
	struct world *w = *state;
	p = arena_new(w->a, struct people);
	p->w = w;
	p->a = w->a;
	p->now_at = NOW_AT;
	hasher_init(&p->house.hasher);
	found(p, file);
	populate(p);
	p->site = (struct site){
	    .key = S("t"),
	    .base = S("/t"),
	    .cookie = S("__Host-s-t"),
	    .space = w->space,
	    .charter = p->charter,
	    .kept = cache_new(p->a, KEPT_ROOM),
	};
	*state = p;
	return 0;
}

int
people_setup_ostfold(void **state)
{
	return set_up(state, world_setup, "charters/ostfold.yaml");
}

int
people_setup_vestre_viken(void **state)
{
	return set_up(state, world_setup, "charters/vestre-viken-2021.yaml");
}

int
people_setup_seven(void **state)
{
	return set_up(state, world_setup, "gen/cooperation/seven.yaml");
}

int
people_setup_ostfold_file(void **state)
{
	return set_up(state, world_setup_file, "charters/ostfold.yaml");
}

int
people_teardown(void **state)
{
	struct people *p = *state;

	*state = p->w;
	return world_teardown(state);
}

/* --- acting ----------------------------------------------------------------------------- */
static size_t
take_path_args(const struct usecase *uc, const struct given *g, str *arg)
{
	size_t n = 0;

	for (const struct input *i = uc->inputs; i && i->type; i++)
		if (i->in_path)
			arg[n++] = given_value(g, i->name);
	return n;
}

struct err *
act_list(struct cx *cx, struct result *ret, enum action action, const char *const *pairs)
{
	const struct usecase *uc = usecase_find(action);
	str names[64], values[64], arg[8];
	struct given g = {names, values, NULL, 0};

	if (!uc)
		fail_msg("no use case for %s", action_key(action));
	for (; pairs[0]; pairs += 2) {
		assert_true(g.n < 64);
		names[g.n] = str_from_c(pairs[0]);
		values[g.n++] = str_from_c(pairs[1]);
	}
	take_path_args(uc, &g, arg);
	*cx->faults = (struct faults){0};
	return usecase_perform(cx, uc, &g, arg, S(""), ret);
}

const char *
fault_of(const struct cx *cx, const char *field)
{
	for (size_t i = 0; i < cx->faults->n; i++)
		if (strcmp(cx->faults->v[i].field, field) == 0)
			return cx->faults->v[i].code;
	return "";
}

int64_t
entries(struct people *p)
{
	struct q_journal_head *head;

	assert_ok(q_journal_head(p->w->db, p->a, &head));
	return head ? head->seq + 1 : 0;
}

/* --- asking ----------------------------------------------------------------------------- */
struct proof {
	struct people *p;
	struct person *who;
};

static str
hash_of(struct arena *a, str token)
{
	struct sha256 h = sha256(token);

	return sha256_hex(a, &h);
}

static struct err *
write_session(struct cx *cx, void *arg)
{
	struct proof *x = arg;
	int64_t id;

	x->who->session_at = cx->now_at;
	x->who->session =
	    str_from_c(arena_printf(cx->a, "s-" STR_FMT, STR_ARG(pid_new(cx->a))));
	return q_session_add(cx->db, cx->a, pid_new(cx->a), hash_of(cx->a, x->who->session),
	    x->who->id, x->who->party_id, SESSION_FULL, cx->now_at, cx->now_at, S("test"), &id);
}

static struct err *
write_token(struct cx *cx, void *arg)
{
	struct proof *x = arg;

	x->who->token = str_from_c(arena_printf(cx->a, "t-" STR_FMT, STR_ARG(pid_new(cx->a))));
	return q_token_add(cx->db, cx->a, pid_new(cx->a), hash_of(cx->a, x->who->token),
	    x->who->id, x->who->party_id, S("test"), 1, cx->now_at, cx->now_at + 90 * 24 * 3600,
	    &x->who->token_id);
}

static struct err *
write_token_proof(struct cx *cx, void *arg)
{
	struct proof *x = arg;
	int64_t n;

	return q_token_prove(cx->db, cx->a, x->who->token_id, cx->now_at, &n);
}

static str
session_of(struct people *p, const char *key)
{
	struct person *who = key ? person_of(p, key) : NULL;

	if (!who)
		return S("");
	if (!who->session.n || (who->session_at != p->now_at && !who->keep_session))
		assert_ok(cx_write(cx_new(p), write_session, &(struct proof){p, who}));
	return who->session;
}

str
token_of(struct people *p, const char *key)
{
	struct person *who = person_of(p, key);

	if (!who->token.n)
		assert_ok(cx_write(cx_new(p), write_token, &(struct proof){p, who}));
	if (!who->keep_session)
		assert_ok(cx_write(cx_new(p), write_token_proof, &(struct proof){p, who}));
	return who->token;
}

/* As the browser sends it back: without attributes. */
str
cookie_of(struct people *p, const char *key)
{
	str set = session_cookie_set(p->a, &p->house, &p->site, session_of(p, key), p->now_at);
	str rest;

	str_cut(set, ';', &set, &rest);
	return set;
}

str
form_proof_of(struct people *p, const char *key)
{
	return session_proof(p->a, &p->house, session_of(p, key), "form");
}

static struct answer
answer_of(const struct http_reply *rp)
{
	struct answer r = {
	    .status = rp->status ? rp->status : 200, .body = rp->body, .etag = rp->etag};

	for (size_t i = 0; i < rp->n_headers; i++) {
		if (str_eq(rp->headers[i].name, S("Location")))
			r.location = rp->headers[i].value;
		if (str_eq(rp->headers[i].name, S("Set-Cookie")))
			r.cookie = rp->headers[i].value;
	}
	return r;
}

struct answer
ask_raw(struct people *p, const struct raw *q)
{
	const struct http_header *h = q->headers;
	struct gate_head head = {.headers = (struct http_header *)h};
	struct http_reply rp = {0};
	str all = str_from_c(q->path), path = all, query = S(""), api = S("/api/v1");

	if (!str_cut(all, '?', &path, &query))
		path = all;
	while (h && h[head.n_headers].name.n)
		head.n_headers++;
	struct http_request rq = {
	    .a = p->a,
	    .method = q->method,
	    .path = str_from_c(arena_printf(p->a, "/t" STR_FMT, STR_ARG(path))),
	    .query = query,
	    .head = &head,
	    .host = S("eksempel.no"),
	    .peer = S("192.0.2.1"),
	    .content_type = str_from_c(q->content_type ? q->content_type : ""),
	    .body = str_from_c(q->body ? q->body : ""),
	};
	rq.raw_path = rq.path;
	if (path.n > api.n && memcmp(path.p, api.p, api.n) == 0)
		api_answer(&p->site, &p->house, p->now_at, &rq,
		    (str){path.p + api.n, path.n - api.n}, &rp);
	else
		web_answer(&p->site, &p->house, p->now_at, &rq, path, &rp);
	return answer_of(&rp);
}

struct answer
ask(struct people *p, const char *key, const char *method, const char *path, const char *form)
{
	struct http_header headers[3] = {{S("sec-fetch-site"), S("same-origin")}};
	bool is_post = strcmp(method, "POST") == 0;
	struct raw q = {
	    .method = is_post ? HTTP_POST : HTTP_GET, .path = path, .headers = headers};

	if (key)
		headers[1] = (struct http_header){S("cookie"), cookie_of(p, key)};
	if (is_post) {
		q.content_type = "application/x-www-form-urlencoded";
		q.body = arena_printf(p->a, "_token=" STR_FMT "%s%s",
		    STR_ARG(form_proof_of(p, key)), form && *form ? "&" : "", form ? form : "");
	}
	return ask_raw(p, &q);
}

struct answer
ask_later(struct people *p, const char *key, int64_t idle_s, const char *path)
{
	struct http_header headers[2] = {0};
	str set = session_cookie_set(
	    p->a, &p->house, &p->site, person_of(p, key)->session, p->now_at - idle_s);
	str rest;

	str_cut(set, ';', &set, &rest);
	headers[0] = (struct http_header){S("cookie"), set};
	return ask_raw(p, &(struct raw){.method = HTTP_GET, .path = path, .headers = headers});
}

struct answer
ask_api(
    struct people *p, const char *key, const char *method, const char *path, const char *json)
{
	struct http_header headers[2] = {0};
	bool is_post = strcmp(method, "POST") == 0;

	if (key)
		headers[0] = (struct http_header){S("authorization"),
		    str_from_c(
			arena_printf(p->a, "Bearer " STR_FMT, STR_ARG(token_of(p, key))))};
	return ask_raw(p, &(struct raw){
			      .method = is_post ? HTTP_POST : HTTP_GET,
			      .path = arena_printf(p->a, "/api/v1%s", path),
			      .content_type = is_post ? "application/json" : NULL,
			      .body = is_post ? (json ? json : "{}") : NULL,
			      .headers = headers,
			  });
}

bool
says(const struct answer *r, const char *text)
{
	return memmem(r->body.p, r->body.n, text, strlen(text)) != NULL;
}
