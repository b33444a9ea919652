/* web/routes.c - the lists of all routes and readings, area by area. */
#include "web/api.h"
#include "web/areas.h"

const struct route *const web_routes[] = {
    account_routes,
    day_routes,
    journal_routes,
    matter_routes,
    meeting_list_routes,
    meeting_routes,
    agenda_routes,
    premeeting_routes,
    sitting_routes,
    people_routes,
    public_routes,
    self_routes,
    search_routes,
    structure_routes,
    matter_triage_routes,
    document_routes,
    document_page_routes,
    round_routes,
    round_page_routes,
    decision_routes,
    followup_routes,
    minutes_routes,
    NULL,
};

const struct reading *const readings[] = {
    meeting_readings,
    matter_readings,
    search_readings,
    structure_readings,
    round_readings,
    decision_readings,
    journal_readings,
    NULL,
};
