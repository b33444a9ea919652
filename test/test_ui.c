#include "support.h"

#include "t_ui_bar.h"
#include "t_ui_button.h"
#include "t_ui_field.h"
#include "t_ui_pager.h"
#include "t_ui_status.h"
#include "web/frame.h"

static struct view
a_view(struct arena *a)
{
	struct view o = view_new(a, LANG_NB, S("/rom"), NOW_AT, 100000);

	o.token = S("t0k3n");
	o.key_seed = S("k");
	return o;
}

#define assert_has(o, what)     assert_non_null(strstr(page(o), (what)))
#define assert_has_not(o, what) assert_null(strstr(page(o), (what)))

static const char *
page(struct view *o)
{
	return str_to_c(o->a, buf_str(&o->b));
}

static void
initials(void **state)
{
	assert_str(ui_initials(*state, S("Ingrid Haugen")), "IH");
	assert_str(ui_initials(*state, S(" Åse Marie Østby ")), "ÅØ");
	assert_str(ui_initials(*state, S("Cher")), "C");
	assert_str(ui_initials(*state, S("")), "");
}

static void
percents(void **state)
{
	assert_str(ui_percent(*state, 11, 21), "52.38%");
	assert_str(ui_percent(*state, 21, 21), "100.00%");
	assert_str(ui_percent(*state, 1, 0), "0.00%");
}

static void
a_status_has_icon_words_and_color(void **state)
{
	struct view o = a_view(*state);

	t_ui_status(&o, &(struct t_ui_status){UI_AGAINST, ui_text(&o, "Ber om <endring>")});
	assert_has(&o, "data-color=\"danger\"");
	assert_has(&o, "#i-XMarkOctagonFill\"");
	assert_has(&o, "Ber om &lt;endring&gt;</span>");
}

static void
every_status_has_an_icon_of_its_own(void **state)
{
	(void)state;
	for (enum ui_status s = UI_OK; s <= UI_NOTHING; s++)
		for (enum ui_status t = UI_OK; t < s; t++)
			assert_string_not_equal(ui_status_icon(s), ui_status_icon(t));
}

static void
every_side_has_a_shape_of_its_own(void **state)
{
	(void)state;
	for (enum side s = SIDE_MUNICIPAL; s <= SIDE_OTHER; s++)
		for (enum side t = SIDE_MUNICIPAL; t <= s; t++) {
			if (t != s)
				assert_string_not_equal(
				    ui_side_icon(s, false), ui_side_icon(t, false));
			assert_string_not_equal(ui_side_icon(s, true), ui_side_icon(t, false));
		}
}

static void
the_pager_shows_ends_and_neighbours(void **state)
{
	struct view o = a_view(*state);
	struct url to = url_path(o.a, o.base, "/sok");

	t_ui_pager(&o, &(struct t_ui_pager){url_with(o.a, to, "q", "a&b"), 4, 12});
	assert_has(&o, "href=\"/rom/sok?q=a%26b&amp;side=3\" rel=\"prev\"");
	assert_has(&o, "side=1\"");
	assert_has(&o, "side=12\"");
	assert_has_not(&o, "side=2\"");
	assert_has_not(&o, "side=7\"");
	assert_has_not(&o, "side=4\"");
	o.b.n = 0;
	t_ui_pager(&o, &(struct t_ui_pager){to, 1, 1});
	assert_int_equal(o.b.n, 0);
}

static void
a_field_names_its_help_and_error(void **state)
{
	struct view o = a_view(*state);

	t_ui_field(&o, &(struct t_ui_field){.name = "title",
			   .id = "t",
			   .value = S("\"><b>"),
			   .label = ui_text(&o, "Tittel"),
			   .help = ui_text(&o, "Kort."),
			   .error = ui_text(&o, "Skriv en tittel")});
	assert_has(&o, "aria-describedby=\"t-hjelp t-feil\"");
	assert_has(&o, "aria-invalid=\"true\"");
	assert_has(&o, "<p class=\"ds-validation-message\" id=\"t-feil\">Skriv en tittel</p>");
	assert_has(&o, "value=\"&quot;&gt;&lt;b&gt;\"");
	o.b.n = 0;
	t_ui_field(&o, &(struct t_ui_field){
			   .name = "title", .label = ui_text(&o, "Tittel"), .optional = true});
	assert_has(&o, "(valgfritt)");
	assert_has_not(&o, "aria-describedby");
	assert_has_not(&o, "aria-invalid");
	assert_has_not(&o, "aria-required");
}

static void
every_form_has_token_and_a_key_of_its_own(void **state)
{
	struct view o = a_view(*state);
	struct t_ui_button b = {.action = url_path(o.a, o.base, "/saker/%/signer", "abc"),
	    .text = ui_text(&o, "Signer"),
	    .rev = 3,
	    .target = "signering"};

	t_ui_button(&o, &b);
	t_ui_button(&o, &b);
	assert_has(&o, "action=\"/rom/saker/abc/signer\" method=\"post\" "
		       "hx-post=\"/rom/saker/abc/signer\" hx-target=\"#signering\"");
	assert_has(&o, "name=\"_token\" value=\"t0k3n\"");
	assert_has(&o, "name=\"_key\" value=\"k.1\"");
	assert_has(&o, "name=\"_key\" value=\"k.2\"");
	assert_has(&o, "name=\"rev\" value=\"3\"");
}

static void
the_parts_of_a_bar_follow_each_other(void **state)
{
	struct view o = a_view(*state);
	const struct ui_share shares[] = {
	    {UI_FILL_OK, 1}, {UI_FILL_REMARK, 0}, {UI_FILL_AGAINST, 2}};

	t_ui_bar(&o, &(struct t_ui_bar){ui_text(&o, "1 og 2 av 4"), 8, 4, shares, 3});
	assert_has(&o, "class=\"rt-fill-ok\" x=\"0.00%\" y=\"0\" width=\"25.00%\"");
	assert_has(&o, "class=\"rt-fill-nei\" x=\"25.00%\" y=\"0\" width=\"50.00%\"");
	assert_has_not(&o, "rt-fill-merk");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(initials),
	    WITH_ARENA(percents),
	    WITH_ARENA(a_status_has_icon_words_and_color),
	    WITH_ARENA(every_status_has_an_icon_of_its_own),
	    WITH_ARENA(every_side_has_a_shape_of_its_own),
	    WITH_ARENA(the_pager_shows_ends_and_neighbours),
	    WITH_ARENA(a_field_names_its_help_and_error),
	    WITH_ARENA(every_form_has_token_and_a_key_of_its_own),
	    WITH_ARENA(the_parts_of_a_bar_follow_each_other),
	};

	return cmocka_run_group_tests_name("ui", tests, NULL, NULL);
}
