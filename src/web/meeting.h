/* web/meeting.h - what the pages about meetings share. */
#ifndef WEB_MEETING_H
#define WEB_MEETING_H

#include "app/meeting.h"
#include "web/meeting_view.h"
#include "web/web.h"

struct url url_meeting(const struct request *rq, str pid);

struct text meeting_state_words(const struct request *rq, int64_t state);
enum ui_status meeting_state_status(int64_t state);
/* "torsdag 26. mars 2026 kl. 09.00–11.30" */
str meeting_when(const struct request *rq, int64_t starts_at, int64_t length_min);
struct text side_words(const struct request *rq, enum side side);
/* The same inside a sentence: "kommunene". */
struct text side_inline_words(const struct request *rq, enum side side);
/* "Enighet med merknad"; empty: the item has no outcome yet. */
struct text outcome_words(const struct request *rq, const struct agenda_item *item);

/* Head, title of the window and crumbs of a page about the meeting; under is the page below
 * the meeting's own, empty for that one itself. */
struct err *meeting_page(struct request *rq, const struct meeting_view *v, struct text under,
    struct frame *ret_frame, struct meeting_head *ret_head) NODISCARD;

/* The agenda with its times. */
struct agenda_row *agenda_rows(struct request *rq, const struct meeting_view *v);

/* The field of the clock beside a field of an instant: "starts_time". */
struct t_ui_field
clock_field(const struct request *rq, enum action action, const char *name, int64_t at);
/* Gives a field another id, so that it may come more than once on a page. */
struct t_ui_field field_as(const struct request *rq, struct t_ui_field f, const char *id_end);
/* A field of a choice among rows that only the page knows. */
struct t_ui_field
field_of(struct t_ui_field f, enum ui_field kind, const struct ui_option *options, size_t n);

/* Bodies to choose one from in the field of the name: n + 1 options, the first none of them. */
struct ui_option *
body_options(struct request *rq, const char *name, const struct body_choice *c, size_t n);

/* The request as a form in the row of pid sees it: what was written in another row, and what
 * was wrong with it, is not this row's. */
struct request request_for_row(const struct request *rq, str pid);

struct url after_meeting(struct request *rq, const struct result *done);

#endif
