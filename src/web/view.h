/*
 * web/view.h - what every template is given beside its own arguments, and how numbers are
 * written in each language.
 *
 * A template NAME.html becomes void t_NAME(struct view *o, const struct t_NAME *v).
 *
 * Units      Instants are int64_t UTC seconds (_at), money is in hundredths (_ore).
 * Ownership  Everything lives in a.
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "base/lang.h"
#include "web/html.h"
#include "web/url.h"

struct view {
	struct buf b; /* the page so far */
	struct arena *a;
	enum lang lang;
	str base; /* URL prefix of the space: "/vestre-viken", or empty */
	int64_t now_at;
	str token;      /* of the session, for forms; empty where nobody is signed in */
	str acting_for; /* key of the party that forms are sent for; empty: none */
	str key_seed;   /* random and new for each page: the forms' keys are made of it */
	int n_keys;     /* forms so far */
};

/* A page of at most max bytes. */
struct view view_new(struct arena *a, enum lang lang, str base, int64_t now_at, size_t max);

/* The key of the next form on the page. Another for every form and every showing of it, so that
 * what is sent twice can be told from what is done twice. */
str view_form_key(struct view *o);

/* "nb", "nn" or "en". */
const char *view_lang_tag(const struct view *o);

/* 1234567 as "1 234 567" with hard spaces; "1,234,567" in English. */
struct text view_number(const struct view *o, int64_t n);
/* part of whole, to the nearest whole percent: "45 %", "45%" in English, "–" of nothing. */
struct text view_percent(const struct view *o, int64_t part, int64_t whole);
/* 1536 bytes as "1,5 kB" (steps of 1000, as people's file managers do). */
struct text view_bytes(const struct view *o, int64_t n_bytes);

#endif
