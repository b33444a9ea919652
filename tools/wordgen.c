/*
 * wordgen - makes the tables of src/store/norsk_words.h from the word list.
 *
 *	wordgen LIST OUT.c
 *
 * The list has words parted by blanks, nynorsk=bokmål pairs, and # comments.
 */
#include "store/norsk_stem.h"
#include "store/norsk_words.h"

#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = NORSK_SLOTS / 2, PART_MIN = 4 };

static struct norsk_word words[WORDS_MAX];
static size_t n_words;
static uint16_t by_base[NORSK_SLOTS], by_stem[NORSK_SLOTS];
static struct sb_stemmer *stemmer;

static void
die(const char *why, const char *what)
{
	fprintf(stderr, "wordgen: %s: %s\n", why, what);
	exit(1);
}

static const char *
stem(const char *word)
{
	char buf[NORSK_STEM_MAX];
	str s = norsk_stem(stemmer, (str){word, strlen(word)}, buf);

	return strndup(s.p, s.n);
}

static uint32_t
hash(const char *s, size_t n)
{
	uint32_t h = NORSK_FNV_START;

	for (size_t i = 0; i < n; i++)
		h = norsk_fnv(h, (unsigned char)s[i]);
	return h;
}

static const char *
key_of(const uint16_t *table, size_t i)
{
	return table == by_base ? words[i].base : words[i].stem;
}

/* The slot where a key is or would be. */
static uint16_t *
slot(uint16_t *table, const char *key, size_t n)
{
	uint32_t h = hash(key, n);

	for (;; h++) {
		uint16_t *at = &table[h % NORSK_SLOTS];
		if (!*at)
			return at;
		const char *is = key_of(table, *at - 1u);
		if (strlen(is) == n && memcmp(is, key, n) == 0)
			return at;
	}
}

static void
add(const char *base, const char *bokmal)
{
	struct norsk_word w = {.base = strdup(base), .stem = stem(base)};

	for (const char *p = base; *p; p++)
		w.chars += (*p & 0xc0) != 0x80;
	if (w.chars < 3)
		die("shorter than three letters", base);
	if (bokmal)
		w.other = stem(bokmal);
	uint16_t *at = slot(by_base, base, strlen(base));
	if (*at) { /* said before, perhaps without its other form */
		if (bokmal && !words[*at - 1].other)
			words[*at - 1].other = w.other;
		return;
	}
	if (n_words == WORDS_MAX)
		die("too many words; raise NORSK_SLOTS", base);
	words[n_words++] = w;
	*at = (uint16_t)n_words;
	at = slot(by_stem, w.stem, strlen(w.stem));
	if (!*at || (bokmal && !words[*at - 1].other))
		*at = (uint16_t)n_words;
}

/* Whether s is one or more other words of the list, with s or e between them. */
static bool
made_of_words(const char *s, size_t n, bool whole)
{
	for (size_t k = n; k >= PART_MIN; k--) {
		uint16_t at = *slot(by_base, s, k);
		if (!at || words[at - 1].chars < PART_MIN || (whole && k == n))
			continue;
		if (k == n || made_of_words(s + k, n - k, false) ||
		    ((s[k] == 's' || s[k] == 'e') &&
			made_of_words(s + k + 1, n - k - 1, false)))
			return true;
	}
	return false;
}

static void
read_list(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[4096];

	if (!f)
		die("cannot read", path);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "#\n")] = '\0';
		char *rest = line;
		for (char *word; (word = strsep(&rest, " \t"));) {
			char *bokmal = strchr(word, '=');
			if (bokmal)
				*bokmal++ = '\0';
			if (bokmal)
				add(bokmal, NULL);
			if (*word)
				add(word, bokmal);
		}
	}
	fclose(f);
}

static void
print_table(FILE *f, const char *name, const uint16_t *table)
{
	fprintf(f, "\nconst uint16_t %s[NORSK_SLOTS] = {", name);
	for (size_t i = 0; i < NORSK_SLOTS; i++)
		if (table[i])
			fprintf(f, "[%zu]=%u,\n", i, (unsigned)table[i]);
	fputs("};\n", f);
}

static void
print_all(FILE *f)
{
	uint32_t sum = NORSK_FNV_START;

	fputs("/* Made by tools/wordgen: do not edit. */\n#include \"store/norsk_words.h\"\n\n"
	      "const struct norsk_word norsk_words[] = {\n",
	    f);
	for (size_t i = 0; i < n_words; i++) {
		const struct norsk_word *w = &words[i];
		fprintf(f, "{\"%s\", \"%s\", ", w->base, w->stem);
		if (w->other)
			fprintf(f, "\"%s\", ", w->other);
		else
			fputs("0, ", f);
		fprintf(f, "%d, %d},\n", w->chars,
		    (int)made_of_words(w->base, strlen(w->base), true));
		sum = sum * 31 + hash(w->base, strlen(w->base)) +
		      (w->other ? hash(w->other, strlen(w->other)) : 0);
	}
	fputs("};\n", f);
	print_table(f, "norsk_by_base", by_base);
	print_table(f, "norsk_by_stem", by_stem);
	fprintf(
	    f, "\nconst char norsk_words_version[] = NORSK_CODE \"-%08x\";\n", (unsigned)sum);
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		die("usage", "wordgen LIST OUT.c");
	stemmer = sb_stemmer_new("norwegian", "UTF_8");
	if (!stemmer)
		die("no stemmer", "norwegian");
	read_list(argv[1]);
	FILE *f = fopen(argv[2], "w");
	if (!f)
		die("cannot write", argv[2]);
	print_all(f);
	if (fclose(f) != 0)
		die("cannot write", argv[2]);
	sb_stemmer_delete(stemmer);
	return 0;
}
