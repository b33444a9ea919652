#include "fitting.h"

static const char *
first_of(struct thread *t, const char *sql)
{
	const char *v = sql_text(t->p, sql, NULL);

	return v ? v : "0123456789abcdef";
}

/* The pid of such a thing. */
static const char *
pid_named(struct thread *t, const char *name)
{
	if (strcmp(name, "matter") == 0)
		return t->matter;
	if (strcmp(name, "into") == 0)
		return first_of(t, "SELECT pid FROM matter ORDER BY id DESC LIMIT 1");
	if (strcmp(name, "meeting") == 0)
		return t->meeting;
	if (strcmp(name, "round") == 0)
		return t->round;
	if (strcmp(name, "item") == 0)
		return t->item;
	if (strcmp(name, "decision") == 0 || strcmp(name, "by") == 0)
		return t->decision;
	if (strcmp(name, "party") == 0)
		return sql_text(t->p, "SELECT pid FROM party WHERE key = ?",
		    t->contact[1] + strlen("contact."));
	if (strcmp(name, "body") == 0)
		return sql_text(t->p, "SELECT pid FROM body WHERE key = ?", t->body);
	if (strcmp(name, "seat") == 0)
		return first_of(t, "SELECT s.pid FROM seat s JOIN meeting m ON m.body_id = "
				   "s.body_id ORDER BY s.id LIMIT 1");
	if (strcmp(name, "municipal") == 0)
		return str_to_c(t->p->a, person_of(t->p, t->contact[1])->pid);
	if (strcmp(name, "trust") == 0)
		return str_to_c(t->p->a, person_of(t->p, "secretary.trust")->pid);
	return str_to_c(t->p->a, person_of(t->p, "chair")->pid);
}

/* The revision of an object the thread knows; that of a party's answer it does not. */
static const char *
rev_of(struct thread *t, const struct usecase *uc)
{
	if (uc->action != ACT_ROUND_ANSWER && uc->action != ACT_ROUND_WITHDRAW)
		return NULL;
	return sql_text(t->p,
	    "SELECT CAST(x.rev AS TEXT) FROM round_party x JOIN party y ON y.id = x.party_id "
	    "WHERE y.key = ?",
	    t->contact[0] + strlen("contact."));
}

/* Optional to the form, asked for by a use case before it looks at the state. */
static bool
is_wanted(const struct usecase *uc, const char *name)
{
	static const char *const names[] = {"reason", "matter", "party"};

	if (uc->action == ACT_MATTER_ASSIGN)
		return strcmp(name, "municipal") == 0 || strcmp(name, "trust") == 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* A fitting value for a field; NULL: none is needed. */
static const char *
value_of(struct thread *t, const struct usecase *uc, const struct input *in)
{
	if (strcmp(in->name, "rev") == 0)
		return rev_of(t, uc);
	if (!in->required && !is_wanted(uc, in->name))
		return NULL;
	switch (in->type) {
	case INPUT_EMAIL: return "ny@eksempel.no";
	case INPUT_SECRET: return "hemmelig";
	case INPUT_PIDS: return t->matter;
	case INPUT_PID: return pid_named(t, in->name);
	case INPUT_CHOICE:
	case INPUT_CHOICES: return in->choices[0].key;
	case INPUT_DAY:
	case INPUT_INSTANT: return thread_day(t, 30);
	case INPUT_INT:
		if (strcmp(in->name, "version") == 0)
			return "2";
		return arena_printf(t->p->a, "%d", in->min > 1 ? (int)in->min : 1);
	case INPUT_LINE:
	case INPUT_TEXT: return "Slik ble det";
	default: fail_msg("%s: %s", action_key(uc->action), in->name); return NULL;
	}
}

const char *const *
fitting(struct thread *t, const struct usecase *uc)
{
	const char **v = arena_array(t->p->a, const char *, FITTING_MAX);
	size_t n = 0;

	for (const struct input *in = uc->inputs; in && in->type; in++) {
		const char *value = value_of(t, uc, in);
		if (!value)
			continue;
		assert_true(n + 5 < FITTING_MAX);
		v[n++] = in->name;
		v[n++] = value;
		if (in->type == INPUT_INSTANT) {
			v[n++] = arena_printf(t->p->a, "%s_time", in->name);
			v[n++] = "09.00";
		}
	}
	return v;
}
