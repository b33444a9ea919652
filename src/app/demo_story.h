/*
 * app/demo_story.h - what the demo's files share: the people, and acting as them.
 */
#ifndef APP_DEMO_STORY_H
#define APP_DEMO_STORY_H

#include "app/demo.h"
#include "app/open.h"
#include "app/usecase.h"
#include "base/random.h"

enum { DEMO_PEOPLE_MAX = 600 };

struct demo_person {
	str key; /* "contact.halden", "secretary.municipal", the key of a seat, "chair" */
	str pid, name, email;
	int64_t id;
};

struct demo {
	struct arena *a;
	struct opened *o;
	struct house *house;
	struct random random;
	int64_t day, now_at; /* now_at: the clock of the story */
	struct demo_person people[DEMO_PEOPLE_MAX];
	size_t n_people, n_names;
	const struct charter_body *body; /* the strategic one */
	struct result last;              /* of the latest act */
	struct demo_done *done;
};

/* NULL: nobody has the key. */
const struct demo_person *demo_person(const struct demo *d, const char *key);

/* Moves the clock to so many days before the day, at a time; it never goes back. */
void demo_at(struct demo *d, int64_t days_before, int hour, int minute);

/* A context of nobody's, now. */
struct cx *demo_cx_system(struct demo *d);
/* A context in which the person acts now. */
struct err *demo_cx(struct demo *d, const char *who, struct cx **ret) NODISCARD;

/* Performs a use case; what it led to is in d->last. pairs: name, value, ..., NULL; a name
 * given twice is a list. A revision that is asked for and not given is the row's own, now. */
struct err *demo_perform(
    struct demo *d, struct cx *cx, enum action action, const char *const *pairs) NODISCARD;

/* The same by a person; the clock moves on a minute or two. */
#define demo_act(d, who, action, ...) \
	demo_act_list(                \
	    (d), (who), (action), (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
struct err *demo_act_list(
    struct demo *d, const char *who, enum action action, const char *const *pairs) NODISCARD;

/* All that happens in a space, oldest first. */
struct err *demo_tell(struct demo *d) NODISCARD;

#endif
