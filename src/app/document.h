/*
 * app/document.h - the case document: sections, versions, signatures, comments, attachments.
 */
#ifndef APP_DOCUMENT_H
#define APP_DOCUMENT_H

#include "app/matter.h"

/* Fills what the document says into the facts: perspectives lit, version, signatures. */
struct err *document_facts(
    struct cx *cx, const struct matter *m, struct matter_facts *f) NODISCARD;

#endif
