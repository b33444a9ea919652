/* web/matter.h - how matters look on pages of several areas. */
#ifndef WEB_MATTER_H
#define WEB_MATTER_H

#include "app/matter.h"
#include "web/matter_view.h"
#include "web/web.h"

/* A matter's page; the page function of every form on it. */
struct err *matter_page(struct request *rq, struct reply *rp) NODISCARD;

/* The frame of a page that hangs under a matter's. */
struct err *matter_frame(
    struct request *rq, const struct matter *m, struct text here, struct frame *ret) NODISCARD;

/* The way of the matter through parties, secretariat and body, as a drawing. */
struct history;
struct lanes
matter_lanes(const struct request *rq, const struct matter *m, const struct history *h);

struct url url_matter(const struct request *rq, str pid);

#endif
