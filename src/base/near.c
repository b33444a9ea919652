#include "base/near.h"

enum { LONGEST = 64 };

static int
min(int x, int y)
{
	return x < y ? x : y;
}

/* Optimal string alignment: three rows of the table are enough. */
int
near_distance(str a, str b, int limit)
{
	int rows[3][LONGEST + 1];

	if (a.n > LONGEST || b.n > LONGEST)
		return limit + 1;
	for (size_t j = 0; j <= b.n; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		int *now = rows[i % 3], *was = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		now[0] = (int)i;
		for (size_t j = 1; j <= b.n; j++) {
			int same = a.p[i - 1] == b.p[j - 1];
			now[j] = min(min(was[j], now[j - 1]) + 1, was[j - 1] + !same);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				now[j] = min(now[j], before[j - 2] + 1);
		}
	}
	return min(rows[a.n % 3][b.n], limit + 1);
}

void
near_try(struct near *n, str word, str candidate)
{
	int limit = word.n < 6 ? 1 : (int)word.n / 3;
	int d = near_distance(word, candidate, limit);

	if (d <= limit && (n->best.n == 0 || d < n->distance))
		*n = (struct near){candidate, d};
}
