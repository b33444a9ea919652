#include "web/task.h"

#include "base/clock.h"
#include "tr.h"
#include "web/site.h"

#include <string.h>

/* How each kind of task is said. A %s in words is the party it comes from. */
static const struct {
	enum action action;
	const char *icon, *words, *button, *path;
} kinds[] = {
    {ACT_MATTER_RECEIVE, "InboxDown", N_("%s har meldt en sak"), N_("Ta imot"), "/saker/%"},
    {ACT_MATTER_TRIAGE, "InboxDown", N_("Avklar hvordan saken skal behandles"), N_("Vurder"),
	"/saker/%/vurdering"},
    {ACT_MATTER_START, "PencilWriting", N_("Start saksforberedelsen"), N_("Åpne"), "/saker/%"},
    {ACT_MATTER_SUBMIT, "PencilWriting", N_("Gjør ferdig utkastet"), N_("Åpne"), "/saker/%"},
    {ACT_MATTER_EDIT, "PencilWriting", N_("Skriv din del av saksframlegget"), N_("Skriv"),
	"/saker/%"},
    {ACT_MATTER_SIGN_OFF, "PencilWriting", N_("Signer saksframlegget"), N_("Åpne og signer"),
	"/saker/%"},
    {ACT_MATTER_FREEZE, "FileCheckmark", N_("Lås saken for møtet"), N_("Åpne"), "/saker/%"},
    {ACT_MATTER_SKIP_ROUND, "FileCheckmark", N_("Begge har signert. Gjør saken klar til møte"),
	N_("Åpne"), "/saker/%"},
    {ACT_MATTER_ALLOW_APPEAL, "ArrowsCirclepath", N_("%s klager på en avvisning"), N_("Les"),
	"/saker/%"},
    {ACT_MATTER_RESUME, "ArrowsCirclepath", N_("Møtet sendte saken tilbake"), N_("Åpne"),
	"/saker/%"},
    {ACT_MATTER_RECEIVE_ABOVE, "InboxDown", N_("Saken er løftet til utvalget over"),
	N_("Ta imot"), "/saker/%"},
    {ACT_MEETING_AGENDA_ADD, "Calendar", N_("Klar for et møte: sett den på en saksliste"),
	N_("Åpne"), "/saker/%"},
    {ACT_ROUND_OPEN, "ChatElipsis", N_("Send saken til gjennomlesning"), N_("Åpne"),
	"/saker/%"},
    {ACT_ROUND_ANSWER, "ChatElipsis", N_("Svar på gjennomlesningen"), N_("Les og svar"),
	"/gjennomlesning/%/svar"},
    {ACT_ROUND_REMIND, "Bell", "", N_("Påminn"), "/gjennomlesning/%"},
    {ACT_ROUND_DISPOSE, "ChatElipsis", "", N_("Svar"), "/gjennomlesning/%"},
    {ACT_ROUND_CLOSE, "ChatElipsis", N_("Avslutt gjennomlesningen"), N_("Åpne"),
	"/gjennomlesning/%"},
    {ACT_MEETING_AGENDA_APPROVE, "Calendar", N_("Godkjenn sakslisten"), N_("Åpne"), "/moter/%"},
    {ACT_MEETING_SUMMON, "Calendar", N_("Send innkallingen"), N_("Åpne"), "/moter/%"},
    {ACT_MEETING_REPLY, "Calendar", N_("Kommer du på møtet?"), N_("Svar"), "/moter/%"},
    {ACT_PREMEETING_PLAN, "PersonGroup", N_("Planlegg formøtet"), N_("Åpne"),
	"/moter/%/formote"},
    {ACT_PREMEETING_STAND, "PersonGroup", N_("Si hva dere mener til formøtet"), N_("Svar"),
	"/moter/%/formote"},
    {ACT_PREMEETING_POSITION, "PersonGroup", N_("Skriv inn standpunktene fra formøtet"),
	N_("Åpne"), "/moter/%/formote"},
    {ACT_MATTER_CHECK, "FileCheckmark", N_("Alt er skrevet. Se om saken er godt nok belyst"),
	N_("Les"), "/saker/%"},
    {ACT_PREMEETING_HOLD, "PersonGroup", N_("Formøtet er ikke holdt"), N_("Åpne"),
	"/moter/%/formote"},
    {ACT_MEETING_OPEN, "Calendar", N_("Møtet er i dag"), N_("Åpne"), "/moter/%/ledelse"},
    {ACT_MEETING_MINUTES_EDIT, "FileText", N_("Gjør ferdig protokollen"), N_("Åpne"),
	"/moter/%/protokoll"},
    {ACT_MEETING_MINUTES_APPROVE, "FileCheckmark", N_("Protokollen er klar til godkjenning"),
	N_("Les"), "/moter/%/protokoll"},
    {ACT_MEETING_PUBLISH, "FileCheckmark", N_("Publiser protokollen"), N_("Åpne"),
	"/moter/%/protokoll"},
    {ACT_DECISION_ACKNOWLEDGE, "FileText", N_("Nytt vedtak som gjelder dere"), N_("Les"),
	"/vedtak/%"},
    {ACT_DECISION_UPDATE, "TasklistStart", N_("Følg opp vedtaket"), N_("Oppdater"),
	"/vedtak/%"},
    {ACT_DECISION_REMIND, "ExclamationmarkTriangle", "", N_("Følg opp"), "/vedtak/%"},
};

static struct text
title_words(const struct request *rq, const char *text, str who)
{
	struct arena *a = rq->cx->a;
	const char *at = strstr(text, "%s");

	if (at)
		return html_text_s(a, str_from_c(arena_printf(a, "%.*s" STR_FMT "%s",
					  (int)(at - text), text, STR_ARG(who), at + 2)));
	return html_text_c(a, text);
}

/* "i morgen" as it stands alone: "I morgen". The words begin with ASCII letters. */
static str
capital(struct arena *a, str s)
{
	char *p = (char *)str_to_c(a, s);

	if (*p >= 'a' && *p <= 'z')
		*p = (char)(*p - 'a' + 'A');
	return (str){p, s.n};
}

struct text
due_words(const struct request *rq, int64_t day, const char **ret_color)
{
	struct arena *a = rq->cx->a;
	int64_t left = day - rq->cx->today;
	str near = day_relative(rq->cx->lang, rq->cx->today, day);

	*ret_color = left <= 0 ? "danger" : left <= 2 ? "warning" : NULL;
	if (left < 0)
		return html_text_s(a, str_from_c(arena_printf(a,
					  trn(rq->cx->lang, "%lld dag over frist",
					      "%lld dager over frist", (long long)-left),
					  (long long)-left)));
	if (near.n)
		return html_text_s(a, capital(a, near));
	return html_text_s(a, day_short(a, rq->cx->lang, day));
}

static struct text
sub_words(const struct request *rq, const struct task *t)
{
	struct arena *a = rq->cx->a;

	if (t->label.n == 0)
		return html_text_s(a, t->title);
	return html_text_s(a, str_from_c(arena_printf(a, STR_FMT " · " STR_FMT,
				  STR_ARG(t->label), STR_ARG(t->title))));
}

/* Those that count: "Fem parter har ikke svart". Empty: the task counts nothing. */
static struct text
counted_words(const struct request *rq, const struct task *t)
{
	struct arena *a = rq->cx->a;
	enum lang lang = rq->cx->lang;
	long long n = t->n;
	const char *w =
	    t->action == ACT_ROUND_DISPOSE
		? trn(lang, "%s merknad venter på svar", "%s merknader venter på svar", n)
	    : t->action == ACT_ROUND_REMIND
		? trn(lang, "%s part har ikke svart", "%s parter har ikke svart", n)
	    : t->action == ACT_DECISION_REMIND
		? trn(lang, "%s part er over fristen", "%s parter er over fristen", n)
		: NULL;

	return w ? title_words(rq, w, str_from_c(ui_number_word(a, lang, n)))
		 : (struct text){S("")};
}

struct task_row
task_row(const struct request *rq, const struct task *t)
{
	struct task_row r = {.icon = "FileText",
	    .color = "accent",
	    .title = html_text_s(rq->cx->a, t->title),
	    .sub = sub_words(rq, t)};
	struct text counted = counted_words(rq, t);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].action == t->action) {
			r.icon = kinds[i].icon;
			r.title = counted.s.n ? counted
					      : title_words(rq,
						    tr(rq->cx->lang, kinds[i].words), t->who);
			r.button = TEXT(rq, kinds[i].button);
			r.to = url_path(rq->cx->a, rq->site->base, kinds[i].path, t->pid);
		}
	if (t->due_at)
		r.due = due_words(rq, clock_day(t->due_at - 1), &r.due_color);
	if (r.due_color)
		r.color = r.due_color;
	return r;
}

struct url
url_object(const struct request *rq, str type, str pid)
{
	static const struct {
		const char *type, *path;
	} paths[] = {
	    {"matter", "/saker/%"},
	    {"round", "/gjennomlesning/%"},
	    {"meeting", "/moter/%"},
	    {"decision", "/vedtak/%"},
	    {"person", "/drift/personer/%"},
	};

	if (str_eq(type, S("person")) && str_eq(pid, rq->cx->actor->person_pid))
		return URL(rq, "/meg");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (str_eq(type, str_from_c(paths[i].type)))
			return url_path(rq->cx->a, rq->site->base, paths[i].path, pid);
	return (struct url){S("")};
}
