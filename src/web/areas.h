/* web/areas.h - the routes and readings that each area of the product adds. */
#ifndef WEB_AREAS_H
#define WEB_AREAS_H

#include "web/api.h"
#include "web/web.h"

extern const struct route account_routes[];
extern const struct route day_routes[];
extern const struct route journal_routes[];
extern const struct reading matter_readings[];
extern const struct route matter_routes[];
extern const struct route meeting_list_routes[];
extern const struct route meeting_routes[];
extern const struct route agenda_routes[];
extern const struct route premeeting_routes[];
extern const struct route sitting_routes[];
extern const struct reading meeting_readings[];
extern const struct route people_routes[];
extern const struct route public_routes[];
extern const struct route self_routes[];
extern const struct route search_routes[];
extern const struct reading search_readings[];
extern const struct route document_page_routes[];
extern const struct route document_routes[];
extern const struct route matter_triage_routes[];
extern const struct route round_page_routes[];
extern const struct route round_routes[];
extern const struct reading round_readings[];
extern const struct route structure_routes[];
extern const struct reading structure_readings[];
extern const struct route decision_routes[];
extern const struct route followup_routes[];
extern const struct route minutes_routes[];
extern const struct reading decision_readings[];
extern const struct reading journal_readings[];

#endif
