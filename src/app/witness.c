#include "app/witness.h"

#include "base/random.h"
#include "q_witness.h"
#include "store/note.h"

#include <string.h>

enum { KEY_MAX_CHARS = 200, NOTE_MAX_CHARS = 8000, CLOCKS_APART_S = 5 * 60 };

static struct err *
need(struct cx *cx, enum action action)
{
	return cx_need(cx, action, &(struct object){.kind = OBJECT_SPACE, .is_visible = true});
}

static struct err *
fault(struct cx *cx, const char *field, const char *code)
{
	cx_fault(cx, field, code, 0);
	return cx_faults(cx);
}

/* --- naming one ------------------------------------------------------------------------- */

struct name_in {
	str key;
};

static const struct input name_inputs[] = {
    {INPUT_LINE, "key", offsetof(struct name_in, key), .required = true, .max = KEY_MAX_CHARS,
	.label = N_("Vitnets nøkkel"),
	.help =
	    N_("Den offentlige nøkkelen, slik vitnets program skriver den: navn+nummer+kode. "
	       "Nevner dere et nytt vitne, gjelder ikke det gamle lenger.")},
    {0},
};

static struct err *
name(struct cx *cx, const void *arg, struct result *ret)
{
	const struct name_in *in = arg;
	struct q_witness_by_key *known;
	struct note_key key;
	int64_t n, id;

	TRY(need(cx, ACT_JOURNAL_WITNESS));
	if (note_key_parse(cx->a, in->key, &key) || key.type != NOTE_COSIGNATURE)
		return fault(cx, "key", N_("witness.bad_key"));
	TRY(q_witness_by_key(cx->db, cx->a, in->key, &known));
	if (known)
		return fault(cx, "key", N_("witness.known"));
	TRY(q_witness_end(cx->db, cx->a, cx->actor->party_id, cx->now_at, &n));
	ret->type = "space";
	ret->pid = cx->charter->key;
	return q_witness_add(cx->db, cx->a, pid_new(cx->a), cx->actor->party_id, cx->by->side,
	    in->key, cx->now_at, &id);
}

/* --- taking in what it signed ----------------------------------------------------------- */

struct cosign_in {
	str note;
};

static const struct input cosign_inputs[] = {
    {INPUT_TEXT, "note", offsetof(struct cosign_in, note), .required = true,
	.max = NOTE_MAX_CHARS, .label = N_("Kontrollpunktet med vitnets linje"),
	.help = N_("Hele teksten, slik vitnets program skriver den.")},
    {0},
};

/* A note that is being taken in. */
struct taking {
	struct cx *cx;
	struct checkpoint at;
	str body, lines;
	int64_t known, added;
};

/* The note must be word for word the checkpoint of that size that we have signed. */
static struct err *
open_note(struct taking *t, str text)
{
	struct cx *cx = t->cx;
	struct q_checkpoint_at *kept = NULL;
	str note = str_from_c(arena_printf(cx->a, STR_FMT "\n", STR_ARG(text))), body, lines;

	if (note_split(cx->a, note, &t->body, &t->lines) ||
	    checkpoint_parse(cx->a, t->body, &t->at))
		return fault(cx, "note", N_("cosign.other_record"));
	TRY(q_checkpoint_at(cx->db, cx->a, t->at.size, &kept));
	if (!kept || note_split(cx->a, kept->note, &body, &lines) || !str_eq(body, t->body))
		return fault(cx, "note", N_("cosign.other_record"));
	return OK;
}

static struct err *
take_line(struct taking *t, const struct q_witnesses *w, str line)
{
	struct cx *cx = t->cx;
	struct note_key key;
	int64_t at, n;
	str body;

	TRY(note_key_parse(cx->a, w->key, &key));
	str note = note_join(
	    cx->a, t->body, str_from_c(arena_printf(cx->a, STR_FMT "\n", STR_ARG(line))));
	struct err *e = note_check(cx->a, note, &key, &body, &at);
	if (e && strcmp(e->code, "note.unsigned") == 0)
		return OK; /* another's line */
	if (e)
		return fault(cx, "note", N_("cosign.wrong"));
	if (at > cx->now_at + CLOCKS_APART_S)
		return fault(cx, "note", N_("cosign.time"));
	t->known++;
	TRY(q_cosignature_add(cx->db, cx->a, t->at.size, w->id, line, at, &n));
	t->added += n;
	return OK;
}

static struct err *
cosign(struct cx *cx, const void *arg, struct result *ret)
{
	const struct cosign_in *in = arg;
	struct taking t = {.cx = cx};
	struct q_witnesses *w;
	size_t n;
	str line;

	TRY(need(cx, ACT_JOURNAL_COSIGN));
	TRY(open_note(&t, in->note));
	TRY(q_witnesses(cx->db, cx->a, &w, &n));
	while (str_cut(t.lines, '\n', &line, &t.lines))
		for (size_t i = 0; i < n; i++)
			TRY(take_line(&t, &w[i], line));
	if (t.added == 0)
		return fault(cx, "note", t.known ? N_("cosign.again") : N_("cosign.unknown"));
	ret->type = "space";
	ret->pid = cx->charter->key;
	return OK;
}

const struct usecase witness_usecases[] = {
    {ACT_JOURNAL_WITNESS, "/journal/witness", "Name the witness of the party acted for",
	name_inputs, sizeof(struct name_in), NULL, name, false},
    {ACT_JOURNAL_COSIGN, "/journal/cosignatures",
	"Bring a checkpoint that a witness has signed", cosign_inputs, sizeof(struct cosign_in),
	NULL, cosign, false},
    {0},
};

/* --- reading ---------------------------------------------------------------------------- */

struct err *
witnesses(struct cx *cx, const struct witness **ret, size_t *ret_n)
{
	struct q_witnesses *w;

	TRY(need(cx, ACT_JOURNAL_READ));
	TRY(q_witnesses(cx->db, cx->a, &w, ret_n));
	struct witness *v = arena_array(cx->a, struct witness, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		v[i] = (struct witness){.pid = w[i].pid,
		    .party = w[i].party,
		    .key = w[i].key,
		    .side = w[i].side,
		    .size = w[i].size,
		    .signed_at = w[i].signed_at};
	*ret = v;
	return OK;
}
