#include "support.h"

#include "base/near.h"
#include "cli/cli.h"

#include <stdio.h>

static struct err *
run_echo(struct cli *c)
{
	int64_t n;

	TRY(cli_get_i64(c, "times", 1, &n));
	for (; n > 0; n--)
		fprintf(c->out, "%s%s", c->args[0], cli_has(c, "loud") ? "!" : "");
	fprintf(c->out, " in %s", cli_data_dir(c));
	return OK;
}

static struct err *
run_fail(struct cli *c)
{
	return err_new(c->a, ERR_CONFLICT, "thing.broken", "it broke");
}

static struct err *
run_find(struct cli *c)
{
	c->status = 1;
	return OK;
}

static const struct cli_option options[] = {
    CLI_DATA, {"times", "N", "how often"}, {"loud", NULL, "with a mark"}, CLI_END};
static const struct cli_command echo = {.name = "echo",
    .args = "WORD",
    .summary = "Says it",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .run = run_echo};
static const struct cli_command failing = {
    .name = "fail", .args = "", .summary = "Fails", .run = run_fail};
static const struct cli_command finding = {
    .name = "find", .args = "", .summary = "Finds fault", .run = run_find};
static const struct cli_command *const commands[] = {&echo, &failing, &finding, NULL};

/* Runs a command line of words parted by single spaces; what it printed is in said. */
static int
run(const char *line, char said[1024])
{
	char copy[256], *argv[16] = {"rodtrad"};
	int argc = 1;
	FILE *f = tmpfile();

	snprintf(copy, sizeof(copy), "%s", line);
	for (char *p = copy; *p && argc < 15;) {
		argv[argc++] = p;
		p += strcspn(p, " ");
		if (*p)
			*p++ = '\0';
	}
	int status = cli_main(argc, argv, commands, f, f);
	rewind(f);
	size_t n = fread(said, 1, 1023, f);
	said[n] = '\0';
	fclose(f);
	return status;
}

static void
a_line_is_parsed_and_run(void **state)
{
	char said[1024];

	(void)state;
	assert_int_equal(run("echo hei --times 2 --loud --data=/srv/x", said), 0);
	assert_string_equal(said, "hei!hei! in /srv/x");
	assert_int_equal(run("echo -- --hei", said), 0);
	assert_string_equal(said, "--hei in var");
	assert_int_equal(run("find", said), 1);
	assert_int_equal(run("fail", said), 1);
	assert_string_equal(said, "rodtrad fail: it broke (thing.broken)\n");
}

static void
a_wrong_line_is_told_how_to_be_right(void **state)
{
	static const struct {
		const char *line, *says;
	} wrong[] = {{"", "usage: rodtrad"}, {"ecoh", "did you mean 'echo'?"},
	    {"serve", "--help"}, {"echo", "it needs WORD"}, {"echo a b", "'b' is one word"},
	    {"echo a --tmes 3", "did you mean --times?"}, {"echo a --times", "needs N"},
	    {"echo a --times to", "whole number"}, {"echo a --loud=1", "no value"},
	    {"echo a --loud --loud", "twice"}, {"echo a --zzz", "no option --zzz"}};
	char said[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(run(wrong[i].line, said), 2);
		if (!strstr(said, wrong[i].says))
			fail_msg("'%s' said: %s", wrong[i].line, said);
	}
}

static void
help_goes_out_and_is_no_error(void **state)
{
	char said[1024];

	(void)state;
	assert_int_equal(run("--help", said), 0);
	assert_non_null(strstr(said, "Finds fault"));
	assert_int_equal(run("echo --help", said), 0);
	assert_non_null(strstr(said, "--times"));
}

static void
near_words_are_near(void **state)
{
	(void)state;
	assert_int_equal(near_distance(S("minutes"), S("minuttes"), 3), 1);
	assert_int_equal(near_distance(S("ab"), S("ba"), 3), 1);
	assert_int_equal(near_distance(S("abc"), S("xyz"), 1), 2);
	assert_int_equal(near_distance(S(""), S("xyz"), 5), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_is_parsed_and_run),
	    cmocka_unit_test(a_wrong_line_is_told_how_to_be_right),
	    cmocka_unit_test(help_goes_out_and_is_no_error),
	    cmocka_unit_test(near_words_are_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
