/* web/round_view.h - what the templates about rounds are given. */
#ifndef WEB_ROUND_VIEW_H
#define WEB_ROUND_VIEW_H

#include "app/round.h"
#include "web/ui.h"

struct round_cell { /* one party's row of the matrix */
	const struct round_party *p;
	enum ui_status status;
	struct text words;
	struct text by;   /* who answered; empty: nobody */
	struct text when; /* it was answered, or last reminded: "26. februar" */
	struct text more; /* "for sent", "på vegne, telefon"; empty: nothing */
	struct url to;    /* the page of the party's answer; empty: not for this actor */
	bool may_remind;
};

struct round_region { /* a group of the matrix */
	str name;
	struct text note; /* "3 av 4 har svart" */
	const struct round_cell *cells;
	size_t n;
};

struct round_remark { /* a comment or an objection */
	const struct round_party *p;
	struct text by;
	enum ui_status status;
	struct text words; /* what became of it */
	struct url to;     /* where it is disposed of; empty: not by this actor */
};

struct round_item {          /* of a list of rounds */
	struct url to, open; /* open: confirms opening and goes there; empty: done before */
	struct text title, sub, words;
	enum ui_status status;
	const struct round_line *line; /* NULL where it waits for the actor */
};

struct round_size { /* of round_rates */
	struct text name;
	int64_t asked_n, answered_n, late_n;
};

struct round_text { /* a section of what is read */
	struct text name;
	struct html body;
	bool is_proposal; /* what is asked about */
};

struct round_offers { /* what the actor may do now */
	bool look, answer, withdraw, answer_for, remind, extend, dispose, close, cancel;
};

#endif
