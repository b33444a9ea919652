/*
 * web/frame.h - what is around every page: menu, search, breadcrumbs, messages, footer.
 *
 * Three frames, each a pair of templates that the page's own template calls first and last:
 *
 *	frame_top, frame_bottom		for those who are signed in
 *	public_top, public_bottom	for everyone
 *	narrow_top, narrow_bottom	one column: login, invitation, errors
 *
 *	{{> frame_top frame=v->frame }}
 *	{{> ui_head title=tr("Saker") }}{{> ui_head_end }}
 *	...
 *	{{> frame_bottom frame=v->frame }}
 *
 * The dispatcher fills a struct frame for the person; the page adds title, current and
 * breadcrumbs.
 *
 * Ownership  Everything points into the request's arena.
 */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "web/ui.h"

enum nav { /* entries of the menu */
	NAV_NONE = 0,
	NAV_DAY,
	NAV_MATTERS,
	NAV_ROUNDS,
	NAV_MEETINGS,
	NAV_TASKS,
	NAV_SEARCH,
	NAV_STRUCTURE,
	NAV_AGREEMENTS,
	NAV_YEAR,
	NAV_DEVIATIONS,
	NAV_EQUALITY,
	NAV_MONEY,
	NAV_RECORD,
	NAV_ADMIN,
	NAV_COUNT,
};
#define NAV_BIT(nav) (1u << (nav))

enum public_nav {
	PUBLIC_NONE = 0,
	PUBLIC_MEETINGS,
	PUBLIC_DECISIONS,
	PUBLIC_AGREEMENTS,
	PUBLIC_ABOUT,
	PUBLIC_COUNT
};

struct frame_notice { /* answer to what the user just did, or what they must know */
	enum ui_status kind;
	struct text words;
};

struct frame {
	struct text title; /* of the page: "Min dag"; goes into <title> */
	str space;         /* "Helsefellesskapet Vest-Viken"; empty: none, the service itself */
	const struct ui_link *crumbs; /* the way here; the last is the page, without address */
	size_t n_crumbs;
	const struct frame_notice *notices;
	size_t n_notices;
	const struct ui_link *langs; /* this page in the other languages: "Nynorsk", ... */
	size_t n_langs;
	str query; /* what was searched for */

	/* signed in */
	enum nav current;
	unsigned shown;        /* NAV_BIT() of the entries this person has */
	int counts[NAV_COUNT]; /* what waits for the person there; 0 shows nothing */
	str person;
	struct text role; /* "Samhandlingssjef, kommunene" */
	enum side side;
	str acting_for;       /* the party; shown where switch_to is set */
	struct url switch_to; /* where to choose another; empty: there is only one */
	bool may_propose;     /* shows "Meld sak" */
	struct text printed;  /* today, for the head of a printed page: "5. mars 2026" */

	/* public */
	enum public_nav public_current;
	unsigned public_shown; /* NAV_BIT() of enum public_nav */
	str secretariat;       /* who answers, in a line */
	str email;             /* empty: none */
};

#endif
