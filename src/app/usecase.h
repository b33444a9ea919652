/*
 * app/usecase.h - one thing a person or a program can do, as data.
 *
 * Pages, the JSON API and the command line all go through usecase_perform(): it reads the
 * declared input, looks for identity numbers, runs the use case in one transaction on the
 * writer's thread, appends the one journal entry, and answers when all of it is safe.
 *
 * A use case checks its right with cx_need() on the object it has loaded, applies the
 * rule from core, writes, and says in *ret what it concerned.
 */
#ifndef APP_USECASE_H
#define APP_USECASE_H

#include "app/input.h"

enum { RESULT_FIELDS = 24 };

struct result {
	const char *type; /* of the object: "matter" */
	str pid;          /* its public id */
	str location;     /* a second id a page may want to go to: the new comment, or empty */
	str reason;       /* a code for the journal, or empty */
	str on_behalf;    /* key of the party for whom another registered it, or empty */
	str channel;      /* how it came then: "phone" */
	bool no_change;   /* it is recorded although no recorded row changed */
	str secret;       /* shown once to the caller and kept nowhere: a link, a token */
	/* Facts for the journal beside the declared input: what was derived. */
	struct {
		const char *name;
		str value;
	} note[RESULT_FIELDS];
	size_t n_notes;
};

struct usecase {
	enum action action;  /* its key is the API operation and the journal's action */
	const char *path;    /* "/matters/:/comments", under /api/v1; always POST */
	const char *summary; /* English, for the OpenAPI document */
	const struct input *inputs;
	size_t in_size; /* of the struct that the inputs fill */
	/* Slow work that needs no lock, on the caller's thread before run: hashing a password,
	 * reading an uploaded file. May add to *in. NULL: nothing. */
	struct err *(*prepare)(struct cx *cx, void *in);
	struct err *(*run)(struct cx *cx, const void *in, struct result *ret);
	bool unrecorded; /* writes nothing that belongs in the record (a login) */
};

/* Performs uc. once is the idempotency key of the form, or empty: the second time the
 * same key comes from the same person the first result is given and nothing is done. */
struct err *usecase_perform(struct cx *cx, const struct usecase *uc, const struct given *g,
    const str *path_args, str once, struct result *ret) NODISCARD;

/* The same with the input filled in already: for the command line and the demo. */
struct err *usecase_run(struct cx *cx, const struct usecase *uc, const void *in, str once,
    struct result *ret) NODISCARD;

void result_note(struct result *ret, const char *name, str value);

/* All use cases, area by area; each list ends with a zeroed one. */
extern const struct usecase *const usecases[];
const struct usecase *usecase_find(enum action action);

#endif
