/*
 * charter/walk.h - fills C structs from a YAML tree by tables, and reports every misfit.
 *
 * A schema is a table of fields: name, kind, place in the struct. The walker visits a mapping
 * once, so that all its faults come in one pass with the line of the key or value at fault.
 */
#ifndef CHARTER_WALK_H
#define CHARTER_WALK_H

#include "charter/problem.h"

#include <stddef.h>
#include <yaml.h>

enum field_kind {
	F_STR,       /* str: one line of text */
	F_KEY,       /* str: names this thing; unique in its list */
	F_REF,       /* str: key of another thing, of kind refs */
	F_REFS,      /* struct charter_keys of the same */
	F_STRS,      /* struct charter_keys of free words */
	F_INT,       /* int64_t within min..max */
	F_BOOL,      /* bool */
	F_DAY,       /* int64_t, a date */
	F_MONTH_DAY, /* two int64_t: "04-01" */
	F_ENUM,      /* int, one of words */
	F_SET,       /* unsigned, set of 1u << value; one word or a list */
	F_MASK,      /* unsigned, the values themselves or-ed; one word or a list */
	F_TEXT,      /* struct charter_text: one string for all languages, or {nb, nn, en} */
	F_TEXTS,     /* pointer and count of struct charter_text */
	F_STRUCT,    /* a struct of schema sub, in place */
	F_LIST,      /* pointer and count of structs of schema sub */
	F_SERIES,    /* pointer and count of struct charter_population: {date: number} */
};

enum { REF_PARTY = 1, REF_REGION = 2, REF_BODY = 4, REF_SECRETARIAT = 8 };

struct words {
	const char *const *names; /* the value is the index; NULL: no such value */
	int max;
};

struct field {
	const char *name;
	enum field_kind kind;
	bool required;
	size_t at;   /* offset of the value, or of the pointer */
	size_t n_at; /* offset of the count */
	const struct schema *sub;
	const struct words *words;
	unsigned refs;
	int64_t min, max; /* of an int; max 0: no more than a million */
};

#define NOT_THERE ((size_t)-1)

struct schema {
	size_t size;
	const struct field *fields;
	size_t n_fields;
	size_t basis;  /* offset of a struct charter_basis, or NOT_THERE */
	size_t stated; /* offset of a bool set when the mapping is there, or NOT_THERE */
	size_t line;   /* offset of an int, or NOT_THERE */
	void (*defaults)(void *o); /* NULL: zeroes */
};

/* A reference to be resolved when the whole file is read. */
struct ref {
	str key;
	unsigned kinds;
	int line;
	str where;
};

struct walk {
	struct arena *a;
	struct problems *problems;
	yaml_document_t *doc;
	struct ref *refs;
	size_t n_refs, cap_refs;
	size_t visits;
};

/* Reads the tree into o. Text in o points into the document. Problems go to w->problems. */
void walk_document(struct walk *w, const struct schema *s, void *o);

#endif
