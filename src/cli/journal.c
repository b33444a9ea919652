#include "cli/journal.h"

#include "app/journal.h"
#include "base/clock.h"
#include "base/file.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

enum { NOTE_FILE_MAX = 64 << 10 };

/* --- verify ----------------------------------------------------------------------------- */
static void
say(void *arg, const char *line)
{
	struct cli *c = arg;

	fprintf(c->out, "%s\n", line);
	c->status = 1;
}

static struct err *
check_one(struct cli *c, const struct checking *how, str key)
{
	struct verify_result r;

	TRY(journal_check(c->a, how, key, &r));
	fprintf(c->out,
	    STR_FMT ": %" PRId64 " entries (%" PRId64 " erased), %" PRId64 " rows, %" PRId64
		    " checkpoints, %" PRId64 " cosignatures, root " STR_FMT ": %s\n",
	    STR_ARG(key), r.entries, r.erased, r.rows, r.checkpoints, r.cosignatures,
	    STR_ARG(sha256_hex(c->a, &r.root)),
	    r.problems ? arena_printf(c->a, "%" PRId64 " PROBLEMS", r.problems) : "whole");
	return OK;
}

static struct err *
run_verify(struct cli *c)
{
	struct checking how = {
	    .dir = cli_data_dir(c),
	    .database = cli_get(c, "database", NULL),
	    .key_text = cli_get(c, "key", NULL),
	    .say = say,
	    .arg = c,
	};
	const char *note = cli_get(c, "note", NULL);
	const str *keys;
	size_t n;
	str text;

	if (note && c->n_args != 1)
		return err_new(c->a, ERR_INVALID, "cli.usage", "--note goes with one space");
	if (note) {
		TRY(file_read(c->a, note, NOTE_FILE_MAX, &text));
		how.notes = &text;
		how.n_notes = 1;
	}
	for (int i = 0; i < c->n_args; i++)
		TRY(check_one(c, &how, str_from_c(c->args[i])));
	if (c->n_args)
		return OK;
	TRY(spaces_in(c->a, how.dir, &keys, &n));
	for (size_t i = 0; i < n; i++)
		TRY(check_one(c, &how, keys[i]));
	return OK;
}

static const struct cli_option verify_options[] = {
    CLI_DATA,
    CLI_DATABASE,
    {"key", "KEY", "verifier key to trust (default: the data folder's own)"},
    {"note", "FILE", "a checkpoint that you kept, held against the space's record"},
    CLI_END,
};

const struct cli_command cmd_verify = {
    .name = "verify",
    .args = "[SPACE...]",
    .summary = "Checks the joint record, and every row that it accounts for",
    .help = "Without SPACE all spaces of the data folder. A problem is one line:\n"
	    "SPACE seq N: what, SPACE TABLE KEY: what, SPACE journal_checkpoint SIZE: what.\n"
	    "Exit 0 when all is whole, 1 with problems. It shows that what was recorded is\n"
	    "unchanged; not that it is true, nor that nothing was left out before.",
    .max_args = 100,
    .options = verify_options,
    .run = run_verify,
};

/* --- journal ---------------------------------------------------------------------------- */
struct open_record {
	struct opened o;
	struct signer signer;
	str key;
};

static struct err *
open_record(struct cli *c, struct open_record *ret)
{
	const char *dir = cli_data_dir(c);

	TRY(space_open_key(
	    c->a, dir, cli_get(c, "database", NULL), ret->key, false, clock_now(), &ret->o));
	return journal_signer(c->a, dir, &ret->signer);
}

static struct err *
run_checkpoint(struct cli *c, struct open_record *r)
{
	str note;

	TRY(journal_sign(r->o.space, c->a, &r->signer, r->key, clock_now(), &note));
	fwrite(note.p, 1, note.n, c->out);
	return OK;
}

static str
key_text(struct cli *c, const struct open_record *r)
{
	struct note_key k = journal_key(c->a, &r->signer, r->key);

	return note_key_text(c->a, &k);
}

static struct err *
run_key(struct cli *c, struct open_record *r)
{
	fprintf(c->out, STR_FMT "\n", STR_ARG(key_text(c, r)));
	return OK;
}

struct target {
	struct arena *a;
	FILE *f;
	const char *name;
};

static struct err *
write_part(void *arg, str bytes)
{
	struct target *t = arg;

	if (fwrite(bytes.p, 1, bytes.n, t->f) == bytes.n)
		return OK;
	return err_new(
	    t->a, ERR_INTERNAL, "file.broken", "%s: %s", t->name, strerrordesc_np(errno));
}

static struct err *
run_export(struct cli *c, struct open_record *r)
{
	const char *here = c->n_args > 1 ? "." : str_to_c(c->a, r->key);
	const char *dir = c->n_args > 2 ? c->args[2] : here;
	const char *json = arena_printf(c->a, "%s/checkpoints.json", dir);
	struct target t = {.a = c->a, .name = arena_printf(c->a, "%s/journal.txt", dir)};
	struct err *e;
	str checkpoints;

	if (mkdir(dir, 0755) && errno != EEXIST)
		return err_new(
		    c->a, ERR_INTERNAL, "file.broken", "%s: %s", dir, strerrordesc_np(errno));
	t.f = fopen(t.name, "wb");
	if (!t.f)
		return err_new(c->a, ERR_INTERNAL, "file.broken", "%s: %s", t.name,
		    strerrordesc_np(errno));
	e = journal_export(r->o.space, c->a, key_text(c, r), write_part, &t, &checkpoints);
	if (fclose(t.f) && !e)
		e = err_new(c->a, ERR_INTERNAL, "file.broken", "%s", t.name);
	TRY(e);
	TRY(file_replace(c->a, json, 0644, checkpoints));
	fprintf(c->out, "%s\n%s\n", t.name, json);
	return OK;
}

static struct err *
run_prove(struct cli *c, struct open_record *r)
{
	int64_t from, to = JOURNAL_RECEIPT;
	str json;

	if (c->n_args < 3 || !str_to_i64(str_from_c(c->args[2]), &from) ||
	    (c->n_args > 3 && (!str_to_i64(str_from_c(c->args[3]), &to) || to < 0)))
		return err_new(c->a, ERR_INVALID, "cli.usage",
		    "journal prove SPACE SEQ, or journal prove SPACE FROM TO");
	TRY(journal_prove(r->o.space, c->a, from, to, &json));
	fprintf(c->out, STR_FMT, STR_ARG(json));
	return OK;
}

struct journal_word {
	const char *word;
	bool one; /* needs SPACE; else all of them are meant where none is named */
	struct err *(*run)(struct cli *c, struct open_record *r);
};
static const struct journal_word journal_words[] = {
    {"checkpoint", false, run_checkpoint},
    {"export", false, run_export},
    {"key", false, run_key},
    {"prove", true, run_prove},
};

static struct err *
find_word(struct cli *c, const struct journal_word **ret)
{
	for (size_t i = 0; i < sizeof(journal_words) / sizeof(journal_words[0]); i++)
		if (strcmp(c->args[0], journal_words[i].word) == 0) {
			*ret = &journal_words[i];
			return OK;
		}
	return err_new(c->a, ERR_INVALID, "cli.usage",
	    "journal can checkpoint, export, key and prove, not '%s'", c->args[0]);
}

static struct err *
run_on(struct cli *c, const struct journal_word *word, str key)
{
	struct open_record r = {.key = key};

	TRY(open_record(c, &r));
	return word->run(c, &r);
}

static struct err *
run_journal(struct cli *c)
{
	const struct journal_word *word;
	const str *keys;
	size_t n;

	TRY(find_word(c, &word));
	if (c->n_args > 1)
		return run_on(c, word, str_from_c(c->args[1]));
	if (word->one)
		return err_new(
		    c->a, ERR_INVALID, "cli.usage", "journal %s needs SPACE", word->word);
	TRY(spaces_in(c->a, cli_data_dir(c), &keys, &n));
	for (size_t i = 0; i < n; i++)
		TRY(run_on(c, word, keys[i]));
	return OK;
}

static const struct cli_option journal_options[] = {CLI_DATA, CLI_DATABASE, CLI_END};

const struct cli_command cmd_journal = {
    .name = "journal",
    .args = "checkpoint|export|key|prove [SPACE [...]]",
    .summary = "Signs the joint record, and hands out it and its proofs",
    .help = "checkpoint [SPACE]      signs the record as it is, prints the note\n"
	    "export [SPACE [DIR]]    writes journal.txt and checkpoints.json, which\n"
	    "                        tools/verify_journal.py checks without this program; for\n"
	    "                        all spaces, each in a folder of its name\n"
	    "key [SPACE]             prints the key that checkpoints are checked with\n"
	    "prove SPACE SEQ         a receipt: entry, path and checkpoint, as JSON\n"
	    "prove SPACE FROM TO     that the record of TO entries grew out of FROM\n"
	    "Without SPACE all spaces of the data folder.",
    .min_args = 1,
    .max_args = 4,
    .options = journal_options,
    .run = run_journal,
};
