#include "web/json_in.h"

#include <inttypes.h>
#include <jansson.h>

#include "web/gate.h"

enum { DEPTH_MAX = 3 };

static struct err *
bad_value(struct arena *a, str name, const char *why)
{
	return err_new(a, ERR_INVALID, "json.bad_value", STR_FMT ": %s", STR_ARG(name), why);
}

/* jansson's own limit is 2048 levels, each a stack frame. */
static bool
too_deep(str s)
{
	int depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '{' || c == '[') && ++depth > DEPTH_MAX)
			return true;
		else if (!in_string && (c == '}' || c == ']'))
			depth--;
	}
	return false;
}

static struct err *
add_scalar(struct arena *a, struct form *f, str name, const json_t *v)
{
	str text;

	switch (json_typeof(v)) {
	case JSON_STRING:
		text = (str){json_string_value(v), json_string_length(v)};
		if (!http_clean(a, str_copy(a, text), &text))
			return bad_value(a, name, "control characters");
		return form_add(a, f, name, text);
	case JSON_INTEGER:
		text =
		    str_from_c(arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v)));
		return form_add(a, f, name, text);
	case JSON_TRUE: return form_add(a, f, name, S("true"));
	case JSON_FALSE: return form_add(a, f, name, S("false"));
	case JSON_NULL:
	case JSON_REAL:
	case JSON_OBJECT:
	case JSON_ARRAY: break;
	}
	return bad_value(a, name, "not a string, integer or boolean");
}

static struct err *
add_array(struct arena *a, struct form *f, str name, const json_t *v)
{
	for (size_t i = 0; i < json_array_size(v); i++) {
		const json_t *one = json_array_get(v, i);

		if (!json_is_string(one) && !json_is_integer(one))
			return bad_value(a, name, "a list of something else than texts");
		TRY(add_scalar(a, f, name, one));
	}
	return OK;
}

static struct err *
add_all(struct arena *a, struct form *f, json_t *object)
{
	const char *key;
	json_t *v;

	json_object_foreach(object, key, v)
	{
		str name;

		if (!http_clean(a, str_copy(a, str_from_c(key)), &name))
			return err_new(a, ERR_INVALID, "form.malformed", "name of a field");
		if (json_is_array(v))
			TRY(add_array(a, f, name, v));
		else if (!json_is_null(v))
			TRY(add_scalar(a, f, name, v));
	}
	return OK;
}

static void
drop(void *arg)
{
	json_decref(arg);
}

struct err *
json_in(struct arena *a, str text, struct form *ret)
{
	json_error_t why;
	struct form f = {0};

	if (too_deep(text))
		return err_new(a, ERR_INVALID, "json.bad_value", "too many levels");
	json_t *root =
	    json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!root)
		return err_new(a, ERR_INVALID, "json.malformed", "line %d, column %d: %s",
		    why.line, why.column, why.text);
	arena_defer(a, drop, root);
	if (!json_is_object(root))
		return err_new(a, ERR_INVALID, "json.not_object", "not an object");
	TRY(add_all(a, &f, root));
	*ret = f;
	return OK;
}
