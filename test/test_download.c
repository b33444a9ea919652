/* A download is never shown in our name: for every kind of file that may be attached, whatever
 * its name is. */
#include "store/file_kind.h"
#include "support.h"
#include "web/page.h"

static str
header(const struct http_reply *rp, const char *name)
{
	for (size_t i = 0; i < rp->n_headers; i++)
		if (str_eq(rp->headers[i].name, str_from_c(name)))
			return rp->headers[i].value;
	return S("");
}

static bool
holds(str s, const char *part)
{
	return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static void
every_kind_is_saved_and_never_run(void **state)
{
	static const char *const runs[] = {"html", "svg", "xml;", "script", "xhtml"};
	struct arena *a = *state;

	for (int kind = FILE_PDF; kind <= FILE_CSV; kind++) {
		struct http_reply rp = {0};
		str type = file_kind_content_type((enum file_kind)kind);
		assert_true(type.n > 0);
		for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
			assert_false(holds(type, runs[i]));
		reply_download(&rp, a, S("fil.pdf"));
		assert_str(header(&rp, "Content-Disposition"),
		    "attachment; filename=\"fil.pdf\"; filename*=UTF-8''fil.pdf");
		assert_str(
		    header(&rp, "Content-Security-Policy"), "sandbox; default-src 'none'");
	}
}

static void
a_name_stays_a_name(void **state)
{
	struct arena *a = *state;
	struct http_reply rp = {0};

	reply_download(&rp, a, S("a\"; x=\r\nSet-Cookie: b/../c'(1).pdf"));
	str v = header(&rp, "Content-Disposition");
	assert_false(holds(v, "\r") || holds(v, "\n") || holds(v, "/"));
	assert_str(v, "attachment; filename=\"a___x=__Set-Cookie:_b_.._c'(1).pdf\"; "
		      "filename*=UTF-8''a%22%3B%20x%3D%0D%0ASet-Cookie%3A%20b%2F..%2Fc%27%281"
		      "%29.pdf");
	rp = (struct http_reply){0};
	reply_download(&rp, a, S("møte.pdf"));
	assert_str(header(&rp, "Content-Disposition"),
	    "attachment; filename=\"m__te.pdf\"; filename*=UTF-8''m%C3%B8te.pdf");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(every_kind_is_saved_and_never_run),
	    WITH_ARENA(a_name_stays_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
