/*
 * test/held.h - a meeting of the strategic body that has been held, for the tests of what
 * comes after it: one matter decided, one noted.
 */
#ifndef TEST_HELD_H
#define TEST_HELD_H

#include "people.h"

struct held {
	const char *meeting;                   /* pid */
	const char *decided, *noted;           /* pids of matters */
	const char *decision, *noted_decision; /* pids */
	const char *item;                      /* of the decided matter */
};

/* due: "2026-06-01", or "" for the charter's own. */
struct held held_meeting(struct people *p, const char *due);
/* The same when the matter that is decided has that scope, and takes up a decision again. */
struct held
held_meeting_about(struct people *p, const char *due, const char *scope, const char *decision);

/* Writes the minutes, and lets the chair and the vice-chair approve them. */
void held_draft(struct people *p, const struct held *h);
void held_approve(struct people *p, const struct held *h);

struct meeting *meeting_now(struct people *p, const char *pid);
struct matter *matter_now(struct people *p, const char *pid);
struct minutes_words *words_now(struct people *p, const char *meeting);
struct decision *decision_now(struct people *p, const char *pid);
/* The line of a party. */
struct followup *line_now(struct people *p, const char *decision, const char *party_key);
const char *number(struct people *p, int64_t n);

#endif
