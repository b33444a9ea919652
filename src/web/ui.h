/*
 * web/ui.h - what the parts of pages (tpl/ui_*.html, tpl/frame_*.html) are given.
 *
 * A part is a template; the head of each says its arguments, docs/ui.md which to use when:
 *
 *	{{> ui_status status=UI_WAITING, words=tr("Venter på deg") }}
 *	{{> ui_party side=SIDE_MUNICIPAL, name=ui_text(o, v->party) }}
 *
 * Words in structs and arguments are struct text: tr() gives one, ui_text() makes one of str
 * and C strings. An empty one leaves out what it would fill.
 *
 * Ownership  What a function returns lives in the view's arena or is constant.
 * Errors     none.
 */
#ifndef WEB_UI_H
#define WEB_UI_H

#include "core/actor.h"
#include "web/static.h"
#include "web/view.h"

#define ui_text(o, x) html_text_s((o)->a, (x))

/* Every status has an icon, a colour and words. The words are the caller's. */
enum ui_status {
	UI_NO_STATUS = 0,
	UI_OK,      /* green tick: Støtter, Signert, Enighet, I kraft, Gjennomført, Betalt */
	UI_ONGOING, /* half circle: I gang, Til signering, Sendt, Saklisten er åpen */
	UI_REMARK,  /* speech bubble: Støtter med merknad, Enighet med merknad */
	UI_DEPUTY,  /* person with a tick: Vara */
	UI_WAITING, /* hourglass: Venter på deg, Til godkjenning */
	UI_SOON,    /* clock: Frist i morgen, Ett ledig sete, Ikke nådd */
	UI_OVERDUE, /* red triangle: Forsinket, Forfalt 19. april, Mangler bruker */
	UI_AGAINST, /* red octagon: Ber om endring, Ikke enighet, Sagt opp */
	UI_NOT_BEGUN, /* ring: Ikke svart, Ikke startet, Ikke signert */
	UI_ABSENT,    /* circle with a line: Forfall */
	UI_CLOSED,    /* padlock: Unntatt offentlighet, Låst */
	UI_NOTHING,   /* dash: intet svar på punktet, gjelder ikke */
};

enum ui_when { UI_PAST = 1, UI_NOW, UI_NEXT };

struct ui_link { /* to empty: plain words; text empty: nothing */
	struct text text;
	struct url to;
};

struct ui_step { /* of ui_steps */
	struct text name, note;
	enum ui_when when;
};

struct ui_event { /* of ui_thread */
	struct text what, note;
	struct url to;
	struct url receipt; /* proof that it was done, to keep; empty: none is given */
	enum ui_when when;
};

struct ui_stat { /* of ui_stats */
	struct text value, unit, label;
};

struct ui_chip { /* of ui_filters */
	struct text text;
	struct url to;
	bool current;
};

enum ui_fill {
	UI_FILL_OK = 1,
	UI_FILL_REMARK,
	UI_FILL_AGAINST,
	UI_FILL_NONE,
	UI_FILL_INK,
	UI_FILL_MUNICIPAL,
	UI_FILL_TRUST,
	UI_FILL_USER,
};

struct ui_share { /* of ui_bar */
	enum ui_fill fill;
	int64_t n;
};

struct ui_bench { /* of ui_parity */
	enum side side;
	int filled, seats;
	struct text name, note; /* "Kommunene", "én vara" */
};

enum ui_field { /* kinds of ui_field */
	UI_LINE = 0,
	UI_EMAIL,
	UI_PASSWORD,     /* the one the person has */
	UI_NEW_PASSWORD, /* the one the person makes */
	UI_CODE,         /* one-time code */
	UI_NUMBER,       /* digits; the server reads them */
	UI_DAY,          /* 26.03.2026; the server reads it */
	UI_TIME,         /* 09.00 */
	UI_AREA,         /* several lines */
	UI_SELECT,       /* one of many options */
	UI_RADIOS,       /* one of a few, under each other */
	UI_CARDS,        /* one of three or four, side by side */
	UI_BOXES,        /* any of the options */
	UI_BOX,          /* one tick, value "1"; chosen when the value is not empty */
	UI_FILE,
};

struct ui_option {
	str value;
	struct text label, help;
	bool chosen;
};

struct ui_fault { /* of ui_faults: id is the field's */
	const char *id;
	struct text error;
};

enum ui_look { UI_PRIMARY = 0, UI_SECONDARY, UI_TERTIARY, UI_DANGER };

struct ui_value {
	const char *name;
	str value;
};

/* --- in templates ----------------------------------------------------------------------- */
const char *ui_status_icon(enum ui_status status);
const char *ui_status_color(enum ui_status status); /* a value of data-color */
const char *ui_side_icon(enum side side, bool vacant);
const char *ui_side_color(enum side side);
const char *ui_fill_class(enum ui_fill fill);
/* "Fem", and 12: a number at the start of a sentence. */
const char *ui_number_word(struct arena *a, enum lang lang, int64_t n);

const char *ui_look_variant(enum ui_look look); /* a value of data-variant */

const char *ui_input_type(enum ui_field kind);
const char *ui_input_mode(enum ui_field kind);
const char *ui_input_auto(enum ui_field kind);
const char *ui_input_size(enum ui_field kind); /* empty: as wide as the form */
str ui_limit(struct arena *a, int64_t max);    /* empty: none */

/* The first letters of the first and the last name. */
str ui_initials(struct arena *a, str name);
/* part of whole for a width or an x: "52.38%". */
str ui_percent(struct arena *a, int64_t part, int64_t whole);
/* "id-suffix", for aria-describedby and the like; empty where the condition is false. */
str ui_id(struct arena *a, const char *id, const char *suffix, bool condition);
/* Whether page is among those the pager shows: the ends and the neighbours of current. */
bool ui_pager_shows(int page, int current, int pages);

struct url ui_icon_url(const struct view *o, const char *icon);

#endif
