/*
 * gallery - writes the parts, the frames and the standing pages to files, with the files they
 * need, for test/browser.
 *
 *	gallery FOLDER
 */
#include "t_error.h"
#include "t_innlogging.h"
#include "t_komponenter.h"
#include "t_page_accessibility.h"
#include "t_page_help.h"
#include "t_page_privacy.h"
#include "tr.h"
#include "web/frame.h"

#include <err.h>
#include <stdio.h>
#include <sys/stat.h>

static void
save(const char *folder, const char *path, const void *bytes, size_t n)
{
	char name[1000];

	snprintf(name, sizeof(name), "%s/%s", folder, path);
	FILE *f = fopen(name, "w");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f))
		err(1, "%s", name);
}

static void
save_page(const char *folder, const char *name, struct view *o)
{
	str page = buf_str(&o->b);

	if (o->b.over)
		errx(1, "%s: too large", name);
	save(folder, name, page.p, page.n);
	o->b.n = 0;
}

static struct frame
a_frame(struct view *o, const struct ui_link *crumbs)
{
	return (struct frame){
	    .title = ui_text(o, "Komponenter"),
	    .space = S("Helsefellesskapet Eksempel"),
	    .crumbs = crumbs,
	    .n_crumbs = 2,
	    .current = NAV_MATTERS,
	    .shown = ~0u,
	    .counts = {[NAV_DAY] = 5, [NAV_ROUNDS] = 2},
	    .person = S("Ingrid Haugen"),
	    .role = ui_text(o, "Samhandlingssjef, kommunene"),
	    .side = SIDE_MUNICIPAL,
	    .acting_for = S("Ål kommune"),
	    .switch_to = url_path(o->a, o->base, "/meg/part"),
	    .may_propose = true,
	    .printed = ui_text(o, "5. mars 2026"),
	    .public_shown = ~0u,
	    .public_current = PUBLIC_ABOUT,
	    .secretariat = S("Samhandlingssjefene i kommunene og i helseforetaket"),
	    .email = S("sekretariatet@eksempel.no"),
	};
}

static void
components(const char *folder, struct view *o, struct frame f)
{
	t_komponenter(o, &(struct t_komponenter){.frame = f});
	save_page(folder, "komponenter.html", o);
	f.notices =
	    (const struct frame_notice[]){{UI_OVERDUE, ui_text(o, "Saken er ikke lagret.")}};
	f.n_notices = 1;
	t_komponenter(o, &(struct t_komponenter){.frame = f, .faults = true});
	save_page(folder, "komponenter-feil.html", o);
	f.title = ui_text(o, "Logg inn");
	f.n_notices = 0;
	t_innlogging(o, &(struct t_innlogging){.frame = f});
	save_page(folder, "innlogging.html", o);
}

static void
errors(const char *folder, struct view *o, struct frame f)
{
	static const int statuses[] = {403, 404, 409, 413, 422, 429, 500, 503};

	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		struct t_error e = {.frame = f, .status = statuses[i]};
		if (e.status == 409) {
			e.kept =
			    S("Kommunen svarer innen to timer.\n\nSykehuset varsler <tidlig>.");
			e.newer = url_path(o->a, o->base, "/saker/abc");
		}
		if (e.status == 500)
			e.reference = S("7f3k-92");
		e.wait_min = e.status == 429 ? 4 : 0;
		t_error(o, &e);
		save_page(folder, arena_printf(o->a, "feil-%d.html", e.status), o);
	}
}

static void
pages(const char *folder, struct view *o, struct frame f)
{
	static const char *const tags[] = {
	    [LANG_NB] = "", [LANG_NN] = "-nn", [LANG_EN] = "-en"};
	const char *tag = tags[o->lang];

	f.title = ui_text(o, tr(o->lang, "Tilgjengelighetserklæring"));
	t_page_accessibility(o, &(struct t_page_accessibility){.frame = f});
	save_page(folder, arena_printf(o->a, "tilgjengelighet%s.html", tag), o);
	f.title = ui_text(o, tr(o->lang, "Personvern"));
	t_page_privacy(o, &(struct t_page_privacy){.frame = f});
	save_page(folder, arena_printf(o->a, "personvern%s.html", tag), o);
	f.title = ui_text(o, tr(o->lang, "Hjelp"));
	t_page_help(o, &(struct t_page_help){.frame = f});
	save_page(folder, arena_printf(o->a, "hjelp%s.html", tag), o);
}

int
main(int argc, char **argv)
{
	struct arena a;

	if (argc != 2)
		errx(2, "usage: gallery FOLDER");
	mkdir(argv[1], 0777);
	arena_init(&a, 64 << 20);
	mkdir(arena_printf(&a, "%s/static", argv[1]), 0777);
	for (size_t i = 0; i < n_static_files; i++)
		save(
		    argv[1], static_files[i].url + 1, static_files[i].bytes, static_files[i].n);
	for (enum lang lang = LANG_NB; lang <= LANG_EN; lang++) {
		struct view o = view_new(&a, lang, S(""), 1772701200, 1 << 20);
		o.token = o.key_seed = S("example");
		struct ui_link crumbs[] = {
		    {ui_text(&o, "Saker"), url_path(&a, o.base, "/saker")},
		    {ui_text(&o, "Sak 14/26"), {S("")}},
		};
		struct frame f = a_frame(&o, crumbs);
		if (lang == LANG_NB) {
			components(argv[1], &o, f);
			errors(argv[1], &o, f);
		}
		pages(argv[1], &o, f);
	}
	arena_finish(&a);
}
