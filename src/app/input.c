#include "app/input.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/idscan.h"
#include "base/random.h"
#include "base/utf.h"

#include <inttypes.h>
#include <string.h>

enum { LINE_MAX_CHARS = 200, TEXT_MAX_CHARS = 40000, SECRET_MAX_CHARS = 200 };

str
given_value(const struct given *g, const char *name)
{
	str want = str_from_c(name);

	for (size_t i = 0; i < g->n; i++)
		if (str_eq(g->names[i], want))
			return g->values[i];
	return S("");
}

void
cx_fault(struct cx *cx, const char *field, const char *code, int64_t number)
{
	struct faults *f = cx->faults;

	if (f->n < sizeof(f->v) / sizeof(f->v[0]))
		f->v[f->n++] = (struct fault){field, code, number};
}

struct err *
cx_faults(struct cx *cx)
{
	if (cx->faults->n == 0)
		return OK;
	const struct fault *f = &cx->faults->v[0];
	return err_new(cx->a, ERR_INVALID, "input", "%zu faults, first %s: %s", cx->faults->n,
	    f->field, f->code);
}

static int64_t
max_chars(const struct input *in)
{
	if (in->max)
		return in->max;
	switch (in->type) {
	case INPUT_TEXT: return TEXT_MAX_CHARS;
	case INPUT_SECRET: return SECRET_MAX_CHARS;
	default: return LINE_MAX_CHARS;
	}
}

/* Nothing that is an identity number may be kept; what only looks like one may, when the
 * person says why. */
static bool
may_keep(struct cx *cx, const char *field, str v)
{
	int tier = idscan_worst(v, 0, NULL);

	if (tier == IDSCAN_REFUSE)
		cx_fault(cx, field, N_("input.identity_number"), 0);
	else if (tier == IDSCAN_OVERRIDE && cx->faults->override_reason.n == 0)
		cx_fault(cx, field, N_("input.identity_like"), 0);
	else
		return true;
	return false;
}

/* The words a person wrote, looked through for identity numbers before anything is kept. */
static void
read_words(struct cx *cx, const struct input *in, str v, str *to)
{
	int64_t n;

	if (!utf8_valid(v) || !(in->type == INPUT_TEXT ? utf_clean(v) : utf_clean_line(v))) {
		cx_fault(cx, in->name, N_("input.characters"), 0);
		return;
	}
	v = utf_nfc(cx->a, in->type == INPUT_SECRET ? v : str_trim(v));
	if (in->type != INPUT_SECRET && utf_blank(v))
		v.n = 0;
	n = (int64_t)utf8_length(v);
	if (n == 0 && in->required)
		cx_fault(cx, in->name, N_("input.required"), 0);
	else if (n > max_chars(in))
		cx_fault(cx, in->name, N_("input.too_long"), max_chars(in));
	else if (n > 0 && n < in->min)
		cx_fault(cx, in->name, N_("input.too_short"), in->min);
	else if (in->type == INPUT_SECRET || may_keep(cx, in->name, v))
		*to = v;
}

static void
read_email(struct cx *cx, const struct input *in, str v, str *to)
{
	str head, tail, mail = S("");

	read_words(cx, in, v, &mail);
	if (mail.n == 0)
		return;
	if (!str_cut(mail, '@', &head, &tail) || head.n == 0 || tail.n < 3 ||
	    memchr(tail.p, '@', tail.n) || !memchr(tail.p, '.', tail.n) ||
	    memchr(mail.p, ' ', mail.n))
		cx_fault(cx, in->name, N_("input.email"), 0);
	else
		*to = utf_fold(cx->a, mail);
}

static void
read_int(struct cx *cx, const struct input *in, str v, int64_t *to)
{
	int64_t n, max = in->max ? in->max : INT64_MAX;

	if (!str_to_i64(v, &n))
		cx_fault(cx, in->name, N_("input.number"), 0);
	else if (n < in->min)
		cx_fault(cx, in->name, N_("input.too_small"), in->min);
	else if (n > max)
		cx_fault(cx, in->name, N_("input.too_large"), max);
	else
		*to = n;
}

static const struct choice *
choice_by_key(const struct choice *c, str key)
{
	while (c->key && !str_eq(str_from_c(c->key), key))
		c++;
	return c->key ? c : NULL;
}

static void
read_choice(struct cx *cx, const struct input *in, str v, int64_t *to)
{
	const struct choice *c = choice_by_key(in->choices, v);

	if (c)
		*to = c->value;
	else
		cx_fault(cx, in->name, N_("input.choice"), 0);
}

static void
read_day(struct cx *cx, const struct input *in, str v, int64_t *to)
{
	if (!day_parse(v, to))
		cx_fault(cx, in->name, N_("input.day"), 0);
}

/* RFC 3339 from a program; from a page a day, and a time of day in a field beside it. */
static void
read_instant(struct cx *cx, const struct input *in, const struct given *g, int64_t *to)
{
	str v = str_trim(given_value(g, in->name));
	const char *beside = arena_printf(cx->a, "%s_time", in->name);
	int64_t day;
	int hour, minute;

	*to = INPUT_NONE;
	if (v.n == 0 && in->required)
		cx_fault(cx, in->name, N_("input.required"), 0);
	if (v.n == 0 || clock_parse_rfc3339(v, to))
		return;
	if (!day_parse(v, &day))
		cx_fault(cx, in->name, N_("input.day"), 0);
	else if (!clock_parse_time(given_value(g, beside), &hour, &minute))
		cx_fault(cx, beside, N_("input.time"), 0);
	else
		*to = clock_at(day, hour, minute);
}

static bool
is_among(const str *v, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], s))
			return true;
	return false;
}

/* Values of the same name, each once, in the order they came. */
static size_t
values_of(const struct given *g, const char *name, str *v)
{
	str want = str_from_c(name);
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		if (str_eq(g->names[i], want) && g->values[i].n &&
		    !is_among(v, n, g->values[i]))
			v[n++] = g->values[i];
	return n;
}

static void
read_list(struct cx *cx, const struct input *in, const struct given *g, char *at)
{
	str *v = arena_array(cx->a, str, g->n + 1);
	size_t n = values_of(g, in->name, v);

	if (n == 0 && in->required)
		cx_fault(cx, in->name, N_("input.required"), 0);
	if (in->type == INPUT_PIDS) {
		for (size_t i = 0; i < n; i++)
			if (!pid_valid(v[i]))
				cx_fault(cx, in->name, N_("input.choice"), 0);
		*(struct strs *)(void *)at = (struct strs){v, n};
		return;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t bit = 0;
		read_choice(cx, in, v[i], &bit);
		*(int64_t *)(void *)at |= bit;
	}
}

static void
read_file(struct cx *cx, const struct input *in, const struct given *g, struct upload *to)
{
	str want = str_from_c(in->name);

	for (size_t i = 0; i < g->n; i++)
		if (g->uploads && g->uploads[i].n && str_eq(g->names[i], want))
			*to = g->uploads[i];
	if (!to->n && in->required)
		cx_fault(cx, in->name, N_("input.required"), 0);
	else
		may_keep(cx, in->name, to->name);
}

static bool
is_number(enum input_type t)
{
	return t == INPUT_INT || t == INPUT_CHOICE || t == INPUT_DAY;
}

/* A value that may be missing: everything but words, lists and files. */
static void
read_value(struct cx *cx, const struct input *in, str v, char *at)
{
	int64_t *number = (int64_t *)(void *)at;

	v = str_trim(v);
	if (in->type == INPUT_BOOL) {
		*number = v.n > 0 && !str_eq(v, S("0")) && !str_eq(v, S("false"));
		return;
	}
	if (is_number(in->type))
		*number = INPUT_NONE;
	if (v.n == 0) {
		if (in->required)
			cx_fault(cx, in->name, N_("input.required"), 0);
		return;
	}
	switch (in->type) {
	case INPUT_INT: read_int(cx, in, v, number); return;
	case INPUT_CHOICE: read_choice(cx, in, v, number); return;
	case INPUT_DAY: read_day(cx, in, v, number); return;
	default:
		if (!pid_valid(v))
			cx_fault(cx, in->name, N_("input.choice"), 0);
		else
			*(str *)(void *)at = v;
	}
}

static bool
takes_one(enum input_type t)
{
	return t != INPUT_PIDS && t != INPUT_CHOICES && t != INPUT_BOOL && t != INPUT_FILE;
}

static void
read_one(struct cx *cx, const struct input *in, const struct given *g, char *at)
{
	str v = given_value(g, in->name);

	if (takes_one(in->type) && values_of(g, in->name, arena_array(cx->a, str, g->n)) > 1) {
		cx_fault(cx, in->name, N_("input.twice"), 0); /* which of them is meant? */
		return;
	}

	switch (in->type) {
	case INPUT_LINE:
	case INPUT_TEXT:
	case INPUT_SECRET: read_words(cx, in, v, (str *)(void *)at); return;
	case INPUT_EMAIL: read_email(cx, in, v, (str *)(void *)at); return;
	case INPUT_PIDS:
	case INPUT_CHOICES: read_list(cx, in, g, at); return;
	case INPUT_FILE: read_file(cx, in, g, (struct upload *)(void *)at); return;
	case INPUT_PID:
	case INPUT_INT:
	case INPUT_BOOL:
	case INPUT_CHOICE:
	case INPUT_DAY: read_value(cx, in, v, at); return;
	case INPUT_INSTANT: read_instant(cx, in, g, (int64_t *)(void *)at); return;
	}
}

struct err *
input_read(struct cx *cx, const struct input *inputs, const struct given *g,
    const str *path_args, void *in)
{
	str why = str_trim(given_value(g, INPUT_OVERRIDE));

	if (utf8_valid(why) && utf_clean_line(why) && why.n <= 400 &&
	    idscan_worst(why, 0, NULL) != IDSCAN_REFUSE)
		cx->faults->override_reason = why;
	for (const struct input *i = inputs; i && i->type; i++) {
		char *at = (char *)in + i->offset;
		if (!i->in_path) {
			read_one(cx, i, g, at);
			continue;
		}
		bool fits = i->type == INPUT_INT ? str_to_i64(*path_args, (int64_t *)(void *)at)
						 : pid_valid(*path_args);
		if (!fits) /* no such object can be */
			return err_new(cx->a, ERR_NOT_FOUND, "not_found", "%s", i->name);
		if (i->type != INPUT_INT)
			*(str *)(void *)at = *path_args;
		path_args++;
	}
	return cx_faults(cx);
}

static str
number_text(struct arena *a, int64_t n)
{
	return n == INPUT_NONE ? S("") : str_from_c(arena_printf(a, "%" PRId64, n));
}

static str
choices_text(struct arena *a, const struct choice *c, int64_t bits)
{
	struct buf b = buf_new(a, 4096);

	for (; c->key; c++)
		if (bits & c->value)
			buf_printf(&b, "%s%s", b.n ? " " : "", c->key);
	return buf_str(&b);
}

static str
choice_text(const struct choice *c, int64_t value)
{
	while (c->key && c->value != value)
		c++;
	return str_from_c(c->key);
}

static str
pids_text(struct arena *a, const struct strs *list)
{
	struct buf b = buf_new(a, 64 << 10);

	for (size_t i = 0; i < list->n; i++)
		buf_printf(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(list->v[i]));
	return buf_str(&b);
}

str
input_text(struct arena *a, const struct input *input, const void *in)
{
	const void *at = (const char *)in + input->offset;

	switch (input->type) {
	case INPUT_LINE:
	case INPUT_TEXT:
	case INPUT_EMAIL:
	case INPUT_PID: return *(const str *)at;
	case INPUT_SECRET: return S("");
	case INPUT_PIDS: return pids_text(a, at);
	case INPUT_CHOICE: return choice_text(input->choices, *(const int64_t *)at);
	case INPUT_CHOICES: return choices_text(a, input->choices, *(const int64_t *)at);
	case INPUT_INT:
	case INPUT_BOOL: return number_text(a, *(const int64_t *)at);
	case INPUT_DAY:
		return *(const int64_t *)at == INPUT_NONE ? S("")
							  : day_iso(a, *(const int64_t *)at);
	case INPUT_INSTANT:
		return *(const int64_t *)at == INPUT_NONE
			   ? S("")
			   : clock_rfc3339(a, *(const int64_t *)at);
	case INPUT_FILE: return ((const struct upload *)at)->name;
	}
	return S("");
}
