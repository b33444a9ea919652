#include "app/people.h"

#include "app/access.h"
#include "app/account.h"
#include "base/random.h"
#include "core/charter.h"
#include "q_account.h"
#include "q_people.h"

const struct choice people_roles[] = {
    {"contact", ROLE_CONTACT, N_("Kontaktperson for en part"),
	N_("Melder saker, svarer i gjennomlesning og følger opp vedtak.")},
    {"secretary", ROLE_SECRETARY, N_("Sekretariatet"),
	N_("En av sidenes halvdel av det felles sekretariatet.")},
    {"member", ROLE_MEMBER, N_("Medlem av et utvalg"), NULL},
    {"deputy", ROLE_DEPUTY, N_("Vara i et utvalg"), NULL},
    {"admin", ROLE_ADMIN, N_("Administrator"),
	N_("Drifter tjenesten. Leser ikke utkast og deltar ikke i saker.")},
    {0},
};

const struct choice people_chairings[] = {
    {"none", CHAIR_NONE, N_("Nei"), NULL},
    {"chair", CHAIR_CHAIR, N_("Leder"), NULL},
    {"vice", CHAIR_VICE, N_("Nestleder"), NULL},
    {0},
};

const struct actor *
operator_actor(void)
{
	static const struct appointment runs_it = {.role = ROLE_ADMIN};
	static const struct actor operator= {.appointments = &runs_it, .n_appointments = 1};

	return &operator;
}

struct err *
person_load(struct cx *cx, str pid, struct q_person_by_pid **ret, struct object *ret_object)
{
	TRY(q_person_by_pid(cx->db, cx->a, pid, ret));
	if (!*ret)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "person");
	*ret_object =
	    (struct object){.kind = OBJECT_PERSON, .person_id = (*ret)->id, .is_visible = true};
	if (cx->actor->person_id == (*ret)->id)
		return OK;
	return cx_see(cx, ACT_PERSON_READ, ret_object);
}

static void
concerns(struct result *ret, str pid)
{
	ret->type = "person";
	ret->pid = pid;
}

/* --- appointments ----------------------------------------------------------------------- */

struct seat_in { /* what an appointment is, as it was asked for */
	int64_t role, rank, chairing, from, to;
	str party, seat;
};

#define APPOINTMENT_INPUTS(T, in_, must)                                                      \
	{INPUT_CHOICE, "role", offsetof(T, in_.role), .required = must, .label = N_("Rolle"), \
	    .choices = people_roles},                                                         \
	    {INPUT_PID, "party", offsetof(T, in_.party), .label = N_("For hvem"),             \
		.help = N_("Den parten personen handler for.")},                              \
	    {INPUT_PID, "seat", offsetof(T, in_.seat), .label = N_("Plass i utvalg"),         \
		.help = N_("Bare for medlemmer og vara.")},                                   \
	    {INPUT_INT, "rank", offsetof(T, in_.rank), .min = 1, .max = 9,                    \
		.label = N_("Nummer i rekken av vara"), .help = N_("Bare for vara.")},        \
	{                                                                                     \
		INPUT_CHOICE, "chairing", offsetof(T, in_.chairing),                          \
		    .label = N_("Leder utvalget"), .choices = people_chairings                \
	}

/* The appointment that is about to be made. */
struct seat_of {
	int64_t role, party_id, side, body_id, seat_id, rank, chairing, from_day;
	const int64_t *to_day;
	str party_key, seat_key;
};

static bool
speaks_as_secretary(const struct charter *c, str party_key)
{
	for (size_t i = 0; i < c->secretariat.n_members; i++)
		if (str_eq(c->secretariat.members[i].acts_for, party_key))
			return true;
	return c->secretariat.n_members == 0;
}

static struct err *
find_seat(struct cx *cx, const struct seat_in *in, struct seat_of *s, int64_t *ret_party_id)
{
	bool sits = in->role == ROLE_MEMBER || in->role == ROLE_DEPUTY;
	struct q_seat_by_pid *seat = NULL;

	*ret_party_id = 0;
	if (!sits)
		return OK;
	if (in->seat.n)
		TRY(q_seat_by_pid(cx->db, cx->a, in->seat, &seat));
	if (!seat) {
		cx_fault(cx, "seat", in->seat.n ? N_("input.choice") : N_("input.required"), 0);
		return OK;
	}
	if (in->role == ROLE_DEPUTY && in->rank == INPUT_NONE)
		cx_fault(cx, "rank", N_("input.required"), 0);
	s->seat_id = seat->id;
	s->seat_key = seat->key;
	s->body_id = seat->body_id;
	s->side = seat->side;
	s->rank = in->role == ROLE_DEPUTY ? in->rank : 0;
	s->chairing = in->role == ROLE_MEMBER && in->chairing != INPUT_NONE ? in->chairing : 0;
	*ret_party_id = seat->party_id;
	return OK;
}

/* A seat of a party is held for that party; other roles for the party that was chosen. */
static struct err *
find_party(struct cx *cx, const struct seat_in *in, int64_t of_seat, struct seat_of *s)
{
	struct q_party_by_pid *chosen = NULL;
	struct q_party_by_id *party = NULL;

	if (in->party.n)
		TRY(q_party_by_pid(cx->db, cx->a, in->party, &chosen));
	if (!chosen && (in->party.n || !of_seat)) {
		cx_fault(
		    cx, "party", in->party.n ? N_("input.choice") : N_("input.required"), 0);
		return OK;
	}
	TRY(q_party_by_id(cx->db, cx->a, chosen ? chosen->id : of_seat, &party));
	bool fits = !of_seat || party->id == of_seat;
	if (s->seat_id && party->side != s->side)
		fits = false;
	if (in->role == ROLE_SECRETARY && !speaks_as_secretary(cx->charter, party->key))
		fits = false;
	if (!fits)
		cx_fault(cx, "party", N_("appointment.not_for"), 0);
	s->party_id = party->id;
	s->party_key = party->key;
	if (in->role != ROLE_ADMIN && !s->seat_id)
		s->side = party->side;
	return OK;
}

/* One member, and one deputy of each rank, at a time. */
static struct err *
seat_is_free(struct cx *cx, const struct seat_of *s)
{
	struct q_seat_holders *who;
	size_t n;

	if (!s->seat_id)
		return OK;
	TRY(q_seat_holders(cx->db, cx->a, s->seat_id, s->from_day,
	    s->to_day ? *s->to_day : INT64_MAX, &who, &n));
	for (size_t i = 0; i < n; i++)
		if (who[i].role == s->role && who[i].rank == s->rank)
			cx_fault(cx, s->role == ROLE_DEPUTY ? "rank" : "seat",
			    N_("appointment.seat_taken"), 0);
	return OK;
}

static struct err *
appoint(struct cx *cx, int64_t person_id, const struct seat_in *in, struct result *ret)
{
	struct seat_of s = {.role = in->role,
	    .from_day = in->from == INPUT_NONE ? cx->today : in->from,
	    .to_day = in->to == INPUT_NONE ? NULL : &in->to};
	int64_t of_seat, id;

	if (s.to_day && *s.to_day < s.from_day)
		cx_fault(cx, "to", N_("appointment.backwards"), 0);
	TRY(find_seat(cx, in, &s, &of_seat));
	TRY(find_party(cx, in, of_seat, &s));
	TRY(seat_is_free(cx, &s));
	TRY(cx_faults(cx));
	str pid = pid_new(cx->a);
	TRY(q_appointment_add(cx->db, cx->a, pid, person_id, s.role, s.party_id, s.side,
	    s.body_id, s.seat_id, s.rank, s.chairing, s.from_day, s.to_day, &id));
	result_note(ret, "party_key", s.party_key);
	result_note(ret, "seat_key", s.seat_key);
	result_note(ret, "appointment", pid);
	return OK;
}

/* --- inviting --------------------------------------------------------------------------- */

struct invite_in {
	str name, title, email, phone;
	struct seat_in as;
};

static const struct input invite_inputs[] = {
    {INPUT_LINE, "name", offsetof(struct invite_in, name), .required = true, .min = 2,
	.max = 100, .label = N_("Navn")},
    {INPUT_LINE, "title", offsetof(struct invite_in, title), .max = 100,
	.label = N_("Stilling")},
    {INPUT_EMAIL, "email", offsetof(struct invite_in, email), .required = true,
	.label = N_("E-post"), .help = N_("Personen logger inn med denne adressen.")},
    {INPUT_LINE, "phone", offsetof(struct invite_in, phone), .max = 30, .label = N_("Telefon")},
    APPOINTMENT_INPUTS(struct invite_in, as, false),
    {0},
};

static struct err *
email_is_free(struct cx *cx, str email, int64_t but_id)
{
	struct q_person_by_email *other;

	TRY(q_person_by_email(cx->db, cx->a, email, &other));
	if (other && other->id != but_id)
		cx_fault(cx, "email", N_("person.email_taken"), 0);
	return OK;
}

static struct err *
party_id_of(struct cx *cx, str pid, int64_t *ret)
{
	struct q_party_by_pid *party = NULL;

	if (pid.n)
		TRY(q_party_by_pid(cx->db, cx->a, pid, &party));
	*ret = party ? party->id : 0;
	return OK;
}

static struct err *
invite(struct cx *cx, const void *arg, struct result *ret)
{
	const struct invite_in *in = arg;
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct seat_in as = in->as;
	int64_t id, party_id;

	TRY(cx_need(cx, ACT_PERSON_INVITE, &space));
	TRY(email_is_free(cx, in->email, 0));
	TRY(cx_faults(cx));
	TRY(party_id_of(cx, in->as.party, &party_id));
	concerns(ret, pid_new(cx->a));
	TRY(q_person_add(
	    cx->db, cx->a, ret->pid, in->name, in->title, in->email, in->phone, party_id, &id));
	as.from = as.to = INPUT_NONE;
	if (as.role != INPUT_NONE) {
		TRY(appoint(cx, id, &as, ret));
		TRY(tell_role(
		    cx, ROLE_SECRETARY, ACT_APPOINTMENT_ADD, "person", ret->pid, in->name));
	}
	return link_make(cx, id, LINK_INVITATION, &ret->secret);
}

/* --- an appointment more, and one less -------------------------------------------------- */

struct add_in {
	str person;
	struct seat_in as;
};

static const struct input add_inputs[] = {
    INPUT_PATH(struct add_in, person),
    APPOINTMENT_INPUTS(struct add_in, as, true),
    {INPUT_DAY, "from", offsetof(struct add_in, as.from), .label = N_("Fra og med"),
	.help = N_("Tom: fra i dag.")},
    {INPUT_DAY, "to", offsetof(struct add_in, as.to), .label = N_("Til og med"),
	.help = N_("Tom: til den avsluttes.")},
    {0},
};

static struct err *
add_appointment(struct cx *cx, const void *arg, struct result *ret)
{
	const struct add_in *in = arg;
	struct q_person_by_pid *who;
	struct object object;

	TRY(person_load(cx, in->person, &who, &object));
	TRY(cx_need(cx, ACT_APPOINTMENT_ADD, &object));
	concerns(ret, who->pid);
	TRY(appoint(cx, who->id, &in->as, ret));
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_APPOINTMENT_ADD, "person", who->pid, who->name);
}

struct end_in {
	str person, appointment;
	int64_t last_day;
};

static const struct input end_inputs[] = {
    INPUT_PATH(struct end_in, person),
    INPUT_PATH(struct end_in, appointment),
    {INPUT_DAY, "last_day", offsetof(struct end_in, last_day), .label = N_("Siste dag"),
	.help = N_("Tom: tilgangen er borte med en gang.")},
    {0},
};

static struct err *
somebody_runs_it(struct cx *cx, int64_t appointment_id)
{
	struct q_appointments_with *rows;
	size_t n;

	TRY(q_appointments_with(cx->db, cx->a, ROLE_ADMIN, cx->today, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != appointment_id)
			return OK;
	return err_new(cx->a, ERR_CONFLICT, "appointment.last_admin", "the last of %zu", n);
}

static struct err *
end_appointment(struct cx *cx, const void *arg, struct result *ret)
{
	const struct end_in *in = arg;
	struct q_appointment_by_pid *t;
	struct q_person_by_pid *who;
	struct object object;
	int64_t n, last = in->last_day == INPUT_NONE ? cx->today - 1 : in->last_day;

	TRY(person_load(cx, in->person, &who, &object));
	TRY(cx_need(cx, ACT_APPOINTMENT_END, &object));
	TRY(q_appointment_by_pid(cx->db, cx->a, in->appointment, &t));
	if (!t || t->person_id != who->id)
		return err_new(cx->a, ERR_NOT_FOUND, "not_found", "appointment");
	if (t->role == ROLE_ADMIN)
		TRY(somebody_runs_it(cx, t->id));
	TRY(q_appointment_end(cx->db, cx->a, t->id, last, &n));
	if (n == 0)
		return err_new(cx->a, ERR_CONFLICT, "appointment.ended", "ends sooner already");
	concerns(ret, who->pid);
	return tell_role(
	    cx, ROLE_SECRETARY, ACT_APPOINTMENT_END, "person", who->pid, who->name);
}

/* --- contact data, and closing an account ----------------------------------------------- */

struct update_in {
	str person;
	int64_t rev, closed;
	str name, title, email, phone;
};

static const struct input update_inputs[] = {
    INPUT_PATH(struct update_in, person),
    INPUT_REV(struct update_in),
    {INPUT_LINE, "name", offsetof(struct update_in, name), .required = true, .min = 2,
	.max = 100, .label = N_("Navn")},
    {INPUT_LINE, "title", offsetof(struct update_in, title), .max = 100,
	.label = N_("Stilling")},
    {INPUT_EMAIL, "email", offsetof(struct update_in, email), .required = true,
	.label = N_("E-post")},
    {INPUT_LINE, "phone", offsetof(struct update_in, phone), .max = 30, .label = N_("Telefon")},
    {INPUT_BOOL, "closed", offsetof(struct update_in, closed),
	.label = N_("Kontoen er stengt: personen kan ikke logge inn")},
    {0},
};

static struct err *
close_account(struct cx *cx, int64_t person_id, bool closed)
{
	int64_t n;

	TRY(q_account_disable(cx->db, cx->a, person_id, closed, cx->now_at, &n));
	return closed ? q_session_end_all(cx->db, cx->a, person_id, &n) : OK;
}

static struct err *
update(struct cx *cx, const void *arg, struct result *ret)
{
	const struct update_in *in = arg;
	struct q_person_by_pid *who;
	struct object object;
	int64_t n;

	TRY(person_load(cx, in->person, &who, &object));
	TRY(cx_need(cx, ACT_PERSON_UPDATE, &object));
	TRY(cx_same_rev(cx, in->rev, who->rev));
	if (in->closed && who->id == cx->actor->person_id)
		cx_fault(cx, "closed", N_("person.closes_self"), 0);
	TRY(email_is_free(cx, in->email, who->id));
	TRY(cx_faults(cx));
	TRY(q_person_set(
	    cx->db, cx->a, who->id, in->name, in->title, in->email, in->phone, &n));
	concerns(ret, who->pid);
	return close_account(cx, who->id, in->closed != 0);
}

/* --- a lost password or phone ----------------------------------------------------------- */

struct reset_in {
	str person;
	int64_t lost;
};

static const struct choice lost[] = {
    {"password", LINK_PASSWORD, N_("Passordet"),
	N_("Personen lager et nytt og bekrefter med telefonen.")},
    {"phone", LINK_PHONE, N_("Telefonen"),
	N_("Personen bekrefter med passordet og kobler til en ny telefon.")},
    {0},
};

static const struct input reset_inputs[] = {
    INPUT_PATH(struct reset_in, person),
    {INPUT_CHOICE, "lost", offsetof(struct reset_in, lost), .label = N_("Hva er mistet?"),
	.choices = lost},
    {0},
};

/* Whoever never got in gets the invitation anew. */
static struct err *
reset(struct cx *cx, const void *arg, struct result *ret)
{
	const struct reset_in *in = arg;
	struct q_account_state *state;
	struct q_person_by_pid *who;
	struct object object;

	TRY(person_load(cx, in->person, &who, &object));
	TRY(cx_need(cx, ACT_PERSON_RESET, &object));
	TRY(q_account_state(cx->db, cx->a, who->id, &state));
	bool has_both = state && state->has_password && state->has_totp;
	if (has_both && in->lost == INPUT_NONE)
		cx_fault(cx, "lost", N_("input.required"), 0);
	TRY(cx_faults(cx));
	concerns(ret, who->pid);
	ret->no_change = true;
	if (has_both)
		TRY(tell_person(cx, who->id, ACT_PERSON_RESET, "person", who->pid, S("")));
	return link_make(cx, who->id,
	    has_both ? (enum invitation_kind)in->lost : LINK_INVITATION, &ret->secret);
}

const struct usecase people_usecases[] = {
    {ACT_PERSON_INVITE, "/people", "Invite a person", invite_inputs, sizeof(struct invite_in),
	NULL, invite, false},
    {ACT_APPOINTMENT_ADD, "/people/:/appointments", "Appoint a person", add_inputs,
	sizeof(struct add_in), NULL, add_appointment, false},
    {ACT_APPOINTMENT_END, "/people/:/appointments/:/end", "End an appointment", end_inputs,
	sizeof(struct end_in), NULL, end_appointment, false},
    {ACT_PERSON_UPDATE, "/people/:", "Change contact data, or close the account", update_inputs,
	sizeof(struct update_in), NULL, update, false},
    {ACT_PERSON_RESET, "/people/:/reset", "Make a link for a lost password or phone",
	reset_inputs, sizeof(struct reset_in), NULL, reset, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

static enum account_state
state_of(bool has_password, bool closed)
{
	return closed ? ACCOUNT_CLOSED : has_password ? ACCOUNT_OPEN : ACCOUNT_NONE;
}

/* Seats are kept in bokmål; the reader has them as the charter says them. Empty: no seat. */
static str
seat_said(const struct cx *cx, str key, str label)
{
	return charter_seat_said(cx->charter, key, label, cx->lang);
}

/* Hands each line its appointments, which come in the order of persons. */
static struct err *
hand_out(struct cx *cx, const struct q_person_list *rows, struct person_lines *lines)
{
	int64_t *ids = arena_array(cx->a, int64_t, lines->n);
	struct q_appointments_in_force *t;
	size_t n;

	for (size_t i = 0; i < lines->n; i++)
		ids[i] = rows[i].id;
	TRY(q_appointments_in_force(
	    cx->db, cx->a, (struct ints){ids, lines->n}, cx->today, &t, &n));
	struct held *all = arena_array(cx->a, struct held, n);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct held){t[i].pid, t[i].party_name, t[i].body_abbr,
		    seat_said(cx, t[i].seat_key, t[i].seat_label), t[i].role, t[i].rank,
		    t[i].chairing, 0, DAY_NONE, true};
	for (size_t i = 0; i < lines->n; i++)
		for (size_t k = 0; k < n; k++)
			if (t[k].person_id == ids[i]) {
				lines->v[i].held =
				    lines->v[i].n_held ? lines->v[i].held : &all[k];
				lines->v[i].n_held++;
			}
	return OK;
}

struct err *
people_list(struct cx *cx, str after, int64_t n, struct person_lines *ret)
{
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct q_person_by_pid *from = NULL;
	struct q_person_list *rows;

	TRY(cx_need(cx, ACT_PERSON_LIST, &space));
	if (after.n)
		TRY(q_person_by_pid(cx->db, cx->a, after, &from));
	TRY(q_person_list(
	    cx->db, cx->a, from ? from->name : S(""), from ? from->id : 0, n, &rows, &ret->n));
	ret->v = arena_array(cx->a, struct person_line, ret->n);
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i] = (struct person_line){rows[i].pid, rows[i].name, rows[i].title,
		    rows[i].email, rows[i].phone, rows[i].party_name,
		    state_of(rows[i].has_password != 0, rows[i].disabled != 0), NULL, 0};
	ret->next = (int64_t)ret->n == n ? rows[ret->n - 1].pid : S("");
	return hand_out(cx, rows, ret);
}

static struct err *
all_held(struct cx *cx, int64_t person_id, struct person_card *ret)
{
	struct q_appointment_lines *t;

	TRY(q_appointment_lines(cx->db, cx->a, person_id, &t, &ret->n_held));
	struct held *v = arena_array(cx->a, struct held, ret->n_held);
	for (size_t i = 0; i < ret->n_held; i++) {
		v[i] = (struct held){t[i].pid, t[i].party_name, t[i].body_abbr,
		    seat_said(cx, t[i].seat_key, t[i].seat_label), t[i].role, t[i].rank,
		    t[i].chairing, t[i].from_day, t[i].has_to_day ? t[i].to_day : DAY_NONE,
		    false};
		v[i].in_force = v[i].from_day <= cx->today &&
				(!t[i].has_to_day || t[i].to_day >= cx->today);
	}
	ret->held = v;
	return OK;
}

static struct err *
account_of(struct cx *cx, int64_t person_id, struct person_card *ret)
{
	struct q_account_state *state;
	struct q_invitation_open *links;
	size_t n;

	TRY(q_account_state(cx->db, cx->a, person_id, &state));
	if (state)
		ret->account = state_of(state->has_password != 0, state->disabled != 0);
	TRY(q_invitation_open(cx->db, cx->a, person_id, cx->now_at, &links, &n));
	ret->link_until_at = n ? links[0].expires_at : 0;
	return OK;
}

struct err *
person_card(struct cx *cx, str pid, struct person_card *ret)
{
	struct q_person_by_pid *who;
	struct object object;

	TRY(person_load(cx, pid, &who, &object));
	*ret = (struct person_card){
	    .id = who->id,
	    .rev = who->rev,
	    .party_id = who->party_id,
	    .pid = who->pid,
	    .name = who->name,
	    .title = who->title,
	    .email = who->email,
	    .phone = who->phone,
	    .may_change =
		authorize(cx->actor, ACT_PERSON_UPDATE, &object, NULL) == VERDICT_ALLOW,
	    .may_appoint =
		authorize(cx->actor, ACT_APPOINTMENT_ADD, &object, NULL) == VERDICT_ALLOW,
	};
	TRY(account_of(cx, who->id, ret));
	return all_held(cx, who->id, ret);
}

struct err *
party_options(struct cx *cx, struct option **ret, size_t *ret_n)
{
	struct q_party_list *rows;

	TRY(q_party_list(cx->db, cx->a, &rows, ret_n));
	*ret = arena_array(cx->a, struct option, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct option){rows[i].pid, rows[i].name, S("")};
	return OK;
}

struct err *
seat_options(struct cx *cx, struct option **ret, size_t *ret_n)
{
	struct q_seat_all *rows;

	TRY(q_seat_all(cx->db, cx->a, ROLE_MEMBER, cx->today, &rows, ret_n));
	*ret = arena_array(cx->a, struct option, *ret_n);
	for (size_t i = 0; i < *ret_n; i++) {
		struct buf b = buf_new(cx->a, 1000);
		buf_put(&b, seat_said(cx, rows[i].key, rows[i].label));
		if (rows[i].has_party)
			buf_printf(&b, " · " STR_FMT, STR_ARG(rows[i].party));
		if (rows[i].has_holder)
			buf_printf(&b, " · " STR_FMT, STR_ARG(rows[i].holder));
		(*ret)[i] = (struct option){rows[i].pid, buf_str(&b), rows[i].body_abbr};
	}
	return OK;
}

struct err *
person_pid(struct cx *cx, int64_t person_id, str *ret)
{
	struct q_person_by_id *row = NULL;

	if (person_id)
		TRY(q_person_by_id(cx->db, cx->a, person_id, &row));
	*ret = row ? row->pid : S("");
	return OK;
}

struct err *
person_named(struct cx *cx, const char *field, str pid, int64_t *ret)
{
	struct q_person_by_pid *row = NULL;

	if (pid.n)
		TRY(q_person_by_pid(cx->db, cx->a, pid, &row));
	if (pid.n && !row)
		cx_fault(cx, field, N_("input.choice"), 0);
	*ret = row ? row->id : 0;
	return OK;
}
