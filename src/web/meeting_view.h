/* web/meeting_view.h - what the templates about meetings are given. */
#ifndef WEB_MEETING_VIEW_H
#define WEB_MEETING_VIEW_H

#include "core/meeting_row.h"
#include "t_ui_field.h"
#include "web/ui.h"

struct meeting_head { /* of every page about one meeting */
	struct text eyebrow, title, status_words;
	enum ui_status status;
	const struct ui_link *meta;
	size_t n_meta;
};

struct meeting_list_row {
	int day;
	struct text month, title, sub, status_words;
	enum ui_status status;
	struct url to;
};

struct agenda_row {
	struct text time, title, sub;
	struct url to;   /* the matter; empty: none, or not for this person */
	struct url take; /* takes it up; empty: may not */
	struct url undo; /* undoes its outcome; empty: may not */
	int64_t rev;     /* of the item */
	enum ui_when when;
	bool is_done;
	/* editing */
	struct text minutes;
	struct url order, remove; /* empty: may not */
	struct t_ui_field kind, length, reason;
	bool is_matter, is_tried; /* is_tried: its form came back with a fault */
};

struct place_row { /* an approval of the agenda */
	struct text label, who;
	bool is_given;
};

struct premeeting_row {
	enum side side;
	struct text name, words;
	enum ui_status status;
};

struct meeting_offers { /* what the actor may do now */
	bool edit_agenda, approve, reopen, summon, update, postpone, reschedule, cancel,
	    agree_chair, announce, archive, reply, sit, is_today, read_minutes, own_premeeting;
};

struct bench_seat {
	enum side side;
	str name; /* who is there, or who holds the seat; empty: nobody */
	struct text note, status_words;
	struct text
	    returns; /* a deputy sits: what it is called that the member takes the seat */
	enum ui_status status;
	bool can_member, can_absent, can_undo, can_mandate;
	struct url to;
	str person;                      /* the deputy who is there */
	const struct ui_value *deputies; /* name: person's name, value: pid */
	size_t n_deputies;
};

struct bench {
	struct text name;
	const struct bench_seat *seats;
	size_t n;
};

struct voice_row {
	enum side side;
	struct text name;
	str text, minority;
};

struct stand_row {
	struct text party, words;
	str text;
	enum ui_status status;
};

struct premeeting_item {
	const struct agenda_item *item;
	struct text title, label, summary;
	struct url to, stand, position, release;
	const struct stand_row *stands;
	size_t n_stands;
	bool is_tried, is_silent, has_position, is_released, may_stand, may_position,
	    may_release;
	struct text position_words, released;
	enum ui_status position_status;
	str text, minority;
	struct t_ui_field f_party, f_stand, f_stand_text, f_position, f_text, f_minority;
};

#endif
