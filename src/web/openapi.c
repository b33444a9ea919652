/* web/openapi.c - the OpenAPI 3.1 document, made from what is declared. */
#include "web/api.h"

#include "tr.h"
#include "web/site.h"

#include <string.h>

static const char *
schema_type(enum input_type t)
{
	switch (t) {
	case INPUT_INT: return "integer";
	case INPUT_BOOL: return "boolean";
	case INPUT_PIDS:
	case INPUT_CHOICES: return "array";
	case INPUT_LINE:
	case INPUT_TEXT:
	case INPUT_EMAIL:
	case INPUT_SECRET:
	case INPUT_PID:
	case INPUT_CHOICE:
	case INPUT_DAY:
	case INPUT_INSTANT:
	case INPUT_FILE: return "string";
	}
	return "string";
}

static const char *
schema_format(enum input_type t)
{
	switch (t) {
	case INPUT_DAY: return "date";
	case INPUT_INSTANT: return "date-time";
	case INPUT_EMAIL: return "email";
	case INPUT_SECRET: return "password";
	case INPUT_FILE: return "binary";
	default: return NULL;
	}
}

static void
put_choices(struct json *j, const struct choice *c)
{
	json_open(j, "enum", '[');
	for (; c->key; c++)
		json_c(j, NULL, c->key);
	json_close(j, ']');
}

static void
put_limits(struct json *j, const struct input *in)
{
	bool number = in->type == INPUT_INT;

	if (in->type > INPUT_SECRET && !number)
		return;
	if (in->min)
		json_int(j, number ? "minimum" : "minLength", in->min);
	if (in->max)
		json_int(j, number ? "maximum" : "maxLength", in->max);
}

static void
put_schema(struct json *j, const char *name, const struct input *in, enum lang lang)
{
	json_open(j, name, '{');
	json_c(j, "type", schema_type(in->type));
	if (schema_format(in->type))
		json_c(j, "format", schema_format(in->type));
	if (in->type == INPUT_CHOICE)
		put_choices(j, in->choices);
	if (in->type == INPUT_CHOICES || in->type == INPUT_PIDS) {
		json_open(j, "items", '{');
		json_c(j, "type", "string");
		if (in->choices)
			put_choices(j, in->choices);
		json_close(j, '}');
	}
	put_limits(j, in);
	if (in->label)
		json_c(j, "title", tr(lang, in->label));
	if (in->help)
		json_c(j, "description", tr(lang, in->help));
	json_close(j, '}');
}

/* "/matters/:/comments" with the names of the declared path inputs. */
static const char *
template_path(struct arena *a, const char *path, const struct input *in)
{
	struct buf b = buf_new(a, 1024);

	for (; *path; path++) {
		if (*path != ':') {
			buf_put(&b, (str){path, 1});
			continue;
		}
		while (in && in->type && !in->in_path)
			in++;
		buf_printf(&b, "{%s}", in && in->type ? in->name : "id");
		if (in && in->type)
			in++;
	}
	return str_to_c(a, buf_str(&b));
}

static void
put_parameter(struct json *j, const struct input *in, enum lang lang)
{
	json_open(j, NULL, '{');
	json_c(j, "name", in->name);
	json_c(j, "in", in->in_path ? "path" : "query");
	json_bool(j, "required", in->required);
	put_schema(j, "schema", in, lang);
	json_close(j, '}');
}

static void
put_header(struct json *j, const char *name, const char *what)
{
	json_open(j, NULL, '{');
	json_c(j, "name", name);
	json_c(j, "in", "header");
	json_c(j, "description", what);
	json_open(j, "schema", '{');
	json_c(j, "type", "string");
	json_close(j, '}');
	json_close(j, '}');
}

static void
put_headers(struct json *j, enum action action)
{
	put_header(j, "Idempotency-Key", "The same key twice is one act, answered twice");
	if (action_is_weighty(action))
		put_header(j, "Rodtrad-Code",
		    "Six digits of the phone, when none were given with this token in the "
		    "last ten minutes");
}

/* action: of a write, ACT_NONE of a reading. */
static void
put_parameters(struct json *j, const struct input *in, enum action action, enum lang lang)
{
	bool query = action == ACT_NONE;

	json_open(j, "parameters", '[');
	if (action != ACT_NONE)
		put_headers(j, action);
	for (; in && in->type; in++)
		if (in->in_path || query)
			put_parameter(j, in, lang);
	json_close(j, ']');
}

static void
put_body(struct json *j, const struct usecase *uc, enum lang lang)
{
	json_open(j, "requestBody", '{');
	json_open(j, "content", '{');
	json_open(j, "application/json", '{');
	json_open(j, "schema", '{');
	json_c(j, "type", "object");
	json_open(j, "properties", '{');
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (!in->in_path)
			put_schema(j, in->name, in, lang);
	json_close(j, '}');
	json_open(j, "required", '[');
	for (const struct input *in = uc->inputs; in && in->type; in++)
		if (!in->in_path && in->required)
			json_c(j, NULL, in->name);
	json_close(j, ']');
	for (int i = 0; i < 4; i++)
		json_close(j, '}');
}

static void
put_response(struct json *j, const char *status, const char *what, const char *schema)
{
	json_open(j, status, '{');
	json_c(j, "description", what);
	json_open(j, "content", '{');
	json_open(j, "application/json", '{');
	json_open(j, "schema", '{');
	json_c(j, "$ref", schema);
	for (int i = 0; i < 4; i++)
		json_close(j, '}');
}

static void
put_responses(struct json *j, const char *good)
{
	json_open(j, "responses", '{');
	put_response(j, "200", "Done, and safe", good);
	put_response(
	    j, "default", "Refused; nothing was changed", "#/components/schemas/Error");
	json_close(j, '}');
}

static void
put_post(struct json *j, const struct usecase *uc, enum lang lang)
{
	json_open(j, "post", '{');
	json_c(j, "operationId", action_key(uc->action));
	json_c(j, "summary", uc->summary);
	put_parameters(j, uc->inputs, uc->action, lang);
	put_body(j, uc, lang);
	put_responses(j, "#/components/schemas/Done");
	json_close(j, '}');
}

static void
put_get(struct json *j, struct arena *a, const struct reading *r, enum lang lang)
{
	json_open(j, "get", '{');
	json_c(j, "operationId", arena_printf(a, "get %s", r->path));
	json_c(j, "summary", r->summary);
	if (reading_is_open(r)) {
		json_open(j, "security", '[');
		json_close(j, ']');
	}
	put_parameters(j, r->inputs, ACT_NONE, lang);
	put_responses(j, "#/components/schemas/Any");
	json_close(j, '}');
}

static const struct reading *
reading_of(const char *path)
{
	for (const struct reading *const *list = readings; *list; list++)
		for (const struct reading *r = *list; r->run; r++)
			if (strcmp(r->path, path) == 0)
				return r;
	return NULL;
}

static bool
has_usecase(const char *path)
{
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++)
			if (uc->path && strcmp(uc->path, path) == 0)
				return true;
	return false;
}

/* A path stands once, with what can be read there and what can be done. */
static void
put_paths(struct json *j, struct arena *a, enum lang lang)
{
	for (const struct usecase *const *list = usecases; *list; list++)
		for (const struct usecase *uc = *list; uc->run; uc++) {
			if (!uc->path)
				continue;
			const struct reading *r = reading_of(uc->path);
			json_open(j, template_path(a, uc->path, uc->inputs), '{');
			put_post(j, uc, lang);
			if (r)
				put_get(j, a, r, lang);
			json_close(j, '}');
		}
	for (const struct reading *const *list = readings; *list; list++)
		for (const struct reading *r = *list; r->run; r++) {
			if (has_usecase(r->path))
				continue;
			json_open(j, template_path(a, r->path, r->inputs), '{');
			put_get(j, a, r, lang);
			json_close(j, '}');
		}
}

static const char components[] =
    "{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},\"schemas\":{"
    "\"Any\":{\"type\":[\"object\",\"array\"]},"
    "\"Done\":{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":"
    "\"string\"},\"part_id\":{\"type\":\"string\"},\"secret\":{\"type\":\"string\"}}},"
    "\"Error\":{\"type\":\"object\",\"required\":[\"code\",\"message\",\"fields\"],"
    "\"properties\":{\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},"
    "\"fields\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":"
    "{\"type\":\"string\"},\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}"
    "}}}}}}";

static void
put_info(struct json *j, struct arena *a, const struct site *site)
{
	json_c(j, "openapi", "3.1.0");
	json_open(j, "info", '{');
	json_str(j, "title", site->charter->name.nb);
	json_c(j, "version", "1");
	json_close(j, '}');
	json_open(j, "servers", '[');
	json_open(j, NULL, '{');
	json_c(j, "url", arena_printf(a, STR_FMT "/api/v1", STR_ARG(site->base)));
	json_close(j, '}');
	json_close(j, ']');
}

str
openapi(struct arena *a, const struct site *site, enum lang lang)
{
	struct buf b = buf_new(a, 4 << 20);
	struct json j = json_new(&b);

	json_open(&j, NULL, '{');
	put_info(&j, a, site);
	json_open(&j, "paths", '{');
	put_paths(&j, a, lang);
	json_close(&j, '}');
	buf_put(&b, S(",\"security\":[{\"token\":[]}],\"components\":"));
	buf_put(&b, str_from_c(components));
	json_close(&j, '}');
	return buf_str(&b);
}
