/* test/record.h - acts on the toy tables that are recorded as a use case would. */
#ifndef TEST_RECORD_H
#define TEST_RECORD_H

#include "world.h"

#include "store/checkpoint.h"
#include "store/erase.h"
#include "store/verify.h"

#define NOW_MS (NOW_AT * 1000)
#define ORIGIN S("rodtrad.example/test")

struct deed {
	struct world *w;
	struct act act;
	void (*change)(struct db *db, struct world *w, void *arg); /* NULL: none */
	void *arg;
	int64_t seq;
};

/* Runs the deed on the writer; d->seq is its entry. */
struct err *do_deed(struct deed *d);

struct act act_on(const char *action, const char *pid, int64_t now_ms);

/* A new thing; its name is its pid too. Returns its id. */
int64_t record_thing(struct world *w, const char *name, int64_t now_ms);
void
record_rename(struct world *w, int64_t id, const char *pid, const char *name, int64_t now_ms);
void
record_part(struct world *w, int64_t id, const char *pid, const char *place, int64_t amount);
void record_drop(struct world *w, int64_t id, const char *pid);

/* A signer with its files in a folder of its own, removed with the arena. */
struct signer test_signer(struct arena *a, const char **ret_dir);
/* Signs and keeps a checkpoint; the note. */
str record_checkpoint(struct world *w, const struct signer *s);

/* For damaging the tables in either engine: 32 zero bytes; a byte of a column changed. */
const char *zero_bytes(struct world *w);
const char *poke_text(struct world *w, const char *column, size_t at);
const char *poke_bytes(struct world *w, const char *column, size_t at);

/* Lines said by verify. */
struct said {
	char line[64][400];
	int n;
	struct verify_result res;
};
struct said verify_world(struct world *w, const struct note_key *key);
bool has_said(const struct said *s, const char *line);

#endif
