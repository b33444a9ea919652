#include "charter/check.h"

/* --- pre-meetings ----------------------------------------------------------------------- */

static void
check_held_in(struct problems *ps, const struct charter *c, const struct charter_pre_meeting *p)
{
	const struct charter_body *room = charter_body(c, p->held_in);

	/* V5: what a side says among its own is for nobody else. */
	if (room->side != p->side)
		problem_error(ps, p->basis.line, "V5", N_("charter.pre_meeting_room"), p->body,
		    room->key);
	else if (!charter_keys_has(room->cadence.before, p->body))
		problem_warn(ps, p->basis.line, "R093", N_("charter.room_not_before"),
		    room->key, p->body);
}

static void
check_pre_meetings(struct problems *ps, const struct charter *c)
{
	for (size_t i = 0; i < c->process.n_pre_meetings; i++) {
		const struct charter_pre_meeting *p = &c->process.pre_meetings[i];
		const struct charter_body *b = charter_body(c, p->body);

		if (p->side != SIDE_MUNICIPAL && p->side != SIDE_TRUST)
			problem_error(
			    ps, p->basis.line, "R093", N_("charter.pre_meeting_side"), p->body);
		else if (charter_pre_meeting(c, b, p->side) != p)
			problem_error(ps, p->basis.line, "R093",
			    N_("charter.pre_meeting_twice"), p->body);
		if (p->held_in.n)
			check_held_in(ps, c, p);
	}
	for (size_t i = 0; i < c->n_bodies; i++) {
		const struct charter_body *b = &c->bodies[i];

		if (charter_body_is_joint(b) && !charter_body_is_advisory(b) &&
		    !charter_pre_meeting(c, b, SIDE_MUNICIPAL))
			problem_warn(
			    ps, b->basis.line, "R093", N_("charter.no_pre_meeting"), b->key);
	}
}

/* --- triage ----------------------------------------------------------------------------- */

static void
check_route(struct problems *ps, const struct charter *c, const struct charter_route *r)
{
	int line = r->basis.line;
	bool decides = r->match.types == 1u << MATTER_DECISION;

	if (!r->to.n && !r->never.n)
		problem_error(ps, line, "C3", N_("charter.route_nowhere"));
	for (size_t i = 0; i < r->to.n; i++) {
		if (charter_keys_has(r->never, r->to.v[i]))
			problem_error(ps, line, "C3", N_("charter.route_both"), r->to.v[i]);
		if (decides && charter_body_is_advisory(charter_body(c, r->to.v[i])))
			problem_error(
			    ps, line, "R139", N_("charter.route_advisory"), r->to.v[i]);
	}
}

/* --- both sides ------------------------------------------------------------------------- */

static void
check_both_sides(struct problems *ps, const struct charter_approvals *approvals, int line,
    const char *rule, const char *where)
{
	unsigned sides = 0;

	for (size_t i = 0; i < approvals->n; i++)
		sides |= 1u << approvals->v[i].side;
	if (!(sides & 1u << SIDE_MUNICIPAL) || !(sides & 1u << SIDE_TRUST))
		problem_error(ps, line, rule, N_("charter.both_sides"), str_from_c(where));
}

static void
check_minutes(struct problems *ps, const struct charter *c)
{
	const struct charter_minutes *m = &c->process.minutes;

	check_both_sides(ps, &m->approvers, m->basis.line, "M10", "process.minutes.approvers");
	check_approvals(
	    ps, c, &m->approvers, NULL, m->basis.line, "M10", S("process.minutes.approvers"));
	if (m->rule == MINUTES_SILENT && m->basis.gap.n)
		problem_error(ps, m->basis.line, "M10", N_("charter.silent_by_gap"));
}

static void
check_preparation(struct problems *ps, const struct charter *c)
{
	const struct charter_preparation *p = &c->process.preparation;

	check_both_sides(
	    ps, &p->sign_off, p->basis.line, "C11", "process.preparation.sign_off");
	check_approvals(
	    ps, c, &p->sign_off, NULL, p->basis.line, "C11", S("process.preparation.sign_off"));
}

/* OST-11: the municipal half acts for all municipalities, not for the one that employs it. */
static void
check_secretary(struct problems *ps, const struct charter *c, const struct charter_secretary *s)
{
	const struct charter_party *p = charter_party(c, s->acts_for);

	if (s->side != SIDE_MUNICIPAL && s->side != SIDE_TRUST)
		problem_error(
		    ps, s->basis.line, "NAT-13", N_("charter.secretary_side"), s->key);
	else if (p && p->side != s->side)
		problem_error(
		    ps, s->basis.line, "OST-11", N_("charter.secretary_other"), s->key, p->key);
	else if (p && p->kind == PARTY_MUNICIPALITY)
		problem_error(
		    ps, s->basis.line, "OST-11", N_("charter.secretary_host"), s->key, p->key);
}

static void
check_secretariat(struct problems *ps, const struct charter *c)
{
	const struct charter_secretariat *s = &c->secretariat;
	unsigned sides = 0;
	bool joint = false;

	for (size_t i = 0; i < s->n_members; i++) {
		check_secretary(ps, c, &s->members[i]);
		if (!s->members[i].associated)
			sides |= 1u << s->members[i].side;
	}
	for (size_t i = 0; i < c->n_bodies; i++)
		joint |= charter_body_is_joint(&c->bodies[i]);
	if (joint && (!(sides & 1u << SIDE_MUNICIPAL) || !(sides & 1u << SIDE_TRUST)))
		problem_error(ps, s->basis.line, "NAT-13", N_("charter.secretariat_sides"));
}

/* --- numbers ---------------------------------------------------------------------------- */

static void
check_form(struct problems *ps, const struct charter_number *n, const char *what)
{
	bool number = false, year = false;
	str rest = n->form, head;

	while (str_cut(rest, '{', &head, &rest)) {
		str word = S("");

		str_cut(rest, '}', &word, &rest);
		number |= str_eq(word, S("no"));
		year |= str_eq(word, S("yy")) || str_eq(word, S("yyyy"));
		if (!str_eq(word, S("no")) && !str_eq(word, S("yy")) &&
		    !str_eq(word, S("yyyy")) && !str_eq(word, S("body")))
			problem_error(ps, n->basis.line, "D1", N_("charter.form_word"),
			    str_from_c(what), word);
	}
	if (!number || (!year && n->per != NUMBER_PER_BODY))
		problem_error(
		    ps, n->basis.line, "D1", N_("charter.form_incomplete"), str_from_c(what));
}

void
check_processes(struct problems *ps, const struct charter *c)
{
	const struct charter_read_through *r = &c->process.read_through;

	check_pre_meetings(ps, c);
	for (size_t i = 0; i < c->process.n_routes; i++)
		check_route(ps, c, &c->process.routes[i]);
	check_minutes(ps, c);
	check_preparation(ps, c);
	check_secretariat(ps, c);
	if (r->reminder_days >= r->deadline_days)
		problem_error(ps, r->basis.line, "R089", N_("charter.reminder"));
	check_form(ps, &c->matter_number, "numbering.matter");
	check_form(ps, &c->meeting_number, "numbering.meeting");
	check_form(ps, &c->decision_number, "numbering.decision");
}
