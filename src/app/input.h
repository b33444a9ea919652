/*
 * app/input.h - what a use case takes in, declared once.
 *
 * From the one declaration come the form parser, the JSON parser, the OpenAPI document,
 * the fields on the page (label, help, limits) and the content of the journal entry. A
 * declared input is a member of a plain struct, found by its offset.
 *
 *	struct comment_add_in { str matter; str text; int64_t section; };
 *	static const struct input comment_add_inputs[] = {
 *		INPUT_PATH(struct comment_add_in, matter),
 *		{INPUT_TEXT, "text", offsetof(struct comment_add_in, text), .required = true,
 *		    .max = 4000, .label = "Kommentar"},
 *		{0},
 *	};
 *
 * Text is trimmed, valid UTF-8 in NFC without control characters, and has passed the
 * scanner for identity numbers before a use case sees it. Lengths are in characters.
 *
 * Errors     input  ERR_INVALID  one or more fields are wrong: cx->faults says which
 */
#ifndef APP_INPUT_H
#define APP_INPUT_H

#include "app/cx.h"

enum input_type {
	INPUT_LINE = 1, /* str, one line */
	INPUT_TEXT,     /* str, several lines */
	INPUT_EMAIL,    /* str, lower case */
	INPUT_SECRET,   /* str; never kept, redisplayed, scanned or journalled */
	INPUT_PID,      /* str: a public id, or empty */
	INPUT_PIDS,     /* struct strs: public ids, each once */
	INPUT_INT,      /* int64_t; INPUT_NONE when empty */
	INPUT_BOOL,     /* int64_t 0 or 1; a box that is not ticked is 0 */
	INPUT_CHOICE,   /* int64_t, by the key of the choice; INPUT_NONE when empty */
	INPUT_CHOICES,  /* int64_t bits, one bit per choice's value */
	INPUT_DAY,      /* int64_t civil day; INPUT_NONE when empty */
	INPUT_INSTANT,  /* int64_t UTC seconds, from local date and time; INPUT_NONE when empty
			 */
	INPUT_FILE,     /* struct upload */
};

#define INPUT_NONE INT64_MIN

struct strs {
	const str *v;
	size_t n;
};

struct upload { /* a file as it came, not yet read by anyone */
	str name;
	int fd;         /* readable and seekable; valid when n > 0 */
	int64_t n;      /* bytes */
	str sha256_hex; /* of them */
};

struct choice {
	const char *key; /* in forms and JSON */
	int64_t value;
	const char *label; /* bokmål, translated by tr() */
	const char *help;  /* may be NULL */
};

struct input {
	enum input_type type; /* 0 ends the list */
	const char *name;
	size_t offset;
	bool required;
	bool in_path;      /* fills a ":" of the path, in order: INPUT_PID, INPUT_INT */
	int64_t min, max;  /* characters, or the number itself; max 0: the type's own limit */
	const char *label; /* bokmål, translated by tr() */
	const char *help;
	const struct choice *choices; /* ends with a NULL key */
};

#define INPUT_PATH(T, member)                                                              \
	{                                                                                  \
		INPUT_PID, #member, offsetof(T, member), .required = true, .in_path = true \
	}
#define INPUT_REV(T)                                                            \
	{                                                                       \
		INPUT_INT, "rev", offsetof(T, rev), .required = true, .min = 1, \
						    .max = INT64_MAX            \
	}

/* One thing wrong with one field. code is a text key: "input.required". */
struct fault {
	const char *field, *code;
	int64_t number; /* for texts that name a limit */
};

struct faults {
	struct fault v[32];
	size_t n;
	str override_reason; /* why a text that only looks like an identity number is none */
};

/* The form field that carries override_reason. */
#define INPUT_OVERRIDE "_why_not_identity"

/* Name and value pairs as they came, from a form or from JSON. */
struct given {
	const str *names, *values;
	const struct upload *uploads; /* of the same index; n 0: not a file; NULL: no files */
	size_t n;
};

/* The first value given for name, or the empty str. */
str given_value(const struct given *g, const char *name);

/* Fills *in (zeroed by the caller) from what was given and from the path's arguments.
 * ERR_INVALID "input" when something is wrong, with every fault in cx->faults. */
struct err *input_read(struct cx *cx, const struct input *inputs, const struct given *g,
    const str *path_args, void *in) NODISCARD;

/* Adds a fault; a use case does so for rules about a single field. */
void cx_fault(struct cx *cx, const char *field, const char *code, int64_t number);

/* ERR_INVALID "input" when there are faults. */
struct err *cx_faults(struct cx *cx) NODISCARD;

/* The value as canonical text, for the journal and for drawing the form again. */
str input_text(struct arena *a, const struct input *input, const void *in);

#endif
