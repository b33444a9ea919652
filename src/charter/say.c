#include "charter/say.h"

#include "base/clock.h"
#include "tr.h"

enum { SAID_MAX = 16 << 10, ANY_YEAR = 2001 };

/* --- putting sentences together --------------------------------------------------------- */

static struct buf
begin(const struct say *s)
{
	return buf_new(s->a, SAID_MAX);
}

static void
add(struct buf *b, str between, str part)
{
	if (part.n == 0)
		return;
	if (b->n)
		buf_put(b, between);
	buf_put(b, part);
}

/* The words are a noun that is the same for one and for many. */
static str
counted(const struct say *s, str words, int64_t n)
{
	return str_from_c(arena_printf(s->a, "%lld " STR_FMT, (long long)n, STR_ARG(words)));
}

static str
said(const struct say *s, const char *const *words, int i)
{
	return words[i] ? str_from_c(tr(s->lang, words[i])) : S("");
}

/* --- the parts of a body ---------------------------------------------------------------- */

static str
say_kind(const struct say *s, const struct charter_body *b)
{
	static const char *const kinds[] = {
	    [BODY_POLITICAL] = N_("politisk møte"),
	    [BODY_STRATEGIC] = N_("strategisk utvalg"),
	    [BODY_PROFESSIONAL] = N_("faglig utvalg"),
	    [BODY_LOCAL] = N_("lokalt utvalg"),
	    [BODY_SECRETARIAT] = N_("sekretariat"),
	    [BODY_NETWORK] = N_("nettverk"),
	    [BODY_WORKING_COMMITTEE] = N_("arbeidsutvalg"),
	    [BODY_MUNICIPAL] = N_("kommunenes eget organ"),
	};
	static const char *const levels[] = {
	    [LEVEL_1] = N_("nivå 1"),
	    [LEVEL_2] = N_("nivå 2"),
	    [LEVEL_3] = N_("nivå 3"),
	    [LEVEL_LOCAL] = N_("lokalt nivå"),
	};
	struct buf out = begin(s);

	add(&out, S(", "), said(s, kinds, (int)b->kind));
	add(&out, S(", "), said(s, levels, (int)b->level));
	if (b->temporary)
		add(&out, S(", "), str_from_c(tr(s->lang, N_("midlertidig"))));
	return buf_str(&out);
}

static str
say_seats(const struct say *s, const struct charter_body *b)
{
	static const char *const sides[] = {
	    [SIDE_MUNICIPAL] = N_("fra kommunene"),
	    [SIDE_TRUST] = N_("fra helseforetaket"),
	    [SIDE_USER] = N_("fra brukerne"),
	    [SIDE_GP] = N_("fra fastlegene"),
	    [SIDE_OTHER] = N_("fra andre"),
	};
	struct buf out = begin(s);

	for (int side = SIDE_MUNICIPAL; side <= SIDE_OTHER; side++) {
		int64_t n = charter_body_seats(b, (enum side)side, false);

		if (n)
			add(&out, S(", "), counted(s, said(s, sides, side), n));
	}
	return buf_str(&out);
}

static str
years(const struct say *s, int64_t n)
{
	return str_from_c(
	    arena_printf(s->a, trn(s->lang, "%lld år", "%lld år", (long long)n), (long long)n));
}

static str
window(const struct say *s, const struct charter_term *t)
{
	int64_t from = day_of(ANY_YEAR, (int)t->from_month, (int)t->from_month_day);
	int64_t to = day_of(ANY_YEAR, (int)t->to_month, (int)t->to_month_day);
	str begins = day_short(s->a, s->lang, from), ends = day_short(s->a, s->lang, to);

	return trf(
	    s->a, s->lang, "fra %s til %s", str_to_c(s->a, begins), str_to_c(s->a, ends));
}

static str
say_term(const struct say *s, const struct charter_body *b)
{
	const struct charter_term *t = &b->term;
	struct buf out = begin(s);

	if (t->years)
		add(&out, S(", "), years(s, t->years));
	if (t->from_month && t->to_month)
		add(&out, S(", "), window(s, t));
	if (t->continuous)
		add(&out, S(", "), str_from_c(tr(s->lang, "til noen andre blir oppnevnt")));
	if (t->re_election != RE_ELECTION_NOT_STATED)
		add(&out, S(", "),
		    str_from_c(t->re_election == RE_ELECTION_YES
				   ? tr(s->lang, "gjenvalg er mulig")
				   : tr(s->lang, "uten gjenvalg")));
	return buf_str(&out);
}

static str
alternation(const struct say *s, const struct charter_chair *c)
{
	struct buf out = begin(s);

	add(&out, S(""), str_from_c(tr(s->lang, "partene leder på skift")));
	if (c->period_years)
		add(&out, S(", "),
		    trf(s->a, s->lang, "%s om gangen",
			str_to_c(s->a, years(s, c->period_years))));
	if (c->start_day != DAY_NONE && c->first_side == SIDE_MUNICIPAL)
		add(&out, S(", "),
		    trf(s->a, s->lang, "kommunesiden først, fra %s",
			str_to_c(s->a, day_long(s->a, s->lang, c->start_day))));
	if (c->start_day != DAY_NONE && c->first_side == SIDE_TRUST)
		add(&out, S(", "),
		    trf(s->a, s->lang, "helseforetaket først, fra %s",
			str_to_c(s->a, day_long(s->a, s->lang, c->start_day))));
	return buf_str(&out);
}

static str
fixed_chair(const struct say *s, const struct charter_body *b)
{
	const struct charter_chair *c = &b->chair;
	struct buf out = begin(s);

	for (size_t i = 0; i < c->seats.n; i++) {
		const struct charter_composition *line = charter_composition(b, c->seats.v[i]);

		if (line)
			add(&out, S(", "), charter_say(&line->label, s->lang));
	}
	if (!out.n && c->first_side == SIDE_MUNICIPAL)
		add(&out, S(""), str_from_c(tr(s->lang, "alltid fra kommunesiden")));
	if (!out.n && c->first_side == SIDE_TRUST)
		add(&out, S(""), str_from_c(tr(s->lang, "alltid fra helseforetaket")));
	return buf_str(&out);
}

static str
say_chair(const struct say *s, const struct charter_body *b)
{
	static const char *const rules[] = {
	    [CHAIR_RULE_NOT_STATED] = NULL,
	    [CHAIR_RULE_SELF_CONSTITUTING] = N_("velger selv sin leder"),
	    [CHAIR_RULE_ALTERNATE] = NULL,
	    [CHAIR_RULE_PER_MEETING] = N_("avtales før hvert møte"),
	    [CHAIR_RULE_FIXED] = NULL,
	    [CHAIR_RULE_APPOINTED] = N_("oppnevnes"),
	};
	const struct charter_chair *c = &b->chair;
	struct buf out = begin(s);

	if (c->rule == CHAIR_RULE_ALTERNATE)
		add(&out, S(""), alternation(s, c));
	else if (c->rule == CHAIR_RULE_FIXED)
		add(&out, S(""), fixed_chair(s, b));
	else
		add(&out, S(""), said(s, rules, (int)c->rule));
	if (c->vice_chair)
		add(&out, S(", "), str_from_c(tr(s->lang, "har nestleder")));
	if (c->co_chair)
		add(&out, S(", "), str_from_c(tr(s->lang, "har to likestilte ledere")));
	return buf_str(&out);
}

static str
times_a_year(const struct say *s, const struct charter_cadence *c)
{
	long long n = c->per_year;

	switch (c->count) {
	case CADENCE_MIN:
		return str_from_c(arena_printf(s->a,
		    trn(s->lang, "minst %lld møte i året", "minst %lld møter i året", n), n));
	case CADENCE_ABOUT:
		return str_from_c(arena_printf(s->a,
		    trn(s->lang, "om lag %lld møte i året", "om lag %lld møter i året", n), n));
	case CADENCE_EXACT: break;
	}
	return str_from_c(
	    arena_printf(s->a, trn(s->lang, "%lld møte i året", "%lld møter i året", n), n));
}

static str
say_cadence(const struct say *s, const struct charter_body *b)
{
	const struct charter_cadence *c = &b->cadence;
	struct buf out = begin(s);
	long long weeks = c->interval_weeks;

	if (c->per_year)
		add(&out, S(", "), times_a_year(s, c));
	if (weeks)
		add(&out, S(", "),
		    str_from_c(arena_printf(
			s->a, trn(s->lang, "hver uke", "hver %lld. uke", weeks), weeks)));
	if (c->month)
		add(&out, S(", "),
		    trf(s->a, s->lang, "i %s",
			str_to_c(s->a, month_name(s->lang, (int)c->month))));
	if (c->extraordinary == EXTRAORDINARY_ONE_PARTY)
		add(&out, S(", "),
		    str_from_c(tr(s->lang, "én part kan kreve ekstraordinært møte")));
	if (c->extraordinary == EXTRAORDINARY_AGREED)
		add(&out, S(", "),
		    str_from_c(tr(s->lang, "ekstraordinært møte når begge sider er enige")));
	return buf_str(&out);
}

static str
say_authority(const struct say *s, const struct charter_body *b)
{
	static const char *const acts[] = {
	    [MAY_DECIDE] = N_("vedtar"),
	    [MAY_RECOMMEND] = N_("anbefaler"),
	    [MAY_ADVISE] = N_("gir råd"),
	    [MAY_NOTE] = N_("tar til orientering"),
	    [MAY_DELEGATE] = N_("delegerer"),
	    [MAY_APPROVE] = N_("godkjenner"),
	    [MAY_PREPARE] = N_("forbereder"),
	    [MAY_SUPPORT] = N_("støtter"),
	    [MAY_GUIDE] = N_("gir føringer"),
	    [MAY_CHOOSE] = N_("velger"),
	    [MAY_MANDATE] = N_("gir mandat"),
	    [MAY_INITIATE] = N_("setter i gang"),
	    [MAY_CREATE] = N_("oppretter"),
	};
	struct buf out = begin(s);

	for (size_t i = 0; i < b->n_authority; i++) {
		const struct charter_authority *may = &b->authority[i];
		bool again = i && b->authority[i - 1].act == may->act;

		if (!again)
			add(&out, S("; "), said(s, acts, (int)may->act));
		add(&out, again ? S(", ") : S(": "), charter_say(&may->text, s->lang));
	}
	return buf_str(&out);
}

static str
say_decision(const struct say *s, const struct charter_body *b)
{
	static const char *const rules[] = {
	    [0] = NULL,
	    [DECISION_CONSENSUS] = N_("enighet"),
	    [DECISION_MAJORITY] = N_("flertall"),
	    [DECISION_TWO_THIRDS] = N_("to tredeler"),
	    [DECISION_UNANIMITY] = N_("enstemmighet"),
	    [DECISION_NONE] = N_("gjør ikke vedtak"),
	};
	const struct charter_decision *d = &b->decision;
	struct buf out = begin(s);

	add(&out, S(""), said(s, rules, (int)d->rule));
	if (d->quorum_percent)
		add(&out, S(", "),
		    trf(s->a, s->lang, "minst %lld prosent til stede",
			(long long)d->quorum_percent));
	if (d->quorum_per_side)
		add(&out, S(", "),
		    trf(s->a, s->lang, "minst %lld til stede fra hver side",
			(long long)d->quorum_per_side));
	return buf_str(&out);
}

static str
say_agenda(const struct say *s, const struct charter_body *b)
{
	const struct charter_agenda *g = &b->agenda;
	struct buf who = begin(s), out = begin(s);

	for (size_t i = 0; i < g->setters.n; i++)
		add(&who, str_from_c(tr(s->lang, " og ")),
		    charter_say(&g->setters.v[i].label, s->lang));
	if (who.n)
		add(&out, S(""),
		    trf(s->a, s->lang, "settes av: %s", str_to_c(s->a, buf_str(&who))));
	if (charter_notice_days(b))
		add(&out, S("; "),
		    trf(s->a, s->lang, "innkalling senest %lld dager før",
			(long long)charter_notice_days(b)));
	return buf_str(&out);
}

static str
say_reports_to(const struct say *s, const struct charter_body *b)
{
	const struct charter_body *parent = charter_body_parent(s->c, b);

	return parent ? charter_say(&parent->name, s->lang) : S("");
}

/* --- all of them ------------------------------------------------------------------------ */

const struct say_part say_parts[SAY_PARTS] = {
    [SAY_KIND] = {N_("Slag"), say_kind},
    [SAY_REPORTS_TO] = {N_("Svarer til"), say_reports_to},
    [SAY_SEATS] = {N_("Plasser"), say_seats},
    [SAY_TERM] = {N_("Periode"), say_term},
    [SAY_CHAIR] = {N_("Leder"), say_chair},
    [SAY_CADENCE] = {N_("Møter"), say_cadence},
    [SAY_AGENDA] = {N_("Saksliste"), say_agenda},
    [SAY_AUTHORITY] = {N_("Myndighet"), say_authority},
    [SAY_DECISION] = {N_("Avgjøres ved"), say_decision},
};

const struct charter_basis *
say_basis(enum say_of part, const struct charter_body *b)
{
	switch (part) {
	case SAY_KIND: return &b->basis;
	case SAY_SEATS: return b->n_composition ? &b->composition[0].basis : NULL;
	case SAY_TERM: return &b->term.basis;
	case SAY_CHAIR: return &b->chair.basis;
	case SAY_CADENCE: return &b->cadence.basis;
	case SAY_AGENDA: return &b->agenda.basis;
	case SAY_AUTHORITY: return b->n_authority ? &b->authority[0].basis : NULL;
	case SAY_DECISION: return &b->decision.basis;
	case SAY_REPORTS_TO:
	case SAY_PARTS: break;
	}
	return NULL;
}
