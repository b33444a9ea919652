/*
 * app/public.h - what everybody may see: what the secretariat has published, and no more.
 *
 * These need no right: a thing that is not published is not found.
 */
#ifndef APP_PUBLIC_H
#define APP_PUBLIC_H

#include "app/cx.h"

struct public_meeting_line {
	str pid, label, body_name, place;
	int64_t starts_at;
	bool is_off; /* postponed, cancelled, or too few came */
};

struct public_decision_line {
	str pid, label, title, body_abbr;
	int64_t decided_day, authority; /* enum outcome */
};

struct public_agenda_line {
	str label, title; /* title empty: exempt */
	str matter_pid;   /* empty: the matter is not published */
	str exempt_basis; /* legal basis; empty: none */
	int64_t length_min;
};

struct public_meeting {
	str pid, label, body_name, place, minutes;
	int64_t starts_at, length_min, minutes_at; /* minutes_at 0: not published */
	bool is_off;
	const struct public_agenda_line *agenda;
	size_t n_agenda;
};

struct public_decision {
	str pid, label, title, text, remark, body_name, meeting_label, meeting_pid, matter_pid;
	int64_t decided_day, due_day, authority;
};

struct public_section {
	int64_t kind; /* enum section_kind */
	str text;     /* Markdown */
};

struct public_matter {
	str pid, label, title, summary, party_name;
	const struct public_section *sections;
	size_t n_sections;
};

/* Meetings to come, the soonest first. */
struct err *public_meetings_to_come(
    struct cx *cx, int64_t n, struct public_meeting_line **ret, size_t *ret_n) NODISCARD;
/* Meetings held and decisions made, the latest first: all of them, or on from after that of a
 * pid. */
struct err *public_meetings_held(struct cx *cx, str after, int64_t n,
    struct public_meeting_line **ret, size_t *ret_n) NODISCARD;
struct err *public_decisions(struct cx *cx, str after, int64_t n,
    struct public_decision_line **ret, size_t *ret_n) NODISCARD;
struct err *public_meeting_read(struct cx *cx, str pid, struct public_meeting *ret) NODISCARD;
struct err *public_decision_read(struct cx *cx, str pid, struct public_decision *ret) NODISCARD;
struct err *public_matter_read(struct cx *cx, str pid, struct public_matter *ret) NODISCARD;

#endif
