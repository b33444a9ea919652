/* web/decision_view.h - what the templates about decisions and follow-up are given. */
#ifndef WEB_DECISION_VIEW_H
#define WEB_DECISION_VIEW_H

#include "t_ui_field.h"
#include "web/ui.h"

struct decision_list_row {
	str title;
	struct text sub, words;
	enum ui_status status;
	struct url to;
};

struct line_row { /* one party's follow-up */
	str name, note;
	enum side side;
	enum ui_status status;
	struct text words, receipt, due, updated;
};

struct decision_offers {
	bool acknowledge, pass_on, update, update_for, excuse, remind, replace, publish, cite;
};

struct matrix_column {
	str title, label;
	struct text due, done;
	struct url to;
};

struct matrix_cell {
	enum ui_status status; /* UI_NO_STATUS: does not concern the party */
	struct text words;
};

struct matrix_line {
	str name;
	enum side side;
	const struct matrix_cell *cells;
	int64_t open_n;
};

struct matrix {
	const struct matrix_column *columns;
	size_t n_columns;
	const struct matrix_line *lines;
	size_t n_lines;
	int64_t open_n;
};

struct own_row { /* of the party acted for */
	str title;
	struct text sub, words, due;
	enum ui_status status;
	struct url to;
	struct text button;
};

struct minutes_row {
	struct text no, remark, who, note;
	struct html text;
	str title;
	enum ui_status status;
	struct text words;
	struct url to;
	const struct text *lines; /* positions, recusals, reason */
	size_t n_lines;
};

struct minutes_sign {
	enum side side;
	str name;
	struct text label, words;
	enum ui_status status;
};

struct minutes_said { /* a comment, or a correction */
	str pid, text;
	struct text by, about, answer;
	struct t_ui_field field; /* to answer in; name NULL: may not */
};

#endif
