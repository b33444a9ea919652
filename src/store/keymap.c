#include "store/keymap.h"

#include <string.h>

enum { KEYMAP_START = 1024 };

static struct keymap
new_map(size_t cap)
{
	struct keymap m = {.cap = cap};

	arena_init(&m.mem, cap * sizeof(struct keymap_slot) + 4096);
	m.slots = arena_array(&m.mem, struct keymap_slot, cap);
	return m;
}

void
keymap_init(struct keymap *m)
{
	*m = new_map(KEYMAP_START);
}

void
keymap_finish(struct keymap *m)
{
	arena_finish(&m->mem);
	*m = (struct keymap){0};
}

struct sha256
keymap_key(str first, str second)
{
	struct sha256_stream s;
	uint64_t n = first.n;

	sha256_init(&s);
	sha256_add(&s, (str){(const char *)&n, sizeof(n)});
	sha256_add(&s, first);
	sha256_add(&s, second);
	return sha256_finish(&s);
}

/* The slot with the key, or the free one where it would be. */
static struct keymap_slot *
place(const struct keymap *m, const struct sha256 *key)
{
	size_t at;

	memcpy(&at, key->b, sizeof(at));
	for (at &= m->cap - 1; m->slots[at].used; at = (at + 1) & (m->cap - 1))
		if (memcmp(m->slots[at].key.b, key->b, SHA256_BYTES) == 0)
			break;
	return &m->slots[at];
}

struct keymap_slot *
keymap_find(const struct keymap *m, struct sha256 key)
{
	struct keymap_slot *s = place(m, &key);

	return s->used ? s : NULL;
}

static void
grow(struct keymap *m)
{
	struct keymap old = *m;

	*m = new_map(old.cap * 2);
	m->n = old.n;
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].used)
			*place(m, &old.slots[i].key) = old.slots[i];
	keymap_finish(&old);
}

void
keymap_set(struct keymap *m, struct sha256 key, struct keymap_slot value)
{
	if (m->n * 4 >= m->cap * 3)
		grow(m);
	struct keymap_slot *s = place(m, &key);
	if (!s->used)
		m->n++;
	value.key = key;
	value.used = true;
	*s = value;
}
