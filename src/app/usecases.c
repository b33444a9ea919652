/* app/usecases.c - the list of all use cases, area by area. */
#include "app/attachment.h"
#include "app/day.h"
#include "app/document.h"
#include "app/matter.h"

const struct usecase *const usecases[] = {
    day_usecases,
    matter_usecases,
    document_usecases,
    attachment_usecases,
    NULL,
};
