#include "store/norsk_fts5.h"

#include "store/norsk.h"

#include <math.h>
#include <sqlite3.h>

/* --- tokenizer -------------------------------------------------------------------------- */

static int
create(void *context, const char **args, int n_args, Fts5Tokenizer **ret)
{
	(void)context;
	(void)args;
	if (n_args > 0)
		return SQLITE_ERROR;
	struct norsk *n = sqlite3_malloc(sizeof(*n));
	if (!n)
		return SQLITE_NOMEM;
	norsk_init(n);
	*ret = (Fts5Tokenizer *)n;
	return SQLITE_OK;
}

static void delete (Fts5Tokenizer *t)
{
	norsk_finish((struct norsk *)t);
	sqlite3_free(t);
}

struct sink {
	void *context;
	int (*token)(void *, int, const char *, int, int, int);
};

static int
pass_on(void *arg, const struct norsk_token *t)
{
	const struct sink *s = arg;

	return s->token(s->context, t->beside ? FTS5_TOKEN_COLOCATED : 0, t->text.p,
	    (int)t->text.n, (int)t->from, (int)t->to);
}

static int
tokenize(Fts5Tokenizer *t, void *context, int flags, const char *text, int n,
    int (*token)(void *, int, const char *, int, int, int))
{
	struct sink s = {context, token};
	enum norsk_mode mode = flags & FTS5_TOKENIZE_QUERY ? NORSK_QUERY : NORSK_INDEX;

	return norsk_tokens((struct norsk *)t, (str){text, (size_t)n}, mode, pass_on, &s);
}

/* --- ranking ---------------------------------------------------------------------------- */

enum { PHRASES_MAX = 32, COLUMNS_MAX = 16 };

struct rarity { /* of each phrase of the question, counted once */
	int n;
	double idf[PHRASES_MAX];
};

/* How common a phrase is is known well enough after this many: counting goes through them all.
 */
enum { COMMON = 20000 };

static int
count_row(const Fts5ExtensionApi *api, Fts5Context *f, void *rows)
{
	(void)api;
	(void)f;
	return ++*(sqlite3_int64 *)rows < COMMON ? SQLITE_OK : SQLITE_DONE;
}

static int
rarity_of(const Fts5ExtensionApi *api, Fts5Context *f, struct rarity **ret)
{
	sqlite3_int64 all;
	struct rarity *r = api->xGetAuxdata(f, 0);

	*ret = r;
	if (r)
		return SQLITE_OK;
	r = sqlite3_malloc(sizeof(*r));
	if (!r)
		return SQLITE_NOMEM;
	r->idf[0] = 1; /* alone it has nothing to be weighed against */
	r->n = api->xPhraseCount(f) < PHRASES_MAX ? api->xPhraseCount(f) : PHRASES_MAX;
	int rc = api->xRowCount(f, &all);
	for (int i = 0; i < r->n && rc == SQLITE_OK && r->n > 1; i++) {
		sqlite3_int64 rows = 0;
		rc = api->xQueryPhrase(f, i, &rows, count_row);
		r->idf[i] = log(1.0 + (double)all / (double)(rows + 1));
	}
	*ret = r;
	if (rc == SQLITE_OK)
		return api->xSetAuxdata(f, r, sqlite3_free); /* frees it if it fails */
	sqlite3_free(r);
	return rc;
}

/* How much a phrase counts in this row: the more often the more, but ever less so. */
static int
weigh(
    const Fts5ExtensionApi *api, Fts5Context *f, int phrase, const double *weights, double *ret)
{
	Fts5PhraseIter iter;
	int column, offset;
	double often = 0;
	int rc = api->xPhraseFirst(f, phrase, &iter, &column, &offset);

	if (rc != SQLITE_OK)
		return rc;
	for (; column >= 0; api->xPhraseNext(f, &iter, &column, &offset))
		often += weights[column < COLUMNS_MAX ? column : COLUMNS_MAX - 1];
	*ret = often / (often + 1.2);
	return SQLITE_OK;
}

static void
rank(const Fts5ExtensionApi *api, Fts5Context *f, sqlite3_context *c, int n,
    sqlite3_value **values)
{
	double weights[COLUMNS_MAX], score = 0;
	struct rarity *r;
	int rc = rarity_of(api, f, &r);

	for (int i = 0; i < COLUMNS_MAX; i++)
		weights[i] = i < n ? sqlite3_value_double(values[i]) : 1.0;
	for (int i = 0; rc == SQLITE_OK && i < r->n; i++) {
		double weight = 0;
		rc = weigh(api, f, i, weights, &weight);
		score += r->idf[i] * weight;
	}
	if (rc == SQLITE_OK)
		sqlite3_result_double(c, -score);
	else
		sqlite3_result_error_code(c, rc);
}

/* --- registering ------------------------------------------------------------------------ */

static int
fts5_api_of(sqlite3 *c, fts5_api **ret)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(c, "SELECT fts5(?1)", -1, &s, NULL);

	*ret = NULL;
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_pointer(s, 1, ret, "fts5_api_ptr", NULL);
	if (rc == SQLITE_OK)
		sqlite3_step(s);
	int end = sqlite3_finalize(s);
	return rc != SQLITE_OK ? rc : end != SQLITE_OK ? end : *ret ? SQLITE_OK : SQLITE_ERROR;
}

int
norsk_fts5_register(sqlite3 *c)
{
	static fts5_tokenizer methods = {create, delete, tokenize};
	fts5_api *api;
	int rc = fts5_api_of(c, &api);

	if (rc == SQLITE_OK)
		rc = api->xCreateTokenizer(api, "norsk", NULL, &methods, NULL);
	if (rc == SQLITE_OK)
		rc = api->xCreateFunction(api, "norsk_rank", NULL, rank, NULL);
	return rc;
}
