/*
 * app/people.h - people and what they may act for, as an administrator keeps them.
 *
 * Inviting makes a person, perhaps an appointment, and a one-time link that is shown once. An
 * administrator starts a reset and never sets a password; a reset renews the password or the
 * phone, never both. Every change of an appointment is told to the secretaries of both sides.
 *
 * Errors     person.email_taken        fault         somebody else has the address
 *            appointment.not_for       fault         the role is not held for that party
 *            appointment.seat_taken    fault         the seat, or the rank, has a holder
 *            appointment.last_admin    ERR_CONFLICT  nobody would be left to run the service
 */
#ifndef APP_PEOPLE_H
#define APP_PEOPLE_H

#include "app/usecase.h"

/* --- reading ---------------------------------------------------------------------------- */
struct held {                       /* an appointment in words */
	str pid, party, body, seat; /* body, seat: empty where there is none */
	int64_t role, rank, chairing, from_day, to_day; /* to_day DAY_NONE: until ended */
	bool in_force;
};

enum account_state {      /* how far a person has come */
	ACCOUNT_NONE = 0, /* no password yet */
	ACCOUNT_OPEN = 1,
	ACCOUNT_CLOSED = 2, /* closed by an administrator */
};

struct person_line {
	str pid, name, title, email, phone, party;
	enum account_state account;
	const struct held *held; /* in force today */
	size_t n_held;
};

struct person_lines {
	struct person_line *v;
	size_t n;
	str next; /* pid to go on after; empty: that was all */
};

/* In the order of names, after the person of that pid (empty: from the start). */
struct err *
people_list(struct cx *cx, str after, int64_t n, struct person_lines *ret) NODISCARD;

struct person_card {
	int64_t id, rev, party_id;
	str pid, name, title, email, phone;
	enum account_state account;
	int64_t link_until_at;   /* a one-time link is open until then; 0: none */
	const struct held *held; /* all, ended ones too, the newest first */
	size_t n_held;
	bool may_change, may_appoint; /* this actor */
};
struct err *person_card(struct cx *cx, str pid, struct person_card *ret) NODISCARD;

/* What can be chosen for an appointment. */
struct option {
	str pid, name, group; /* group: the body of a seat */
};
struct err *party_options(struct cx *cx, struct option **ret, size_t *ret_n) NODISCARD;
struct err *seat_options(struct cx *cx, struct option **ret, size_t *ret_n) NODISCARD;

/* The person if the actor may see it. */
struct q_person_by_pid;
struct err *person_load(
    struct cx *cx, str pid, struct q_person_by_pid **ret, struct object *ret_object) NODISCARD;

/* The public id of a person; empty for 0. */
struct err *person_pid(struct cx *cx, int64_t person_id, str *ret) NODISCARD;

/* The person that a field of an act names, 0 if it is empty; a fault of the field if there is
 * no such person. */
struct err *person_named(struct cx *cx, const char *field, str pid, int64_t *ret) NODISCARD;

/* An actor with the rights of an administrator and no person: the command line. */
const struct actor *operator_actor(void);

extern const struct choice people_roles[], people_chairings[];
extern const struct usecase people_usecases[];

#endif
