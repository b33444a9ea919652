/*
 * tplgen - turns web/tpl/NAME.html into gen/t_NAME.h and gen/t_NAME.c.
 *
 *	tplgen NAME.html OUT.h OUT.c
 *
 * It becomes void t_NAME(struct view *o, const struct t_NAME *v).
 *
 *	%# remark                   nothing
 *	%use "HEADER"               an #include
 *	%arg TYPE name;             a member of struct t_NAME; *v in the template
 *	% C code                    as it is
 *	{{ expression }}            html_put(): escaped by its type; struct html goes as it is.
 *	                            In an attribute html_put_attr(), which refuses struct html.
 *	                            In href, src, action, hx-get and the like html_put_url(),
 *	                            which takes a struct url only; first in the value.
 *	checked?="{{ condition }}"  the attribute where the condition holds: a flag of HTML
 *	title?="{{ value }}"        the attribute where the value is not empty
 *	{{> name arg=x, arg2=y }}   another template, given its arguments
 *	{{ tr("Meld sak") }}        a translated text: struct text, an expression like others
 *	{{ trc("verb", "Svar") }}   the same with a context
 *	{{ trf("%s svarte %d. gang", a, n) }}       %s: str, C string, text, in text also html;
 *	                                            %d: any integer
 *	{{ trn("%d svar mangler", "%d svar mangler", n) }}  the first where n is 1; more
 *	                            arguments may follow
 *
 * tr and its like are found in lines of C too. With something else than a text first they are
 * the functions of tr.h: {{ tr(o->lang, row->label) }}.
 *
 * The HTML around {{ }} is followed closely enough to refuse the places where escaping is
 * not enough: script, style, comments, tags, unquoted, on* and some other attributes. What the
 * Content-Security-Policy stops is refused too: style and on* attributes, and script and style
 * in the page. So are words for people outside tr(): {{ "Rødtråd" }} is for names. Blanks at
 * the start of a line are dropped outside pre and textarea. #line keeps the compiler's messages
 * pointing at the template.
 */
#include "text.h"

enum where { TEXT, TAG, VALUE, COMMENT, RAW }; /* RAW: script or style */

static const char *file;
static int line;
static enum where where;
static char tag[64], attr[64], quote, word[64];
static size_t word_n, value_n; /* letters of the word; bytes of the value so far */
static bool closing;           /* in a tag that starts with </ */
static int verbatim;           /* depth of pre and textarea */
static FILE *code, *head, *seen;
static bool open_text; /* in a string literal of the C file */

static _Noreturn void __attribute__((format(printf, 1, 2))) die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static bool
is_one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

/* hx-get and data-hx-get, with or without a modifier (hx-get:inherited), is hx-get. */
static const char *
plain_attr(void)
{
	static char plain[64];
	const char *from = strncmp(attr, "data-hx-", 8) == 0 ? attr + 5 : attr;

	snprintf(plain, sizeof(plain), "%s", from);
	if (strncmp(plain, "hx-", 3) == 0)
		plain[strcspn(plain, ":")] = 0;
	return plain;
}

static bool
is_url_attr(void)
{
	static const char *const urls[] = {"href", "src", "action", "formaction", "poster",
	    "cite", "data", "ping", "background", "manifest", "xlink:href", "hx-get", "hx-post",
	    "hx-put", "hx-delete", "hx-patch", "hx-action", "hx-push-url", "hx-replace-url",
	    "sse-connect", NULL};

	return is_one_of(plain_attr(), urls);
}

static bool
is_code_attr(void)
{
	static const char *const codes[] = {"style", "srcdoc", "srcset", "hx-vals",
	    "hx-headers", "hx-vars", "hx-config", "hx-on", "hx-live", "http-equiv", NULL};

	return strncmp(attr, "on", 2) == 0 || is_one_of(plain_attr(), codes);
}

/* --- the C file ------------------------------------------------------------------------- */

static void
close_text(void)
{
	if (open_text)
		fputs("\"));", code);
	open_text = false;
}

static void
end_line(void)
{
	fputs(open_text ? "\"\n\"" : "\n", code);
}

static void
put_char(char ch)
{
	if (!open_text)
		fputs("buf_put(&o->b, S(\"", code);
	open_text = true;
	if (ch == '\n')
		fputs("\\n", code);
	else if (ch == '"' || ch == '\\')
		fprintf(code, "\\%c", ch);
	else
		fputc(ch, code);
}

static void put_code(struct piece s);

/* Declares the text once and gives its C name. */
static const char *
declare(const char *msgid, bool plural)
{
	char *name = text_name(plural ? "trn" : "tr", msgid);

	fprintf(seen, "extern const struct text %s[LANGS]%s;\n", name, plural ? "[2]" : "");
	return name;
}

/* The %s and %d of a text as typed arguments: , n, (const struct text[]){...} */
static void
put_format_args(const char *fmt, const struct call *c, size_t first, const char *as)
{
	struct conversions k = conversions(fmt);

	if (k.fault)
		die("the text \"%s\" %s", fmt, k.fault);
	if (k.n != c->n_args - first)
		die("\"%s\" takes %zu arguments, not %zu", fmt, k.n, c->n_args - first);
	fprintf(code, ", (const struct %s[]){", as);
	for (size_t i = 0; i < k.n; i++) {
		if (strcmp(k.type[i], "s") != 0 && strcmp(k.type[i], "d") != 0)
			die("%%%s in a template's text: use %%s or %%d", k.type[i]);
		fprintf(code, "html_%s_%s(o->a, ", as, k.type[i]);
		put_code(c->args[first + i]);
		fputs("), ", code);
	}
	fprintf(code, "{S(\"\")}}, %zu)", k.n);
}

/* trf() and trn(); to_page: written out at once, and may then hold markup. */
static void
put_format(const struct call *c, const char *msgid, bool plural, bool to_page)
{
	size_t first = plural ? 2 : 1;

	fputs(to_page ? "html_put_format(&o->b, " : "html_text_format(o->a, ", code);
	if (plural) {
		fprintf(code, "%s[o->lang][(", declare(msgid, true));
		put_code(c->args[2]);
		fputs(") != 1]", code);
	} else {
		fprintf(code, "%s[o->lang]", declare(msgid, false));
	}
	char *fmt = NULL;
	if (!literal(c->args[first - 1], &fmt))
		die("%.*s() needs a text in quotes", (int)c->name.n, c->name.p);
	put_format_args(fmt, c, first, to_page ? "html" : "text");
}

static bool
call_is(const struct call *c, const char *name)
{
	return c->name.n == strlen(name) && memcmp(c->name.p, name, c->name.n) == 0;
}

/* A call of tr(), trc(), trf() or trn() with its text first; false: an ordinary call. */
static bool
put_translated(const struct call *c, bool to_page)
{
	char *msgid, *id;

	if (!literal(c->args[0], &msgid))
		return false;
	if (!*msgid)
		die("an empty text cannot be translated");
	if (call_is(c, "trc")) {
		if (c->n_args != 2 || !literal(c->args[1], &id))
			die("trc() takes a context and a text in quotes");
		if (asprintf(&msgid, "%s\004%s", msgid, id) < 0)
			abort();
	}
	if (call_is(c, "trf") || call_is(c, "trn")) {
		bool plural = call_is(c, "trn");
		if (plural && c->n_args < 3)
			die("trn() takes the singular, the plural and a number");
		put_format(c, msgid, plural, to_page);
		return true;
	}
	if (call_is(c, "tr") && c->n_args != 1)
		die("tr() takes one text; trf() takes arguments");
	if (to_page)
		fprintf(code, "buf_put(&o->b, %s[o->lang].s)", declare(msgid, false));
	else
		fprintf(code, "%s[o->lang]", declare(msgid, false));
	return true;
}

static const char *const tr_names[] = {"tr", "trc", "trf", "trn", NULL};

/* C code, its tr() and the like replaced. */
static void
put_code(struct piece s)
{
	const char *p = s.p, *end = s.p + s.n;
	struct call c;

	while (p < end) {
		const char *q = skip_quiet(p, end);
		bool starts = p == s.p || (!is_word(p[-1]) && p[-1] != '.');
		if (q == p && starts && read_call(p, end, tr_names, &c) &&
		    put_translated(&c, false))
			q = c.end;
		else if (q == p)
			fputc(*q++, code);
		else
			fwrite(p, 1, (size_t)(q - p), code);
		p = q;
	}
}

/* --- {{ }} ------------------------------------------------------------------------------ */

/* {{> name arg=x, arg2=y }} */
static void
put_partial(struct piece s)
{
	size_t n = 0;
	const char *end = s.p + s.n;

	if (where != TEXT)
		die("{{> }} inside a tag");
	s = trim(s);
	while (n < s.n && is_word(s.p[n]))
		n++;
	if (n == 0)
		die("{{> }} without the name of a template");
	fprintf(seen, "#include \"t_%.*s.h\"\n", (int)n, s.p);
	fprintf(code, "t_%.*s(o, &(const struct t_%.*s){", (int)n, s.p, (int)n, s.p);
	for (const char *p = s.p + n; p < end; p++) {
		const char *stop = find_outside(p, end, ",");
		struct piece arg = trim((struct piece){p, (size_t)(stop - p)});
		const char *eq = memchr(arg.p, '=', arg.n);
		if (arg.n == 0 && stop == end)
			break;
		if (!eq || eq == arg.p)
			die("{{> %.*s }}: write arg=expression", (int)n, s.p);
		fputc('.', code);
		fwrite(arg.p, 1, (size_t)(eq + 1 - arg.p), code);
		put_code((struct piece){eq + 1, (size_t)(arg.p + arg.n - eq - 1)});
		fputs(", ", code);
		p = stop;
	}
	fputs("});", code);
}

static const char *
put_function(void)
{
	if (where == TEXT)
		return "html_put";
	if (where != VALUE)
		die("{{ }} is not safe here");
	if (is_code_attr())
		die("{{ }} is not safe in %s", attr);
	if (is_url_attr() && value_n)
		die("{{ }} must come first in %s", attr);
	return is_url_attr() ? "html_put_url" : "html_put_attr";
}

/* p is after {{; returns what is after }}. */
static const char *
put_expression(const char *p)
{
	const char *end = p + strlen(p), *stop = p;
	struct call c;

	while ((stop = find_outside(stop, end, "}")) < end && stop[1] != '}')
		stop++;
	if (stop >= end)
		die("{{ without }} on the same line");
	close_text();
	struct piece s = trim((struct piece){p, (size_t)(stop - p)});
	if (s.n == 0)
		die("{{ }} without an expression");
	if (*s.p == '>') {
		put_partial((struct piece){s.p + 1, s.n - 1});
		return stop + 2;
	}
	const char *function = put_function();
	value_n++;
	if (where == TEXT && read_call(s.p, s.p + s.n, tr_names, &c) && c.end == s.p + s.n &&
	    put_translated(&c, true)) {
		fputc(';', code);
		return stop + 2;
	}
	fprintf(code, "%s(&o->b, ", function);
	put_code(s);
	fputs(");", code);
	return stop + 2;
}

/* p is at name?="{{ x }}" in a tag; returns what is after it. */
static const char *
put_optional(const char *p, size_t n)
{
	static const char *const flags[] = {"checked", "disabled", "selected", "required",
	    "open", "multiple", "readonly", "hidden", "autofocus", "novalidate",
	    "formnovalidate", "async", "defer", "reversed", "loop", "muted", "controls",
	    "inert", "popover", "ismap", NULL};
	const char *from = p + n + 3, *end, *stop = from + 2;

	snprintf(attr, sizeof(attr), "%.*s", (int)n, p);
	if (strncmp(from, "{{", 2) != 0)
		die("%s?= takes \"{{ expression }}\"", attr);
	end = from + strlen(from);
	while ((stop = find_outside(stop, end, "}")) < end && stop[1] != '}')
		stop++;
	if (stop >= end || stop[2] != '"')
		die("%s?= takes \"{{ expression }}\" and nothing else", attr);
	if (is_code_attr())
		die("{{ }} is not safe in %s", attr);
	close_text();
	struct piece s = trim((struct piece){from + 2, (size_t)(stop - from - 2)});
	bool flag = is_one_of(attr, flags), url = is_url_attr();
	if (flag)
		fputs("if (", code);
	else if (url)
		fprintf(code, "html_put_optional_url(&o->b, S(\"%s\"), ", attr);
	else
		fprintf(code, "html_put_optional(&o->b, S(\"%s\"), html_text_s(o->a, ", attr);
	put_code(s);
	if (flag)
		fprintf(code, ") buf_put(&o->b, S(\"%s\"));", attr);
	else
		fputs(url ? ");" : "));", code);
	return stop + 3;
}

/* --- following the HTML ----------------------------------------------------------------- */

static void
end_word(void)
{
	if (!*tag && word_n)
		snprintf(tag, sizeof(tag), "%.*s", (int)word_n, word);
	word_n = 0;
}

static void
end_tag(void)
{
	end_word();
	where =
	    !closing && (strcmp(tag, "script") == 0 || strcmp(tag, "style") == 0) ? RAW : TEXT;
	if (strcmp(tag, "pre") == 0 || strcmp(tag, "textarea") == 0)
		verbatim += closing ? -1 : 1;
}

static void
follow_tag(const char *p)
{
	if (*p == '>') {
		end_tag();
	} else if (*p == '"' || *p == '\'') {
		die("a quote without an attribute");
	} else if (*p == '=') {
		snprintf(attr, sizeof(attr), "%.*s", (int)word_n, word);
		if (!word_n)
			die("no name before =");
		if (strncmp(attr, "on", 2) == 0 || strcmp(attr, "style") == 0)
			die("our Content-Security-Policy stops %s", attr);
		if (p[1] != '"' && p[1] != '\'')
			die("put quotes around the value of %s", attr);
	} else if (isspace((unsigned char)*p) || *p == '/') {
		end_word();
	} else if (word_n < sizeof(word) - 1) {
		word[word_n++] = (char)tolower((unsigned char)*p);
	}
}

/* Moves over the character at p. */
static void
follow(const char *p)
{
	switch (where) {
	case TEXT:
		if (strncmp(p, "<!--", 4) == 0) {
			where = COMMENT;
		} else if (*p == '<' && (isalpha((unsigned char)p[1]) || strchr("/!", p[1]))) {
			where = TAG;
			closing = p[1] == '/';
			word_n = 0;
			tag[0] = attr[0] = 0;
		}
		return;
	case COMMENT:
		if (strncmp(p, "-->", 3) == 0)
			where = TEXT;
		return;
	case RAW:
		if (*p != '<' && !isspace((unsigned char)*p))
			die("our Content-Security-Policy stops what stands in %s", tag);
		if (strncmp(p, "</", 2) == 0 && strncasecmp(p + 2, tag, strlen(tag)) == 0) {
			where = TAG;
			closing = true;
			word_n = 0;
			tag[0] = 0;
		}
		return;
	case VALUE:
		value_n++;
		if (*p == quote)
			where = TAG, word_n = 0;
		return;
	case TAG: follow_tag(p); return;
	}
}

/* Words for people outside tr(). */
static void
refuse_words(const char *p)
{
	static const char *const spoken[] = {"title", "alt", "placeholder", "label",
	    "aria-label", "aria-description", "aria-roledescription", "aria-valuetext",
	    "aria-placeholder", NULL};

	if (where == VALUE && !is_one_of(attr, spoken))
		return;
	if ((where == TEXT || where == VALUE) && (isalpha((unsigned char)*p) || (*p & 0x80))) {
		if (isalpha((unsigned char)*p) ||
		    (strncmp(p, "\xc3", 1) == 0 && (p[1] & 0xc0) == 0x80 && p[1] != '\x97'))
			die("put words for people into {{ tr(\"%.*s\") }}",
			    (int)strcspn(p, "<{\n\""), p);
	}
}

/* Length of name in name?="..." at p in a tag; 0: it is not that. */
static size_t
optional_at(const char *p)
{
	size_t n = 0;

	if (where != TAG || word_n || !*tag)
		return 0;
	while (isalnum((unsigned char)p[n]) || (n && strchr("-:", p[n]) && p[n]))
		n++;
	return n && strncmp(p + n, "?=\"", 3) == 0 ? n : 0;
}

static void
text_line(const char *p)
{
	size_t n;

	if (where == TEXT && verbatim <= 0)
		p += strspn(p, " \t");
	if (*p == '\n' && where == TEXT && verbatim <= 0)
		p++;
	while (*p) {
		if (strncmp(p, "{{", 2) == 0) {
			p = put_expression(p + 2);
			continue;
		}
		if ((n = optional_at(p))) {
			p = put_optional(p, n);
			continue;
		}
		n = where == TEXT && *p == '&' ? strcspn(p, ";\n") : 0;
		if (where == TAG && *p == '=' && (p[1] == '"' || p[1] == '\'')) {
			follow(p);
			put_char(*p++);
			put_char(quote = *p++);
			where = VALUE;
			value_n = 0;
			continue;
		}
		refuse_words(p);
		follow(p);
		put_char(*p++);
		while (n && n-- > 1)
			put_char(*p++);
	}
	end_line();
}

/* --- the file --------------------------------------------------------------------------- */

static void
one_line(const char *row)
{
	bool quiet = strncmp(row, "%#", 2) == 0 || strncmp(row, "%arg ", 5) == 0 ||
		     strncmp(row, "%use ", 5) == 0;

	if (strncmp(row, "%use ", 5) == 0)
		fprintf(head, "#include %s", row + 5);
	if (*row != '%') {
		text_line(row);
	} else if (quiet) {
		end_line();
	} else {
		if (where != TEXT)
			die("a line of C inside a tag");
		close_text();
		put_code((struct piece){row + 1, strlen(row + 1)});
	}
}

static char *
mem(FILE **f)
{
	static char *p[4];
	static size_t size[4], n;

	*f = open_memstream(&p[n], &size[n]);
	if (!*f)
		die("out of memory");
	return (char *)&p[n++];
}

/* The lines of the template, and the members its %arg lines give. */
static void
read_template(FILE *in, FILE *args)
{
	char *row = NULL;
	size_t cap = 0;
	ssize_t n;

	while (line++, (n = getline(&row, &cap, in)) > 0) {
		if (strlen(row) != (size_t)n)
			die("a NUL byte");
		if (row[n - 1] != '\n')
			die("no newline at the end of the file");
		if (strncmp(row, "%arg ", 5) == 0)
			fprintf(args, "#line %d \"%s\"\n\t%s", line, file, row + 5);
		one_line(row);
	}
	line--;
	close_text();
	if (where != TEXT)
		die("the template ends inside a tag");
}

/* The lines of s, each once. */
static void
put_lines_once(FILE *to, char *s)
{
	char **rows = calloc(strlen(s) + 1, sizeof(*rows)), *save;
	size_t n = 0, i;

	for (char *row = strtok_r(s, "\n", &save); row; row = strtok_r(NULL, "\n", &save)) {
		for (i = 0; i < n && strcmp(rows[i], row) != 0; i++)
			;
		if (i == n)
			fprintf(to, "%s\n", rows[n++] = row);
	}
}

static void
write_files(const char *name, const char *h_name, const char *c_name, char **parts)
{
	FILE *h = fopen(h_name, "w"), *c = fopen(c_name, "w");

	if (!h || !c)
		die("cannot write %s or %s", h_name, c_name);
	fprintf(h,
	    "/* Made by tplgen from %s: do not edit. */\n#pragma once\n"
	    "#include \"web/view.h\"\n%s\nstruct t_%s {\n%s};\n\n"
	    "void t_%s(struct view *o, const struct t_%s *v);\n",
	    file, parts[0], name, parts[1], name, name);
	fprintf(c,
	    "/* Made by tplgen from %s: do not edit. */\n#include \"t_%s.h\"\n\n"
	    "#include \"tr.h\"\n\n",
	    file, name);
	put_lines_once(c, parts[2]);
	fprintf(c,
	    "\nvoid\nt_%s(struct view *o, const struct t_%s *v)\n{\n\t(void)v;\n"
	    "#line 1 \"%s\"\n%s}\n",
	    name, name, file, parts[3]);
	if (fclose(h) || fclose(c))
		die("cannot write %s or %s", h_name, c_name);
}

int
main(int argc, char **argv)
{
	char name[128];
	FILE *args;

	if (argc != 4) {
		fputs("usage: tplgen NAME.html OUT.h OUT.c\n", stderr);
		return 2;
	}
	file = argv[1];
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(base, "."), base);
	FILE *in = fopen(file, "r");
	if (!in)
		die("cannot open");
	char **parts[] = {
	    (char **)mem(&head), (char **)mem(&args), (char **)mem(&seen), (char **)mem(&code)};
	read_template(in, args);
	fclose(head), fclose(args), fclose(seen), fclose(code);
	write_files(
	    name, argv[2], argv[3], (char *[]){*parts[0], *parts[1], *parts[2], *parts[3]});
	return 0;
}
