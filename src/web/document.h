/* web/document.h - the case document on pages of several areas. */
#ifndef WEB_DOCUMENT_H
#define WEB_DOCUMENT_H

#include "app/document.h"
#include "web/document_view.h"
#include "web/web.h"

/* The document as the matter's page shows it to this actor. */
struct err *document_view_of(struct request *rq, const struct reply *rp, const struct matter *m,
    const struct object *object, struct document_view *ret) NODISCARD;

/* A section's word in addresses ("bakgrunn") and what it is called. */
const char *section_slug(int64_t kind);
int64_t section_of_slug(str slug); /* 0: no such */
const char *section_label(const struct request *rq, int64_t kind);
struct text section_name(const struct request *rq, int64_t kind);

/* "4. mars", with the year when it is another than this. */
struct text web_when(const struct request *rq, int64_t at);
/* "4. mars kl. 14.20", with the year where it is another. */
struct text web_when_exactly(const struct request *rq, int64_t at);

#endif
