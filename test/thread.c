#include "thread.h"

#include "base/clock.h"
#include "base/day.h"
#include "core/charter.h"
#include "core/document.h"
#include "core/matter.h"
#include "web/document.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>

#define MUNICIPAL "secretary.municipal"
#define TRUST     "secretary.trust"

/* --- looking ---------------------------------------------------------------------------- */
struct text_row {
	str v;
};

const char *
sql_text(struct people *p, const char *sql, const char *arg)
{
	static const struct db_column columns[] = {
	    {"v", DB_TEXT, offsetof(struct text_row, v), 0}, {0}};
	static const enum db_type in[] = {DB_TEXT};
	const char *at = strchr(sql, '?');
	str given = str_from_c(arg ? arg : "");
	struct db_value args[] = {db_text_(&given)};
	struct db_query q = {
	    .name = "test",
	    .slot = -1,
	    .in = in,
	    .n_in = at != NULL,
	    .columns = columns,
	    .n_columns = 1,
	    .row_size = sizeof(struct text_row),
	    .row_align = alignof(struct text_row),
	};
	void *row;

	q.sql = q.pg = sql;
	if (at) {
		q.sql = arena_printf(p->a, "%.*s?1%s", (int)(at - sql), sql, at + 1);
		q.pg = arena_printf(p->a, "%.*s$1%s", (int)(at - sql), sql, at + 1);
	}
	assert_ok(db_maybe_(p->w->db, p->a, &q, args, &row));
	return row ? str_to_c(p->a, ((struct text_row *)row)->v) : NULL;
}

int64_t
sql_int(struct people *p, const char *sql, const char *arg)
{
	const char *v = sql_text(p, sql, arg);

	if (!v)
		fail_msg("no row: %s [%s]", sql, arg ? arg : "");
	return strtoll(v, NULL, 10);
}

static const char *
person(struct thread *t, const char *key)
{
	return str_to_c(t->p->a, person_of(t->p, key)->pid);
}

static const char *
party_pid(struct thread *t, const char *key)
{
	return sql_text(t->p, "SELECT pid FROM party WHERE key = ?", key);
}

const char *
thread_day(struct thread *t, int days)
{
	return str_to_c(t->p->a, day_iso(t->p->a, clock_day(t->p->now_at) + days));
}

void
thread_wait(struct thread *t, int days)
{
	t->p->now_at += (int64_t)days * 24 * 3600;
	for (size_t i = 0; i < t->p->n; i++)
		t->p->all[i].session = t->p->all[i].token = S("");
}

/* --- one step --------------------------------------------------------------------------- */
static const char *
pair(const char *const *pairs, const char *name)
{
	for (; pairs[0]; pairs += 2)
		if (strcmp(pairs[0], name) == 0)
			return pairs[1];
	return NULL;
}

static const char *
need_pair(const char *const *pairs, const char *name)
{
	const char *v = pair(pairs, name);

	if (!v)
		fail_msg("%s is not given", name);
	return v;
}

static const struct input *
input_named(const struct usecase *uc, const char *name)
{
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (strcmp(in->name, name) == 0)
			return in;
	return NULL;
}

/* What the path names, or NULL. */
static const char *
in_path(const struct usecase *uc, const char *const *pairs, const char *name)
{
	const struct input *in = input_named(uc, name);

	return in && in->in_path ? pair(pairs, name) : NULL;
}

/* The revision of what the step is about: the last thing that its path names. */
static const char *
rev_now(struct thread *t, const struct usecase *uc, const char *const *pairs)
{
	const char *party = in_path(uc, pairs, "party"), *round = in_path(uc, pairs, "round");
	const char *meeting = in_path(uc, pairs, "meeting"), *item = in_path(uc, pairs, "item");

	if (item &&
	    (uc->action == ACT_MEETING_OUTCOME || uc->action == ACT_MEETING_OUTCOME_UNDO))
		return sql_text(
		    t->p, "SELECT CAST(rev AS TEXT) FROM agenda_item WHERE pid = ?", item);
	if (meeting && strstr(uc->path, "/premeeting"))
		return sql_text(t->p,
		    "SELECT CAST(n.rev AS TEXT) FROM premeeting n JOIN meeting m ON m.id = "
		    "n.meeting_id WHERE m.pid = ?",
		    meeting);
	if (meeting && (strstr(uc->path, "/minutes/") || uc->action == ACT_MEETING_PUBLISH))
		return sql_text(t->p,
		    "SELECT CAST(n.rev AS TEXT) FROM minutes n JOIN meeting m ON m.id = "
		    "n.meeting_id WHERE m.pid = ?",
		    meeting);
	if (meeting)
		return sql_text(
		    t->p, "SELECT CAST(rev AS TEXT) FROM meeting WHERE pid = ?", meeting);
	if (party && round)
		return sql_text(t->p,
		    "SELECT CAST(x.rev AS TEXT) FROM round_party x JOIN party y ON y.id = "
		    "x.party_id WHERE y.pid = ?",
		    party);
	if (round)
		return sql_text(
		    t->p, "SELECT CAST(rev AS TEXT) FROM round WHERE pid = ?", round);
	if (in_path(uc, pairs, "decision"))
		return sql_text(t->p,
		    "SELECT CAST(f.rev AS TEXT) FROM followup f JOIN party y ON y.id = "
		    "f.party_id "
		    "WHERE y.key = ?",
		    t->contact[0] + strlen("contact."));
	return sql_text(t->p, "SELECT CAST(rev AS TEXT) FROM matter WHERE pid = ?",
	    need_pair(pairs, "matter"));
}

const char *const *
thread_pairs(struct thread *t, const struct usecase *uc, const char *const *pairs)
{
	const struct input *rev = input_named(uc, "rev");
	size_t n = 0;

	if (!rev || !rev->required || pair(pairs, "rev"))
		return pairs;
	while (pairs[n])
		n += 2;
	const char **v = arena_array(t->p->a, const char *, n + 3);
	memcpy(v, pairs, n * sizeof(*v));
	v[n] = "rev";
	v[n + 1] = rev_now(t, uc, pairs);
	if (!v[n + 1])
		v[n + 1] = "1";
	return v;
}

/* The pattern with what the pairs give for its places, in the order of the inputs; a place
 * that only the page has (which section is edited) is given as ":". */
static const char *
path_with(
    struct thread *t, const char *pattern, const struct usecase *uc, const char *const *pairs)
{
	struct buf b = buf_new(t->p->a, 1024);
	const struct input *in = uc->inputs;

	for (; *pattern; pattern++) {
		if (*pattern != ':') {
			buf_put(&b, (str){pattern, 1});
			continue;
		}
		while (in && in->type && !in->in_path)
			in++;
		bool has = in && in->type;
		buf_put(&b, str_from_c(need_pair(pairs, has ? in->name : ":")));
		in += has;
	}
	return str_to_c(t->p->a, buf_str(&b));
}

static void
put_escaped(struct buf *b, const char *s)
{
	for (; *s; s++)
		if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		    (*s >= '0' && *s <= '9'))
			buf_put(b, (str){s, 1});
		else
			buf_printf(b, "%%%02X", (unsigned char)*s);
}

static struct answer
step_by_page(
    struct thread *t, const char *who, const struct usecase *uc, const char *const *pairs)
{
	struct buf b = buf_new(t->p->a, 1 << 17);
	const char *pattern = NULL;

	for (const struct route *const *list = web_routes; *list && !pattern; list++)
		for (const struct route *r = *list; r->pattern; r++)
			if (r->method == HTTP_POST && !r->post && r->action == uc->action)
				pattern = r->pattern;
	if (!pattern)
		fail_msg("no page has a form for %s", action_key(uc->action));
	buf_printf(&b, "_key=%s", t->once);
	for (const char *const *v = pairs; *v; v += 2) {
		const struct input *in = input_named(uc, v[0]);
		if (v[0][0] == ':' || (in && in->in_path))
			continue;
		buf_printf(&b, "&%s=", v[0]);
		put_escaped(&b, v[1]);
	}
	return ask(t->p, who, "POST", path_with(t, pattern, uc, pairs),
	    str_to_c(t->p->a, buf_str(&b)));
}

static void
put_json(struct buf *b, const struct input *in, const char *v)
{
	if (in && in->type == INPUT_INT && *v && strspn(v, "-0123456789") == strlen(v)) {
		buf_printf(b, "%s", v);
		return;
	}
	if (in && in->type == INPUT_BOOL) {
		buf_printf(b, "%s", *v == '1' ? "true" : "false");
		return;
	}
	buf_printf(b, "\"");
	for (; *v; v++)
		if (*v == '\n')
			buf_printf(b, "\\n");
		else
			buf_put(b, (str){v, 1});
	buf_printf(b, "\"");
}

static void
put_member(struct buf *b, const struct usecase *uc, const char *const *pairs, const char *name)
{
	const struct input *in = input_named(uc, name);
	bool list = in && (in->type == INPUT_PIDS || in->type == INPUT_CHOICES);
	const char *sep = "";

	buf_printf(b, "%s\"%s\": %s", b->n > 1 ? ", " : "", name, list ? "[" : "");
	for (; *pairs; pairs += 2)
		if (strcmp(pairs[0], name) == 0) {
			buf_printf(b, "%s", sep);
			put_json(b, in, pairs[1]);
			sep = ", ";
		}
	buf_printf(b, "%s", list ? "]" : "");
}

static struct answer
step_by_api(
    struct thread *t, const char *who, const struct usecase *uc, const char *const *pairs)
{
	struct buf b = buf_new(t->p->a, 1 << 20);

	buf_printf(&b, "{");
	for (const char *const *v = pairs; *v; v += 2) {
		const struct input *in = input_named(uc, v[0]);
		if (v[0][0] == ':' || (in && in->in_path) || pair(pairs, v[0]) != v[1])
			continue; /* of a list the first stands for all */
		put_member(&b, uc, pairs, v[0]);
	}
	buf_printf(&b, "}");
	struct http_header headers[3] = {{S("idempotency-key"), str_from_c(t->once)}};
	if (who)
		headers[1] = (struct http_header){
		    S("authorization"), str_from_c(arena_printf(t->p->a, "Bearer " STR_FMT,
					    STR_ARG(token_of(t->p, who))))};
	return ask_raw(t->p,
	    &(struct raw){.method = HTTP_POST,
		.path = arena_printf(t->p->a, "/api/v1%s", path_with(t, uc->path, uc, pairs)),
		.content_type = "application/json",
		.body = str_to_c(t->p->a, buf_str(&b)),
		.headers = headers});
}

struct answer
thread_send(struct thread *t, const char *who, const struct usecase *uc,
    const char *const *pairs, const char *once)
{
	t->once = once ? once : arena_printf(t->p->a, "thread-%p-%d", (void *)t, t->said++);
	return t->by == BY_PAGE ? step_by_page(t, who, uc, pairs)
				: step_by_api(t, who, uc, pairs);
}

/* What the answer says is wrong: of a page the words of its list of faults. */
static const char *
complaint(struct people *p, const struct answer *r)
{
	const char *at = memmem(r->body.p, r->body.n, "error-summary", 13);

	if (!at)
		at = memmem(r->body.p, r->body.n, "<main", 5);
	if (!at)
		return str_to_c(p->a, r->body);
	size_t n = r->body.n - (size_t)(at - r->body.p);
	return str_to_c(p->a, (str){at, n > 900 ? 900 : n});
}

void
step_list(
    struct thread *t, const char *who, enum action action, int status, const char *const *pairs)
{
	const struct usecase *uc = usecase_find(action);
	int64_t before;

	if (!uc)
		fail_msg("no use case for %s", action_key(action));
	pairs = thread_pairs(t, uc, pairs);
	if (t->before && !status)
		t->before(t, who, uc, pairs);
	before = entries(t->p);
	struct answer r = thread_send(t, who, uc, pairs, NULL);
	int64_t n = entries(t->p) - before;
	int wanted = status ? status : t->by == BY_PAGE ? 303 : 200;
	if (r.status != wanted)
		fail_msg(
		    "%s by %s: %d: %s", action_key(action), who, r.status, complaint(t->p, &r));
	if (n != (status ? 0 : 1))
		fail_msg("%s by %s: %lld entries", action_key(action), who, (long long)n);
	if (t->after && !status)
		t->after(t, who, uc, pairs);
}

/* --- intake and preparation ------------------------------------------------------------- */
static int64_t
matter_state(struct thread *t)
{
	return sql_int(t->p, "SELECT CAST(state AS TEXT) FROM matter WHERE pid = ?", t->matter);
}

static void
expect_matter(struct thread *t, enum matter_state state)
{
	int64_t is = matter_state(t);

	if (is != state)
		fail_msg(
		    "the matter is %s, not %s", matter_state_key(is), matter_state_key(state));
}

static void
raise(struct thread *t)
{
	step(t, t->contact[0], ACT_MATTER_PROPOSE, "title", t->title, "summary",
	    "Eldre sendes hjem fredag kveld.", "wish", "Felles rutine", "submit", "1");
	t->matter = sql_text(t->p, "SELECT pid FROM matter WHERE title = ?", t->title);
	expect_matter(t, MATTER_SUBMITTED);
}

static void
triage(struct thread *t)
{
	const char *body = sql_text(t->p, "SELECT pid FROM body WHERE key = ?", t->body);

	step(t, MUNICIPAL, ACT_MATTER_RECEIVE, "matter", t->matter);
	step(t, TRUST, ACT_MATTER_TRIAGE, "matter", t->matter, "type", t->type, "scope",
	    "whole_area", "consequence", "professional", "topic", "other", "body", body,
	    "round", "yes");
	expect_matter(t, MATTER_TRIAGED);
}

static void
write_section(
    struct thread *t, const char *who, const char *section, const char *rev, const char *text)
{
	const char *slug = NULL;

	for (int64_t kind = 1; kind <= SECTION_N; kind++)
		if (strcmp(section_key(kind), section) == 0)
			slug = section_slug(kind);
	step(t, who, ACT_MATTER_EDIT, "matter", t->matter, ":", slug, "section", section, "rev",
	    rev, "text", text);
}

static void
prepare_together(struct thread *t)
{
	const char *author = t->contact[1];

	step(t, MUNICIPAL, ACT_MATTER_ASSIGN, "matter", t->matter, "municipal",
	    person(t, author), "trust", person(t, TRUST));
	step(t, TRUST, ACT_MATTER_START, "matter", t->matter);
	write_section(t, author, "background", "", "Slik er det i dag.");
	write_section(t, author, "municipal", "", "Få på vakt i helgene.");
	write_section(t, TRUST, "trust", "", "Fulle senger.");
	write_section(t, TRUST, "patient", "", "Lang ventetid og mye uro.");
	write_section(t, MUNICIPAL, "professional", "", "Tryggere overganger.");
	write_section(t, MUNICIPAL, "proposal", "", "Sykehuset varsler torsdag.");
	step(t, MUNICIPAL, ACT_MATTER_SNAPSHOT, "matter", t->matter);
	step(t, TRUST, ACT_MATTER_CHECK, "matter", t->matter);
	expect_matter(t, MATTER_QUALITY_CHECKED);
	step(t, MUNICIPAL, ACT_MATTER_SIGN_OFF, "matter", t->matter, "version", "1");
	step(t, TRUST, ACT_MATTER_SIGN_OFF, "matter", t->matter, "version", "1");
}

/* --- the round -------------------------------------------------------------------------- */
static void
open_round(struct thread *t)
{
	step(t, MUNICIPAL, ACT_ROUND_OPEN, "matter", t->matter, "deadline", thread_day(t, 21),
	    "message", "Se særlig på forslaget.");
	t->round = sql_text(t->p,
	    "SELECT r.pid FROM round r JOIN matter m ON m.id = r.matter_id WHERE m.pid = ?",
	    t->matter);
	assert_non_null(t->round);
	expect_matter(t, MATTER_READ_THROUGH);
}

static void
answer(struct thread *t, const char *who, const char *what, const char *text)
{
	step(t, who, ACT_ROUND_LOOK, "round", t->round);
	step(t, who, ACT_ROUND_ANSWER, "round", t->round, "rev", "2", "answer", what, "text",
	    text);
}

static void
dispose(struct thread *t, const char *who, const char *how)
{
	step(t, MUNICIPAL, ACT_ROUND_DISPOSE, "round", t->round, "party",
	    party_pid(t, who + strlen("contact.")), "disposition", how, "explanation",
	    "Vurdert av begge sider.");
}

/* All municipalities but one answer: the third objects, the fourth by telephone, the last but
 * one late; the last never does. */
static void
answer_round(struct thread *t)
{
	size_t last = t->n_contacts - 1;

	assert_true(last >= 5);
	answer(t, t->contact[0], "no_comment", "");
	answer(t, t->contact[1], "comment", "Nevn legevakten.");
	answer(t, t->contact[2], "objection", "Torsdag er for sent.");
	step(t, MUNICIPAL, ACT_ROUND_ANSWER_FOR, "round", t->round, "party",
	    party_pid(t, t->contact[3] + strlen("contact.")), "answer", "no_comment", "channel",
	    "phone", "note", "Samtale med kommuneoverlegen");
	for (size_t i = 4; i + 1 < last; i++)
		answer(t, t->contact[i], "no_comment", "");
	step(t, MUNICIPAL, ACT_ROUND_REMIND, "round", t->round);
	thread_wait(t, 23);
	answer(t, t->contact[last - 1], "comment", "Beklager, sent ute.");
	dispose(t, t->contact[1], "accepted");
	dispose(t, t->contact[2], "partly");
	dispose(t, t->contact[last - 1], "rejected");
	step(t, TRUST, ACT_ROUND_CLOSE, "round", t->round);
	expect_matter(t, MATTER_REVISED);
}

static void
make_ready(struct thread *t)
{
	write_section(t, TRUST, "proposal", "1", "Sykehuset varsler onsdag, også legevakten.");
	step(
	    t, TRUST, ACT_MATTER_SNAPSHOT, "matter", t->matter, "note", "Etter gjennomlesning");
	step(t, MUNICIPAL, ACT_MATTER_SIGN_OFF, "matter", t->matter, "version", "2");
	refused(
	    t, MUNICIPAL, ACT_MATTER_FREEZE, t->by == BY_PAGE ? 422 : 422, "matter", t->matter);
	step(t, TRUST, ACT_MATTER_SIGN_OFF, "matter", t->matter, "version", "2");
	step(t, MUNICIPAL, ACT_MATTER_FREEZE, "matter", t->matter);
	expect_matter(t, MATTER_READY);
}

/* --- the meeting ------------------------------------------------------------------------ */
static const char *
newest(struct thread *t, const char *sql)
{
	const char *pid = sql_text(t->p, sql, NULL);

	assert_non_null(pid);
	return pid;
}

static void
call_meeting(struct thread *t)
{
	const char *body = sql_text(t->p, "SELECT pid FROM body WHERE key = ?", t->body);

	step(t, MUNICIPAL, ACT_MEETING_PLAN, "body", body, "starts", thread_day(t, 40),
	    "starts_time", "09.00", "length", "150", "place", "Rådhuset");
	t->meeting = newest(t, "SELECT pid FROM meeting ORDER BY id DESC LIMIT 1");
	step(t, TRUST, ACT_MEETING_AGENDA_ADD, "meeting", t->meeting, "matter", t->matter,
	    "kind", "decide", "length", "30");
	t->item = newest(t, "SELECT pid FROM agenda_item ORDER BY id DESC LIMIT 1");
	step(t, MUNICIPAL, ACT_MEETING_AGENDA_APPROVE, "meeting", t->meeting);
	step(t, TRUST, ACT_MEETING_AGENDA_APPROVE, "meeting", t->meeting);
	step(t, MUNICIPAL, ACT_PREMEETING_PLAN, "meeting", t->meeting, "starts",
	    thread_day(t, 33), "starts_time", "09.00", "place", "Nett");
	step(t, MUNICIPAL, ACT_MEETING_SUMMON, "meeting", t->meeting);
	expect_matter(t, MATTER_PAPERS_PUBLISHED);
}

static void
hold_premeeting(struct thread *t)
{
	thread_wait(t, 33);
	for (size_t i = 0; i < t->n_contacts; i++)
		step(t, t->contact[i], ACT_PREMEETING_STAND, "meeting", t->meeting, "item",
		    t->item, "stand", i == 3 ? "abstains" : "agrees", "text", "Bra nå.");
	step(t, MUNICIPAL, ACT_PREMEETING_HOLD, "meeting", t->meeting);
	step(t, MUNICIPAL, ACT_PREMEETING_POSITION, "meeting", t->meeting, "item", t->item,
	    "position", "common", "text", "Kommunene står sammen om forslaget.");
}

/* Everybody comes; in the first seat that has a deputy, the deputy does. */
static void
take_attendance(struct thread *t)
{
	bool deputy = false;

	for (size_t i = 0; i < t->p->n; i++) {
		struct person *who = &t->p->all[i];
		const char *key = str_to_c(t->p->a, who->key);
		const char *seat = sql_text(t->p, "SELECT pid FROM seat WHERE key = ?", key);
		const char *other = arena_printf(t->p->a, "%s+1", key);
		bool has = false;
		if (!seat)
			continue;
		for (size_t k = 0; k < t->p->n && !deputy; k++)
			has = has || str_eq(t->p->all[k].key, str_from_c(other));
		if (has)
			step(t, MUNICIPAL, ACT_MEETING_ATTEND, "meeting", t->meeting, "seat",
			    seat, "presence", "deputy", "person", person(t, other), "mandate",
			    "1");
		else
			step(t, MUNICIPAL, ACT_MEETING_ATTEND, "meeting", t->meeting, "seat",
			    seat, "presence", "member");
		deputy = deputy || has;
	}
}

static void
open_meeting(struct thread *t)
{
	step(t, MUNICIPAL, ACT_PREMEETING_RELEASE, "meeting", t->meeting, "item", t->item);
	thread_wait(t, 7);
	take_attendance(t);
	step(t, TRUST, ACT_MEETING_OPEN, "meeting", t->meeting);
}

static void
treat(struct thread *t)
{
	step(t, TRUST, ACT_MEETING_TAKE_UP, "meeting", t->meeting, "item", t->item);
	expect_matter(t, MATTER_IN_MEETING);
	step(t, MUNICIPAL, ACT_MEETING_OUTCOME, "meeting", t->meeting, "item", t->item,
	    "outcome", "agreed", "text", "Sykehuset varsler onsdag.", "due", thread_day(t, 60));
	step(t, MUNICIPAL, ACT_MEETING_CLOSE, "meeting", t->meeting);
	t->decision = newest(t, "SELECT pid FROM decision ORDER BY id DESC LIMIT 1");
}

/* --- after ------------------------------------------------------------------------------ */
static void
write_minutes(struct thread *t)
{
	step(t, MUNICIPAL, ACT_MEETING_MINUTES_EDIT, "meeting", t->meeting, "preamble",
	    "Lederen ønsket velkommen.");
	step(t, "chair", ACT_MEETING_MINUTES_APPROVE, "meeting", t->meeting);
	step(t, "vice", ACT_MEETING_MINUTES_APPROVE, "meeting", t->meeting);
}

static void
carry_out(struct thread *t)
{
	const char *trust =
	    arena_printf(t->p->a, "contact." STR_FMT, STR_ARG(t->p->charter->health_trust));

	thread_wait(t, 10);
	for (size_t i = 0; i <= t->n_contacts; i++) {
		const char *who = i < t->n_contacts ? t->contact[i] : trust;
		const char *rev =
		    "SELECT CAST(f.rev AS TEXT) FROM followup f JOIN party y ON y.id = "
		    "f.party_id WHERE y.key = ?";
		step(t, who, ACT_DECISION_ACKNOWLEDGE, "decision", t->decision);
		step(t, who, ACT_DECISION_UPDATE, "decision", t->decision, "rev",
		    sql_text(t->p, rev, who + strlen("contact.")), "status", "implemented",
		    "note", "Innført.");
	}
	expect_matter(t, MATTER_CLOSED);
}

static void
publish(struct thread *t)
{
	step(t, MUNICIPAL, ACT_MEETING_PUBLISH, "meeting", t->meeting);
}

/* --- all of it -------------------------------------------------------------------------- */
void
thread_begin(struct thread *t, struct people *p, enum by by)
{
	const struct charter *c = p->charter;

	*t = (struct thread){
	    .p = p,
	    .by = by,
	    .title = "Varsling om utskrivning av eldre før helgen",
	    .type = "decision",
	    .body = str_to_c(p->a, p->strategic->key),
	};
	for (size_t i = 0; i < c->n_parties && t->n_contacts < 40; i++)
		if (c->parties[i].kind == PARTY_MUNICIPALITY)
			t->contact[t->n_contacts++] =
			    arena_printf(p->a, "contact." STR_FMT, STR_ARG(c->parties[i].key));
}

void
thread_to(struct thread *t, enum stage stage)
{
	static void (*const next[])(struct thread *) = {
	    [THREAD_SUBMITTED] = raise,
	    [THREAD_TRIAGED] = triage,
	    [THREAD_WRITTEN] = prepare_together,
	    [THREAD_ASKED] = open_round,
	    [THREAD_ANSWERED] = answer_round,
	    [THREAD_READY] = make_ready,
	    [THREAD_SUMMONED] = call_meeting,
	    [THREAD_STOOD] = hold_premeeting,
	    [THREAD_SITTING] = open_meeting,
	    [THREAD_HELD] = treat,
	    [THREAD_MINUTED] = write_minutes,
	    [THREAD_CARRIED] = carry_out,
	    [THREAD_PUBLISHED] = publish,
	};

	while (t->stage < stage)
		next[++t->stage](t);
}
