/* web/round.h - how rounds look on pages of several areas. */
#ifndef WEB_ROUND_H
#define WEB_ROUND_H

#include "app/round.h"
#include "web/round_view.h"
#include "web/web.h"

struct url url_round(const struct request *rq, str pid);

/* An answer as shown (enum round_answer), a disposition, a channel. */
struct text round_disposition_words(const struct request *rq, int64_t disposition);
enum ui_status round_disposition_status(int64_t disposition);
struct text round_channel_words(const struct request *rq, int64_t channel);

/* The same for a round that may be over. */
struct text round_state_words(
    const struct request *rq, const struct round_matrix *m, enum ui_status *ret_status);

/* The frame of a page below the round (NULL: below the list), called here. */
struct err *round_frame(struct request *rq, const struct round_matrix *m, struct text here,
    struct frame *ret) NODISCARD;

struct round_offers round_offers_of(const struct request *rq, const struct round_matrix *m);

/* The parties' rows, and the remarks, as the actor may see them. */
struct round_cell round_cell_of(const struct request *rq, const struct round_matrix *m,
    const struct round_offers *offers, const struct round_party *p);

#endif
