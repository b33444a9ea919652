#include "base/random.h"

#include "base/base32.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { PID_BYTES = 10 };

void
random_bytes(void *ret, size_t n)
{
	unsigned char *at = ret;

	while (n > 0) {
		ssize_t got = getrandom(at, n, 0);
		if (got < 0 && errno != EINTR) {
			perror("getrandom"); /* no kernel we support does this */
			abort();
		}
		if (got > 0) {
			at += got;
			n -= (size_t)got;
		}
	}
}

struct random
random_seeded(uint64_t seed)
{
	return (struct random){.seeded = true, .seed = seed};
}

void
random_draw(struct random *r, void *ret, size_t n)
{
	unsigned char key[crypto_stream_chacha20_KEYBYTES] = "rodtrad seeded";
	unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];

	if (!r->seeded) {
		random_bytes(ret, n);
		return;
	}
	memcpy(key + sizeof(key) - sizeof(r->seed), &r->seed, sizeof(r->seed));
	memcpy(nonce, &r->block, sizeof(nonce));
	r->block++;
	crypto_stream_chacha20(ret, n, nonce, key);
}

uint64_t
random_below(struct random *r, uint64_t limit)
{
	uint64_t v, skip = -limit % limit; /* values below would favour the first ones */

	do
		random_draw(r, &v, sizeof(v));
	while (v < skip);
	return v % limit;
}

str
random_pid(struct random *r, struct arena *a)
{
	char bytes[PID_BYTES];

	random_draw(r, bytes, sizeof(bytes));
	return base32_encode(a, BASE32_CROCKFORD, (str){bytes, sizeof(bytes)});
}

str
pid_new(struct arena *a)
{
	return random_pid(a->ids ? a->ids : &(struct random){0}, a);
}

bool
pid_valid(str s)
{
	static const char digit[] = "0123456789abcdefghjkmnpqrstvwxyz";

	if (s.n != PID_CHARS)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(digit, s.p[i], sizeof(digit) - 1))
			return false;
	return true;
}
