#include "app/password.h"

#include <string.h>

/* Words that, once taken out, must leave something to guess. Of this field as well: people
 * reach for what lies on the desk. */
static const char *const words[] = {"passord", "password", "qwerty", "asdfgh", "1234567890",
    "12345678", "abcdefgh", "velkommen", "sommer", "vinter", "kommune", "helsefellesskap",
    "helse", "sykehus", "sjukehus", "samarbeid", "samhandling", "rødtråd", "rodtrad", "norge",
    "norway", "letmein", "admin", "hemmelig", "iloveyou", "test", "2024", "2025", "2026"};

static bool
few_letters(str s)
{
	bool seen[256] = {false};
	int n = 0;

	for (size_t i = 0; i < s.n; i++) {
		n += !seen[(unsigned char)s.p[i]];
		seen[(unsigned char)s.p[i]] = true;
	}
	return n < 5;
}

/* Bytes of s that a word covers. */
static size_t
covered(str s, const char *word)
{
	size_t n = strlen(word), sum = 0;
	const char *p = s.p, *at;

	while ((at = memmem(p, (size_t)(s.p + s.n - p), word, n))) {
		sum += n;
		p = at + n;
	}
	return sum;
}

bool
password_common(str s)
{
	size_t sum = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		sum += covered(s, words[i]);
	return few_letters(s) || sum + 6 > s.n;
}
