/*
 * tools/text.h - what tplgen and pogen share: finding calls in C code, reading string
 * literals, the names of translated texts and the conversions in them.
 *
 * Tools run once and exit: they allocate and never free.
 */
#ifndef TOOLS_TEXT_H
#define TOOLS_TEXT_H

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOOL static __attribute__((unused))
enum { CALL_ARGS = 16, CONVERSIONS = 16 };

/* A piece of source. */
struct piece {
	const char *p;
	size_t n;
};

TOOL bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

TOOL struct piece
trim(struct piece s)
{
	while (s.n && isspace((unsigned char)s.p[0]))
		s.p++, s.n--;
	while (s.n && isspace((unsigned char)s.p[s.n - 1]))
		s.n--;
	return s;
}

/* The end of what starts at p and is no code of its own: a string, a character or a comment;
 * p itself where code starts there. */
TOOL const char *
skip_quiet(const char *p, const char *end)
{
	const char *at = p;

	if (p + 1 < end && p[0] == '/' && (p[1] == '*' || p[1] == '/')) {
		bool block = p[1] == '*';
		for (at = p + 2; at < end; at++) {
			if (!block && *at == '\n')
				return at;
			if (block && at + 1 < end && at[0] == '*' && at[1] == '/')
				return at + 2;
		}
		return end;
	}
	if (*p != '"' && *p != '\'')
		return p;
	for (at = p + 1; at < end && *at != *p && *at != '\n'; at++)
		if (*at == '\\' && at + 1 < end)
			at++;
	return at < end ? at + 1 : end;
}

/* The first character at or after p that is one of stops and stands outside brackets, strings
 * and comments; end if there is none. */
TOOL const char *
find_outside(const char *p, const char *end, const char *stops)
{
	int depth = 0;

	while (p < end) {
		const char *q = skip_quiet(p, end);
		if (q != p) {
			p = q;
			continue;
		}
		if (depth == 0 && strchr(stops, *p))
			return p;
		if (strchr("([{", *p))
			depth++;
		if (strchr(")]}", *p))
			depth--;
		p++;
	}
	return end;
}

/* A call found in code. */
struct call {
	struct piece name;
	struct piece args[CALL_ARGS];
	size_t n_args;
	const char *end; /* after the closing bracket */
};

/* Reads the call whose name starts at p and is one of names: false if none does. */
TOOL bool
read_call(const char *p, const char *end, const char *const *names, struct call *ret)
{
	size_t n = 0;

	while (p + n < end && is_word(p[n]))
		n++;
	for (; *names; names++)
		if (strlen(*names) == n && memcmp(*names, p, n) == 0)
			break;
	if (!*names || p + n >= end || p[n] != '(')
		return false;
	*ret = (struct call){.name = {p, n}};
	for (p += n + 1; p < end && ret->n_args < CALL_ARGS;) {
		const char *stop = find_outside(p, end, ",)");
		if (stop == end)
			return false;
		ret->args[ret->n_args++] = trim((struct piece){p, (size_t)(stop - p)});
		if (*stop == ')') {
			ret->end = stop + 1;
			return true;
		}
		p = stop + 1;
	}
	return false;
}

TOOL int
escape_value(const char **p, const char *end)
{
	static const char from[] = "ntr\"'\\?ab", to[] = "\n\t\r\"'\\?\a\b";
	const char *at;
	int v = 0;

	if (**p >= '0' && **p <= '7') {
		for (int i = 0; i < 3 && *p < end && **p >= '0' && **p <= '7'; i++)
			v = v * 8 + *(*p)++ - '0';
		return v;
	}
	if (**p == 'x') {
		for (++*p; *p < end && isxdigit((unsigned char)**p); ++*p)
			v = v * 16 +
			    (isdigit((unsigned char)**p) ? **p - '0' : (**p | 32) - 'a' + 10);
		return v;
	}
	at = strchr(from, *(*p)++);
	return at && at[0] ? to[at - from] : -1;
}

/* The text of "a" "b" PRId64: true where s is string literals and nothing else. */
TOOL bool
literal(struct piece s, char **ret)
{
	const char *p = s.p, *end = s.p + s.n;
	char *text = calloc(1, s.n + 8), *to = text;

	if (!text || s.n == 0 || *p != '"')
		return false;
	while (p < end) {
		if (isspace((unsigned char)*p)) {
			p++;
		} else if ((size_t)(end - p) >= 6 && memcmp(p, "PRId64", 6) == 0) {
			to = stpcpy(to, "ld");
			p += 6;
		} else if (*p == '"') {
			for (p++; p < end && *p != '"';) {
				int c = *p++;
				if (c == '\\' && p < end && (c = escape_value(&p, end)) < 0)
					return false;
				*to++ = (char)c;
			}
			if (p++ == end)
				return false;
		} else {
			return false;
		}
	}
	*ret = text;
	return true;
}

/* The C name of a text: PREFIX_slug_hash. */
TOOL char *
text_name(const char *prefix, const char *msgid)
{
	uint64_t hash = 0xcbf29ce484222325;
	char slug[25], *name;
	size_t n = 0;

	for (const unsigned char *u = (const unsigned char *)msgid; *u; u++) {
		hash = (hash ^ *u) * 0x100000001b3;
		if (n < sizeof(slug) - 1 && (isalnum(*u) || (n && slug[n - 1] != '_')))
			slug[n++] = isalnum(*u) && *u < 0x80 ? (char)tolower(*u) : '_';
	}
	slug[n] = 0;
	if (asprintf(&name, "%s_%s_%012llx", prefix, slug, (unsigned long long)(hash >> 16)) <
	    0)
		abort();
	return name;
}

/* The conversions of a format in the order of their arguments: "s", "d", "ld", "*s". */
struct conversions {
	char type[CONVERSIONS][8]; /* "" where %1$s left a gap */
	size_t n;
	const char *fault; /* NULL, or what is wrong */
};

TOOL struct conversions
conversions(const char *f)
{
	struct conversions c = {0};
	bool counted = false, numbered = false;

	for (; *f; f++) {
		size_t at = c.n, k = 0;
		if (*f != '%' || *++f == '%')
			continue;
		size_t digits = strspn(f, "0123456789");
		if (digits && f[digits] == '$') {
			at = (size_t)strtoul(f, NULL, 10) - 1;
			f += digits + 1;
			numbered = true;
		} else {
			counted = true;
		}
		if (at >= CONVERSIONS || (numbered && counted)) {
			c.fault = "mixes %s and %1$s, or has too many conversions";
			return c;
		}
		char type[8] = "";
		for (f += strspn(f, "-+ #0123456789."); *f && strchr("*lhzjt.", *f); f++)
			if (*f != '.' && k < 4)
				type[k++] = *f;
		if (!*f || !strchr("diuxXcsfgeo", *f) || (numbered && strchr(type, '*'))) {
			c.fault = "has a conversion that is not allowed";
			return c;
		}
		type[k++] = *f == 'i' ? 'd' : *f;
		if (c.type[at][0] && strcmp(c.type[at], type) != 0)
			c.fault = "uses one argument as two types";
		memcpy(c.type[at], type, sizeof(type));
		if (c.n <= at)
			c.n = at + 1;
	}
	for (size_t i = 0; i < c.n && !c.fault; i++)
		if (!c.type[i][0])
			c.fault = "leaves an argument out";
	return c;
}

#endif
