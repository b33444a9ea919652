/* app/usecases.c - the list of all use cases, area by area. */
#include "app/attachment.h"
#include "app/day.h"
#include "app/decision.h"
#include "app/document.h"
#include "app/import.h"
#include "app/matter.h"
#include "app/meeting.h"
#include "app/minutes.h"
#include "app/people.h"
#include "app/premeeting.h"
#include "app/round.h"
#include "app/self.h"
#include "app/witness.h"

const struct usecase *const usecases[] = {
    day_usecases,
    matter_usecases,
    matter_triage_usecases,
    matter_authors_usecases,
    matter_appeal_usecases,
    matter_end_usecases,
    meeting_usecases,
    chair_usecases,
    meeting_out_usecases,
    agenda_usecases,
    premeeting_usecases,
    position_usecases,
    attendance_usecases,
    reply_usecases,
    outcome_usecases,
    outcome_undo_usecases,
    document_usecases,
    comment_usecases,
    attachment_usecases,
    people_usecases,
    self_usecases,
    import_usecases,
    round_usecases,
    decision_usecases,
    minutes_usecases,
    witness_usecases,
    NULL,
};
