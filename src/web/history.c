#include "web/history.h"

#include "base/clock.h"
#include "tr.h"
#include "web/document.h"
#include "web/site.h"

/* What an act is called when it has been done. Those left out are called by their key. */
static const char *const words[ACT_END] = {
    [ACT_SPACE_CHARTER] = N_("Samarbeidet ble opprettet"),
    [ACT_MATTER_PROPOSE] = N_("Meldt"),
    [ACT_MATTER_SUBMIT] = N_("Sendt inn"),
    [ACT_MATTER_RECEIVE] = N_("Tatt imot av sekretariatet"),
    [ACT_MATTER_TRIAGE] = N_("Behandlingen ble avklart"),
    [ACT_MATTER_SEND_BACK] = N_("Sendt tilbake for utfylling"),
    [ACT_MATTER_REJECT] = N_("Avvist"),
    [ACT_MATTER_APPEAL] = N_("Avvisningen ble klaget på"),
    [ACT_MATTER_ALLOW_APPEAL] = N_("Klagen ble tatt til følge"),
    [ACT_MATTER_DISMISS_APPEAL] = N_("Avvisningen ble stående"),
    [ACT_MATTER_JOIN] = N_("Slått sammen med en annen sak"),
    [ACT_MATTER_WITHDRAW] = N_("Trukket"),
    [ACT_MATTER_ASSIGN] = N_("Forfattere ble valgt"),
    [ACT_MATTER_START] = N_("Saksforberedelsen begynte"),
    [ACT_MATTER_EDIT] = N_("Saksframlegget ble endret"),
    [ACT_MATTER_ATTACH] = N_("Vedlegg lagt til"),
    [ACT_MATTER_DETACH] = N_("Vedlegg fjernet"),
    [ACT_MATTER_COMMENT] = N_("Kommentar"),
    [ACT_MATTER_SETTLE] = N_("Kommentar tatt hånd om"),
    [ACT_MATTER_SNAPSHOT] = N_("Ny versjon"),
    [ACT_MATTER_SIGN_OFF] = N_("Signert"),
    [ACT_MATTER_CHECK] = N_("Kvalitetssikret"),
    [ACT_MATTER_REWORK] = N_("Tatt inn igjen til arbeid"),
    [ACT_MATTER_SKIP_ROUND] = N_("Gjennomlesning ble ikke holdt"),
    [ACT_MATTER_FREEZE] = N_("Låst og klar til møte"),
    [ACT_MATTER_RESUME] = N_("Forberedes på nytt"),
    [ACT_MATTER_RECEIVE_ABOVE] = N_("Tatt imot av utvalget over"),
    [ACT_MATTER_CLOSE] = N_("Avsluttet"),
    [ACT_MATTER_ARCHIVE] = N_("Arkivert"),
    [ACT_MATTER_PUBLISH] = N_("Publisert"),
    [ACT_ROUND_OPEN] = N_("Gjennomlesning startet"),
    [ACT_ROUND_LOOK] = N_("Gjennomlesningen ble åpnet av en part"),
    [ACT_ROUND_WITHDRAW] = N_("Svar trukket"),
    [ACT_ROUND_CANCEL] = N_("Gjennomlesningen ble avbrutt"),
    [ACT_ROUND_ANSWER] = N_("Svar gitt"),
    [ACT_ROUND_ANSWER_FOR] = N_("Svar registrert på vegne av en part"),
    [ACT_ROUND_REMIND] = N_("Påminning sendt"),
    [ACT_ROUND_EXTEND] = N_("Fristen ble flyttet"),
    [ACT_ROUND_DISPOSE] = N_("Merknad besvart"),
    [ACT_ROUND_CLOSE] = N_("Gjennomlesning avsluttet"),
    [ACT_MEETING_PLAN] = N_("Møtet ble planlagt"),
    [ACT_MEETING_REQUEST] = N_("Ekstraordinært møte ble krevd"),
    [ACT_MEETING_UPDATE] = N_("Møtet ble endret"),
    [ACT_MEETING_RESCHEDULE] = N_("Møtet fikk ny tid"),
    [ACT_MEETING_POSTPONE] = N_("Møtet ble utsatt"),
    [ACT_MEETING_CANCEL] = N_("Møtet ble avlyst"),
    [ACT_MEETING_AGENDA_ADD] = N_("Satt på sakslisten"),
    [ACT_MEETING_AGENDA_REMOVE] = N_("Tatt av sakslisten"),
    [ACT_MEETING_AGENDA_ORDER] = N_("Sakslisten ble ordnet"),
    [ACT_MEETING_AGENDA_APPROVE] = N_("Sakslisten ble godkjent"),
    [ACT_MEETING_AGENDA_REOPEN] = N_("Sakslisten ble åpnet igjen"),
    [ACT_MEETING_AGREE_CHAIR] = N_("Møteleder ble avtalt"),
    [ACT_MEETING_SUMMON] = N_("Innkalt"),
    [ACT_MEETING_REPLY] = N_("Svar på innkallingen"),
    [ACT_MEETING_ANNOUNCE] = N_("Møtet og sakslisten ble publisert"),
    [ACT_MEETING_ARCHIVE] = N_("Møtet ble arkivert"),
    [ACT_MEETING_ATTEND] = N_("Oppmøte registrert"),
    [ACT_MEETING_CONFLICT] = N_("Habilitet registrert"),
    [ACT_MEETING_OPEN] = N_("Møtet ble åpnet"),
    [ACT_MEETING_INQUORATE] = N_("Møtet var ikke beslutningsdyktig"),
    [ACT_MEETING_TAKE_UP] = N_("Tatt opp i møtet"),
    [ACT_MEETING_OUTCOME] = N_("Behandlet i møtet"),
    [ACT_MEETING_OUTCOME_UNDO] = N_("Et utfall ble rettet"),
    [ACT_MEETING_CLOSE] = N_("Møtet ble avsluttet"),
    [ACT_MEETING_MINUTES_EDIT] = N_("Protokollen ble endret"),
    [ACT_MEETING_MINUTES_COMMENT] = N_("Merknad til protokollen"),
    [ACT_MEETING_MINUTES_APPROVE] = N_("Protokollen ble godkjent"),
    [ACT_MEETING_MINUTES_CORRECT] = N_("Protokollen ble rettet"),
    [ACT_MEETING_PUBLISH] = N_("Møtet ble publisert"),
    [ACT_PREMEETING_PLAN] = N_("Formøtet ble planlagt"),
    [ACT_PREMEETING_WRITE] = N_("Formøtets notat ble skrevet"),
    [ACT_PREMEETING_STAND] = N_("Syn sagt til formøtet"),
    [ACT_PREMEETING_HOLD] = N_("Formøtet ble holdt"),
    [ACT_PREMEETING_POSITION] = N_("Standpunkt ført"),
    [ACT_PREMEETING_RECORD] = N_("Formøtet ble referert"),
    [ACT_PREMEETING_RELEASE] = N_("Standpunktet ble vist for alle"),
    [ACT_PREMEETING_CANCEL] = N_("Formøtet ble avlyst"),
    [ACT_DECISION_ACKNOWLEDGE] = N_("Mottak bekreftet"),
    [ACT_DECISION_UPDATE] = N_("Oppfølging oppdatert"),
    [ACT_DECISION_UPDATE_FOR] = N_("Oppfølging registrert på vegne av en part"),
    [ACT_DECISION_REMIND] = N_("Påminning om oppfølging"),
    [ACT_DECISION_PASS_ON] = N_("Sendt videre til dem det gjelder"),
    [ACT_DECISION_EXCUSE] = N_("En part ble tatt ut av oppfølgingen"),
    [ACT_DECISION_REPLACE] = N_("Erstattet av et nytt vedtak"),
    [ACT_DECISION_PUBLISH] = N_("Vedtaket ble publisert"),
    [ACT_PERSON_INVITE] = N_("Person invitert"),
    [ACT_PERSON_UPDATE] = N_("Personopplysninger endret"),
    [ACT_PERSON_SIGN_OUT] = N_("Person logget ut"),
    [ACT_PERSON_RESET] = N_("Innlogging nullstilt"),
    [ACT_ACCOUNT_UPDATE] = N_("Egne valg endret"),
    [ACT_ACCOUNT_RECOVERY] = N_("Nye gjenopprettingskoder"),
    [ACT_ACCOUNT_PASSWORD] = N_("Passordet ble byttet"),
    [ACT_ACCOUNT_PHONE] = N_("Telefonen ble byttet"),
    [ACT_TOKEN_CREATE] = N_("Nøkkel for program laget"),
    [ACT_TOKEN_REVOKE] = N_("Nøkkel for program trukket"),
    [ACT_JOURNAL_WITNESS] = N_("Et vitne for journalen ble nevnt"),
    [ACT_JOURNAL_COSIGN] = N_("Journalen ble medsignert"),
    [ACT_APPOINTMENT_ADD] = N_("Oppnevnt"),
    [ACT_APPOINTMENT_END] = N_("Oppnevningen ble avsluttet"),
};

struct text
action_words(const struct request *rq, enum action action, str key)
{
	const char *w = action ? words[action] : NULL;

	return w ? html_text_c(rq->cx->a, tr(rq->cx->lang, w)) : html_text_s(rq->cx->a, key);
}

static str
party_of(const struct history_line *l)
{
	return l->on_behalf.n ? l->on_behalf : l->party;
}

static void
put_after_dot(struct buf *b, str s)
{
	if (s.n)
		buf_printf(b, " · " STR_FMT, STR_ARG(s));
}

/* "12. januar kl. 09.00 · Drammen kommune · Kari Holt", and the reason if there is one. */
static void
put_note(const struct request *rq, const struct history_line *l, struct buf *b)
{
	buf_put(b, web_when_exactly(rq, l->at).s);
	put_after_dot(b, party_of(l));
	put_after_dot(b, l->person);
	if (l->reason.n)
		buf_printf(b, " · «" STR_FMT "»", STR_ARG(l->reason));
}

/* Whether the same was done again on the same day, with nothing more to say of it. */
static bool
is_again(const struct history_line *was, const struct history_line *l)
{
	return was->action && was->action == l->action && !was->reason.n && !l->reason.n &&
	       clock_day(was->at) == clock_day(l->at);
}

static bool
is_one_person(const struct history_line *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (!str_eq(v[i].person, v[0].person))
			return false;
	return true;
}

/* "6. oktober · Moss, Råde, Våler": the parties that did the same that day. */
static void
put_parties(const struct request *rq, const struct history_line *v, size_t n, struct buf *b)
{
	str last = S("");

	buf_put(b, web_when(rq, v[0].at).s);
	for (size_t i = 0; i < n; i++) {
		str who = party_of(&v[i]);
		if (who.n == 0 || str_eq(who, last))
			continue;
		buf_printf(b, "%s" STR_FMT, last.n ? ", " : " · ", STR_ARG(who));
		last = who;
	}
}

/* What a party approved or answered, it can prove later: it gets a receipt to keep. */
static bool
gives_receipt(enum action action)
{
	static const enum action acts[] = {ACT_MATTER_SIGN_OFF, ACT_MEETING_AGENDA_APPROVE,
	    ACT_MEETING_MINUTES_APPROVE, ACT_ROUND_ANSWER, ACT_ROUND_ANSWER_FOR,
	    ACT_DECISION_ACKNOWLEDGE};

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (action == acts[i])
			return true;
	return false;
}

static struct url
receipt_of(const struct request *rq, const struct history_line *l)
{
	if (!gives_receipt(l->action))
		return (struct url){S("")};
	return url_with(rq->cx->a, URL(rq, "/journal/kvittering"), "nr", l->seq);
}

static struct ui_event
event_of(const struct request *rq, const struct history_line *v, size_t n)
{
	struct buf b = buf_new(rq->cx->a, 16 << 10);

	if (is_one_person(v, n)) {
		put_note(rq, v, &b);
		if (n > 1)
			put_after_dot(
			    &b, trf(rq->cx->a, rq->cx->lang, N_("%lld ganger"), (long long)n));
	} else
		put_parties(rq, v, n, &b);
	return (struct ui_event){
	    .what = action_words(rq, v->action, v->key),
	    .note = html_text_s(rq->cx->a, buf_str(&b)),
	    .receipt = n == 1 ? receipt_of(rq, v) : (struct url){S("")},
	    .when = UI_PAST,
	};
}

static int64_t
seq_asked(const struct request *rq)
{
	int64_t seq;

	return str_to_i64(given_value(&rq->query, "hendelser"), &seq) && seq > 0
		   ? seq
		   : JOURNAL_NEWEST;
}

bool
history_is_asked(const struct request *rq)
{
	return seq_asked(rq) != JOURNAL_NEWEST;
}

struct err *
history_asked(
    const struct request *rq, const char *object_type, str pid, int64_t n, struct history *ret)
{
	return history_of(rq->cx, object_type, pid, seq_asked(rq), n, ret);
}

/* Appends the lines as events; returns how many there are then. */
static size_t
put_events(const struct request *rq, const struct history_line *line, size_t n_lines,
    struct ui_event *v, size_t n)
{
	struct history_line *said = arena_array(rq->cx->a, struct history_line, n_lines);
	size_t n_said = 0;

	for (size_t i = 0; i < n_lines; i++)
		if (line[i].action != ACT_ROUND_LOOK) /* the matrix shows who has opened it */
			said[n_said++] = line[i];
	for (size_t i = 0, end; i < n_said; i = end) {
		for (end = i + 1; end < n_said && is_again(&said[i], &said[end]);)
			end++;
		v[n++] = event_of(rq, &said[i], end - i);
	}
	return n;
}

const struct ui_event *
history_events(
    const struct request *rq, const struct history *h, struct url page, size_t *ret_n)
{
	struct ui_event *v = arena_array(rq->cx->a, struct ui_event, h->n + 1);
	size_t n = put_events(rq, h->v, h->n_first, v, 0);

	if (h->n_first)
		v[n++] = (struct ui_event){
		    .what = TEXT(rq, N_("Vis eldre hendelser")),
		    .to = url_fragment(rq->cx->a,
			url_with(rq->cx->a, page, "hendelser", h->v[h->n_first].seq),
			S("h-hist")),
		    .when = UI_PAST,
		};
	*ret_n = put_events(rq, h->v + h->n_first, h->n - h->n_first, v, n);
	return v;
}

const struct ui_event *
history_newest(const struct request *rq, const struct history *h)
{
	struct ui_event *v = arena_array(rq->cx->a, struct ui_event, h->n);

	for (size_t i = 0; i < h->n; i++)
		v[i] = event_of(rq, &h->v[h->n - 1 - i], 1);
	return v;
}

int64_t
history_last(const struct history *h, const enum action *acts)
{
	for (int i = 0; i < 3 && acts[i]; i++)
		for (size_t k = h->n; k > 0; k--)
			if (h->v[k - 1].action == acts[i])
				return h->v[k - 1].at;
	return 0;
}
