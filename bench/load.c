/*
 * load - fills a new space with N matters as a cooperation would have after ten years of them.
 *
 *	load fill DIR CHARTER.yaml N     founds space "t" in DIR and fills it
 *	load keys DIR                    new sessions and tokens, printed as "NAME VALUE", and
 *things to ask for
 *
 * The same N gives the same data (but for keys and the day it ends on). Everything is in the
 * joint record: one entry for each matter with all its rows, one for each meeting, and one for
 * each step of the matters that are still in work. OPEN of them are, in every size: what people
 * can have in hand does not grow with the archive.
 */
#include "app/account.h"
#include "app/found.h"
#include "app/open.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/sha.h"
#include "core/audience.h"
#include "core/decision.h"
#include "core/document.h"
#include "core/meeting.h"
#include "core/round.h"
#include "q_account.h"
#include "q_load.h"
#include "q_people.h"
#include "q_search.h"
#include "store/journal.h"
#include "store/space.h"
#include "web/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	OPEN = 60,        /* matters in work, and as many that are being carried out */
	SPAN_DAYS = 3650, /* from the first matter to the last */
	BATCH = 1000,     /* matters in a transaction */
	PER_MEETING = 8,  /* matters on an agenda */
	OLD_WORDS = 10,   /* in a section of an old matter */
	OPEN_WORDS = 75,  /* in one of a matter in work */
	WORDS_MAX = 4096,
	PARTIES_MAX = 64,
	SEATS_MAX = 64,
	BATCH_MEMORY = 512 << 20,
	KEYS = 64,     /* sessions a person: the service bounds what one may do in a minute */
	TOKENS = 2048, /* the same */
};

struct asked { /* a party, and the person who speaks for it */
	int64_t id, side, person_id, appointment_id, audience_id;
};

struct load {
	struct arena *a; /* of the whole run */
	struct arena *b; /* of the batch */
	struct db *db;
	struct house house;
	struct opened space;
	struct random rnd;
	int64_t n, now_at, next; /* next: number of the next matter */

	str words[WORDS_MAX];
	size_t n_words;
	struct asked parties[PARTIES_MAX]; /* municipalities, hospitals and the trust */
	size_t n_parties;
	struct asked secretary[2]; /* by side - 1 */
	int64_t seats[SEATS_MAX], body_id, secretariat, inside, body_audience;
	str secretary_pid, org; /* who did it all, and for whom */
	size_t n_seats;

	int64_t year, no, meeting_year, meeting_no, decision_no;
	int64_t meeting_id, meeting_left; /* the meeting that is being filled */
	str minutes;
};

static void
must(struct err *e, const char *what)
{
	if (!e)
		return;
	fprintf(stderr, "load: %s: %s: %s (%s)\n", what, e->code, e->detail, e->where);
	exit(1);
}

/* --- words ------------------------------------------------------------------------------ */

/* Every word of the tokenizer's list; "x=y" gives both. */
static void
read_words(struct load *l, const char *file)
{
	FILE *f = fopen(file, "r");
	char line[1024];

	if (!f) {
		fprintf(stderr, "load: cannot read %s\n", file);
		exit(1);
	}
	while (fgets(line, sizeof(line), f)) {
		char *at = line, *save;
		if (*line == '#')
			continue;
		for (char *w; (w = strtok_r(at, " =\n", &save)); at = NULL)
			if (l->n_words < WORDS_MAX)
				l->words[l->n_words++] = str_copy(l->a, str_from_c(w));
	}
	fclose(f);
}

static uint64_t
below(struct load *l, uint64_t n)
{
	return random_below(&l->rnd, n);
}

static bool
one_in(struct load *l, uint64_t n)
{
	return below(l, n) == 0;
}

/* Few words are common and most are rare. */
static str
word(struct load *l)
{
	uint64_t u = below(l, 1 << 20);
	uint64_t cube = u * u / (1 << 20) * u / (1 << 20);

	return l->words[cube * l->n_words >> 20];
}

static void
put_word(struct load *l, struct buf *b)
{
	static const char *const endings[] = {"", "", "", "en", "ene", "er", "et"};

	buf_put(b, word(l));
	if (one_in(l, 12))
		buf_put(b, word(l));
	buf_put(b, str_from_c(endings[below(l, sizeof(endings) / sizeof(*endings))]));
}

static str
text(struct load *l, int words)
{
	struct buf b = buf_new(l->b, 1 << 16);

	for (int i = 0; i < words; i++) {
		put_word(l, &b);
		buf_put(&b, i + 1 == words ? S(".") : i % 11 == 10 ? S(". ") : S(" "));
		if (i % 40 == 39)
			buf_put(&b, S("\n\n"));
	}
	return buf_str(&b);
}

static str
pid(struct load *l)
{
	return random_pid(&l->rnd, l->b);
}

static str
label(struct load *l, const char *what, int64_t no, int64_t year)
{
	return str_from_c(
	    arena_printf(l->b, "%s %" PRId64 "/%02d", what, no, (int)(year % 100)));
}

/* --- the record ------------------------------------------------------------------------- */

static struct err *
record(struct load *l, const char *action, const char *type, str object_pid, int64_t at)
{
	struct act_field field = {"title", S("Lastet")};
	struct act act = {
	    .now_ms = at * 1000,
	    .action = action,
	    .object_type = type,
	    .object_pid = object_pid,
	    .actor_pid = l->secretary_pid,
	    .org = l->org,
	    .fields = &field,
	    .n_fields = 1,
	};
	int64_t seq;

	return journal_append(l->db, l->b, &act, &seq);
}

static struct err *
open_to(struct load *l, enum object_kind kind, int64_t id, int64_t audience)
{
	return q_load_access(l->db, l->b, kind, id, audience, NULL);
}

static struct err *
index_it(struct load *l, enum object_kind kind, int64_t id, str object_pid, str name, str title,
    str body, int64_t at)
{
	int64_t doc, year = day_to_ymd(clock_day(at)).year;

	TRY(q_search_add_doc(l->db, l->b, kind, id, object_pid, name, title, body, year,
	    l->body_id, at, kind != OBJECT_MATTER, &doc));
	return q_search_put_words(l->db, l->b, doc, S(""), NULL);
}

/* --- meetings --------------------------------------------------------------------------- */

/* The meeting is over and its minutes are approved and public. */
static struct err *
finish_meeting(struct load *l, str meeting_pid, str name, int64_t at)
{
	struct sha256 hash = sha256(l->minutes);

	TRY(q_load_minutes(l->db, l->b, l->meeting_id, l->secretary[0].person_id,
	    l->secretary[1].person_id, l->minutes, sha256_hex(l->b, &hash), at, NULL));
	return index_it(l, OBJECT_MEETING, l->meeting_id, meeting_pid, name, S("Protokoll"),
	    l->minutes, at);
}

static struct err *
new_meeting(struct load *l, int64_t at)
{
	int64_t year = day_to_ymd(clock_day(at)).year;
	str p = pid(l);

	if (year != l->meeting_year)
		l->meeting_no = 0;
	l->meeting_year = year;
	str name = label(l, "SSU", ++l->meeting_no, year);
	TRY(q_load_meeting(l->db, l->b, p, l->body_id, year, l->meeting_no, name, at,
	    MEETING_PUBLISHED, at, &l->meeting_id));
	TRY(open_to(l, OBJECT_MEETING, l->meeting_id, l->inside));
	for (size_t i = 0; i < l->n_seats; i++)
		TRY(q_load_attendance(l->db, l->b, l->meeting_id, l->seats[i],
		    l->parties[i % l->n_parties].person_id, at, NULL));
	l->minutes = text(l, 60);
	l->meeting_left = PER_MEETING;
	TRY(finish_meeting(l, p, name, at));
	return record(l, "meeting.minutes_approve", "meeting", p, at);
}

/* --- one matter ------------------------------------------------------------------------- */

struct matter_made {
	int64_t id, at, state;
	str pid, title;
	const struct asked *from; /* who raised it */
	bool open, rejected;
	int words;
};

static const struct asked *
any_of(struct load *l, int64_t side)
{
	const struct asked *p;

	do
		p = &l->parties[below(l, l->n_parties)];
	while (p->side != side);
	return p;
}

/* The sections, the version that was read and both signatures. Returns the text for search. */
static struct err *
write_document(struct load *l, const struct matter_made *m, str *ret_text)
{
	struct buf all = buf_new(l->b, 1 << 16);
	int64_t person = l->secretary[0].person_id, party = l->secretary[0].id;

	for (int64_t kind = SECTION_BACKGROUND; kind <= SECTION_PROPOSAL; kind++) {
		str s = text(l, m->words);
		buf_put(&all, s);
		TRY(q_load_section(l->db, l->b, m->id, kind, s, m->at, person, party, NULL));
		TRY(q_load_version_section(l->db, l->b, m->id, 1, kind, s, NULL));
	}
	struct sha256 hash = sha256(buf_str(&all));
	TRY(q_load_version(
	    l->db, l->b, m->id, 1, sha256_hex(l->b, &hash), m->at, person, party, NULL));
	for (int i = 0; i < 2; i++) {
		const struct asked *s = &l->secretary[i], *by = m->open ? s : any_of(l, i + 1);
		TRY(q_load_author(l->db, l->b, m->id, by->person_id, i + 1, NULL));
		TRY(q_load_signature(l->db, l->b, m->id, 1, i + 1, s->person_id, s->id,
		    s->appointment_id, m->at, NULL));
	}
	*ret_text = buf_str(&all);
	return OK;
}

static struct err *
write_comments(struct load *l, const struct matter_made *m)
{
	int64_t id;

	for (uint64_t n = m->open ? 4 : below(l, 2); n > 0; n--) {
		const struct asked *p = &l->parties[below(l, l->n_parties)];
		TRY(q_load_comment(l->db, l->b, pid(l), m->id, SECTION_BACKGROUND, text(l, 12),
		    m->at, p->person_id, p->id, &id));
	}
	return OK;
}

static struct err *
write_round(struct load *l, const struct matter_made *m)
{
	bool under_way = m->state == MATTER_READ_THROUGH;
	int64_t id, deadline = under_way ? l->now_at + 10 * 86400 : m->at + 21 * 86400;
	str none = S("");

	TRY(q_load_round(l->db, l->b, pid(l), m->id, m->at, deadline,
	    under_way ? 0 : deadline + 3600, l->secretary[0].person_id, &id));
	TRY(open_to(l, OBJECT_ROUND, id, l->inside));
	for (size_t i = 0; i < l->n_parties; i++) {
		const struct asked *p = &l->parties[i];
		bool silent = under_way ? i % 2 : one_in(l, 10);
		bool remarks = !silent && one_in(l, 4);
		int64_t answer = silent    ? ANSWER_NOT_OPENED
				 : remarks ? ANSWER_COMMENT
					   : ANSWER_NO_COMMENT;
		TRY(q_load_round_party(l->db, l->b, id, p->id, answer,
		    remarks ? text(l, 15) : none, silent ? 0 : m->at,
		    silent ? 0 : m->at + 86400, silent ? 0 : p->person_id,
		    silent ? 0 : CHANNEL_SELF, NULL));
	}
	return OK;
}

static struct err *
write_decision(struct load *l, const struct matter_made *m)
{
	int64_t item, id, day = clock_day(m->at), due_day = day + 180;
	str words = text(l, 30), p = pid(l);
	bool recent = l->next + 2 * OPEN > l->n;

	if (recent) /* one in ten is late */
		due_day = clock_day(l->now_at) + (l->next % 10 ? 30 : -5);

	if (l->meeting_left == 0 || l->meeting_id == 0)
		TRY(new_meeting(l, m->at));
	TRY(q_load_item(l->db, l->b, pid(l), l->meeting_id, PER_MEETING - --l->meeting_left,
	    m->id, m->title, OUTCOME_DECIDE, words, m->at, &item));
	if (day_to_ymd(day).year != l->meeting_year)
		day = day_from_ymd((struct ymd){(int)l->meeting_year, 12, 31});
	str name = label(l, "Vedtak", ++l->decision_no, l->meeting_year);
	TRY(q_load_decision(l->db, l->b, p, l->meeting_year, l->decision_no, name, m->id,
	    l->meeting_id, item, l->body_id, m->title, words, day, due_day, m->at,
	    recent ? 0 : m->at, &id));
	TRY(open_to(l, OBJECT_DECISION, id, l->inside));
	bool carried_out = recent || one_in(l, 3); /* the others have no line to follow up */
	for (size_t i = 0; carried_out && i < l->n_parties; i++)
		TRY(q_load_followup(l->db, l->b, id, l->parties[i].id,
		    recent && i % 3 == 0 ? LINE_PARTLY : LINE_IMPLEMENTED, due_day, m->at,
		    NULL));
	return index_it(l, OBJECT_DECISION, id, p, name, m->title, words, m->at);
}

static int64_t
state_of(struct load *l, struct matter_made *m)
{
	static const int64_t in_work[] = {MATTER_SUBMITTED, MATTER_RECEIVED, MATTER_TRIAGED,
	    MATTER_IN_PREPARATION, MATTER_READ_THROUGH, MATTER_IN_PREPARATION};

	m->open = l->next + OPEN >= l->n;
	m->rejected = !m->open && one_in(l, 10);
	if (m->open)
		return in_work[l->next % 6];
	return m->rejected ? MATTER_REJECTED : MATTER_CLOSED;
}

static struct err *
write_steps(struct load *l, const struct matter_made *m)
{
	static const char *const acts[] = {"matter.submit", "matter.receive", "matter.triage",
	    "matter.assign", "matter.start", "matter.edit", "matter.comment", "matter.edit"};

	for (size_t i = 0; m->open && i < sizeof(acts) / sizeof(*acts); i++) {
		TRY(q_load_step(l->db, l->b, m->id, m->state, m->at, NULL));
		TRY(record(l, acts[i], "matter", m->pid, m->at));
	}
	return OK;
}

static struct err *
open_matter(struct load *l, const struct matter_made *m)
{
	TRY(open_to(l, OBJECT_MATTER, m->id, m->from->audience_id));
	TRY(open_to(l, OBJECT_MATTER, m->id, l->secretariat));
	return m->rejected ? OK : open_to(l, OBJECT_MATTER, m->id, l->inside);
}

static struct err *
write_row(struct load *l, struct matter_made *m)
{
	int64_t year = day_to_ymd(clock_day(m->at)).year;
	bool closed = m->state == MATTER_CLOSED;

	if (year != l->year)
		l->no = 0;
	l->year = year;
	m->title = text(l, 6);
	str name = label(l, "Sak", ++l->no, year), summary = text(l, 30);
	TRY(q_load_matter(l->db, l->b, m->pid, year, l->no, name, m->title, summary, text(l, 8),
	    m->state, m->at, m->from->id, m->from->person_id, m->from->appointment_id,
	    l->body_id, m->rejected ? 0 : 1, closed ? m->at : 0, &m->id));
	str body = summary;
	if (!m->rejected)
		TRY(write_document(l, m, &body));
	return index_it(l, OBJECT_MATTER, m->id, m->pid, name, m->title, body, m->at);
}

static struct err *
write_matter(struct load *l)
{
	int64_t span = (int64_t)SPAN_DAYS * 86400;
	struct matter_made m = {
	    .pid = pid(l),
	    .at = l->now_at - span + span / l->n * l->next,
	    .from = &l->parties[below(l, l->n_parties)],
	};

	m.state = state_of(l, &m);
	m.words = m.open ? OPEN_WORDS : OLD_WORDS;
	TRY(write_row(l, &m));
	TRY(open_matter(l, &m));
	TRY(write_comments(l, &m));
	if (m.state == MATTER_READ_THROUGH || (m.state == MATTER_CLOSED && one_in(l, 6)))
		TRY(write_round(l, &m));
	if (m.state == MATTER_CLOSED)
		TRY(write_decision(l, &m));
	TRY(record(l, "matter.propose", "matter", m.pid, m.at));
	l->next++;
	return write_steps(l, &m);
}

static struct err *
run_batch(struct load *l)
{
	TRY(db_begin(l->db, l->b, DB_WRITER));
	for (int i = 0; i < BATCH && l->next < l->n; i++)
		TRY(write_matter(l));
	return db_commit(l->db, l->b);
}

/* --- people ----------------------------------------------------------------------------- */

static struct err *
add_person(struct load *l, const char *name, enum role role, struct asked *who)
{
	const char *mail = arena_printf(l->a, "%s@example.org", name);
	str p = random_pid(&l->rnd, l->a);

	TRY(q_person_add(l->db, l->b, p, str_from_c(name), S("Rådgiver"), str_from_c(mail),
	    S(""), who->id, &who->person_id));
	TRY(q_account_add(l->db, l->b, who->person_id, l->now_at, NULL));
	if (role == ROLE_SECRETARY && who->side == SIDE_MUNICIPAL)
		l->secretary_pid = p;
	return q_appointment_add(l->db, l->b, pid(l), who->person_id, role, who->id, who->side,
	    0, 0, 0, 0, clock_day(l->now_at) - SPAN_DAYS, NULL, &who->appointment_id);
}

static struct err *
add_parties(struct load *l)
{
	const struct charter *c = l->space.charter;

	for (size_t i = 0; i < c->n_parties && l->n_parties < PARTIES_MAX; i++) {
		const struct charter_party *p = &c->parties[i];
		struct asked *who = &l->parties[l->n_parties];
		struct q_party_by_key *row;
		if (p->kind != PARTY_MUNICIPALITY && p->kind != PARTY_HEALTH_TRUST &&
		    p->kind != PARTY_HOSPITAL)
			continue;
		TRY(q_party_by_key(l->db, l->b, p->key, &row));
		*who = (struct asked){.id = row->id, .side = p->side};
		TRY(add_person(l, arena_printf(l->a, "kontakt." STR_FMT, STR_ARG(p->key)),
		    ROLE_CONTACT, who));
		TRY(q_audience_add(l->db, l->b, AUDIENCE_PARTY, row->id, &who->audience_id));
		l->n_parties++;
	}
	return OK;
}

static struct err *
add_secretaries(struct load *l)
{
	const struct charter *c = l->space.charter;
	str party[2] = {c->municipal_cooperation, c->health_trust};

	l->org = c->health_trust;
	for (int i = 0; i < 2; i++) {
		struct q_party_by_key *row;
		TRY(q_party_by_key(l->db, l->b, party[i], &row));
		l->secretary[i] = (struct asked){.id = row->id, .side = i + 1};
		TRY(add_person(l, i ? "sekretaer.sykehus" : "sekretaer.kommune", ROLE_SECRETARY,
		    &l->secretary[i]));
	}
	return OK;
}

static struct err *
take_body(struct load *l)
{
	const struct charter *c = l->space.charter;
	struct q_seat_list *seats;
	struct q_body_by_key *row = NULL;

	for (size_t i = 0; i < c->n_bodies && !row; i++)
		if (c->bodies[i].kind == BODY_STRATEGIC)
			TRY(q_body_by_key(l->db, l->b, c->bodies[i].key, &row));
	l->body_id = row->id;
	TRY(q_seat_list(l->db, l->b, row->id, &seats, &l->n_seats));
	for (size_t i = 0; i < l->n_seats && i < SEATS_MAX; i++)
		l->seats[i] = seats[i].id;
	return OK;
}

static struct err *
add_people(struct db *db, void *arg)
{
	struct load *l = arg;

	l->db = db;
	TRY(add_parties(l));
	TRY(add_secretaries(l));
	TRY(take_body(l));
	TRY(q_audience_add(db, l->b, AUDIENCE_SECRETARIAT, 0, &l->secretariat));
	TRY(q_audience_add(db, l->b, AUDIENCE_INSIDE, 0, &l->inside));
	TRY(q_audience_add(db, l->b, AUDIENCE_BODY, l->body_id, &l->body_audience));
	return record(l, "person.invite", "person", l->secretary_pid,
	    l->now_at - (int64_t)SPAN_DAYS * 86400);
}

/* --- filling ---------------------------------------------------------------------------- */

static str
read_file(struct arena *a, const char *file)
{
	char *p = arena_array(a, char, 1 << 20);
	FILE *f = fopen(file, "rb");

	if (!f) {
		fprintf(stderr, "load: cannot read %s\n", file);
		exit(1);
	}
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (str){p, n};
}

/* In a connection of its own and without savepoints: nobody waits for any of it, and a page is
 * then written once for many matters. */
static void
write_matters(struct load *l)
{
	struct arena b;

	must(space_connect(l->space.space, l->a, DB_WRITER, &l->db), "connect");
	must(db_script(l->db, l->a,
		 "PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;"
		 "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 20000;"),
	    "settings");
	while (l->next < l->n) {
		arena_init(&b, BATCH_MEMORY);
		l->b = &b;
		must(run_batch(l), "matters");
		arena_finish(&b);
		if (l->next % 20000 == 0)
			fprintf(
			    stderr, "  %" PRId64 " of %" PRId64 " matters\n", l->next, l->n);
	}
	l->b = l->a;
}

static void
open_space(struct load *l, const char *dir, bool create)
{
	must(house_open(l->a, dir, &l->house), dir);
	must(space_open_key(l->a, dir, NULL, S("t"), create, l->now_at, &l->space), dir);
}

static void
fill(struct load *l, const char *dir, const char *charter)
{
	struct cx cx;

	read_words(l, "src/store/norsk_words.txt");
	open_space(l, dir, true);
	/* Founded when the cooperation was: the clock of the record never goes back. */
	cx_for_system(
	    &cx, l->a, &l->space, &l->house, l->now_at - ((int64_t)SPAN_DAYS + 1) * 86400);
	must(space_found(&cx, read_file(l->a, charter)), "found");
	l->space.charter = cx.charter;
	must(space_write(l->space.space, l->a, add_people, l), "people");
	write_matters(l);
}

/* --- keys ------------------------------------------------------------------------------- */

static str
new_token(struct arena *a, str *ret_hash)
{
	unsigned char bytes[32];

	random_bytes(bytes, sizeof(bytes));
	str token = base64url_encode(a, (str){(const char *)bytes, sizeof(bytes)});
	struct sha256 h = sha256(token);
	*ret_hash = sha256_hex(a, &h);
	return token;
}

/* Sessions, and tokens that may write, for the account of the address. */
static struct err *
add_keys(struct load *l, const char *name, const char *mail)
{
	struct site site = {.cookie = S("__Host-s-t")};
	struct q_account_by_email *who;
	struct q_load_party_of *party;
	str hash, token, cookie, rest;
	int64_t id;

	TRY(q_account_by_email(l->db, l->a, str_from_c(mail), &who));
	TRY(q_load_party_of(l->db, l->a, who->person_id, &party));
	for (int i = 0; i < KEYS; i++) {
		token = new_token(l->a, &hash);
		TRY(q_session_add(l->db, l->a, pid_new(l->a), hash, who->person_id, 0,
		    SESSION_FULL, l->now_at, l->now_at, S("bench"), &id));
		cookie = session_cookie_set(l->a, &l->house, &site, token, l->now_at);
		str_cut(cookie, ';', &cookie, &rest);
		printf("%s_cookie " STR_FMT "\n", name, STR_ARG(cookie));
	}
	for (int i = 0; i < TOKENS; i++) {
		token = new_token(l->a, &hash);
		TRY(q_token_add(l->db, l->a, pid_new(l->a), hash, who->person_id,
		    party->party_id, S("bench"), 1, l->now_at, l->now_at + 86400, &id));
		printf("%s_token " STR_FMT "\n", name, STR_ARG(token));
	}
	return OK;
}

static struct err *
show_things(struct load *l)
{
	struct q_load_some_matter *matter;
	struct q_load_some_round *round;
	struct q_load_some_decision *decision;
	struct q_load_some_meeting *meeting;

	TRY(q_load_some_matter(l->db, l->a, MATTER_IN_PREPARATION, &matter));
	TRY(q_load_some_round(l->db, l->a, l->now_at, &round));
	TRY(q_load_some_decision(l->db, l->a, &decision));
	TRY(q_load_some_meeting(l->db, l->a, &meeting));
	printf("matter " STR_FMT "\nround " STR_FMT "\ndecision " STR_FMT "\nmeeting " STR_FMT
	       "\n",
	    STR_ARG(matter->pid), STR_ARG(round->pid), STR_ARG(decision->pid),
	    STR_ARG(meeting->pid));
	return OK;
}

static struct err *
all_keys(struct db *db, void *arg)
{
	struct load *l = arg;

	l->db = db;
	TRY(add_keys(l, "secretary", "sekretaer.kommune@example.org"));
	TRY(add_keys(l, "contact", "kontakt.drammen@example.org"));
	return show_things(l);
}

int
main(int argc, char **argv)
{
	struct load l = {.rnd = random_seeded(20260101), .now_at = clock_now() / 86400 * 86400};
	struct arena a;

	arena_init(&a, 1 << 30);
	l.a = l.b = &a;
	if (argc == 5 && strcmp(argv[1], "fill") == 0) {
		l.n = strtoll(argv[4], NULL, 10);
		fill(&l, argv[2], argv[3]);
	} else if (argc == 3 && strcmp(argv[1], "keys") == 0) {
		l.now_at = clock_now();
		open_space(&l, argv[2], false);
		must(space_write(l.space.space, &a, all_keys, &l), "keys");
	} else {
		fputs("usage: load fill DIR CHARTER.yaml N | load keys DIR\n", stderr);
		return 2;
	}
	arena_finish(&a);
	return 0;
}
