#include "app/open.h"
#include "cli/space.h"
#include "cli/user.h"
#include "support.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static const struct cli_command *const commands[] = {&cmd_found, &cmd_user, NULL};

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

struct place {
	char data[32], said[1024];
};

/* Runs a command on the data folder; what it printed is in said. */
static int
run(struct place *p, int argc, const char *const *words)
{
	char *argv[10] = {"rodtrad"};
	FILE *f = tmpfile();

	for (int i = 0; i < argc; i++)
		argv[i + 1] = (char *)words[i];
	argv[argc + 1] = "--data";
	argv[argc + 2] = p->data;
	int status = cli_main(argc + 3, argv, commands, f, f);
	rewind(f);
	p->said[fread(p->said, 1, sizeof(p->said) - 1, f)] = '\0';
	fclose(f);
	return status;
}
#define RUN(p, ...)                                                    \
	run(p, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *), \
	    (const char *[]){__VA_ARGS__})

static void
the_first_administrator_gets_a_link(void **state)
{
	struct place p = {.data = "/tmp/rodtrad-user-XXXXXX"};

	(void)state;
	assert_non_null(mkdtemp(p.data));
	assert_int_equal(RUN(&p, "found", "first", "charters/ostfold.yaml"), 0);
	assert_int_equal(RUN(&p, "user", "first", "Kari Drift", "kari@moss.example", "moss",
			     "--origin=https://x.no"),
	    0);
	assert_memory_equal(p.said, "https://x.no/first/lenke/", 25);
	assert_int_equal(strlen(p.said), 25 + 43 + 1);

	static const struct {
		const char *name, *email, *party, *says;
	} wrong[] = {
	    {"Kari Drift", "kari@moss.example", "moss", "email: person.email_taken"},
	    {"Kari Drift", "ola@moss.example", "mos", "did you mean 'moss'?"},
	    {"Kari Drift", "ola", "moss", "email: input.email"},
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(
		    RUN(&p, "user", "first", wrong[i].name, wrong[i].email, wrong[i].party), 2);
		assert_non_null(strstr(p.said, wrong[i].says));
	}
	assert_int_equal(RUN(&p, "user", "second", "Kari", "k@moss.example", "moss"), 1);
	assert_non_null(strstr(p.said, "space.unknown"));
	nftw(p.data, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_administrator_gets_a_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
