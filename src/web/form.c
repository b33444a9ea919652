#include "web/form.h"

#include "base/utf.h"
#include "web/gate.h"

struct err *
form_add(struct arena *a, struct form *f, str name, str value)
{
	if (f->n == FORM_MAX)
		return err_new(
		    a, ERR_INVALID, "form.too_many", "more than %d fields", FORM_MAX);
	if (name.n == 0 || name.n > FORM_NAME_MAX_BYTES || !utf_clean_line(name))
		return err_new(a, ERR_INVALID, "form.malformed", "name of field %zu", f->n);
	if (!f->fields)
		f->fields = arena_array(a, struct form_field, FORM_MAX);
	f->fields[f->n++] = (struct form_field){name, value};
	return OK;
}

struct err *
form_parse(struct arena *a, str s, struct form *ret)
{
	struct form f = {0};
	str pair, name, value;

	while (s.n) {
		if (!str_cut(s, '&', &pair, &s)) {
			pair = s;
			s.n = 0;
		}
		if (!pair.n)
			continue;
		value = (str){pair.p, 0};
		if (!str_cut(pair, '=', &name, &value))
			name = pair;
		if (!http_decode(a, name, true, &name) || !http_decode(a, value, true, &value))
			return err_new(a, ERR_INVALID, "form.malformed", "field %zu", f.n);
		TRY(form_add(a, &f, name, value));
	}
	*ret = f;
	return OK;
}

/* RFC 6265 4.1.1: cookie-octet. */
static bool
cookie_value(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

str
form_cookie(str header, str name)
{
	str pair, key, value, found = {0};

	while (header.n) {
		if (!str_cut(header, ';', &pair, &header)) {
			pair = header;
			header.n = 0;
		}
		if (!str_cut(str_trim(pair), '=', &key, &value) || !str_eq(key, name))
			continue;
		if (found.p || !cookie_value(value))
			return (str){0};
		found = value;
	}
	return found;
}
