#include "web/ui.h"

#include "tr.h"

#include <inttypes.h>

const char *
ui_status_icon(enum ui_status status)
{
	switch (status) {
	case UI_OK: return "CheckmarkCircleFill";
	case UI_ONGOING: return "Halv";
	case UI_REMARK: return "ChatElipsisFill";
	case UI_DEPUTY: return "PersonCheckmark";
	case UI_WAITING: return "Hourglass";
	case UI_SOON: return "Clock";
	case UI_OVERDUE: return "ExclamationmarkTriangleFill";
	case UI_AGAINST: return "XMarkOctagonFill";
	case UI_NOT_BEGUN: return "Ring";
	case UI_ABSENT: return "MinusCircle";
	case UI_CLOSED: return "PadlockLocked";
	case UI_NO_STATUS:
	case UI_NOTHING: return "Strek";
	}
	return "Strek";
}

const char *
ui_status_color(enum ui_status status)
{
	switch (status) {
	case UI_OK: return "success";
	case UI_ONGOING:
	case UI_REMARK:
	case UI_DEPUTY: return "info";
	case UI_WAITING:
	case UI_SOON: return "warning";
	case UI_OVERDUE:
	case UI_AGAINST: return "danger";
	case UI_NO_STATUS:
	case UI_NOT_BEGUN:
	case UI_ABSENT:
	case UI_CLOSED:
	case UI_NOTHING: return "neutral";
	}
	return "neutral";
}

const char *
ui_side_icon(enum side side, bool vacant)
{
	switch (side) {
	case SIDE_MUNICIPAL: return vacant ? "KommuneTom" : "Kommune";
	case SIDE_TRUST: return vacant ? "SykehusTom" : "Sykehus";
	case SIDE_USER: return vacant ? "BrukerTom" : "Bruker";
	case SIDE_GP: return vacant ? "FastlegeTom" : "Fastlege";
	case SIDE_NONE:
	case SIDE_OTHER: break;
	}
	return vacant ? "AnnenTom" : "Annen";
}

const char *
ui_side_color(enum side side)
{
	switch (side) {
	case SIDE_MUNICIPAL: return "kommune";
	case SIDE_TRUST: return "sykehus";
	case SIDE_USER: return "bruker";
	case SIDE_GP: return "fastlege";
	case SIDE_NONE:
	case SIDE_OTHER: break;
	}
	return "neutral";
}

const char *
ui_fill_class(enum ui_fill fill)
{
	static const char *const classes[] = {
	    [UI_FILL_OK] = "rt-fill-ok",
	    [UI_FILL_REMARK] = "rt-fill-merk",
	    [UI_FILL_AGAINST] = "rt-fill-nei",
	    [UI_FILL_NONE] = "rt-fill-track",
	    [UI_FILL_INK] = "rt-fill-ink",
	    [UI_FILL_MUNICIPAL] = "rt-fill-kommune",
	    [UI_FILL_TRUST] = "rt-fill-sykehus",
	    [UI_FILL_USER] = "rt-fill-bruker",
	};

	return classes[fill] ? classes[fill] : "rt-fill-track";
}

const char *
ui_look_variant(enum ui_look look)
{
	return look == UI_SECONDARY || look == UI_DANGER ? "secondary"
	       : look == UI_TERTIARY                     ? "tertiary"
							 : "primary";
}

/* How the browser shall treat a one-line field, by its kind. */
static const struct {
	const char *type, *mode, *autocomplete, *size;
} inputs[] = {
    [UI_LINE] = {"text", "", "off", ""},
    [UI_EMAIL] = {"email", "", "email", ""},
    [UI_PASSWORD] = {"password", "", "current-password", ""},
    [UI_NEW_PASSWORD] = {"password", "", "new-password", ""},
    [UI_CODE] = {"text", "numeric", "one-time-code", "10"},
    [UI_NUMBER] = {"text", "numeric", "off", "12"},
    [UI_DAY] = {"text", "", "off", "14"},
    [UI_TIME] = {"text", "", "off", "8"},
    [UI_FILE] = {"file", "", "off", ""},
};

const char *
ui_input_type(enum ui_field kind)
{
	return inputs[kind].type;
}

const char *
ui_input_mode(enum ui_field kind)
{
	return inputs[kind].mode;
}

const char *
ui_input_auto(enum ui_field kind)
{
	return inputs[kind].autocomplete;
}

const char *
ui_input_size(enum ui_field kind)
{
	return inputs[kind].size;
}

str
ui_limit(struct arena *a, int64_t max)
{
	return max > 0 ? str_from_c(arena_printf(a, "%lld", (long long)max)) : S("");
}

/* The bytes of the first character of s. */
static str
first_letter(str s)
{
	size_t n = s.n ? 1 : 0;

	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return (str){s.p, n};
}

str
ui_initials(struct arena *a, str name)
{
	struct buf b = buf_new(a, 16);
	str whole = str_trim(name), last = whole, head, tail;

	while (str_cut(last, ' ', &head, &tail))
		last = tail;
	buf_put(&b, first_letter(whole));
	if (last.p != whole.p)
		buf_put(&b, first_letter(last));
	return buf_str(&b);
}

str
ui_percent(struct arena *a, int64_t part, int64_t whole)
{
	int64_t hundredths = whole > 0 ? (part * 10000 + whole / 2) / whole : 0;

	return str_from_c(arena_printf(
	    a, "%lld.%02d%%", (long long)(hundredths / 100), (int)(hundredths % 100)));
}

str
ui_id(struct arena *a, const char *id, const char *suffix, bool condition)
{
	return condition ? str_from_c(arena_printf(a, "%s-%s", id, suffix)) : S("");
}

bool
ui_pager_shows(int page, int current, int pages)
{
	return page == 1 || page == pages || (page >= current - 1 && page <= current + 1);
}

struct url
ui_icon_url(const struct view *o, const char *icon)
{
	struct buf b = buf_new(o->a, 64); /* a page has dozens */

	buf_put(&b, S("i-"));
	buf_put(&b, str_from_c(icon));
	return url_fragment(o->a, url_static("ikoner.svg"), buf_str(&b));
}

const char *
ui_number_word(struct arena *a, enum lang lang, int64_t n)
{
	static const char *const words[] = {NULL, N_("Én"), N_("To"), N_("Tre"), N_("Fire"),
	    N_("Fem"), N_("Seks"), N_("Sju"), N_("Åtte"), N_("Ni")};

	return n > 0 && n < (int64_t)(sizeof(words) / sizeof(words[0]))
		   ? tr(lang, words[n])
		   : arena_printf(a, "%" PRId64, n);
}
