/*
 * The scanner against a corpus made here from a seed: every number is computed when the test
 * runs, so that none stands in the repository.
 */
#include "support.h"

#include "base/idscan.h"
#include "base/random.h"
#include "base/utf.h"

#include <stdio.h>
#include <time.h>

enum { VARIANTS = 100000, RANDOM_NUMBERS = 100000, BENIGN = 20000 };

struct gen {
	struct random r;
	char pool[4096]; /* a draw at a time is slow */
	size_t left;
	struct buf b;
};

static unsigned
below(struct gen *g, unsigned limit)
{
	uint32_t v;

	if (g->left < sizeof(v)) {
		random_draw(&g->r, g->pool, sizeof(g->pool));
		g->left = sizeof(g->pool);
	}
	memcpy(&v, g->pool + sizeof(g->pool) - g->left, sizeof(v));
	g->left -= sizeof(v);
	return v % limit;
}

static void
restart(struct gen *g)
{
	g->b.n = 0;
	g->b.over = false;
}

#define PICK(g, list) ((list)[below((g), sizeof(list) / sizeof(*(list)))])

/* --- numbers ---------------------------------------------------------------------------- */

static int
weighed(const int *d, const int *w, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += d[i] * w[i];
	return sum % 11;
}

/* Fills in the check digits; false where there are none (a digit would be 10). */
static bool
complete(int *d, int k1_remainder)
{
	static const int w1[] = {3, 7, 6, 1, 8, 9, 4, 5, 2},
			 w2[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

	d[9] = (11 - weighed(d, w1, 9) + k1_remainder) % 11;
	d[10] = (11 - weighed(d, w2, 10)) % 11;
	return d[9] < 10 && d[10] < 10;
}

struct kind {
	int day_add, month_add, remainders;
};

static void
make_number(struct gen *g, struct kind k, int *d)
{
	do {
		int day =
		    k.day_add < 80 ? (int)below(g, 28) + 1 + k.day_add : (int)below(g, 20) + 80;
		int month = (int)below(g, 12) + 1 + k.month_add;
		for (int i = 4; i < 9; i++)
			d[i] = (int)below(g, 10);
		d[0] = day / 10;
		d[1] = day % 10;
		d[2] = month / 10;
		d[3] = month % 10;
	} while (!complete(d, (int)below(g, (unsigned)k.remainders)));
}

/* --- how a number can be written -------------------------------------------------------- */

enum notation { PLAIN, PERCENT, ENTITY, ENTITY_HEX, QUOTED, NOTATIONS };

static void
put_char(struct gen *g, enum notation how, uint32_t c)
{
	char utf[4];
	size_t n = utf_put(c, utf);

	if (how == ENTITY || how == ENTITY_HEX) {
		buf_printf(&g->b, how == ENTITY ? "&#%u;" : "&#x%X;", c);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (how == PLAIN)
			buf_put(&g->b, (str){utf + i, 1});
		else if (how == PERCENT)
			buf_printf(&g->b, "%%%02X", (unsigned char)utf[i]);
		else
			buf_printf(&g->b, "=%02X", (unsigned char)utf[i]);
	}
}

static bool
parts_here(unsigned form, int i)
{
	return (form >= 1 && i == 6) || (form >= 2 && (i == 2 || i == 4)) ||
	       (form == 3 && i == 9);
}

/* Something that does not stop a reader, between two digits. */
static void
put_noise(struct gen *g, unsigned noise)
{
	static const uint32_t invisible[] = {
	    0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x200e, 0x3164};
	static const char *const tags[] = {"<b>", "</span><span class=\"x\">", "<!-- -->",
	    "</w:t></w:r><w:r><w:t>", "<wbr/>", "**", "_", "`", "~~", "\\",
	    "](https://x.no/a \"b\")", "[](#c)", "![](/d)", "][e]"};

	if (below(g, 4) != 0)
		return;
	if (noise == 1)
		put_char(g, PLAIN, PICK(g, invisible));
	else if (noise == 2)
		buf_put(&g->b, str_from_c(PICK(g, tags)));
	else if (noise == 3)
		buf_put(&g->b, S("=\r\n"));
}

/* Writes the number in a random way; *ret_at is where it starts. */
static void
put_number(struct gen *g, const int *d, size_t *ret_at)
{
	static const uint32_t zeros[] = {
	    '0', '0', '0', 0xff10, 0x660, 0x6f0, 0x966, 0x1d7ce, 0x2080};
	static const uint32_t seps[] = {' ', '-', '.', '/', 0xa0, '\n', 0x2013, 0x2009, 0xff0d};
	enum notation how = below(g, 2) ? PLAIN : (enum notation)below(g, NOTATIONS);
	uint32_t zero = PICK(g, zeros), sep = PICK(g, seps);
	unsigned form = below(g, 4), noise = 0;
	int broken = how == PLAIN && below(g, 8) == 0 ? (int)below(g, 10) + 1 : 0;

	if (how == PLAIN || how == ENTITY || how == QUOTED)
		noise = below(g, 2) ? 0 : how == QUOTED ? 3 : below(g, 2) + 1;
	*ret_at = g->b.n;
	for (int i = 0; i < 11; i++) {
		if (parts_here(form, i))
			put_char(g, how, sep);
		else if (i > 0 && i == broken)
			buf_put(&g->b, below(g, 2) ? S("\r\n") : S("\n  "));
		else if (i > 0)
			put_noise(g, noise);
		put_char(g, how, zero + (uint32_t)d[i]);
	}
}

static const char *const before[] = {"", "", "Gjelder ", "pasient ", "fnr: ", "Fødselsnummer ",
    "Kontakt Kari om (", "sak 14/26, ", "2026-03-26;", "https://x.example/?q=", "\t",
    "Navn;Ola;", "{\"id\":\"", "tlf. 22 33 44 55, ", "referat_", "<td>", "æøå\n", "7. ",
    "100 % "};
static const char *const after[] = {"", "", " er innlagt.", ".", ",", ") i dag", "\n",
    ";26.03.2026", "\"}", "_notat.docx", "</td><td>1</td>", " tlf 912 34 567", "\n\n2. neste",
    "!", "a", "?"};

static void
every_variant_of_a_number_is_refused(void **state)
{
	static const struct kind kinds[] = {
	    {0, 0, 1}, {0, 0, 1}, {40, 0, 1}, {0, 0, 4}, {40, 0, 4}};
	struct gen g = {.r = random_seeded(13), .b = buf_new(*state, 1 << 20)};

	for (int i = 0; i < VARIANTS; i++) {
		struct idscan_hit hit;
		size_t at, end;
		int d[11];
		restart(&g);
		make_number(&g, PICK(&g, kinds), d);
		buf_put(&g.b, str_from_c(PICK(&g, before)));
		put_number(&g, d, &at);
		end = g.b.n;
		buf_put(&g.b, str_from_c(PICK(&g, after)));
		if (idscan_worst(buf_str(&g.b), 0, &hit) != IDSCAN_REFUSE)
			fail_msg("variant %d missed: " STR_FMT, i, STR_ARG(buf_str(&g.b)));
		if (hit.at != at || hit.at + hit.n != end)
			fail_msg("variant %d: wrong place %zu+%zu, not %zu-%zu", i, hit.at,
			    hit.n, at, end);
	}
}

/* The same corpus with one check digit changed, or one digit more: not a birth number. */
static void
a_changed_digit_is_no_number(void **state)
{
	struct gen g = {.r = random_seeded(14), .b = buf_new(*state, 1 << 20)};

	for (int i = 0; i < 10000; i++) {
		int d[11];
		size_t at;
		restart(&g);
		make_number(&g, (struct kind){0, 0, 1}, d);
		if (i % 2)
			buf_printf(&g.b, "%u", below(&g, 10));
		else
			d[10] = (d[10] + 1) % 10;
		at = g.b.n;
		for (int k = 0; k < 11; k++)
			buf_printf(&g.b, "%d", d[k]);
		int tier = idscan_worst(buf_str(&g.b), 0, NULL);
		if (tier == IDSCAN_REFUSE || tier == IDSCAN_OVERRIDE)
			fail_msg("refused: " STR_FMT " (%zu)", STR_ARG(buf_str(&g.b)), at);
	}
}

static void
few_random_numbers_are_refused(void **state)
{
	struct gen g = {.r = random_seeded(15), .b = buf_new(*state, 1 << 20)};
	int refused = 0;

	for (int i = 0; i < RANDOM_NUMBERS; i++) {
		restart(&g);
		for (int k = 0; k < 11; k++)
			buf_printf(&g.b, "%u", below(&g, 10));
		refused += idscan_worst(buf_str(&g.b), 0, NULL) == IDSCAN_REFUSE;
	}
	print_message("random numbers refused: %.3f %%\n", refused * 100.0 / RANDOM_NUMBERS);
	assert_in_range(refused, RANDOM_NUMBERS / 1000, RANDOM_NUMBERS * 3 / 1000);
}

/* --- benign documents ------------------------------------------------------------------- */

static void
put_account(struct gen *g)
{
	static const int w[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
	int d[11];

	do {
		for (int i = 0; i < 10; i++)
			d[i] = (int)below(g, 10);
		d[10] = (11 - weighed(d, w, 10)) % 11;
	} while (d[10] > 9);
	for (int i = 0; i < 11; i++)
		buf_printf(&g->b, i == 4 || i == 6 ? ".%d" : "%d", d[i]);
}

/* One of the things with digits in it that secretariats write. */
static void
put_thing(struct gen *g)
{
	struct buf *b = &g->b;
	unsigned day = below(g, 28) + 1, month = below(g, 12) + 1, year = 1990 + below(g, 50);

	switch (below(g, 18)) {
	case 0: buf_printf(b, "%02u.%02u.%u", day, month, year); break;
	case 1: buf_printf(b, "%u-%02u-%02u", year, month, day); break;
	case 2:
		buf_printf(b, "%u.%u.-%u.%u.%02u", day, month, day + 1, month, year % 100);
		break;
	case 3: buf_printf(b, "kl. %02u.%02u", below(g, 24), below(g, 60)); break;
	case 4:
		buf_printf(b, "tlf. %02u %02u %02u %02u", 20 + below(g, 79), below(g, 100),
		    below(g, 100), below(g, 100));
		break;
	case 5:
		buf_printf(
		    b, "+47 %u %02u %03u", 400 + below(g, 599), below(g, 100), below(g, 1000));
		break;
	case 6:
		buf_printf(b, "org.nr. %u %03u %03u", 800 + below(g, 199), below(g, 1000),
		    below(g, 1000));
		break;
	case 7: buf_printf(b, "9%08u MVA", below(g, 100000000)); break;
	case 8: buf_printf(b, "sak %u/%02u", below(g, 200), year % 100); break;
	case 9: buf_printf(b, "saksnr. %u/%u-%u", year, below(g, 20000), below(g, 40)); break;
	case 10:
		buf_put(b, S("konto "));
		put_account(g);
		break;
	case 11:
		buf_printf(b, "kr %u %03u %03u,%02u", below(g, 100), below(g, 1000),
		    below(g, 1000), below(g, 100));
		break;
	case 12: buf_printf(b, "%04u Drammen", below(g, 10000)); break;
	case 13:
		buf_printf(b, "%u\n%u\n%u", below(g, 100000), below(g, 100000), below(g, 1000));
		break;
	case 14:
		buf_printf(
		    b, "%u;%u;%u", below(g, 100000), below(g, 1000000), below(g, 100000));
		break;
	case 15:
		buf_printf(
		    b, "978-82-%u-%04u-%u", below(g, 1000), below(g, 10000), below(g, 10));
		break;
	case 16:
		buf_printf(b, "%u innbyggere (%u,%u %%)", below(g, 200000), below(g, 100),
		    below(g, 10));
		break;
	case 17:
		buf_printf(b, "<td>%u</td><td>%u</td>", below(g, 100000), below(g, 100000));
		break;
	}
}

static void
benign_documents_pass(void **state)
{
	static const char *const words[] = {" ", " og ", ", ", ".\n", " i møtet ", "\n\n",
	    " samarbeidsutvalget behandlet ", " Helse Eksempel HF ", " (", ") ", " – ",
	    " frist ", ": ", "\t"};
	struct gen g = {.r = random_seeded(16), .b = buf_new(*state, 1 << 20)};
	int refused = 0, override = 0;

	for (int i = 0; i < BENIGN; i++) {
		restart(&g);
		for (int k = 0; k < 25; k++) {
			put_thing(&g);
			buf_put(&g.b, str_from_c(PICK(&g, words)));
		}
		int tier = idscan_worst(buf_str(&g.b), 0, NULL);
		refused += tier == IDSCAN_REFUSE;
		override += tier == IDSCAN_OVERRIDE;
	}
	print_message("benign documents: %d refused, %d with override, of %d\n", refused,
	    override, BENIGN);
	assert_true(refused + override <= BENIGN / 1000);
}

/* --- the other tiers -------------------------------------------------------------------- */

static int
tier_of(struct gen *g, struct kind k, const char *fmt, enum idscan_kind want)
{
	struct idscan_hit hit = {0};
	char text[12];
	int d[11];

	make_number(g, k, d);
	for (int i = 0; i < 11; i++)
		text[i] = (char)('0' + d[i]);
	text[11] = 0;
	restart(g);
	for (const char *p = fmt; *p;
	     p++) { /* A to K are the digits of the number, @ all of them */
		if (*p == '@')
			buf_put(&g->b, str_from_c(text));
		else if (*p >= 'A' && *p <= 'K')
			buf_put(&g->b, (str){text + (*p - 'A'), 1});
		else
			buf_put(&g->b, (str){p, 1});
	}
	int tier = idscan_worst(buf_str(&g->b), 0, &hit);
	if (want && hit.kind != want)
		fail_msg("kind %d, not %d: " STR_FMT, (int)hit.kind, (int)want,
		    STR_ARG(buf_str(&g->b)));
	return tier;
}

static void
graver_and_milder_kinds_have_their_tiers(void **state)
{
	static const struct kind birth = {0, 0, 1};
	struct gen g = {.r = random_seeded(17), .b = buf_new(*state, 1 << 20)};

	for (int i = 0; i < 200; i++) {
		assert_int_equal(tier_of(&g, (struct kind){0, 40, 1}, "x @ y", IDSCAN_H), 2);
		assert_int_equal(tier_of(&g, (struct kind){80, 0, 1}, "@", IDSCAN_FH), 2);
		assert_int_equal(tier_of(&g, (struct kind){0, 20, 1}, "@", IDSCAN_NPID), 3);
		assert_int_equal(
		    tier_of(&g, (struct kind){0, 80, 1}, "@", IDSCAN_SYNTHETIC), 3);
		assert_int_equal(tier_of(&g, birth, "konto ABCD.EF.GHIJK", 0), 0);
		assert_int_equal(tier_of(&g, birth, "fnr ABCD.EF.GHIJK", IDSCAN_ACCOUNT), 2);
		assert_int_equal(tier_of(&g, birth, "personnummeret er ABCD.EF.GHIJK", 0), 2);
		assert_int_equal(tier_of(&g, birth,
				     "f\xc3\x98"
				     "dselsnr. ABCD.EF.GHIJK",
				     0),
		    2);
	}
}

static void
a_mistyped_number_is_found_by_the_word_beside_it(void **state)
{
	struct gen g = {.r = random_seeded(18), .b = buf_new(*state, 1 << 20)};
	struct idscan_hit hit;
	int d[11];

	make_number(&g, (struct kind){0, 0, 1}, d);
	d[10] = (d[10] + 1) % 10;
	for (int far = 0; far < 2; far++) {
		restart(&g);
		buf_printf(&g.b, "fødselsnummer%*s", far ? 50 : 20, "");
		for (int k = 0; k < 11; k++)
			buf_printf(&g.b, "%d", d[k]);
		assert_int_equal(
		    idscan_worst(buf_str(&g.b), 0, &hit), far ? 0 : IDSCAN_OVERRIDE);
	}
	assert_int_equal(idscan_worst(S("Kari Nordmann, f. 010170"), 0, &hit), IDSCAN_WARN);
	assert_int_equal(hit.kind, IDSCAN_BIRTHDATE);
	assert_int_equal(idscan_worst(S("Møte i Moss 010170"), 0, NULL), 0);
	assert_int_equal(idscan_worst(S("DUF 201012345678"), 0, &hit), IDSCAN_WARN);
	assert_int_equal(hit.kind, IDSCAN_DUF);
	assert_int_equal(idscan_worst(S("202603261200"), 0, NULL), 0);
}

static void
a_cell_may_have_lost_its_zero(void **state)
{
	struct gen g = {.r = random_seeded(19), .b = buf_new(*state, 1 << 20)};
	int d[11] = {1};

	while (d[0] != 0)
		make_number(&g, (struct kind){0, 0, 1}, d);
	for (int k = 1; k < 11; k++)
		buf_printf(&g.b, "%d", d[k]);
	assert_int_equal(idscan_worst(buf_str(&g.b), IDSCAN_CELL, NULL), IDSCAN_REFUSE);
	assert_int_equal(idscan_worst(buf_str(&g.b), 0, NULL), 0);
}

static void
every_place_is_told_and_the_gravest_kept(void **state)
{
	struct gen g = {.r = random_seeded(20), .b = buf_new(*state, 1 << 20)};
	struct idscan_hit hits[3];
	int d[11];

	for (int i = 0; i < 5; i++) {
		make_number(&g, (struct kind){0, i < 3 ? 20 : 0, 1}, d);
		for (int k = 0; k < 11; k++)
			buf_printf(&g.b, "%d", d[k]);
		buf_put(&g.b, S(" <i>og</i> "));
	}
	assert_int_equal(idscan(buf_str(&g.b), 0, hits, 3), 3);
	int grave = 0;
	for (int i = 0; i < 3; i++)
		grave += hits[i].tier == IDSCAN_REFUSE;
	assert_int_equal(grave, 2);
}

/* --- cost ------------------------------------------------------------------------------- */

static double
seconds_for(str text)
{
	struct timespec t0, t1;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t0);
	idscan_worst(text, 0, NULL);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t1);
	return (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
}

/* Hostile text must cost about as much a byte when there is sixteen times as much of it. */
static void
cost_is_linear(void **state)
{
	static const char *const pieces[] = {
	    "Samarbeidsutvalget møttes 26. mars 2026 og vedtok saken. ", "<a", "&", "%3", "=3",
	    "1", "1 ", "1\n", "010170 fnr ", "&#49;", "<b>1</b>", "12<"};
	enum { SMALL = 1 << 15, LARGE = 1 << 19 };
	struct arena *a = *state;

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct buf b = buf_new(a, LARGE + 256);
		while (b.n < LARGE)
			buf_put(&b, str_from_c(pieces[i]));
		str text = buf_str(&b);
		double small = 1, large = seconds_for(text);
		for (int k = 0; k < 5; k++) {
			double t = seconds_for((str){text.p, SMALL});
			small = t < small ? t : small;
		}
		print_message("%7.1f MB/s  \"%.*s\"\n", LARGE / large / 1e6,
		    (int)strcspn(pieces[i], "\n"), pieces[i]);
		assert_true(large < small * 16 * 8);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_ARENA(every_variant_of_a_number_is_refused),
	    WITH_ARENA(a_changed_digit_is_no_number),
	    WITH_ARENA(few_random_numbers_are_refused),
	    WITH_ARENA(benign_documents_pass),
	    WITH_ARENA(graver_and_milder_kinds_have_their_tiers),
	    WITH_ARENA(a_mistyped_number_is_found_by_the_word_beside_it),
	    WITH_ARENA(a_cell_may_have_lost_its_zero),
	    WITH_ARENA(every_place_is_told_and_the_gravest_kept),
	    WITH_ARENA(cost_is_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
