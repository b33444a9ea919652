/* web/history.h - what happened, in words. */
#ifndef WEB_HISTORY_H
#define WEB_HISTORY_H

#include "app/history.h"
#include "web/web.h"

/* The history of an object, as far back as the address asks for (hendelser=SEQ). */
struct err *history_asked(const struct request *rq, const char *object_type, str pid, int64_t n,
    struct history *ret) NODISCARD;
bool history_is_asked(const struct request *rq);

/* The lines as events of ui_thread: "Meldt", "12. januar · Drammen · Kari Holt". The same done
 * again on one day is one event, with how often or by which parties. Where lines are left out
 * stands the way to them: the page itself, further back. */
const struct ui_event *history_events(
    const struct request *rq, const struct history *h, struct url page, size_t *ret_n);

/* Every line as an event, the newest first; h->n of them. */
const struct ui_event *history_newest(const struct request *rq, const struct history *h);

/* What was done, in words: "Tatt imot av sekretariatet". */
struct text action_words(const struct request *rq, enum action action, str key);

/* When the first of these acts (at most three; ACT_NONE ends) that happened was last done;
 * 0: none was. */
int64_t history_last(const struct history *h, const enum action *acts);

#endif
