#include "folder.h"

#include "app/found.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "base/sha.h"
#include "q_account.h"
#include "q_people.h"
#include "store/space.h"
#include "web/api.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("\n", stderr);
	exit(2);
}

void
must(struct err *e, const char *what)
{
	if (e)
		die("%s: %s: %s (%s)", what, e->code, e->detail, e->where);
}

const char *
folder_new(struct arena *a, const char *parent)
{
	char *dir = arena_printf(a, "%s/rodtrad-XXXXXX", parent);

	if (!mkdtemp(dir))
		die("cannot make %s", dir);
	return dir;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

void
folder_remove(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* --- people ----------------------------------------------------------------------------- */
str
folder_token(const struct folder *f, struct arena *a, size_t who, size_t n)
{
	return str_from_c(
	    arena_printf(a, STR_FMT "-%zu", STR_ARG(f->token[who]), n % FOLDER_TOKENS));
}

struct crowd {
	struct folder *f;
	size_t n;
};

static struct err *
add_one(struct cx *cx, struct folder *f, size_t number, const struct q_party_list *party)
{
	str name = str_from_c(arena_printf(cx->a, "Person %zu", number));
	str email = str_from_c(arena_printf(cx->a, "p%zu@eksempel.no", number));
	int64_t person, id, n;

	TRY(q_person_add(
	    cx->db, cx->a, pid_new(cx->a), name, S(""), email, S(""), party->id, &person));
	TRY(q_account_add(cx->db, cx->a, person, cx->now_at, &n));
	TRY(q_appointment_add(cx->db, cx->a, pid_new(cx->a), person, ROLE_CONTACT, party->id,
	    party->side, 0, 0, 0, 0, cx->today - 1, NULL, &id));
	f->token[number] =
	    str_from_c(arena_printf(cx->a, "t-" STR_FMT, STR_ARG(pid_new(cx->a))));
	for (size_t i = 0; i < FOLDER_TOKENS; i++) {
		struct sha256 h = sha256(folder_token(f, cx->a, number, i));
		TRY(q_token_add(cx->db, cx->a, pid_new(cx->a), sha256_hex(cx->a, &h), person,
		    party->id, S("test"), 1, cx->now_at, cx->now_at + 90 * 24 * 3600, &id));
	}
	return OK;
}

static struct err *
add_people(struct cx *cx, const void *arg, struct result *ret)
{
	const struct crowd *c = arg;
	struct q_party_list *party;
	size_t n, number = 0;

	TRY(q_party_list(cx->db, cx->a, &party, &n));
	for (size_t i = 0; i < n && number < c->n; i++)
		if (party[i].kind == PARTY_MUNICIPALITY)
			TRY(add_one(cx, c->f, number++, &party[i]));
	ret->type = "space";
	ret->pid = S("-");
	return OK;
}

/* --- founding --------------------------------------------------------------------------- */
static str
read_charter(struct arena *a, const char *file)
{
	FILE *f = fopen(file, "rb");
	char *text = arena_array(a, char, 1 << 20);

	if (!f)
		die("cannot read %s", file);
	size_t n = fread(text, 1, 1 << 20, f);
	fclose(f);
	return (str){text, n};
}

static struct site
site_of(const struct folder *f)
{
	return (struct site){
	    .key = S("t"),
	    .base = S("/t"),
	    .cookie = S("__Host-s-t"),
	    .space = f->opened.space,
	    .charter = f->opened.charter,
	};
}

struct finding {
	struct arena *a;
	const struct charter *charter;
};

static struct err *
read_founded(struct cx *cx, void *arg)
{
	struct finding *r = arg;

	return space_charter(cx, r->a, cx->today, &r->charter);
}

void
folder_make(struct arena *a, const char *dir, const char *charter, size_t n, struct folder *f)
{
	const struct usecase add = {.action = ACT_PERSON_INVITE, .run = add_people};
	struct result done;
	struct cx cx;

	*f = (struct folder){.dir = dir, .now_at = clock_now()};
	f->db = arena_printf(a, "%s/spaces/t.db", dir);
	must(house_open(a, dir, &f->house), "house_open");
	must(space_open_key(a, dir, NULL, S("t"), true, f->now_at, &f->opened), "open");
	cx_for_system(&cx, a, &f->opened, &f->house, f->now_at);
	must(space_found(&cx, read_charter(a, charter)), "found");
	f->opened.charter = cx.charter;
	must(usecase_run(&cx, &add, &(struct crowd){f, n}, S(""), &done), "people");
	f->site = site_of(f);
}

void
folder_reopen(struct arena *a, const struct folder *old, bool unsafe, struct folder *f)
{
	struct space_config config = {.now_at = old->now_at};
	struct opened *o = &f->opened;
	struct finding r = {.a = a};
	struct cx cx;

	*f = (struct folder){.dir = old->dir, .db = old->db, .now_at = old->now_at};
	for (size_t i = 0; i < FOLDER_PEOPLE; i++)
		f->token[i] = str_copy(a, old->token[i]);
	must(house_open(a, f->dir, &f->house), "house_open");
	must(space_place(a, f->dir, NULL, S("t"), &config.db), "place");
	config.db.unsafe_sync_normal = unsafe;
	must(space_open(a, &config, &o->space), "open");
	cx_for_system(&cx, a, o, &f->house, f->now_at);
	must(cx_read(&cx, read_founded, &r), "charter");
	o->charter = r.charter;
	f->site = site_of(f);
}

/* --- writing ---------------------------------------------------------------------------- */
int
folder_propose(struct folder *f, struct arena *a, size_t who, const char *title,
    const char *once, str *ret_body)
{
	struct http_header headers[2] = {
	    {S("authorization"), str_from_c(arena_printf(a, "Bearer " STR_FMT,
				     STR_ARG(folder_token(f, a, who, 0))))},
	    {S("idempotency-key"), str_from_c(once)},
	};
	struct gate_head head = {.headers = headers, .n_headers = 2};
	struct http_request rq = {
	    .a = a,
	    .method = HTTP_POST,
	    .path = S("/t/api/v1/matters"),
	    .raw_path = S("/t/api/v1/matters"),
	    .head = &head,
	    .host = S("eksempel.no"),
	    .content_type = S("application/json"),
	    .peer = S("192.0.2.1"),
	    .body = str_from_c(arena_printf(a,
		"{\"title\": \"%s\", \"summary\": \"Utskrivning i helg uten epikrise.\", "
		"\"submit\": true}",
		title)),
	};
	struct http_reply rp = {0};

	api_answer(&f->site, &f->house, f->now_at, &rq, S("/matters"), &rp);
	*ret_body = rp.body;
	return rp.status;
}
