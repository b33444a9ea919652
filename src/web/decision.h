/* web/decision.h - how decisions and follow-up look on pages of several areas. */
#ifndef WEB_DECISION_H
#define WEB_DECISION_H

#include "app/decision.h"
#include "web/decision_view.h"
#include "web/web.h"

struct url url_decision(const struct request *rq, str pid);

enum ui_status line_status(int64_t status, bool is_overdue);
struct text line_words(const struct request *rq, int64_t status, bool is_overdue);

/* The matrix as its part shows it. only_late: parties with something overdue. */
struct matrix
matrix_of(const struct request *rq, const struct followup_matrix *x, bool only_late);

/* "26. mars 2026"; empty where day is 0. */
struct text day_words(const struct request *rq, int64_t day);

#endif
