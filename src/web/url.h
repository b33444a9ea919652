/*
 * web/url.h - addresses in pages. Only url_*() functions make a struct url, so that what
 * stands in href, action and the like is always a path of ours, percent-encoded, or an address
 * that was checked.
 *
 * Ownership  The text lives in the arena, or is constant.
 * Errors     none.
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include "base/str.h"

struct url {
	str s;
};

struct url_arg { /* made by url_path() from str, C strings and integers */
	str s;
	int64_t n;
	bool is_number;
};

/* base + fmt, where each % takes the next argument, percent-encoded by its type:
 * url_path(o->a, o->base, "/saker/%/vedlegg/%", m->pid, number). At most six. */
#define url_path(a, base, ...)                                                            \
	URL_PICK_(__VA_ARGS__, URL_6_, URL_5_, URL_4_, URL_3_, URL_2_, URL_1_, URL_0_, 0) \
	(a, base, __VA_ARGS__)

/* u with ?name=value or &name=value. An empty text is left out. */
#define url_with(a, u, name, value) url_with_((a), (u), (name), url_arg_(value))

/* u with #name; a bare #name where u is empty. */
struct url url_fragment(struct arena *a, struct url u, str name);

struct url url_mailto(struct arena *a, str address);

/* --- behind the macros ------------------------------------------------------------------ */
struct url
url_path_(struct arena *a, str base, const char *fmt, const struct url_arg *args, size_t n);
struct url url_with_(struct arena *a, struct url u, const char *name, struct url_arg value);

static inline struct url_arg
url_arg_str_(str s)
{
	return (struct url_arg){.s = s};
}
static inline struct url_arg
url_arg_c_(const char *s)
{
	return (struct url_arg){.s = str_from_c(s)};
}
static inline struct url_arg
url_arg_int_(int64_t n)
{
	return (struct url_arg){.n = n, .is_number = true};
}
#define url_arg_(x) \
	_Generic((x), str : url_arg_str_, const char * : url_arg_c_, char * : url_arg_c_,   \
	    int : url_arg_int_, long : url_arg_int_, long long : url_arg_int_)(x)
#define URL_PICK_(f, a1, a2, a3, a4, a5, a6, name, ...) name
#define URL_0_(a, base, f)                              url_path_((a), (base), (f), NULL, 0)
#define URL_N_(a, base, f, ...)                                            \
	url_path_((a), (base), (f), (const struct url_arg[]){__VA_ARGS__}, \
	    sizeof((const struct url_arg[]){__VA_ARGS__}) / sizeof(struct url_arg))
#define URL_1_(a, base, f, p)       URL_N_(a, base, f, url_arg_(p))
#define URL_2_(a, base, f, p, q)    URL_N_(a, base, f, url_arg_(p), url_arg_(q))
#define URL_3_(a, base, f, p, q, r) URL_N_(a, base, f, url_arg_(p), url_arg_(q), url_arg_(r))
#define URL_4_(a, base, f, p, q, r, s) \
	URL_N_(a, base, f, url_arg_(p), url_arg_(q), url_arg_(r), url_arg_(s))
#define URL_5_(a, base, f, p, q, r, s, t) \
	URL_N_(a, base, f, url_arg_(p), url_arg_(q), url_arg_(r), url_arg_(s), url_arg_(t))
#define URL_6_(a, base, f, p, q, r, s, t, u)                                                \
	URL_N_(a, base, f, url_arg_(p), url_arg_(q), url_arg_(r), url_arg_(s), url_arg_(t), \
	    url_arg_(u))

#endif
