/*
 * pogen - checks and compiles the translations.
 *
 *	pogen OUT.h OUT.c po/LANG/AREA.po... -- TEMPLATE.html... SOURCE.c...
 *
 * Finds the texts in tr(), trc(), trf(), trn() and N_(), and the codes in err_new(), in the
 * templates and sources; the text in the code is the bokmål text. Every text must be in a
 * file of nn and of en, every code in one of nb too, with the same conversions, and nothing
 * may be there that is not used. Errors of kind ERR_INTERNAL need no entry: tr_error() gives
 * that of the code "internal". What is missing is listed by file and line, and written as
 * entries to fill in to OUT.c.LANG.po.
 *
 * The files are GNU gettext's: msgctxt, msgid, msgid_plural, msgstr, msgstr[0], msgstr[1],
 * strings over several lines, comments. Fuzzy and obsolete (#~) entries are errors.
 */
#include "text.h"

enum { NB = 1, NN, EN, LANGS };
static const char *const lang_names[LANGS] = {"", "nb", "nn", "en"};

struct place {
	const char *file;
	int line;
};

struct entry { /* of a .po file */
	struct place at;
	char *strings[2];
};

struct message {
	char *key;    /* msgid, or context \4 msgid */
	char *plural; /* NULL: none */
	bool is_code, is_optional, is_template;
	struct place at; /* of the first use; file NULL: none */
	struct entry in[LANGS];
};

static struct message *messages;
static size_t n_messages, cap_messages;
static int faults;

static void __attribute__((format(printf, 2, 3))) fault(struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", at.file, at.line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	faults++;
}

static _Noreturn void
die(const char *what, const char *name)
{
	fprintf(stderr, "pogen: %s %s\n", what, name);
	exit(1);
}

static size_t
slot_of(const char *key, size_t cap, const struct message *in)
{
	size_t h = 5381;

	for (const char *p = key; *p; p++)
		h = h * 33 + (unsigned char)*p;
	for (h %= cap; in[h].key && strcmp(in[h].key, key) != 0;)
		h = (h + 1) % cap;
	return h;
}

/* The message of the key, made if there is none: an open hash table. */
static struct message *
message(const char *key)
{
	if (n_messages * 2 >= cap_messages) {
		size_t cap = cap_messages ? cap_messages * 2 : 4096;
		struct message *more = calloc(cap, sizeof(*more));
		if (!more)
			die("out of memory", "");
		for (size_t i = 0; i < cap_messages; i++)
			if (messages[i].key)
				more[slot_of(messages[i].key, cap, more)] = messages[i];
		free(messages);
		messages = more;
		cap_messages = cap;
	}
	struct message *m = &messages[slot_of(key, cap_messages, messages)];
	if (!m->key) {
		m->key = strdup(key);
		n_messages++;
	}
	return m;
}

/* The key as it is shown: context/text. */
static const char *
shown(const char *key)
{
	static char text[240];
	const char *cut = strchr(key, '\004');

	if (cut)
		snprintf(text, sizeof(text), "%.*s/%s", (int)(cut - key), key, cut + 1);
	else
		snprintf(text, sizeof(text), "%s", key);
	return text;
}

static char *
read_file(const char *name, size_t *ret_n)
{
	FILE *f = fopen(name, "r");
	char *text = NULL;
	size_t cap = 0;

	if (!f)
		die("cannot open", name);
	ssize_t n = getdelim(&text, &cap, EOF, f);
	fclose(f);
	*ret_n = n < 0 ? 0 : (size_t)n;
	if (n >= 0 && strlen(text) != (size_t)n)
		die("a NUL byte in", name);
	return n < 0 ? strdup("") : text;
}

/* --- .po files -------------------------------------------------------------------------- */

struct po {
	struct place at;       /* now */
	struct place entry_at; /* of the msgid */
	int lang;
	char *context, *id, *plural, *strings[2];
	char **last; /* the string that a line of only "..." goes on */
};

static void
check_entry(const struct po *po)
{
	if (!po->id || !po->strings[0])
		fault(po->entry_at, "msgid without msgstr");
	else if (po->plural && !po->strings[1])
		fault(po->entry_at, "msgid_plural without msgstr[1]");
	else if (!po->plural && po->strings[1])
		fault(po->entry_at, "msgstr[1] without msgid_plural");
	else if (*po->id && (!*po->strings[0] || (po->strings[1] && !*po->strings[1])))
		fault(po->entry_at, "empty msgstr");
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Keeps the entry that has been read. */
static void
end_entry(struct po *po)
{
	if (!po->id && !po->context)
		return;
	int before = faults;
	check_entry(po);
	if (faults == before && *po->id) {
		char *key = po->id;
		if (po->context && asprintf(&key, "%s\004%s", po->context, po->id) < 0)
			die("out of memory", "");
		struct message *m = message(key);
		struct entry *e = &m->in[po->lang];
		if (e->at.file && (!same(e->strings[0], po->strings[0]) ||
				      !same(e->strings[1], po->strings[1])))
			fault(po->entry_at, "\"%s\" is translated otherwise in %s:%d",
			    shown(key), e->at.file, e->at.line);
		if (!e->at.file)
			*e = (struct entry){po->entry_at, {po->strings[0], po->strings[1]}};
		if (po->plural && !m->plural)
			m->plural = po->plural;
		if (!same(m->plural, po->plural))
			fault(po->entry_at, "\"%s\" has another plural elsewhere", shown(key));
	}
	*po = (struct po){.at = po->at, .lang = po->lang};
}

/* Which member of po a keyword names, or NULL. */
static char **
member(struct po *po, struct piece word)
{
	static const char *const names[] = {
	    "msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr[0]", "msgstr[1]"};
	char **to[] = {&po->context, &po->id, &po->plural, &po->strings[0], &po->strings[0],
	    &po->strings[1]};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == word.n && memcmp(names[i], word.p, word.n) == 0)
			return to[i];
	return NULL;
}

static void
po_string(struct po *po, struct piece s)
{
	char *text, *joined;

	if (!po->last || !literal(s, &text)) {
		fault(po->at, "not a string: %.*s", (int)s.n, s.p);
		return;
	}
	if (asprintf(&joined, "%s%s", *po->last ? *po->last : "", text) < 0)
		die("out of memory", "");
	*po->last = joined;
}

static void
po_line(struct po *po, struct piece row)
{
	row = trim(row);
	if (row.n == 0) {
		end_entry(po);
	} else if (*row.p == '#') {
		if (row.n > 1 && row.p[1] == '~')
			fault(po->at, "obsolete entry: remove it");
		if (row.n > 1 && row.p[1] == ',' && memmem(row.p, row.n, "fuzzy", 5))
			fault(po->at, "fuzzy entry: translate it");
	} else if (*row.p == '"') {
		po_string(po, row);
	} else {
		size_t n = 0;
		while (n < row.n && !isspace((unsigned char)row.p[n]))
			n++;
		char **to = member(po, (struct piece){row.p, n});
		if (to == &po->context || (to == &po->id && po->id))
			end_entry(po);
		if (!to || *to) {
			fault(po->at, "not expected here: %.*s", (int)row.n, row.p);
			return;
		}
		if (to == &po->context || (to == &po->id && !po->context))
			po->entry_at = po->at;
		po->last = to;
		po_string(po, trim((struct piece){row.p + n, row.n - n}));
	}
}

static void
read_po(const char *name)
{
	struct po po = {.at = {.file = name}};
	size_t n;
	char *text = read_file(name, &n), *end = text + n;

	for (int l = NB; l < LANGS; l++) {
		char part[8];
		snprintf(part, sizeof(part), "/%s/", lang_names[l]);
		if (strstr(name, part))
			po.lang = l;
	}
	if (!po.lang)
		die("no language in the path of", name);
	for (char *p = text; p < end;) {
		size_t k = strcspn(p, "\n");
		po.at.line++;
		po_line(&po, (struct piece){p, k});
		p += k + 1;
	}
	end_entry(&po);
}

/* --- sources ---------------------------------------------------------------------------- */

static const char *const names[] = {"tr", "trc", "trf", "trn", "N_", "err_new", NULL};

static void
use(const char *key, const char *plural, struct place at, bool is_code, bool is_optional)
{
	struct message *m = message(key);
	bool fresh = !m->at.file || m->is_optional;

	if (!*key) {
		fault(at, "an empty text cannot be translated");
		return;
	}
	if (fresh) {
		m->at = at;
		m->is_optional = is_optional;
	}
	m->is_code |= is_code;
	if (plural && m->plural && strcmp(plural, m->plural) != 0)
		fault(at, "\"%s\" has another plural elsewhere", shown(key));
	if (plural)
		m->plural = strdup(plural);
}

/* noun.state, as error codes are written. */
static bool
is_code(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n && s[n] == '.' && s[n + 1] &&
	       s[n + 1 + strspn(s + n + 1, "abcdefghijklmnopqrstuvwxyz0123456789_.")] == 0 &&
	       s[strlen(s) - 1] != '.';
}

static void
use_error(const struct call *c, struct place at)
{
	struct piece kind = c->n_args > 2 ? c->args[1] : (struct piece){"", 0};
	char *code;

	if (c->n_args < 3 || !literal(c->args[2], &code))
		return; /* a code handed on: marked N_() where it was written */
	use(code, NULL, at, true,
	    kind.n == strlen("ERR_INTERNAL") && memcmp(kind.p, "ERR_INTERNAL", kind.n) == 0);
}

static void
use_call(const struct call *c, struct place at)
{
	char *texts[CALL_ARGS], *key;
	size_t n = 0;
	char first = c->name.p[2];

	if (*c->name.p == 'e') {
		use_error(c, at);
		return;
	}
	for (size_t i = 0; i < c->n_args && n < 2; i++)
		if (literal(c->args[i], &texts[n]))
			n++;
		else if (n)
			break;
	if (n == 0)
		return;
	if (*c->name.p == 'N')
		use(texts[0], NULL, at, is_code(texts[0]), false);
	else if ((first == 'n' && c->name.n == 3) || (first == 'c' && c->name.n == 3)) {
		if (n != 2) {
			fault(at, "tr%c() takes two texts", first);
		} else if (first == 'n') {
			use(texts[0], texts[1], at, false, false);
		} else if (asprintf(&key, "%s\004%s", texts[0], texts[1]) >= 0) {
			use(key, NULL, at, false, false);
		}
	} else {
		use(texts[0], NULL, at, false, false);
	}
}

/* Calls in the code from p to end; *line moves along. */
static void
read_code(const char *p, const char *end, struct place *at)
{
	struct call c;
	const char *start = p;

	while (p < end) {
		const char *q = skip_quiet(p, end);
		if (q == p && (p == start || !is_word(p[-1])) && read_call(p, end, names, &c))
			use_call(&c, *at);
		q += q == p;
		for (; p < q; p++)
			at->line += *p == '\n';
	}
}

/* A template: lines of C, and what stands in {{ }}. */
static void
read_template(const char *p, struct place at)
{
	for (at.line = 1; *p; at.line++) {
		const char *end = p + strcspn(p, "\n");
		struct place here = at;
		if (*p == '%' && p[1] != '#') {
			read_code(p + 1, end, &here);
		} else if (*p != '%') {
			for (const char *q = p; (q = memmem(q, (size_t)(end - q), "{{", 2));) {
				const char *stop = q += 2;
				while ((stop = find_outside(stop, end, "}")) < end &&
				       stop[1] != '}')
					stop++;
				read_code(q, stop, &here);
				q = stop;
			}
		}
		p = end + (*end == '\n');
	}
}

static void
read_source(const char *name)
{
	size_t n;
	struct place at = {name, 1};
	const char *text = read_file(name, &n), *dot = strrchr(name, '.');

	if (dot && strcmp(dot, ".html") == 0)
		read_template(text, at);
	else
		read_code(text, text + n, &at);
}

/* --- checks ----------------------------------------------------------------------------- */

static void
check_conversions(const struct message *m, int lang, int form)
{
	const char *from = m->plural ? m->plural : m->key, *cut = strchr(from, '\004');
	const struct entry *e = &m->in[lang];
	struct conversions want = conversions(cut ? cut + 1 : from),
			   got = conversions(e->strings[form]);
	bool fewer = m->plural && form == 0; /* the singular may leave the number out */

	if (want.fault)
		return; /* a percent sign that is none: the text is not a format */
	if (got.fault && !(fewer && strstr(got.fault, "out"))) {
		fault(e->at, "the translation %s", got.fault);
		return;
	}
	for (size_t i = 0; i < CONVERSIONS; i++)
		if (strcmp(want.type[i], got.type[i]) != 0 && !(fewer && !got.type[i][0])) {
			fault(e->at,
			    "\"%s\" has other conversions than the bokmål text: "
			    "argument %zu is \"%s\", not \"%s\"",
			    shown(e->strings[form]), i + 1, got.type[i], want.type[i]);
			return;
		}
}

static void
check_message(const struct message *m)
{
	for (int l = NB; l < LANGS; l++) {
		const struct entry *e = &m->in[l];
		bool needed = m->at.file && !m->is_optional && (l != NB || m->is_code);
		if (needed && !e->at.file)
			fault(
			    m->at, "\"%s\" is missing in po/%s", shown(m->key), lang_names[l]);
		if (!e->at.file)
			continue;
		if (!m->at.file)
			fault(e->at, "\"%s\" is used nowhere", shown(m->key));
		else if (m->plural && !e->strings[1])
			fault(e->at, "\"%s\" needs msgid_plural \"%s\"", shown(m->key),
			    m->plural);
		else if (!m->is_code)
			for (int form = 0; form < (m->plural ? 2 : 1); form++)
				check_conversions(m, l, form);
	}
}

static int
by_key(const void *a, const void *b)
{
	return strcmp(((const struct message *)a)->key, ((const struct message *)b)->key);
}

/* Moves the messages together, in order. */
static void
sort_messages(void)
{
	size_t n = 0;

	for (size_t i = 0; i < cap_messages; i++)
		if (messages[i].key)
			messages[n++] = messages[i];
	qsort(messages, n, sizeof(*messages), by_key);
}

/* --- output ----------------------------------------------------------------------------- */

static void
put_literal(FILE *f, const char *s)
{
	fputc('"', f);
	for (; *s; s++)
		if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else if (*s == '\n')
			fputs("\\n", f);
		else if ((unsigned char)*s < ' ')
			fprintf(f, "\\%03o", (unsigned char)*s);
		else
			fputc(*s, f);
	fputc('"', f);
}

static void
put_escaped(FILE *f, const char *s)
{
	char *text = calloc(1, strlen(s) * 6 + 1), *to = text;

	for (; *s; s++)
		switch (*s) {
		case '&': to = stpcpy(to, "&amp;"); break;
		case '<': to = stpcpy(to, "&lt;"); break;
		case '>': to = stpcpy(to, "&gt;"); break;
		case '"': to = stpcpy(to, "&quot;"); break;
		case '\'': to = stpcpy(to, "&#39;"); break;
		default: *to++ = *s;
		}
	fputs("{{", f);
	put_literal(f, text);
	fprintf(f, ", %zu}}, ", (size_t)(to - text));
	free(text);
}

/* The text of a message in a language and form, the bokmål text where there is no entry. */
static const char *
text_of(const struct message *m, int lang, int form)
{
	const char *cut = strchr(m->key, '\004');

	if (m->in[lang].strings[form])
		return m->in[lang].strings[form];
	return form ? m->plural : cut ? cut + 1 : m->key;
}

/* The arrays that tplgen's code names. */
static void
put_arrays(FILE *c, const struct message *m)
{
	if (m->is_code)
		return;
	fprintf(c, "extern const struct text %s[4];\nconst struct text %s[4] = {{{\"\", 0}}, ",
	    text_name("tr", m->key), text_name("tr", m->key));
	for (int l = NB; l < LANGS; l++)
		put_escaped(c, text_of(m, l, 0));
	fputs("};\n", c);
	if (!m->plural)
		return;
	fprintf(c,
	    "extern const struct text %s[4][2];\nconst struct text %s[4][2] = {{{{\"\", 0}}, "
	    "{{\"\", 0}}}, ",
	    text_name("trn", m->key), text_name("trn", m->key));
	for (int l = NB; l < LANGS; l++) {
		fputs("{", c);
		put_escaped(c, text_of(m, l, 0));
		put_escaped(c, text_of(m, l, 1));
		fputs("}, ", c);
	}
	fputs("};\n", c);
}

static void
put_row(FILE *c, const struct message *m)
{
	fputs("\t{", c);
	put_literal(c, m->key);
	fputs(", {{0}, ", c);
	for (int l = NB; l < LANGS; l++) {
		fputs("{", c);
		put_literal(c, text_of(m, l, 0));
		if (m->plural) {
			fputs(", ", c);
			put_literal(c, text_of(m, l, 1));
		}
		fputs("}, ", c);
	}
	fputs("}},\n", c);
}

/* The first eight bytes of each key as a number in the same order, close together: most of a
 * search is done there. */
static void
put_heads(FILE *c)
{
	fputs("\nstatic const uint64_t heads[] = {\n", c);
	for (size_t i = 0; i < n_messages; i++) {
		const char *key = messages[i].key;
		fputs("\t0x", c);
		for (int k = 0; k < 8; k++)
			fprintf(c, "%02x", (unsigned char)(*key ? *key++ : 0));
		fputs(",\n", c);
	}
	fputs("};\n", c);
}

static const char header[] =
    "/* Made by pogen: do not edit. */\n"
    "#pragma once\n"
    "#include \"base/lang.h\"\n"
    "#include \"base/str.h\"\n\n"
    "/* The text in the language; the text itself where it is unknown. */\n"
    "__attribute__((format_arg(2))) const char *tr(enum lang lang, const char *msgid);\n"
    "/* The same for a text that means different things: trc(lang, \"verb\", \"Svar\"). */\n"
    "#define trc(lang, context, msgid) tr_context((lang), context \"\\004\" msgid, msgid)\n"
    "const char *tr_context(enum lang lang, const char *key, const char *msgid);\n"
    "/* One form or the other by n; a format for it. */\n"
    "__attribute__((format_arg(2), format_arg(3))) const char *trn(\n"
    "    enum lang lang, const char *one, const char *many, long long n);\n"
    "/* The translated format, filled in. */\n"
    "__attribute__((format(printf, 3, 4))) str trf(\n"
    "    struct arena *a, enum lang lang, const char *msgid, ...);\n"
    "/* The sentence for users of an error code, or that of the code \"internal\". */\n"
    "const char *tr_error(enum lang lang, const char *code);\n";

static const char functions[] =
    "};\n\n"
    "static uint64_t\n"
    "head_of(const char *key)\n"
    "{\n"
    "\tuint64_t head = 0;\n\n"
    "\tfor (int i = 0; i < 8; i++)\n"
    "\t\thead = head << 8 | (unsigned char)(*key ? *key++ : 0);\n"
    "\treturn head;\n"
    "}\n\n"
    "static const struct row *\n"
    "find(const char *key)\n"
    "{\n"
    "\tsize_t low = 0, high = sizeof(rows) / sizeof(*rows);\n"
    "\tuint64_t head = head_of(key);\n\n"
    "\twhile (low < high) {\n"
    "\t\tsize_t mid = low + (high - low) / 2;\n"
    "\t\tint order = head < heads[mid]   ? -1\n"
    "\t\t            : head > heads[mid] ? 1\n"
    "\t\t                                : strcmp(key, rows[mid].key);\n"
    "\t\tif (order == 0)\n"
    "\t\t\treturn &rows[mid];\n"
    "\t\tif (order < 0)\n"
    "\t\t\thigh = mid;\n"
    "\t\telse\n"
    "\t\t\tlow = mid + 1;\n"
    "\t}\n"
    "\treturn NULL;\n"
    "}\n\n"
    "const char *\n"
    "tr_context(enum lang lang, const char *key, const char *msgid)\n"
    "{\n"
    "\tconst struct row *r = find(key);\n\n"
    "\treturn r && r->in[lang][0] ? r->in[lang][0] : msgid;\n"
    "}\n\n"
    "const char *\n"
    "tr(enum lang lang, const char *msgid)\n"
    "{\n"
    "\treturn tr_context(lang, msgid, msgid);\n"
    "}\n\n"
    "const char *\n"
    "trn(enum lang lang, const char *one, const char *many, long long n)\n"
    "{\n"
    "\tconst struct row *r = find(one);\n\n"
    "\tif (!r || !r->in[lang][1])\n"
    "\t\treturn n == 1 ? one : many;\n"
    "\treturn r->in[lang][n != 1];\n"
    "}\n\n"
    "str\n"
    "trf(struct arena *a, enum lang lang, const char *msgid, ...)\n"
    "{\n"
    "\tchar most[256];\n"
    "\tva_list ap, again;\n\n"
    "\tva_start(ap, msgid);\n"
    "\tva_copy(again, ap);\n"
    "\tint n = vsnprintf(most, sizeof(most), tr(lang, msgid), ap);\n"
    "\tva_end(ap);\n"
    "\tchar *p = arena_array(a, char, n < 0 ? 1 : (size_t)n + 1);\n"
    "\tif (n > 0 && (size_t)n < sizeof(most))\n"
    "\t\tmemcpy(p, most, (size_t)n);\n"
    "\telse if (n > 0)\n"
    "\t\tvsnprintf(p, (size_t)n + 1, tr(lang, msgid), again);\n"
    "\tva_end(again);\n"
    "\treturn (str){p, n < 0 ? 0 : (size_t)n};\n"
    "}\n\n"
    "const char *\n"
    "tr_error(enum lang lang, const char *code)\n"
    "{\n"
    "\tconst struct row *r = find(code);\n\n"
    "\treturn r && strcmp(r->in[lang][0], code) != 0 ? r->in[lang][0] : tr(lang, "
    "\"internal\");\n"
    "}\n";

static FILE *
create(const char *name)
{
	FILE *f = fopen(name, "w");

	if (!f)
		die("cannot write", name);
	return f;
}

static void
write_code(const char *name)
{
	FILE *c = create(name);

	fputs("/* Made by pogen: do not edit. */\n#include \"tr.h\"\n\n#include "
	      "\"web/html.h\"\n\n#include <stdarg.h>\n#include <stdio.h>\n#include "
	      "<string.h>\n\n",
	    c);
	for (size_t i = 0; i < n_messages; i++)
		put_arrays(c, &messages[i]);
	put_heads(c);
	fputs("\nstatic const struct row {\n\tconst char *key, *in[LANGS][2];\n} rows[] = {\n",
	    c);
	for (size_t i = 0; i < n_messages; i++)
		put_row(c, &messages[i]);
	fputs(functions, c);
	if (fclose(c))
		die("cannot write", name);
}

/* The header never changes: it is left alone so that nothing is compiled again for it. */
static void
write_header(const char *name)
{
	size_t n;
	FILE *f = fopen(name, "r");

	if (f) {
		fclose(f);
		if (strcmp(read_file(name, &n), header) == 0)
			return;
	}
	f = create(name);
	fputs(header, f);
	if (fclose(f))
		die("cannot write", name);
}

/* What is missing in a language, as entries to fill in. */
static void
write_missing(const char *out, int lang)
{
	char *name;

	if (asprintf(&name, "%s.%s.po", out, lang_names[lang]) < 0)
		die("out of memory", "");
	FILE *f = create(name);
	for (size_t i = 0; i < n_messages; i++) {
		const struct message *m = &messages[i];
		const char *cut = strchr(m->key, '\004');
		if (!m->at.file || m->is_optional || m->in[lang].at.file ||
		    (lang == NB && !m->is_code))
			continue;
		fprintf(f, "#: %s:%d\n", m->at.file, m->at.line);
		if (cut)
			fprintf(f, "msgctxt \"%.*s\"\n", (int)(cut - m->key), m->key);
		fputs("msgid ", f);
		put_literal(f, cut ? cut + 1 : m->key);
		if (m->plural) {
			fputs("\nmsgid_plural ", f);
			put_literal(f, m->plural);
		}
		fputs(m->plural ? "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n\n" : "\nmsgstr \"\"\n\n",
		    f);
	}
	fclose(f);
	free(name);
}

int
main(int argc, char **argv)
{
	int i = 3;

	if (argc < 4) {
		fputs("usage: pogen OUT.h OUT.c PO... -- TEMPLATE... SOURCE...\n", stderr);
		return 2;
	}
	use("internal", NULL, (struct place){"tools/pogen.c", 1}, true, false);
	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		read_po(argv[i]);
	for (i++; i < argc; i++)
		read_source(argv[i]);
	sort_messages();
	for (size_t k = 0; k < n_messages; k++)
		check_message(&messages[k]);
	for (int l = NB; faults && l < LANGS; l++)
		write_missing(argv[2], l);
	if (faults) {
		fprintf(stderr,
		    "pogen: %d faults; what is missing stands in %s.LANG.po to fill in\n",
		    faults, argv[2]);
		return 1;
	}
	write_header(argv[1]);
	write_code(argv[2]);
	return 0;
}
