#include "support.h"

#include "web/form.h"
#include "web/json_in.h"
#include "web/multipart.h"

#include <unistd.h>

/* --- urlencoded ------------------------------------------------------------------------- */

/* The only value of that name; NULL in .p: not there, or more than one. */
static str
value_in(const struct form *f, const char *name)
{
	str v = {0};
	int n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->fields[i].name, str_from_c(name))) {
			v = f->fields[i].value;
			n++;
		}
	return n == 1 ? v : (str){0};
}

static void
fields_come_in_order_and_clean(void **state)
{
	struct arena *a = *state;
	struct form f;

	assert_ok(
	    form_parse(a, S("a=1&b=m%C3%B8te+to&&a%CC%8A=%61%CC%8A&c&d=x%0D%0Ay%0Az"), &f));
	assert_int_equal(f.n, 5);
	assert_str(value_in(&f, "a"), "1");
	assert_str(value_in(&f, "b"), "møte to");
	assert_str(f.fields[2].name, "å");
	assert_str(f.fields[2].value, "å");
	assert_str(value_in(&f, "c"), "");
	assert_str(value_in(&f, "d"), "x\ny\nz");
	assert_null(value_in(&f, "e").p);
	assert_ok(form_parse(a, S(""), &f));
	assert_int_equal(f.n, 0);
	assert_null(value_in(&f, "a").p);
}

static void
bad_fields_are_refused(void **state)
{
	static const str bad[] = {
	    S("a=%"),
	    S("a=%4"),
	    S("a=%zz"),
	    S("a=%00"),
	    S("a=%01"),
	    S("a=%7f"),
	    S("a=%0d"),
	    S("a=%c0%ae"),
	    S("a=%ed%a0%80"),
	    S("a=%ff"),
	    S("a=%e2%80%ae"),
	    S("=1"),
	    S("a%0a=1"),
	    S("a=b\0c"),
	    S("a=\xff"),
	};
	struct form f;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_err(form_parse(*state, bad[i], &f), "form.malformed");
}

static void
there_are_at_most_200_fields(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 1 << 16);
	struct form f;

	for (int i = 0; i < FORM_MAX; i++)
		buf_put(&b, S("a=1&"));
	assert_ok(form_parse(a, buf_str(&b), &f));
	buf_put(&b, S("a=1"));
	assert_err(form_parse(a, buf_str(&b), &f), "form.too_many");
}

static void
cookies_are_found_by_their_whole_name(void **state)
{
	(void)state;
	str h = S("xa=0; a=1;b=2; __Host-s-x=abc_-.~; c=\"q\"; d=1; d=2; e=x y");

	assert_str(form_cookie(h, S("a")), "1");
	assert_str(form_cookie(h, S("b")), "2");
	assert_str(form_cookie(h, S("__Host-s-x")), "abc_-.~");
	assert_null(form_cookie(h, S("c")).p); /* quotes */
	assert_null(form_cookie(h, S("d")).p); /* twice: who set which? */
	assert_null(form_cookie(h, S("e")).p);
	assert_null(form_cookie(h, S("f")).p);
	assert_null(form_cookie((str){0}, S("a")).p);
}

/* --- JSON ------------------------------------------------------------------------------- */

static void
json_becomes_the_same_form(void **state)
{
	struct arena *a = *state;
	struct form f;

	assert_ok(json_in(a,
	    S("{\"a\": \"m\\u00f8te\\r\\n\", \"n\": -12, \"t\": true, \"f\": false, \"z\": "
	      "null,"
	      " \"l\": [\"x\", 3], \"e\": []}"),
	    &f));
	assert_str(value_in(&f, "a"), "møte\n");
	assert_str(value_in(&f, "n"), "-12");
	assert_str(value_in(&f, "t"), "true");
	assert_str(value_in(&f, "f"), "false");
	assert_null(value_in(&f, "z").p);
	assert_int_equal(f.n, 6);
	assert_str(f.fields[4].value, "x");
	assert_str(f.fields[5].name, "l");
	assert_str(f.fields[5].value, "3");
}

static void
bad_json_is_refused_with_its_place(void **state)
{
	static const struct {
		str text;
		const char *code;
	} bad[] = {
	    {S("{\"a\": 1,}"), "json.malformed"},
	    {S(""), "json.malformed"},
	    {S("{\"a\": 1} x"), "json.malformed"},
	    {S("{\"a\": 1, \"a\": 2}"), "json.malformed"},
	    {S("{\"a\": \"\xff\"}"), "json.malformed"},
	    {S("{\"a\": \"\\ud800\"}"), "json.malformed"},
	    {S("{\"a\": \"\\u0000\"}"), "json.malformed"},
	    {S("{\"a\": 99999999999999999999}"), "json.malformed"},
	    {S("[]"), "json.not_object"},
	    {S("\"a\""), "json.not_object"},
	    {S("{\"a\": 1.5}"), "json.bad_value"},
	    {S("{\"a\": {}}"), "json.bad_value"},
	    {S("{\"a\": [[]]}"), "json.bad_value"},
	    {S("{\"a\": [true]}"), "json.bad_value"},
	    {S("{\"a\": \"\\u0001\"}"), "json.bad_value"},
	    {S("[[[[[[[[]]]]]]]]"), "json.bad_value"},
	    {S("{\"\": 1}"), "form.malformed"},
	};
	struct form f;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_err(json_in(*state, bad[i].text, &f), bad[i].code);
	assert_true(strstr(json_in(*state, S("{\n \"a\": x}"), &f)->detail, "line 2") != NULL);
}

/* --- multipart -------------------------------------------------------------------------- */

#define PART(params, data) "--B\r\nContent-Disposition: form-data" params "\r\n\r\n" data "\r\n"
#define LAST               "--B--\r\n"

static struct err *
read_in_pieces(struct arena *a, str body, size_t piece, struct multipart *ret)
{
	const struct multipart_limits limits = {.parts = 3, .text_total = 50, .file = 100};
	struct multipart_reader *r = multipart_reader_new(a, S("B"), &limits);

	for (size_t at = 0; at < body.n; at += piece)
		TRY(multipart_feed(
		    r, (str){body.p + at, body.n - at < piece ? body.n - at : piece}));
	return multipart_end(r, ret);
}

static void
parts_are_the_same_in_any_pieces(void **state)
{
	struct arena *a = *state;
	str body = S(PART("; name=\"a\"", "x\r\n--Bx\r\n-") PART("; name=f; filename=\"b.txt\"",
	    "1\r\n2\r\n") PART("; name=\"n\"; filename=\"\"", "") LAST);
	struct multipart m;
	char file[10];

	assert_err(
	    read_in_pieces(a, body, 1, &m), "multipart.malformed"); /* its boundary inside */
	body = S(PART("; name=\"a\"", "x\r\n-\r\n--") PART("; name=f; filename=\"b.txt\"",
	    "1\r\n2\r\n") PART("; name=\"n\"; filename=\"\"", "") LAST);
	for (size_t piece = 1; piece < body.n + 1; piece++) {
		assert_ok(read_in_pieces(a, body, piece, &m));
		assert_int_equal(m.n, 3);
		assert_str(m.parts[0].text, "x\n-\n--");
		assert_int_equal(m.parts[1].n, 6);
		assert_int_equal(read(m.parts[1].fd, file, sizeof(file)), 6);
		assert_memory_equal(file, "1\r\n2\r\n", 6);
		assert_true(m.parts[2].is_file);
		assert_int_equal(m.parts[2].fd, -1);
	}
}

static void
files_are_hashed(void **state)
{
	static const unsigned char abc[4] = {0xba, 0x78, 0x16, 0xbf}; /* FIPS 180-4 */
	struct multipart m;

	assert_ok(read_in_pieces(*state, S(PART("; name=f; filename=a", "abc") LAST), 7, &m));
	assert_memory_equal(m.parts[0].sha256, abc, 4);
}

static void
file_names_are_names_only(void **state)
{
	static const struct {
		str params;
		const char *name;
	} all[] = {
	    {S("; name=f; filename=\"C:\\\\dir\\\\a b.pdf\""), "a b.pdf"},
	    {S("; name=f; filename=\"C:\\dir\\x.pdf\""), "x.pdf"},
	    {S("; name=f; filename=\"/etc/passwd\""), "passwd"},
	    {S("; name=f; filename=\"a\\\"b%22c\""), "a\"b\"c"},
	    {S("; name=f; filename=\"100%.pdf\""), "100%.pdf"},
	    {S("; name=f; filename=\"\xc3\xb8.pdf\""), "ø.pdf"},
	    {S("; name=f; filename=\"x\"; filename*=UTF-8''%C3%B8.pdf"), "ø.pdf"},
	};
	struct arena *a = *state;
	struct multipart m;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		str body = str_from_c(arena_printf(a, PART("%s", "x") LAST, all[i].params.p));

		assert_ok(read_in_pieces(a, body, 1000, &m));
		assert_str(m.parts[0].filename, all[i].name);
	}
}

static void
bad_bodies_are_refused(void **state)
{
	static const struct {
		str body;
		const char *code;
	} bad[] = {
	    {S(""), "multipart.malformed"},
	    {S("x" LAST), "multipart.malformed"},
	    {S(PART("; name=a", "x")), "multipart.malformed"},
	    {S(PART("; name=a", "x") "--B\r\n"), "multipart.malformed"},
	    {S(PART("; name=a", "x") LAST "more"), "multipart.malformed"},
	    {S("--B \r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n" LAST),
		"multipart.malformed"},
	    {S("--B\r\n\r\n\r\nx\r\n" LAST), "multipart.malformed"},
	    {S("--B\r\nX: y\r\n\r\nx\r\n" LAST), "multipart.malformed"},
	    {S("--B\nContent-Disposition: form-data; name=a\n\nx\r\n" LAST),
		"multipart.malformed"},
	    {S(PART("", "x") LAST), "multipart.malformed"},
	    {S(PART("; name=a; name=b", "x") LAST), "multipart.malformed"},
	    {S(PART("; name=\"a", "x") LAST), "multipart.malformed"},
	    {S(PART(" name=a", "x") LAST), "multipart.malformed"},
	    {S(PART("; name=a\r\nContent-Disposition: form-data; name=b", "x") LAST),
		"multipart.malformed"},
	    {S(PART("; name=a\r\nContent-Transfer-Encoding: base64", "x") LAST),
		"multipart.malformed"},
	    {S(PART("; name=f; filename=\"\"", "x") LAST), "multipart.malformed"},
	    {S(PART("; name=\"\"", "x") LAST), "multipart.bad_text"},
	    {S(PART("; name=a", "\xff") LAST), "multipart.bad_text"},
	    {S(PART("; name=a", "x\0y") LAST), "multipart.bad_text"},
	    {S(PART("; name=f; filename=\"..\"", "x") LAST), "multipart.bad_text"},
	    {S(PART("; name=f; filename=\"a\x01\"", "x") LAST), "multipart.bad_text"},
	    {S(PART("; name=f; filename*=latin1''a", "x") LAST), "multipart.bad_text"},
	    {S(PART("; name=f; filename*=UTF-8''%ff", "x") LAST), "multipart.bad_text"},
	    {S(PART("; name=a", "123456789012345678901234567890123456789012345678901") LAST),
		"multipart.too_large"},
	    {S(PART("; name=f; filename=a",
		 "12345678901234567890123456789012345678901234567890123456789012345678901234567"
		 "89012345678901234567890X") LAST),
		"multipart.too_large"},
	    {S(PART("; name=a", "") PART("; name=a", "") PART("; name=a", "")
		     PART("; name=a", "") LAST),
		"multipart.too_many"},
	};
	struct multipart m;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_err(read_in_pieces(*state, bad[i].body, 1, &m), bad[i].code);
		assert_err(read_in_pieces(*state, bad[i].body, 1 << 20, &m), bad[i].code);
	}
}

static void
boundaries_are_as_rfc_2046_has_them(void **state)
{
	struct arena *a = *state;
	str b;

	assert_ok(multipart_boundary(a, S("multipart/form-data; boundary=----WebKit12ab"), &b));
	assert_str(b, "----WebKit12ab");
	assert_ok(
	    multipart_boundary(a, S("multipart/form-data; charset=x; BOUNDARY=\"a b\""), &b));
	assert_str(b, "a b");
	static const str bad[] = {
	    S("multipart/form-data"),
	    S("multipart/form-data; boundary="),
	    S("multipart/form-data; boundary=\"a \""),
	    S("multipart/form-data; boundary=a; boundary=b"),
	    S("multipart/form-data; boundary=\"a\\\"b\""),
	    S("multipart/form-data; boundary=\"a\rb\""),
	    S("multipart/form-data; boundary="
	      "12345678901234567890123456789012345678901234567890123456789012345678901"),
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_err(multipart_boundary(a, bad[i], &b), "multipart.bad_boundary");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(fields_come_in_order_and_clean),
	    WITH_ARENA(bad_fields_are_refused),
	    WITH_ARENA(there_are_at_most_200_fields),
	    WITH_ARENA(cookies_are_found_by_their_whole_name),
	    WITH_ARENA(json_becomes_the_same_form),
	    WITH_ARENA(bad_json_is_refused_with_its_place),
	    WITH_ARENA(parts_are_the_same_in_any_pieces),
	    WITH_ARENA(files_are_hashed),
	    WITH_ARENA(file_names_are_names_only),
	    WITH_ARENA(bad_bodies_are_refused),
	    WITH_ARENA(boundaries_are_as_rfc_2046_has_them),
	};

	return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
