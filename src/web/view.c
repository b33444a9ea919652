#include "web/view.h"

#include <inttypes.h>

enum { PAGE_FIRST = 40 << 10 }; /* most pages, and it need not be moved */

#define HARD_SPACE "\xc2\xa0"

struct view
view_new(struct arena *a, enum lang lang, str base, int64_t now_at, size_t max)
{
	struct view o = {
	    .b = buf_new(a, max), .a = a, .lang = lang, .base = base, .now_at = now_at};

	buf_reserve(&o.b, PAGE_FIRST);
	return o;
}

str
view_form_key(struct view *o)
{
	return str_from_c(arena_printf(o->a, STR_FMT ".%d", STR_ARG(o->key_seed), ++o->n_keys));
}

const char *
view_lang_tag(const struct view *o)
{
	return o->lang == LANG_NN ? "nn" : o->lang == LANG_EN ? "en" : "nb";
}

/* The digits of n in groups of three. */
static void
put_grouped(struct buf *b, uint64_t n, str between)
{
	if (n >= 1000) {
		put_grouped(b, n / 1000, between);
		buf_put(b, between);
		buf_printf(b, "%03" PRIu64, n % 1000);
	} else {
		buf_printf(b, "%" PRIu64, n);
	}
}

static void
put_number(const struct view *o, struct buf *b, int64_t n)
{
	if (n < 0)
		buf_put(b, S("\xe2\x88\x92")); /* the minus sign */
	put_grouped(
	    b, n < 0 ? -(uint64_t)n : (uint64_t)n, o->lang == LANG_EN ? S(",") : S(HARD_SPACE));
}

struct text
view_number(const struct view *o, int64_t n)
{
	struct buf b = buf_new(o->a, 64);

	put_number(o, &b, n);
	return (struct text){buf_str(&b)};
}

struct text
view_percent(const struct view *o, int64_t part, int64_t whole)
{
	struct buf b = buf_new(o->a, 64);

	if (whole <= 0)
		return (struct text){S("\xe2\x80\x93")};
	put_number(o, &b, (int64_t)(((__int128)part * 200 + whole) / (2 * (__int128)whole)));
	buf_put(&b, o->lang == LANG_EN ? S("%") : S(HARD_SPACE "%"));
	return (struct text){buf_str(&b)};
}

struct text
view_bytes(const struct view *o, int64_t n_bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	struct buf b = buf_new(o->a, 64);
	size_t u = 0;
	int64_t tenths = n_bytes * 10;

	for (; tenths >= 10000 && u < 4; u++)
		tenths = (tenths + 500) / 1000;
	put_number(o, &b, tenths / 10);
	if (u && tenths % 10 && tenths < 100)
		buf_printf(&b, "%c%d", o->lang == LANG_EN ? '.' : ',', (int)(tenths % 10));
	buf_printf(&b, HARD_SPACE "%s", units[u]);
	return (struct text){buf_str(&b)};
}
