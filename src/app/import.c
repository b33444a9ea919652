#include "app/import.h"

#include "base/idscan.h"
#include "base/random.h"
#include "base/utf.h"
#include "q_people.h"

#include <inttypes.h>
#include <string.h>

enum column { COL_NAME, COL_TITLE, COL_EMAIL, COL_PHONE, COL_PARTY, COLS, COL_NONE = -1 };
enum { CELLS_MAX = 20, TEXT_MAX_CHARS = 400000 };

/* --- cells ------------------------------------------------------------------------------ */

/* Takes one cell off the line; "" in quotes is a quote. False: a quote is never closed. */
static bool
take_cell(struct arena *a, str *line, char sep, str *ret)
{
	char *p = arena_array(a, char, line->n + 1);
	size_t n = 0, i = 0;
	bool quoted = line->n && line->p[0] == '"', closed = false;

	for (i = quoted; i < line->n; i++) {
		char c = line->p[i];
		bool two = i + 1 < line->n && line->p[i + 1] == '"';
		if (quoted && !closed && c == '"' && two)
			p[n++] = line->p[++i];
		else if (quoted && !closed && c == '"')
			closed = true;
		else if (c == sep && (!quoted || closed))
			break;
		else
			p[n++] = c;
	}
	bool more = i < line->n;
	*line = more ? (str){line->p + i + 1, line->n - i - 1} : (str){0};
	*ret = str_trim((str){p, n});
	return !quoted || closed;
}

static size_t
take_cells(struct arena *a, str line, char sep, str *v, bool *ret_good)
{
	size_t n = 0;

	*ret_good = true;
	while (n < CELLS_MAX && (line.n || n == 0)) {
		if (!take_cell(a, &line, sep, &v[n++]))
			*ret_good = false;
		if (line.n == 0)
			break;
	}
	return n;
}

static char
separator_of(str line)
{
	size_t n[3] = {0};
	static const char sep[3] = {';', ',', '\t'};

	for (size_t i = 0; i < line.n; i++)
		for (int k = 0; k < 3; k++)
			n[k] += line.p[i] == sep[k];
	return n[0] >= n[1] && n[0] >= n[2] ? ';' : n[1] >= n[2] ? ',' : '\t';
}

static enum column
column_of(struct arena *a, str word)
{
	static const struct {
		const char *word;
		enum column col;
	} words[] = {{"navn", COL_NAME}, {"namn", COL_NAME}, {"name", COL_NAME},
	    {"stilling", COL_TITLE}, {"tittel", COL_TITLE}, {"title", COL_TITLE},
	    {"e-post", COL_EMAIL}, {"epost", COL_EMAIL}, {"email", COL_EMAIL},
	    {"telefon", COL_PHONE}, {"phone", COL_PHONE}, {"part", COL_PARTY},
	    {"kommune", COL_PARTY}, {"party", COL_PARTY}};

	word = utf_fold(a, word);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(word, str_from_c(words[i].word)))
			return words[i].col;
	return COL_NONE;
}

/* --- one line --------------------------------------------------------------------------- */

struct parse {
	struct cx *cx;
	struct import_report *r;
	char sep;
	enum column cols[CELLS_MAX];
	size_t n_cols;
	struct q_party_list *parties;
	size_t n_parties;
};

static const char *
find_party(struct parse *p, struct import_line *x)
{
	str want = utf_fold(p->cx->a, x->party);

	if (want.n == 0)
		return NULL;
	for (size_t i = 0; i < p->n_parties; i++) {
		const struct q_party_list *row = &p->parties[i];
		if (str_eq(want, utf_fold(p->cx->a, row->name)) || str_eq(want, row->key) ||
		    (row->number.n && str_eq(want, row->number))) {
			x->party_id = row->id;
			return NULL;
		}
	}
	return N_("import.party");
}

static bool
is_address(str s)
{
	str head, tail;

	return str_cut(s, '@', &head, &tail) && head.n && tail.n > 2 &&
	       memchr(tail.p, '.', tail.n) && !memchr(tail.p, '@', tail.n) &&
	       !memchr(s.p, ' ', s.n) && s.n <= 200;
}

static bool
came_before(const struct import_report *r, str email)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->v[i].email, email))
			return true;
	return false;
}

static bool
fits(str s, size_t max_chars)
{
	return utf8_valid(s) && utf_clean_line(s) && utf8_length(s) <= max_chars;
}

static const char *
wrong_with(struct parse *p, struct import_line *x)
{
	if (!fits(x->name, 100) || !fits(x->title, 100) || !fits(x->phone, 30))
		return N_("import.text");
	if (utf8_length(x->name) < 2)
		return N_("import.name");
	if (!is_address(x->email))
		return N_("import.email");
	if (came_before(p->r, x->email))
		return N_("import.twice");
	if (idscan_worst(x->name, 0, NULL) || idscan_worst(x->title, 0, NULL) ||
	    idscan_worst(x->phone, 0, NULL) == IDSCAN_REFUSE)
		return N_("import.identity_number");
	return find_party(p, x);
}

static struct err *
take_line(struct parse *p, int64_t number, str line)
{
	struct import_line x = {.line = number, .fate = IMPORT_NEW};
	str cell[CELLS_MAX], *to[COLS] = {&x.name, &x.title, &x.email, &x.phone, &x.party};
	struct q_person_by_email *known;
	bool good;
	size_t n = take_cells(p->cx->a, line, p->sep, cell, &good);

	for (size_t i = 0; i < n && i < p->n_cols; i++)
		if (p->cols[i] != COL_NONE)
			*to[p->cols[i]] = cell[i];
	x.email = utf_fold(p->cx->a, x.email);
	x.code = good ? wrong_with(p, &x) : N_("import.quote");
	if (x.code)
		x.fate = IMPORT_WRONG;
	else
		TRY(q_person_by_email(p->cx->db, p->cx->a, x.email, &known));
	if (!x.code && known)
		x.fate = IMPORT_KNOWN;
	p->r->n_new += x.fate == IMPORT_NEW;
	p->r->n_known += x.fate == IMPORT_KNOWN;
	p->r->n_wrong += x.fate == IMPORT_WRONG;
	p->r->v[p->r->n++] = x;
	return OK;
}

/* --- the whole -------------------------------------------------------------------------- */

static void
wrong_line(struct parse *p, int64_t number, const char *code)
{
	p->r->v[p->r->n++] =
	    (struct import_line){.line = number, .fate = IMPORT_WRONG, .code = code};
	p->r->n_wrong++;
}

static void
take_columns(struct parse *p, str line)
{
	bool seen[COLS] = {false}, good;
	str cell[CELLS_MAX];

	p->sep = separator_of(line);
	p->n_cols = take_cells(p->cx->a, line, p->sep, cell, &good);
	for (size_t i = 0; i < p->n_cols; i++) {
		p->cols[i] = column_of(p->cx->a, cell[i]);
		if (p->cols[i] != COL_NONE)
			seen[p->cols[i]] = true;
	}
	if (!seen[COL_NAME] || !seen[COL_EMAIL])
		wrong_line(p, 1, N_("import.columns"));
}

struct err *
import_check(struct cx *cx, str csv, struct import_report *ret)
{
	struct object space = {.kind = OBJECT_SPACE, .is_visible = true};
	struct parse p = {.cx = cx, .r = ret};
	str line;
	int64_t number = 0;

	TRY(cx_need(cx, ACT_SPACE_IMPORT, &space));
	*ret = (struct import_report){
	    .v = arena_array(cx->a, struct import_line, IMPORT_LINES_MAX + 2)};
	TRY(q_party_list(cx->db, cx->a, &p.parties, &p.n_parties));
	while (csv.n && ret->n <= IMPORT_LINES_MAX) {
		if (!str_cut(csv, '\n', &line, &csv)) {
			line = csv;
			csv = S("");
		}
		line = str_trim(line);
		if (++number == 1)
			take_columns(&p, line);
		else if (line.n)
			TRY(take_line(&p, number, line));
		if (number == 1 && ret->n_wrong)
			return OK; /* without columns every line would be wrong */
	}
	if (csv.n)
		wrong_line(&p, number + 1, N_("import.too_many"));
	return OK;
}

struct import_in {
	str csv;
};

static const struct input import_inputs[] = {
    {INPUT_TEXT, "csv", offsetof(struct import_in, csv), .required = true,
	.max = TEXT_MAX_CHARS, .label = N_("Kontakter som CSV"),
	.help = N_("Første linje: navn;stilling;e-post;telefon;part. Lim inn fra regnearket.")},
    {0},
};

static struct err *
import(struct cx *cx, const void *arg, struct result *ret)
{
	const struct import_in *in = arg;
	struct import_report r;
	int64_t id;

	TRY(import_check(cx, in->csv, &r));
	if (r.n_wrong)
		cx_fault(cx, "csv", N_("import.wrong"), (int64_t)r.n_wrong);
	else if (r.n_new == 0)
		cx_fault(cx, "csv", N_("import.nothing"), 0);
	TRY(cx_faults(cx));
	for (size_t i = 0; i < r.n; i++) {
		const struct import_line *x = &r.v[i];
		if (x->fate == IMPORT_NEW)
			TRY(q_person_add(cx->db, cx->a, pid_new(cx->a), x->name, x->title,
			    x->email, x->phone, x->party_id, &id));
	}
	ret->type = "space";
	ret->pid = cx->charter->key;
	result_note(ret, "people", str_from_c(arena_printf(cx->a, "%zu", r.n_new)));
	return OK;
}

const struct usecase import_usecases[] = {
    {ACT_SPACE_IMPORT, "/imports/contacts", "Import contact data from CSV, without roles",
	import_inputs, sizeof(struct import_in), NULL, import, false},
    {0},
};
