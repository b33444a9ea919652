#include "t_page.h"
#include "tr.h"

#include <stdio.h>

int
main(void)
{
	struct arena a;

	arena_init(&a, 1 << 20);
	for (enum lang lang = LANG_NB; lang <= LANG_EN; lang++) {
		struct view o = view_new(&a, lang, S("/rom"), 0, 1 << 16);
		t_page(&o, &(struct t_page){.title = S("<T>"),
			       .name = "'x'",
			       .n = 3,
			       .on = true,
			       .to = url_path(&a, o.base, "/saker/%", "a&b"),
			       .body = {S("<b>alt</b>")}});
		fwrite(o.b.p, 1, o.b.n, stdout);
		str s = trf(&a, lang, "%s svarte %d. gang", trc(lang, "verb", "Svar"), 2);
		printf(STR_FMT " %s|", STR_ARG(s), tr_error(lang, "page.gone"));
		printf(trn(lang, "%d ting", "%d ting til", 1), 1);
		printf(trn(lang, "%d ting", "%d ting til", 2), 2);
		puts("");
	}
	struct err *e = err_new(&a, ERR_NOT_FOUND, "page.gone", "%d", 1);
	bool ok = e->code && e->where;
	arena_finish(&a);
	return !ok;
}
