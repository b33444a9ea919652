/* app/beside.h - two charters side by side, as text. */
#ifndef APP_BESIDE_H
#define APP_BESIDE_H

#include "app/found.h"

/* Puts both into out, body by body: "  < " what the one says, "  > " what the other says, and
 * what both say once. charter.invalid: one of them has an error (see charter_report). */
struct err *charters_beside(struct arena *a, const struct charter_source *one,
    const struct charter_source *other, enum lang lang, struct buf *out) NODISCARD;

#endif
