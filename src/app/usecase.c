#include "app/usecase.h"

#include "base/sha.h"
#include "q_account.h"
#include "store/journal.h"

#include <inttypes.h>
#include <string.h>

void
result_note(struct result *ret, const char *name, str value)
{
	if (ret->n_notes < RESULT_FIELDS) {
		ret->note[ret->n_notes].name = name;
		ret->note[ret->n_notes++].value = value;
	}
}

/* One call on its way through the writer's thread. */
struct call {
	struct cx *cx;
	const struct usecase *uc;
	const void *in;
	str once;
	str what; /* the act and all that was given with it, as it is remembered */
	struct result *ret;
};

static str
what_of(struct cx *cx, const struct usecase *uc, const void *in)
{
	struct sha256_stream all;

	sha256_init(&all);
	for (const struct input *i = uc->inputs; i && i->type; i++) {
		const void *at = (const char *)in + i->offset;
		sha256_add(&all, input_text(cx->a, i, in));
		if (i->type == INPUT_FILE)
			sha256_add(&all, ((const struct upload *)at)->sha256_hex);
		sha256_add(&all, (str){"", 1}); /* which stands in no text */
	}
	struct sha256 hash = sha256_finish(&all);
	return str_from_c(arena_printf(
	    cx->a, "%s %.32s", action_key(uc->action), sha256_hex(cx->a, &hash).p));
}

/* True when the same form came before: *ret then says what it led to. With other words in it,
 * or from another, it is refused: what is not kept must not look as if it were. */
static struct err *
done_before(struct call *c, bool *ret_done)
{
	struct cx *cx = c->cx;
	struct q_once_get *row;

	*ret_done = false;
	if (c->once.n == 0)
		return OK;
	TRY(q_once_get(cx->db, cx->a, c->once, &row));
	if (!row)
		return OK;
	if (row->person_id != cx->actor->person_id || !str_eq(row->action, c->what))
		return err_new(cx->a, ERR_CONFLICT, "once.other", "key of another form");
	c->ret->pid = row->result;
	*ret_done = true;
	return OK;
}

static struct err *
remember(struct call *c)
{
	struct cx *cx = c->cx;
	int64_t n;

	if (c->once.n == 0)
		return OK;
	return q_once_add(
	    cx->db, cx->a, c->once, cx->actor->person_id, c->what, c->ret->pid, cx->now_at, &n);
}

static size_t
put_field(struct act_field *f, size_t n, const char *name, str value)
{
	if (value.n)
		f[n++] = (struct act_field){name, value};
	return n;
}

/* The declared input, what the use case derived, and under which appointment. */
static size_t
fields_of(struct call *c, struct act_field *f)
{
	struct cx *cx = c->cx;
	size_t n = 0;

	for (const struct input *i = c->uc->inputs; i && i->type; i++)
		n = put_field(f, n, i->name, input_text(cx->a, i, c->in));
	for (size_t i = 0; i < c->ret->n_notes; i++)
		n = put_field(f, n, c->ret->note[i].name, c->ret->note[i].value);
	return put_field(f, n, "not_identity_because", cx->faults->override_reason);
}

static size_t
count_inputs(const struct input *i)
{
	size_t n = 0;

	for (; i && i->type; i++)
		n++;
	return n;
}

static struct err *
append_entry(struct call *c)
{
	struct cx *cx = c->cx;
	int64_t seq;

	struct act_field *f = arena_array(
	    cx->a, struct act_field, count_inputs(c->uc->inputs) + RESULT_FIELDS + 2);
	return journal_append(cx->db, cx->a,
	    &(struct act){
		.now_ms = cx->now_at * 1000,
		.action = action_key(c->uc->action),
		.object_type = c->ret->type,
		.object_pid = c->ret->pid,
		.actor_pid = cx->actor->person_pid,
		.org = cx->actor->party_key,
		.session_tag = cx->session_tag,
		.reason = c->ret->reason,
		.appointment = cx->by ? cx->by->pid : S(""),
		.on_behalf = c->ret->on_behalf,
		.channel = c->ret->channel,
		.no_change = c->ret->no_change,
		.fields = f,
		.n_fields = fields_of(c, f),
	    },
	    &seq);
}

static struct err *
perform(struct cx *cx, void *arg)
{
	struct call *c = arg;
	bool done;

	cx->told = NULL;
	TRY(done_before(c, &done));
	if (done)
		return OK;
	TRY(c->uc->run(c->cx, c->in, c->ret));
	TRY(remember(c));
	return c->uc->unrecorded ? OK : append_entry(c);
}

struct err *
usecase_run(
    struct cx *cx, const struct usecase *uc, const void *in, str once, struct result *ret)
{
	*ret = (struct result){0};
	return cx_write(
	    cx, perform, &(struct call){cx, uc, in, once, what_of(cx, uc, in), ret});
}

struct err *
usecase_perform(struct cx *cx, const struct usecase *uc, const struct given *g,
    const str *path_args, str once, struct result *ret)
{
	void *in = arena_alloc(cx->a, uc->in_size + 1, alignof(max_align_t), 1);

	TRY(input_read(cx, uc->inputs, g, path_args, in));
	if (uc->prepare)
		TRY(uc->prepare(cx, in));
	return usecase_run(cx, uc, in, once, ret);
}

const struct usecase *
usecase_find(enum action action)
{
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++)
			if (uc->action == action)
				return uc;
	return NULL;
}
